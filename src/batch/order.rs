//! A row to an order, or to the reason why not.

use super::input::Table;
use super::stations::{Station, Stations};
use crate::error::{Field, SealError};
use crate::payload::Waybill;
use crate::record::{Contact, Country, Delivery, Division, division};
use crate::summary::Person;
use std::fmt;
use zeroize::Zeroize as _;

/// Columns, by the names that exports use.
const COLUMNS: [(Column, &[&str]); 23] = [
    (Column::Waybill, &["waybill", "运单号", "快递单号", "单号", "tracking", "tracking_number"]),
    (Column::Station, &["station", "station_code", "网点", "网点代码", "派件网点"]),
    (Column::Name, &["name", "recipient", "收件人", "收货人", "收件人姓名", "姓名"]),
    (Column::Phone, &["phone", "mobile", "收件人电话", "收件人手机", "手机", "电话", "联系电话"]),
    (Column::Country, &["country", "国家"]),
    (Column::Postcode, &["postcode", "zip", "邮编"]),
    (Column::Province, &["province", "state", "省", "省份"]),
    (Column::City, &["city", "市", "城市"]),
    (Column::District, &["district", "county", "区", "区县"]),
    (Column::Street, &["street", "town", "街道", "乡镇"]),
    (Column::Detail, &["detail", "address", "详细地址", "地址", "收件地址"]),
    (Column::Note, &["note", "派送备注", "留言"]),
    (Column::SenderName, &["sender_name", "寄件人", "寄件人姓名", "发件人"]),
    (Column::SenderPhone, &["sender_phone", "寄件人电话", "寄件人手机", "发件人电话"]),
    (Column::SenderCountry, &["sender_country"]),
    (Column::SenderProvince, &["sender_province", "寄件省"]),
    (Column::SenderCity, &["sender_city", "寄件市"]),
    (Column::SenderDistrict, &["sender_district", "寄件区"]),
    (Column::SenderStreet, &["sender_street", "寄件街道"]),
    (Column::SenderDetail, &["sender_detail", "sender_address", "寄件地址", "发件地址"]),
    (Column::Routing, &["routing", "三段码", "大头笔"]),
    (Column::Hub, &["hub", "集包地"]),
    (Column::Goods, &["goods", "品名", "物品"]),
];
/// The remark's names: its column is the last.
const REMARK: &[&str] = &["remark", "备注"];

/// The columns of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the column of its name in COLUMNS")]
#[repr(usize)]
pub enum Column {
    Waybill,
    Station,
    Name,
    Phone,
    Country,
    Postcode,
    Province,
    City,
    District,
    Street,
    Detail,
    Note,
    SenderName,
    SenderPhone,
    SenderCountry,
    SenderProvince,
    SenderCity,
    SenderDistrict,
    SenderStreet,
    SenderDetail,
    Routing,
    Hub,
    Goods,
    Remark,
}

/// Which column of a file holds which of an order's.
#[derive(Clone, Debug)]
pub struct Mapping([Option<usize>; 24]);

impl Mapping {
    /// Matches a file's columns by their names.
    ///
    /// # Errors
    /// The first name of a column that must be there.
    pub fn of(table: &Table) -> Result<Self, &'static str> {
        let find = |names: &[&str]| {
            let spelled = |known: &String| names.iter().any(|name| known.eq_ignore_ascii_case(name));
            table.header.iter().position(spelled)
        };
        let mut mapping = [None; 24];
        for (column, names) in COLUMNS {
            mapping[column as usize] = find(names);
        }
        mapping[Column::Remark as usize] = find(REMARK);
        for needed in [Column::Waybill, Column::Station, Column::Name, Column::Phone] {
            if mapping[needed as usize].is_none() {
                return Err(COLUMNS[needed as usize].1[0]);
            }
        }
        Ok(Self(mapping))
    }
}

/// An order. Wiped on drop, shows nothing in `Debug`.
pub struct Order {
    cells: Vec<String>,
    mapping: Mapping,
    /// The waybill number.
    pub waybill: Waybill,
    /// The station it goes to.
    pub station: Station,
    /// The line of the file.
    pub line: u64,
}

