//! Validates a row of input: an [`Order`], or a [`Reject`] with the reason.
//!
//! In go a row, the columns of its file and the carrier's stations; out comes an order whose fields are ready to be sealed
//! and masked. Cells are repaired where Excel damaged them. An order borrows nothing, wipes itself, and no error quotes
//! what it holds.

use super::columns::Mapping;
use super::excel::{domestic, repair};
use super::input::Row;
use super::locate::locate;
use super::notice::{Notice, Notices};
use super::parcels::{ParcelCells, Parcels, ParcelsError};
use super::payment::payment;
use super::points::Points;
use super::reject::{Reason, Reject, Rejected};
use super::stations::{Station, Stations};
use crate::error::{Field, SealError};
use crate::keys::Day;
use crate::label::{Payment, Piece};
use crate::payload::Waybill;
use crate::record::{Contact, Country, Delivery, Division, division};
use crate::sealer::LeftOut;
use crate::summary::{Person, Terms, holds_phone};
use std::fmt;
use std::sync::Arc;

pub use super::columns::Column;

/// A valid order. Wiped on drop; `Debug` shows only the waybill number and the line.
#[non_exhaustive]
pub struct Order {
    row: Row,
    mapping: Mapping,
    /// Ranges of province, city, district and the rest in the `detail` cell, if the whole address is in that cell.
    whole: Option<[std::ops::Range<usize>; 4]>,
    parcels: Parcels,
    /// The waybill number of the parcel at hand.
    pub waybill: Waybill,
    /// Which of several parcels is at hand.
    pub piece: Option<Piece>,
    payment: Payment,
    /// Whether the parcel at hand is the first.
    is_first: bool,
    /// The station it goes to.
    pub station: Arc<Station>,
    points: Arc<Points>,
    /// The line in the file.
    pub line: u64,
    notices: Notices,
}

impl Order {
    /// Validates a row, whose cells have all its waybill numbers.
    ///
    /// # Errors
    /// [`Rejected`], whose reason names line, column and remedy, and quotes nothing of the content.
    pub fn new(mapping: &Mapping, stations: &Stations, row: Row) -> Result<Self, Rejected> {
        let parcels = parcels_of(mapping, &row).and_then(|cells| cells.with(&[]).map_err(placed));
        Self::numbered(mapping, stations, row, parcels)
    }

