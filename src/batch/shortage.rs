//! How many waybill numbers an order lacks, so that they are handed out before the first label is made.
//!
//! An order that is rejected for its row, or is not sealed yet, needs none.

use super::columns::Mapping;
use super::input::Row;
use super::order::{Order, is_early, parcels_of};
use super::parcels::Parcels;
use super::recipient::ReadingRules;
use super::stations::Stations;
use crate::keys::Day;

/// How many numbers the order of a row lacks; none if it gives no label anyway.
pub(super) fn shortage(
    mapping: &Mapping,
    (stations, rules, day): (&Stations, ReadingRules, Day),
    row: Row,
) -> usize {
    let lacking = match parcels_of(mapping, &row) {
        Ok(cells) => cells.lacking().unwrap_or(0),
        Err(_) => 0,
    };
    if lacking == 0 || is_early(stations, day, mapping, &row) {
        return 0;
    }
    let Some(pending) = Parcels::pending() else { return lacking };
    match Order::numbered(mapping, stations, rules, row, Ok(pending)) {
        Ok(_) => lacking,
        Err(_) => 0,
    }
}