impl Order {
    /// The order of a row.
    ///
    /// # Errors
    /// [`Reject`], which names line, column and remedy and nothing of the content.
    pub fn new(
        mapping: &Mapping,
        stations: &Stations,
        line: u64,
        mut cells: Vec<String>,
    ) -> Result<Self, Reject> {
        let reject = |column, reason| Reject { line, column, reason };
        for column in [Column::Waybill, Column::Phone, Column::SenderPhone] {
            if let Some(cell) = mapping.0[column as usize].and_then(|at| cells.get_mut(at)) {
                narrow(cell);
            }
        }
        let cell = |column: Column| {
            mapping.0[column as usize].and_then(|at| cells.get(at)).map_or("", String::as_str)
        };
        for column in [Column::Waybill, Column::Phone, Column::SenderPhone] {
            if is_scientific(cell(column)) {
                return Err(reject(column, Reason::Scientific));
            }
        }
        let waybill =
            Waybill::parse(cell(Column::Waybill)).map_err(|error| reject(Column::Waybill, error.into()))?;
        let station = stations
            .find(cell(Column::Station))
            .ok_or(reject(Column::Station, Reason::UnknownStation))?
            .clone();
        if cell(Column::Name).is_empty() {
            return Err(reject(Column::Name, SealError::Empty(Field::Name).into()));
        }
        for column in [Column::Country, Column::SenderCountry] {
            if country(cell(column)).is_none() {
                return Err(reject(column, SealError::Form(Field::Country).into()));
            }
        }
        Ok(Self { cells, mapping: mapping.clone(), waybill, station, line })
    }

    fn cell(&self, column: Column) -> &str {
        self.mapping.0[column as usize].and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// What is sealed for the courier.
    #[must_use]
    pub fn delivery(&self) -> Delivery<'_> {
        Delivery {
            name: self.cell(Column::Name),
            country: country(self.cell(Column::Country)).unwrap_or(Country::CN),
            postcode: self.cell(Column::Postcode),
            division: self.division(),
            street: self.cell(Column::Street),
            detail: self.cell(Column::Detail),
            note: self.cell(Column::Note),
        }
    }

    /// The division's code if the table knows the names, else the names.
    fn division(&self) -> Division<'_> {
        let [province, city, district] =
            [Column::Province, Column::City, Column::District].map(|column| self.cell(column));
        match division::find(province, city, district) {
            Some(code) => Division::Code(code),
            None => Division::Names { province, city, district },
        }
    }

    /// What is sealed for the relay; none without a phone.
    #[must_use]
    pub fn contact(&self) -> Option<Contact<'_>> {
        let phone = self.cell(Column::Phone);
        (!phone.is_empty()).then(|| Contact {
            phone,
            sender_phone: self.cell(Column::SenderPhone),
            sender_name: self.cell(Column::SenderName),
        })
    }

    /// The recipient, to be masked.
    #[must_use]
    pub fn recipient(&self) -> Person<'_> {
        self.person([
            Column::Name,
            Column::Phone,
            Column::Country,
            Column::Province,
            Column::City,
            Column::District,
            Column::Street,
            Column::Detail,
        ])
    }

    /// The sender, to be masked; none without a name.
    #[must_use]
    pub fn sender(&self) -> Option<Person<'_>> {
        (!self.cell(Column::SenderName).is_empty()).then(|| {
            self.person([
                Column::SenderName,
                Column::SenderPhone,
                Column::SenderCountry,
                Column::SenderProvince,
                Column::SenderCity,
                Column::SenderDistrict,
                Column::SenderStreet,
                Column::SenderDetail,
            ])
        })
    }

    fn person(&self, columns: [Column; 8]) -> Person<'_> {
        let [name, phone, nation, province, city, district, street, detail] = columns.map(|at| self.cell(at));
        Person {
            name,
            phone,
            country: country(nation).unwrap_or(Country::CN),
            division: [province, city, district],
            street,
            detail,
        }
    }

    /// The routing code: the order's own, or its station's.
    #[must_use]
    pub fn routing(&self) -> Option<&str> {
        [self.cell(Column::Routing), &self.station.routing].into_iter().find(|text| !text.is_empty())
    }

    /// The hub's line: the order's own, or its station's.
    #[must_use]
    pub fn hub(&self) -> Option<&str> {
        [self.cell(Column::Hub), &self.station.hub].into_iter().find(|text| !text.is_empty())
    }

    /// What is in the parcel.
    #[must_use]
    pub fn goods(&self) -> &str {
        self.cell(Column::Goods)
    }

    /// The remark that is printed.
    #[must_use]
    pub fn remark(&self) -> &str {
        self.cell(Column::Remark)
    }
}

impl Drop for Order {
    fn drop(&mut self) {
        self.cells.iter_mut().for_each(|cell| cell.zeroize());
    }
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("waybill", &self.waybill)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// Full-width digits and signs, as Chinese input methods type them, to those that can be dialled.
fn narrow(cell: &mut String) {
    if cell.chars().any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}')) {
        let mut narrowed: String = cell
            .chars()
            .map(|c| match c {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                _ => c,
            })
            .collect();
        std::mem::swap(cell, &mut narrowed);
        narrowed.zeroize();
    }
}

