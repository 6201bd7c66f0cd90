//! The order: what is sealed, masked and printed of it.

use super::checked::{Checked, check};
use super::row::{parcels_of, placed};
use super::values::{country, discretion};
use crate::batch::columns::{Column, Mapping, Places};
use crate::batch::input::Row;
use crate::batch::locate::Located;
use crate::batch::notice::{Notice, Notices};
use crate::batch::parcels::Parcels;
use crate::batch::points::Points;
use crate::batch::recipient::{self, Reading, ReadingRules};
use crate::batch::reject::{Reason, Reject, Rejected};
use crate::batch::stations::{Station, Stations};
use crate::label::{Payment, Piece};
use crate::payload::Waybill;
use crate::record::{Contact, Country, Delivery, Division, division};
use crate::sealer::LeftOut;
use crate::summary::{Person, Terms, Told, holds_name, holds_phone};
use std::fmt;
use std::sync::Arc;

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
        match check(mapping, stations, rules, &mut row, parcels) {
            Ok(Checked { parcels, lacking, payment, located, reading }) => {
                let (waybill, piece) = parcels.at(0);
                let Located { station, elsewhere, succeeds } = located;
                let (line, notices) = (row.line, reading.notices().with(Notice::StationElsewhere, elsewhere));
                let notices = notices.with(Notice::StationSucceeded, succeeds);
                let notices = notices.with(Notice::OtherPhone, mapping.has_other_phone(&row));
                let notices = notices.with(Notice::OtherAddress, mapping.takes_other_address(&row));
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
                match order.refusal().or(lacking) {
                    None => Ok(order),
                    Some((column, reason)) => {
                        Err(Rejected::new(Reject::new(line, column, reason), order.row))
                    }
                }
            }
            Err((column, reason)) => Err(Rejected::new(Reject::new(row.line, column, reason), row)),
        }
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

    /// Checks across cells. The waybill number is printed in plain text, so it must not contain a phone number or a name; a
    /// printed text must not name the extension; and `discreet` must be yes or no.
    fn refusal(&self) -> Option<(Column, Reason)> {
        let people = [Some(self.recipient()), self.sender()];
        let told = self.parcels.numbers().find_map(|number| {
            let number = number.text();
            people.iter().flatten().find_map(|person| match () {
                () if holds_phone(&number, person) => Some(Told::Phone),
                () if holds_name(&number, person) => Some(Told::Name),
                () => None,
            })
        });
        if let Some(told) = told {
            return Some((Column::Waybill, Reason::Told(told)));
        }
        let phone = self.cell(Column::Phone);
        let named = [Column::Goods, Column::Remark].into_iter().find(|column| {
            let text = self.cell(*column);
            !text.is_empty() && recipient::names_extension(text, phone)
        });
        if let Some(column) = named {
            return Some((column, Reason::Told(Told::Phone)));
        }
        discretion(self.cell(Column::Discreet)).is_none().then_some((Column::Discreet, Reason::Discretion))
    }

    /// How the recipient's address is masked.
    #[must_use]
    pub fn terms(&self, building: bool) -> Terms<'_> {
        let discreet = discretion(self.cell(Column::Discreet)).unwrap_or(true);
        // Without a list nothing is looked up.
        let points = Some(&*self.points).filter(|points| !points.is_empty());
        Terms::default()
            .with_building(building)
            .with_discreet(discreet)
            .with_points(points.map(|points| points as _))
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

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("waybill", &self.waybill)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}