    /// Validates a row with the numbers of its parcels, or with what is wrong with them.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn numbered(
        mapping: &Mapping,
        stations: &Stations,
        mut row: Row,
        parcels: Result<Parcels, (Column, Reason)>,
    ) -> Result<Self, Rejected> {
        match Self::check(mapping, stations, &mut row, parcels) {
            Ok(Checked { parcels, payment, station, elsewhere }) => {
                let (waybill, piece) = parcels.at(0);
                let (line, notices) =
                    (row.line, Notices::default().with(Notice::StationElsewhere, elsewhere));
                let points = stations.points().clone();
                let mut order = Self {
                    row,
                    mapping: *mapping,
                    whole: None,
                    parcels,
                    waybill,
                    piece,
                    payment,
                    is_first: true,
                    station,
                    points,
                    line,
                    notices,
                };
                order.whole = order.split();
                order.notices = order.notices.with(Notice::SenderUnnamed, order.has_unnamed_sender());
                match order.refusal() {
                    None => Ok(order),
                    Some((column, reason)) => {
                        Err(Rejected::new(Reject::new(line, column, reason), order.row))
                    }
                }
            }
            Err((column, reason)) => Err(Rejected::new(Reject::new(row.line, column, reason), row)),
        }
    }

    fn check(
        mapping: &Mapping,
        stations: &Stations,
        row: &mut Row,
        parcels: Result<Parcels, (Column, Reason)>,
    ) -> Result<Checked, (Column, Reason)> {
        if let Some(fault) = row.fault {
            return Err((Column::Waybill, Reason::Fault(fault)));
        }
        for (column, at) in mapping.places() {
            if let Some(repaired) =
                repair(column, row.cell(at)).map_err(|damage| (column, Reason::Excel(damage)))?
            {
                row.replace(at, &repaired);
            }
        }
        let cell = |column: Column| mapping.place(column).map_or("", |at| row.cell(at));
        let parcels = parcels?;
        let nation = country(cell(Column::Country)).unwrap_or(Country::CN);
        let (station, elsewhere) = locate(stations, nation, &cell).map_err(|unserved| {
            (
                Column::Station,
                unserved.map_or(Reason::UnknownStation, |unserved| Reason::Unserved(Box::new(unserved))),
            )
        })?;
        if cell(Column::Name).is_empty() {
            return Err((Column::Name, SealError::Empty(Field::Name).into()));
        }
        for (column, phone) in
            [(Column::Country, Column::Phone), (Column::SenderCountry, Column::SenderPhone)]
        {
            let country =
                country(cell(column)).ok_or_else(|| (column, SealError::Form(Field::Country).into()))?;
            // The check of leading digits holds for mainland China only.
            if country == Country::CN {
                domestic(cell(phone)).map_err(|damage| (phone, Reason::Excel(damage)))?;
            }
        }
        let payment = payment(nation, cell).map_err(|(column, fault)| (column, fault.into()))?;
        Ok(Checked { parcels, payment, station, elsewhere })
    }

    /// The number of its parcels, each of which has a label.
    #[must_use]
    pub fn parcels(&self) -> usize {
        self.parcels.count()
    }

    /// Turns to a parcel, counted from 0: its label is made next.
    pub fn turn_to(&mut self, parcel: usize) {
        (self.waybill, self.piece) = self.parcels.at(parcel);
        self.is_first = parcel == 0;
    }

    /// What is to be printed of payment; `None` if there is nothing. Amounts are on the label of the first parcel alone: on each
    /// label they would be collected once for each parcel.
    #[must_use]
    pub fn payment(&self) -> Option<Payment> {
        let mut payment = self.payment.clone();
        if !self.is_first {
            (payment.collect, payment.declared) = (None, None);
        }
        (!payment.is_nothing()).then_some(payment)
    }

    fn cell(&self, column: Column) -> &str {
        if let Some([province, city, district, rest]) = &self.whole {
            let part = match column {
                Column::Province => Some(province),
                Column::City => Some(city),
                Column::District => Some(district),
                Column::Detail => Some(rest),
                _ => None,
            };
            if let Some(part) = part {
                return self.written(Column::Detail).get(part.clone()).unwrap_or_default();
            }
        }
        self.written(column)
    }

    fn written(&self, column: Column) -> &str {
        self.mapping.place(column).map_or("", |at| self.row.cell(at))
    }

    /// Splits the `detail` cell, if it begins with the division and the columns of the division are empty.
    fn split(&self) -> Option<[std::ops::Range<usize>; 4]> {
        let apart = [Column::Province, Column::City, Column::District, Column::Street];
        let at_home = matches!(self.written(Column::Country), "" | "CN" | "cn");
        (at_home && apart.iter().all(|column| self.written(*column).is_empty()))
            .then(|| division::split(self.written(Column::Detail)))?
    }

    /// What people should know of how the row was read.
    #[must_use]
    pub const fn notices(&self) -> Notices {
        self.notices
    }

    /// Returns the row, for the file of rejects.
    #[must_use]
    pub fn into_row(self) -> Row {
        self.row
    }

    /// The delivery section: what is sealed for the courier.
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

    /// The division's GB/T 2260 code if the table has the names, else the names: a code takes fewer bytes.
    fn division(&self) -> Division<'_> {
        let [province, city, district] =
            [Column::Province, Column::City, Column::District].map(|column| self.cell(column));
        match division::find(province, city, district) {
            Some(code) => Division::Code(code),
            None => Division::Names { province, city, district },
        }
    }

    /// The contact section: what is sealed for the relay; `None` without a phone.
    #[must_use]
    pub fn contact(&self) -> Option<Contact<'_>> {
        let phone = self.cell(Column::Phone);
        (!phone.is_empty()).then(|| Contact {
            phone,
            sender_phone: self.cell(Column::SenderPhone),
            sender_name: self.cell(Column::SenderName),
        })
    }

    /// The sender's name and phone: what is left out of a label without a contact section.
    pub fn sender_contact(&self) -> LeftOut {
        LeftOut::sender(&Contact {
            phone: "",
            sender_phone: self.cell(Column::SenderPhone),
            sender_name: self.cell(Column::SenderName),
        })
    }

    /// Whether the order says something of a sender whom it does not name.
    fn has_unnamed_sender(&self) -> bool {
        self.cell(Column::SenderName).is_empty()
            && [
                Column::SenderPhone,
                Column::SenderProvince,
                Column::SenderCity,
                Column::SenderDistrict,
                Column::SenderStreet,
                Column::SenderDetail,
            ]
            .into_iter()
            .any(|column| !self.cell(column).is_empty())
    }

    /// Checks across cells. The waybill number is printed in plain text, so it must not contain a phone number; and
    /// `discreet` must be yes or no.
    fn refusal(&self) -> Option<(Column, Reason)> {
        let reveals = [Some(self.recipient()), self.sender()]
            .into_iter()
            .flatten()
            .any(|person| self.parcels.numbers().any(|number| holds_phone(&number.text(), &person)));
        if reveals {
            return Some((Column::Waybill, Reason::Told(crate::summary::Told::Phone)));
        }
        discretion(self.cell(Column::Discreet)).is_none().then_some((Column::Discreet, Reason::Discretion))
    }

    /// How the recipient's address is masked.
    #[must_use]
    pub fn terms(&self, building: bool) -> Terms<'_> {
        let discreet = discretion(self.cell(Column::Discreet)).unwrap_or(true);
        Terms { building, discreet, points: Some(&*self.points) }
    }

    /// The recipient, as the masks need it.
    #[must_use]
    pub fn recipient(&self) -> Person<'_> {
        let postcode = self.cell(Column::Postcode);
        self.person(
            postcode,
            [
                Column::Name,
                Column::Phone,
                Column::Country,
                Column::Province,
                Column::City,
                Column::District,
                Column::Street,
                Column::Detail,
            ],
        )
    }

    /// The sender, as the masks need it; `None` without a name.
    #[must_use]
    pub fn sender(&self) -> Option<Person<'_>> {
        (!self.cell(Column::SenderName).is_empty()).then(|| {
            self.person(
                "",
                [
                    Column::SenderName,
                    Column::SenderPhone,
                    Column::SenderCountry,
                    Column::SenderProvince,
                    Column::SenderCity,
                    Column::SenderDistrict,
                    Column::SenderStreet,
                    Column::SenderDetail,
                ],
            )
        })
    }

    fn person<'a>(&'a self, postcode: &'a str, columns: [Column; 8]) -> Person<'a> {
        let [name, phone, nation, province, city, district, street, detail] = columns.map(|at| self.cell(at));
        Person {
            name,
            phone,
            country: country(nation).unwrap_or(Country::CN),
            postcode,
            division: [province, city, district],
            street,
            detail,
        }
    }

    /// The routing code: the order's own, else its station's, else `None`.
    #[must_use]
    pub fn routing(&self) -> Option<&str> {
        [self.cell(Column::Routing), &self.station.routing].into_iter().find(|text| !text.is_empty())
    }

    /// The line for the hub: the order's own, else its station's, else `None`.
    #[must_use]
    pub fn hub(&self) -> Option<&str> {
        [self.cell(Column::Hub), &self.station.hub].into_iter().find(|text| !text.is_empty())
    }

    /// The content of the parcel; may be empty.
    #[must_use]
    pub fn goods(&self) -> &str {
        self.cell(Column::Goods)
    }

    /// The remark to print; may be empty.
    #[must_use]
    pub fn remark(&self) -> &str {
        self.cell(Column::Remark)
    }
}

