//! Validates a row of input: an [`Order`], or a [`Reject`] with the reason.
//!
//! In go a row, the columns of its file and the carrier's stations; out comes an order whose fields are ready to be sealed
//! and masked. Cells are repaired where Excel damaged them. An order borrows nothing, wipes itself, and no error quotes
//! what it holds.

use super::columns::{Mapping, Places};
use super::countries;
use super::excel::{domestic, postcode, repair};
use super::input::Row;
use super::locate::{Located, locate};
use super::notice::{Notice, Notices};
use super::parcels::{ParcelCells, Parcels, ParcelsError};
use super::payment::payment;
use super::points::Points;
use super::recipient::{self, Reading, ReadingRules};
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
    places: Places,
    reading: Reading,
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
    pub fn new(
        mapping: &Mapping,
        stations: &Stations,
        rules: ReadingRules,
        row: Row,
    ) -> Result<Self, Rejected> {
        let parcels = parcels_of(mapping, &row).and_then(|cells| cells.with(&[]).map_err(placed));
        Self::numbered(mapping, stations, rules, row, parcels)
    }

    /// Validates a row with the numbers of its parcels, or with what is wrong with them.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn numbered(
        mapping: &Mapping,
        stations: &Stations,
        rules: ReadingRules,
        mut row: Row,
        parcels: Result<Parcels, (Column, Reason)>,
    ) -> Result<Self, Rejected> {
        mapping.prepare(&mut row);
        match Self::check(mapping, stations, rules, &mut row, parcels) {
            Ok(Checked { parcels, payment, located, reading }) => {
                let (waybill, piece) = parcels.at(0);
                let Located { station, elsewhere, succeeds } = located;
                let (line, notices) = (row.line, reading.notices().with(Notice::StationElsewhere, elsewhere));
                let notices = notices.with(Notice::StationSucceeded, succeeds);
                let notices = notices.with(Notice::OtherPhone, mapping.has_other_phone(&row));
                let points = stations.points().clone();
                let mut order = Self {
                    row,
                    places: *mapping.places(),
                    reading,
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
        rules: ReadingRules,
        row: &mut Row,
        parcels: Result<Parcels, (Column, Reason)>,
    ) -> Result<Checked, (Column, Reason)> {
        if let Some(fault) = row.fault {
            return Err((Column::Waybill, Reason::Fault(fault)));
        }
        let places = mapping.places();
        for (column, at) in places.places() {
            if let Some(repaired) =
                repair(column, row.cell(at)).map_err(|damage| (column, Reason::Excel(damage)))?
            {
                row.replace(at, &repaired);
            }
        }
        let cell = |column: Column| places.place(column).map_or("", |at| row.cell(at));
        // An order that is refused for its row is handed out no number: that it has none is the last thing to say.
        let parcels = match parcels {
            Err(error) if !cell(Column::Waybill).is_empty() => return Err(error),
            parcels => parcels,
        };
        let nation = country(cell(Column::Country)).unwrap_or(Country::CN);
        let located = locate(stations, rules.day, nation, &cell).map_err(|unserved| {
            (
                Column::Station,
                unserved.map_or(Reason::UnknownStation, |unserved| Reason::Unserved(Box::new(unserved))),
            )
        })?;
        if cell(Column::Name).is_empty() {
            return Err((Column::Name, SealError::Empty(Field::Name).into()));
        }
        let nation = |column| {
            country(cell(column)).ok_or_else(|| (column, Reason::from(SealError::Form(Field::Country))))
        };
        let countries = [nation(Column::Country)?, nation(Column::SenderCountry)?];
        let reading =
            recipient::read(mapping, row, rules).map_err(|(column, fault)| (column, fault.into()))?;
        let missing = |of: &[Column]| {
            of.iter().all(|column| reading.cell(*column).unwrap_or_else(|| cell(*column)).is_empty())
        };
        for (column, fields) in [(Column::Phone, &[Column::Phone][..]), (Column::Detail, &ADDRESS)] {
            if missing(fields) && !places.may_lack(column) {
                return Err((column, Reason::Missing));
            }
        }
        for (country, phone) in countries.into_iter().zip([Column::Phone, Column::SenderPhone]) {
            // The check of leading digits holds for mainland China only.
            if country == Country::CN {
                let number = reading.cell(phone).unwrap_or_else(|| cell(phone));
                domestic(number).map_err(|damage| (phone, Reason::Excel(damage)))?;
            }
            if phone == Column::Phone {
                postcode(country, cell(Column::Postcode))
                    .map_err(|damage| (Column::Postcode, Reason::Excel(damage)))?;
            }
        }
        let parcels = parcels?;
        let payment = payment(countries[0], cell).map_err(|(column, fault)| (column, fault.into()))?;
        Ok(Checked { parcels, payment, located, reading })
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
        self.reading
            .cell(column)
            .unwrap_or_else(|| self.places.place(column).map_or("", |at| self.row.cell(at)))
    }

    /// Splits the `detail` cell, if it begins with the division and the columns of the division are empty.
    fn split(&self) -> Option<[std::ops::Range<usize>; 4]> {
        let apart = [Column::Province, Column::City, Column::District, Column::Street];
        let at_home = country(self.written(Column::Country)) == Some(Country::CN);
        (at_home && apart.iter().all(|column| self.written(*column).is_empty()))
            .then(|| division::split(self.written(Column::Detail)))?
    }

    /// Adds a notice.
    pub const fn notice(&mut self, notice: Notice) {
        self.notices.add(notice);
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

    /// The contact section: what is sealed for the relay; `None` with neither a phone nor a sender.
    #[must_use]
    pub fn contact(&self) -> Option<Contact<'_>> {
        let [phone, sender_phone, sender_name] =
            [Column::Phone, Column::SenderPhone, Column::SenderName].map(|column| self.cell(column));
        let present = [phone, sender_phone, sender_name].iter().any(|cell| !cell.is_empty());
        present.then_some(Contact { phone, sender_phone, sender_name })
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

    /// Checks across cells. The waybill number is printed in plain text, so it must not contain a phone number; a printed
    /// text must not name the extension; and `discreet` must be yes or no.
    fn refusal(&self) -> Option<(Column, Reason)> {
        let reveals = [Some(self.recipient()), self.sender()]
            .into_iter()
            .flatten()
            .any(|person| self.parcels.numbers().any(|number| holds_phone(&number.text(), &person)));
        if reveals {
            return Some((Column::Waybill, Reason::Told(crate::summary::Told::Phone)));
        }
        let phone = self.cell(Column::Phone);
        let named = [Column::Goods, Column::Remark]
            .into_iter()
            .find(|column| recipient::names_extension(self.cell(*column), phone));
        if let Some(column) = named {
            return Some((column, Reason::Told(crate::summary::Told::Phone)));
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

    /// The routing code: the order's own, else its station's, else `None`. That of a station which is over would bring the parcel
    /// there, so its successor's goes before it.
    #[must_use]
    pub fn routing(&self) -> Option<&str> {
        self.own_or_of_station(self.cell(Column::Routing), &self.station.routing)
    }

    /// The line for the hub: the order's own, else its station's, else `None`; with a successor as for the routing code.
    #[must_use]
    pub fn hub(&self) -> Option<&str> {
        self.own_or_of_station(self.cell(Column::Hub), &self.station.hub)
    }

    fn own_or_of_station<'a>(&self, own: &'a str, of_station: &'a str) -> Option<&'a str> {
        let succeeds = self.notices.holds(Notice::StationSucceeded);
        let both = if succeeds { [of_station, own] } else { [own, of_station] };
        both.into_iter().find(|text| !text.is_empty())
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
    located: Located,
    reading: Reading,
}

/// Whether the station of a row is known, and its orders are sealed from a later day on.
pub(super) fn is_early(stations: &Stations, day: Day, mapping: &Mapping, row: &Row) -> bool {
    if !stations.has_pilot() || row.fault.is_some() {
        return false;
    }
    let cell = |column| mapping.place(column).map_or("", |at| row.cell(at));
    let nation = country(cell(Column::Country)).unwrap_or(Country::CN);
    locate(stations, Some(day), nation, &cell).is_ok_and(|located| located.station.is_early(day))
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

/// The fields of which an order has one at least.
const ADDRESS: [Column; 5] =
    [Column::Province, Column::City, Column::District, Column::Street, Column::Detail];

/// A country by its code in either case, or by its name; China if the cell is empty, `None` if it is unknown.
fn country(text: &str) -> Option<Country> {
    match text.as_bytes() {
        [] => Some(Country::CN),
        &[first, second] if first.is_ascii_alphabetic() => {
            Country::new([first.to_ascii_uppercase(), second.to_ascii_uppercase()])
        }
        _ => countries::named(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::columns::{ColumnChoices, Fields, LabelParts};
    use crate::batch::input::RowSource;
    use crate::summary::{Masked, Summary};
    use std::io::Cursor;

    const STATIONS: &str = "code,region,site\nS1,7,9\nS2,7,10\n";

    fn order(header: &str, row: &str) -> Result<Order, Reject> {
        let text = format!("{header}\n{row}\n").into_bytes();
        let mut source = RowSource::stream(Box::new(Cursor::new(text))).unwrap();
        // These rows are about other fields than the address.
        let mut choices = ColumnChoices::default();
        choices.may_lack.add(Column::Detail);
        let mapping = Mapping::new(source.header(), &choices).unwrap();
        let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
        let row = source.next_row().unwrap().unwrap();
        Order::new(&mapping, &stations, ReadingRules::default(), row).map_err(|rejected| *rejected.reject)
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
            ("YT8866203715418,S3,王芳,138,", "station"),
            ("YT8866203715418,S1,,138,", "name"),
            ("YT8866203715418,S1,王芳,1.38123E+10,", "phone"),
            ("YT8866203715418,S1,王芳,75526543299,", "phone"),
            ("YT8866203715418,S1,王芳,75526543299,cn", "phone"),
            ("YT8866203715418,S1,王芳,138,Atlantis", "country"),
        ] {
            let said = order(header, row).unwrap_err().to_string();
            assert!(said.starts_with(&format!("line 2, {column}: ")), "{said}");
            assert!(!said.contains("王芳") && !said.contains("138"), "{said}");
        }
    }

    #[test]
    fn an_order_without_address_or_phone_is_refused_unless_it_may_lack_it() {
        let refused = |row: &str, may_lack: Fields| {
            let text = format!("waybill,station,name,phone,city,detail\nYT8866203715418,S1,王芳,{row}\n");
            let mut source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
            let choices = ColumnChoices { may_lack, ..ColumnChoices::default() };
            let mapping = Mapping::new(source.header(), &choices).unwrap();
            let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
            let order =
                Order::new(&mapping, &stations, ReadingRules::default(), source.next_row().unwrap().unwrap());
            order
                .err()
                .map(|rejected| (rejected.reject.column, matches!(rejected.reject.reason, Reason::Missing)))
        };
        let none = Fields::default();
        assert_eq!(refused("13812345678,,人民路1号", none), None);
        assert_eq!(refused("13812345678,深圳市,", none), None);
        assert_eq!(refused("13812345678,,", none), Some((Column::Detail, true)));
        assert_eq!(refused(",,人民路1号", none), Some((Column::Phone, true)));
        assert_eq!(refused("13812345678,,", none.with(Column::Detail)), None);
        assert_eq!(refused(",,人民路1号", none.with(Column::Phone)), None);
    }

    #[test]
    fn countries_are_known_by_name() {
        let of = |country: &str| {
            let row = format!("YT8866203715418,S1,Anna Berg,+14155550100,{country}");
            order("waybill,station,name,phone,country", &row).map(|order| order.delivery().country)
        };
        for (name, code) in
            [("United States", "US"), ("usa", "US"), ("us", "US"), ("中国", "CN"), ("ドイツ", "DE")]
        {
            assert_eq!(of(name).unwrap().as_str(), code, "{name}");
        }
        assert_eq!(of("Atlantis").unwrap_err().column, Column::Country);
    }

    /// What a label has of an order: what is sealed, and what is printed.
    fn on_label(order: &Order, parts: LabelParts) -> (String, String) {
        let delivery = order.delivery();
        let contact = order.contact().filter(|_| parts.contact);
        let contact = contact.map(|it| [it.phone, it.sender_phone, it.sender_name].map(str::to_owned));
        let Delivery { name, country, postcode, street, detail, note, .. } = &delivery;
        let division = match delivery.division {
            Division::Code(code) => code.number().to_string(),
            Division::Names { province, city, district } => format!("{province} {city} {district}"),
        };
        let sealed = format!(
            "{:?} {name} {country} {postcode} {division} {street} {detail} {note} {contact:?}",
            order.station.code
        );
        let sender = order.sender().filter(|_| parts.sender);
        let summary = Summary::on(order.terms(true), &order.recipient(), sender.as_ref()).unwrap();
        let person = |it: &Masked| format!("{} {} {}", &*it.name, &*it.phone, &*it.address);
        let if_so = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
        let printed = format!(
            "{} {:?} {:?} {} {} {}",
            person(summary.recipient()),
            summary.sender().map(person),
            order.routing(),
            if_so(parts.hub, order.hub().unwrap_or_default()),
            if_so(parts.goods, order.goods()),
            if_so(parts.remark, order.remark()),
        );
        (sealed, order.waybill.text().to_string() + &if_so(parts.printed, &printed))
    }

    #[test]
    fn each_field_goes_where_it_is_declared_to_go() {
        const ROW: [(Column, &str, &str); 25] = [
            (Column::Waybill, "YT8866203715418", "YT8866203715419"),
            (Column::Station, "S1", "S2"),
            (Column::Name, "王芳", "李芳"),
            (Column::Phone, "13812345678", "13812345679"),
            (Column::Country, "CN", "SG"),
            (Column::Postcode, "518000", "518001"),
            (Column::Province, "广东省", "浙江省"),
            (Column::City, "深圳市", "广州市"),
            (Column::District, "南山区", "福田区"),
            (Column::Street, "粤海街道", "沙河街道"),
            (Column::Detail, "科技路1号", "高新路2号"),
            (Column::Note, "放前台", "放门口"),
            (Column::SenderName, "赵云", "孙权"),
            (Column::SenderPhone, "13760000797", "13760000798"),
            (Column::SenderProvince, "江苏省", "福建省"),
            (Column::SenderCity, "南京市", "无锡市"),
            (Column::SenderDistrict, "鼓楼区", "玄武区"),
            (Column::SenderStreet, "中央路街道", "湖南路街道"),
            (Column::SenderDetail, "中央路1号", "湖南路2号"),
            (Column::Routing, "755-A03", "755-A04"),
            (Column::Hub, "深圳集包", "广州集包"),
            (Column::Goods, "书", "笔"),
            (Column::Remark, "易碎", "轻放"),
            (Column::Discreet, "0", "1"),
            (Column::Order, "A1", "A2"),
        ];
        let header = ROW.map(|(column, ..)| column.name()).join(",");
        let of = |changed: Option<Column>| {
            let cells = ROW.map(|(column, one, other)| if changed == Some(column) { other } else { one });
            order(&header, &cells.join(",")).unwrap()
        };
        let mut payload = LabelParts::ALL;
        payload.printed = false;
        let mut bare = LabelParts::ALL;
        (bare.contact, bare.hub, bare.goods, bare.remark, bare.sender) = (false, false, false, false, false);
        for parts in [LabelParts::ALL, payload, bare] {
            let before = on_label(&of(None), parts);
            for (column, ..) in ROW {
                let after = on_label(&of(Some(column)), parts);
                let to = column.destination(parts, true);
                let changed = (before.0 != after.0, before.1 != after.1);
                if to.read {
                    // It decides about something else.
                    assert!(!to.sealed && !to.printed, "{column}");
                } else if column == Column::Country {
                    assert!(changed.0 && to.sealed, "{column}");
                } else {
                    assert_eq!((to.sealed, to.printed), changed, "{column} {parts:?}");
                }
            }
        }
    }

    #[test]
    fn the_routing_of_a_station_that_is_over_gives_way_to_its_successors() {
        let stations =
            "code,region,site,routing,hub,until,successor\nA,755,1,755-A,,2026-11-24,B\nB,755,2,755-B,,,\n";
        let stations = Stations::parse(stations.as_bytes()).unwrap();
        let of = |day: &str, own: &str| {
            let text = format!(
                "waybill,station,name,phone,detail,routing,hub\nYT8866203715418,A,王芳,13812345678,人民路1号,{own},集包\n"
            );
            let mut source = RowSource::stream(Box::new(Cursor::new(text.into_bytes()))).unwrap();
            let mapping = Mapping::new(source.header(), &ColumnChoices::default()).unwrap();
            let rules = ReadingRules::on(day.parse().unwrap());
            let order = Order::new(&mapping, &stations, rules, source.next_row().unwrap().unwrap()).unwrap();
            let succeeded = order.notices().holds(Notice::StationSucceeded);
            (
                order.station.code.clone(),
                order.routing().map(str::to_owned),
                order.hub().map(str::to_owned),
                succeeded,
            )
        };
        let some = |text: &str| Some(text.to_owned());
        // B has no line for the hub, so that the order's stays.
        assert_eq!(of("2026-11-24", "755-X"), ("A".to_owned(), some("755-X"), some("集包"), false));
        assert_eq!(of("2026-11-25", "755-X"), ("B".to_owned(), some("755-B"), some("集包"), true));
        assert_eq!(of("2026-11-25", ""), ("B".to_owned(), some("755-B"), some("集包"), true));
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