/// `6.93217E+12`, which is what Excel makes of a long number.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    mantissa.contains('.')
        && mantissa.split('.').all(digits)
        && digits(exponent.trim_start_matches(['+', '-']))
}

fn country(text: &str) -> Option<Country> {
    match text.as_bytes() {
        [] => Some(Country::CN),
        &[first, second] => Country::new([first.to_ascii_uppercase(), second.to_ascii_uppercase()]),
        _ => None,
    }
}

/// A row that gave no label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The line of the file.
    pub line: u64,
    /// The column to look at.
    pub column: Column,
    /// What is wrong.
    pub reason: Reason,
}

/// Why a row gave no label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Excel has turned a number into `6.93217E+12`.
    Scientific,
    /// A code that the file of stations does not have.
    UnknownStation,
    /// The waybill number stood in the batch before.
    Duplicate,
    /// The record cannot be sealed.
    Seal(SealError),
    /// The mask hides too little to be printed.
    Mask(crate::summary::Violation),
    /// The label cannot be drawn.
    Draw(String),
    /// The grant has no key for this station and day.
    NoLane,
}

impl From<SealError> for Reason {
    fn from(error: SealError) -> Self {
        Self::Seal(error)
    }
}

impl Column {
    /// The column's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        COLUMNS.get(self as usize).map_or(REMARK[0], |(_, names)| names[0])
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: ", self.line, self.column.name())?;
        match &self.reason {
            Reason::Scientific => {
                f.write_str("Excel has shortened the number; format the column as text and export again")
            }
            Reason::UnknownStation => f.write_str("the station is not in the file of stations; add it there"),
            Reason::Duplicate => f.write_str("the waybill number stands in the file before; give it another"),
            Reason::Seal(SealError::TooLong(over)) => {
                write!(f, "the record is {over} bytes longer than a label holds; shorten detail or note")
            }
            Reason::Seal(error) => write!(f, "{error}; correct it"),
            Reason::Mask(violation) => write!(f, "{violation}; nothing is printed"),
            Reason::Draw(error) => f.write_str(error),
            Reason::NoLane => {
                f.write_str("the grant has no key for this station on this day; ask the authority for one")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::input::parse;

    const STATIONS: &str = "code,region,site\nS1,7,9\n";

    fn order(header: &str, row: &str) -> Result<Order, Reject> {
        let table = parse(format!("{header}\n{row}\n").as_bytes()).unwrap();
        let mapping = Mapping::of(&table).unwrap();
        let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
        let (line, cells) = table.rows.into_iter().next().unwrap();
        Order::new(&mapping, &stations, line, cells)
    }

    #[test]
    fn columns_are_matched_in_both_languages() {
        let chinese =
            order("运单号,网点,收件人,手机,详细地址", "YT8800123456789,S1,王芳,13812345678,人民路1号")
                .unwrap();
        let english =
            order("waybill,station,name,phone,detail", "YT8800123456789,S1,王芳,13812345678,人民路1号")
                .unwrap();
        for order in [chinese, english] {
            let delivery = order.delivery();
            assert_eq!((delivery.name, delivery.detail), ("王芳", "人民路1号"));
            assert_eq!(order.contact().unwrap().phone, "13812345678");
        }
    }

    #[test]
    fn full_width_phones_can_be_dialled() {
        let order =
            order("waybill,station,name,phone", "YT8800123456789,S1,王芳,１３８１２３４５６７８").unwrap();
        assert_eq!(order.contact().unwrap().phone, "13812345678");
    }

    #[test]
    fn bad_rows_say_line_and_column_and_nothing_of_the_content() {
        let header = "waybill,station,name,phone,country";
        for (row, column) in [
            ("6.93217E+12,S1,王芳,138,", "waybill"),
            ("000000000000,S1,王芳,138,", "waybill"),
            ("YT8800123456789,S2,王芳,138,", "station"),
            ("YT8800123456789,S1,,138,", "name"),
            ("YT8800123456789,S1,王芳,1.38123E+10,", "phone"),
            ("YT8800123456789,S1,王芳,138,China", "country"),
        ] {
            let said = order(header, row).unwrap_err().to_string();
            assert!(said.starts_with(&format!("line 2, {column}: ")), "{said}");
            assert!(!said.contains("王芳") && !said.contains("138"), "{said}");
        }
    }
}
