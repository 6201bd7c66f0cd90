//! The checks of a row's cells, each with the column and the reason of a reject.

use super::values::country;
use crate::batch::columns::{Column, Mapping};
use crate::batch::excel::{domestic, postcode, repair_known};
use crate::batch::input::Row;
use crate::batch::locate::{Located, locate};
use crate::batch::parcels::Parcels;
use crate::batch::payment::payment;
use crate::batch::recipient::{self, Reading, ReadingRules};
use crate::batch::reject::Reason;
use crate::batch::stations::Stations;
use crate::batch::traits::{CellTraits, Traits};
use crate::error::{Field, SealError};
use crate::label::Payment;
use crate::record::Country;

/// The fields of which an order has one at least.
const ADDRESS: [Column; 5] =
    [Column::Province, Column::City, Column::District, Column::Street, Column::Detail];

/// What the cells of a row say, apart from the texts.
pub(super) struct Checked {
    pub parcels: Parcels,
    /// That the order has no number, if it has none.
    pub lacking: Option<(Column, Reason)>,
    pub payment: Payment,
    pub located: Located,
    pub reading: Reading,
}

/// Repairs what Excel damaged, and checks each cell; the first fault is the order's.
pub(super) fn check(
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
    let mut traits = CellTraits::new();
    for (column, at) in places.places() {
        let own = Traits::of(row.cell(at));
        let repaired = repair_known(column, row.cell(at), own);
        let Some(repaired) = repaired.map_err(|damage| (column, Reason::Excel(damage)))? else {
            traits.set(column, own);
            continue;
        };
        row.replace(at, &repaired);
        // Fields may share a cell.
        let own = Traits::of(&repaired);
        places.places().filter(|(_, other)| *other == at).for_each(|(column, _)| traits.set(column, own));
    }
    let cell = |column: Column| places.place(column).map_or("", |at| row.cell(at));
    // An order that is refused for its row is handed out no number: that it has none is the last thing to say.
    let (parcels, lacking) = match parcels {
        Ok(parcels) => (parcels, None),
        Err(error) => match Parcels::pending().filter(|_| cell(Column::Waybill).is_empty()) {
            Some(pending) => (pending, Some(error)),
            None => return Err(error),
        },
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
    let nation =
        |column| country(cell(column)).ok_or_else(|| (column, Reason::from(SealError::Form(Field::Country))));
    let countries = [nation(Column::Country)?, nation(Column::SenderCountry)?];
    let reading =
        recipient::read(mapping, row, &traits, rules).map_err(|(column, fault)| (column, fault.into()))?;
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
    let payment = payment(countries[0], cell).map_err(|(column, fault)| (column, fault.into()))?;
    Ok(Checked { parcels, lacking, payment, located, reading })
}