/// What the cells of a row say, apart from the texts.
struct Checked {
    parcels: Parcels,
    payment: Payment,
    station: Arc<Station>,
    /// Another station serves the address.
    elsewhere: bool,
}

/// Whether the station of a row is known, and its orders are sealed from a later day on.
pub(super) fn is_early(stations: &Stations, day: Day, mapping: &Mapping, row: &Row) -> bool {
    if !stations.has_pilot() || row.fault.is_some() {
        return false;
    }
    let cell = |column| mapping.place(column).map_or("", |at| row.cell(at));
    let nation = country(cell(Column::Country)).unwrap_or(Country::CN);
    locate(stations, nation, &cell).is_ok_and(|(station, _)| station.is_early(day))
}

/// What a row says of its parcels.
pub(super) fn parcels_of(mapping: &Mapping, row: &Row) -> Result<ParcelCells, (Column, Reason)> {
    match row.fault {
        Some(fault) => Err((Column::Waybill, Reason::Fault(fault))),
        None => {
            ParcelCells::read(|column| mapping.place(column).map_or("", |at| row.cell(at))).map_err(placed)
        }
    }
}

/// What is wrong with the parcels of an order, as a reason for its rejection.
pub(super) fn placed((column, error): (Column, ParcelsError)) -> (Column, Reason) {
    (column, error.into())
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("waybill", &self.waybill)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// The value of the column `discreet`; `None` if it is neither yes nor no.
fn discretion(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "0" | "no" | "n" | "false" | "否" => Some(false),
        "1" | "yes" | "y" | "true" | "是" => Some(true),
        _ => None,
    }
}

