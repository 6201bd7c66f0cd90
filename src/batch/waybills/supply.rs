//! The numbers of one batch, by the places of its rows.

use crate::payload::Waybill;
use std::collections::BTreeMap;

/// A row that lacks numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lacking {
    /// The place of the row among all rows of the batch, counted from 0.
    pub row: u64,
    /// How many numbers it lacks.
    pub numbers: usize,
}

/// Numbers that were handed out to a batch.
#[derive(Clone, Debug, Default)]
pub struct NumberSupply {
    /// The numbers of each row, in the order of its parcels.
    rows: BTreeMap<u64, Vec<Waybill>>,
    /// How many were handed out now, and not before.
    pub new: u64,
    /// How many are left in the ranges.
    pub left: u64,
}

impl NumberSupply {
    pub(super) fn add(&mut self, row: u64, number: Waybill) {
        self.rows.entry(row).or_default().push(number);
    }

    /// The numbers of a row.
    #[must_use]
    pub fn of(&self, row: u64) -> &[Waybill] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }
}
