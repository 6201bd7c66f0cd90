//! What is asked of a row before it becomes an order.

use super::values::country;
use crate::batch::columns::{Column, Mapping};
use crate::batch::input::Row;
use crate::batch::locate::locate;
use crate::batch::parcels::{ParcelCells, ParcelsError};
use crate::batch::reject::Reason;
use crate::batch::stations::Stations;
use crate::keys::Day;
use crate::record::Country;

/// Whether the station of a row is known, and its orders are sealed from a later day on.
pub(in crate::batch) fn is_early(stations: &Stations, day: Day, mapping: &Mapping, row: &Row) -> bool {
    if !stations.has_pilot() || row.fault.is_some() {
        return false;
    }
    let cell = |column| mapping.place(column).map_or("", |at| row.cell(at));
    let nation = country(cell(Column::Country)).unwrap_or(Country::CN);
    locate(stations, Some(day), nation, &cell).is_ok_and(|located| located.station.is_early(day))
}

/// What a row says of its parcels.
pub(in crate::batch) fn parcels_of(mapping: &Mapping, row: &Row) -> Result<ParcelCells, (Column, Reason)> {
    match row.fault {
        Some(fault) => Err((Column::Waybill, Reason::Fault(fault))),
        None => {
            ParcelCells::read(|column| mapping.place(column).map_or("", |at| row.cell(at))).map_err(placed)
        }
    }
}

/// What is wrong with the parcels of an order, as a reason for its rejection.
pub(in crate::batch) fn placed((column, error): (Column, ParcelsError)) -> (Column, Reason) {
    (column, error.into())
}