/// A country code in either case; China if the cell is empty, `None` if it is malformed.
fn country(text: &str) -> Option<Country> {
    match text.as_bytes() {
        [] => Some(Country::CN),
        &[first, second] => Country::new([first.to_ascii_uppercase(), second.to_ascii_uppercase()]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::input::RowSource;
    use std::io::Cursor;

    const STATIONS: &str = "code,region,site\nS1,7,9\n";

    fn order(header: &str, row: &str) -> Result<Order, Reject> {
        let text = format!("{header}\n{row}\n").into_bytes();
        let mut source = RowSource::stream(Box::new(Cursor::new(text))).unwrap();
        let mapping = Mapping::new(source.header(), &[]).unwrap();
        let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
        let row = source.next_row().unwrap().unwrap();
        Order::new(&mapping, &stations, row).map_err(|rejected| rejected.reject)
    }

    #[test]
    fn columns_are_matched_in_both_languages() {
        let chinese =
            order("运单号,网点,收件人,手机,详细地址", "YT8866203715418,S1,王芳,13812345678,人民路1号")
                .unwrap();
        let english =
            order("waybill,station,name,phone,detail", "YT8866203715418,S1,王芳,13812345678,人民路1号")
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
            order("waybill,station,name,phone", "YT8866203715418,S1,王芳,１３８１２３４５６７８").unwrap();
        assert_eq!(order.contact().unwrap().phone, "13812345678");
    }

    #[test]
    fn numbers_of_other_countries_may_begin_with_any_digit() {
        let header = "waybill,station,name,phone,country,sender_name,sender_phone,sender_country";
        for (phone, country) in
            [("4155550123", "US"), ("89161728881", "RU"), ("6914620168", "gr"), ("85223456789", "")]
        {
            let row = format!("YT8866203715418,S1,王芳,{phone},{country},Ann,2125550123,US");
            assert_eq!(order(header, &row).unwrap().contact().unwrap().phone, phone);
        }
        let sender = "YT8866203715418,S1,王芳,13812345678,,李明,75526543299,";
        assert_eq!(order(header, sender).unwrap_err().column, Column::SenderPhone);
    }

    #[test]
    fn bad_rows_say_line_and_column_and_nothing_of_the_content() {
        let header = "waybill,station,name,phone,country";
        for (row, column) in [
            ("6.93217E+12,S1,王芳,138,", "waybill"),
            ("000000000000,S1,王芳,138,", "waybill"),
            ("YT8866203715418,S2,王芳,138,", "station"),
            ("YT8866203715418,S1,,138,", "name"),
            ("YT8866203715418,S1,王芳,1.38123E+10,", "phone"),
            ("YT8866203715418,S1,王芳,75526543299,", "phone"),
            ("YT8866203715418,S1,王芳,75526543299,cn", "phone"),
            ("YT8866203715418,S1,王芳,138,China", "country"),
        ] {
            let said = order(header, row).unwrap_err().to_string();
            assert!(said.starts_with(&format!("line 2, {column}: ")), "{said}");
            assert!(!said.contains("王芳") && !said.contains("138"), "{said}");
        }
    }

    #[test]
    fn an_address_in_one_cell_is_split_and_nothing_of_it_lost() {
        let header = "运单号,网点,收件人,手机,收货地址";
        let of =
            |address: &str| order(header, &format!("YT8866203715418,S1,王芳,13812345678,{address}")).unwrap();
        let split = of("浙江省绍兴市新昌县人民路1号");
        assert!(matches!(split.delivery().division, Division::Code(code) if code.number() == 330_624));
        assert_eq!(split.delivery().detail, "人民路1号");
        assert_eq!(split.recipient().division, ["浙江省", "绍兴市", "新昌县"]);
        let whole = of("新昌人民路1号");
        assert_eq!(whole.delivery().detail, "新昌人民路1号");
    }
}
