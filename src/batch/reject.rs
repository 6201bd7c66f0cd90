//! A row that gave no label, and why.

use super::columns::Column;
use super::excel::ExcelDamage;
use super::input::{Row, RowFault};
use crate::error::SealError;
use crate::label::ComposeError;
use crate::summary::{Told, Violation};
use thiserror::Error;

/// A row that is no order, given back with the reason so that no row is lost.
#[derive(Debug, Error)]
#[error("{reject}")]
#[non_exhaustive]
pub struct Rejected {
    /// Why.
    #[source]
    pub reject: Reject,
    /// The row, for the file of rejects.
    pub row: Row,
}

impl Rejected {
    /// A row, and why it gave no label.
    #[must_use]
    pub const fn new(reject: Reject, row: Row) -> Self {
        Self { reject, row }
    }
}

/// A row that gave no label: names line, column and remedy, and nothing of the content.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}{}: {reason}", place(*.column, .reason))]
#[non_exhaustive]
pub struct Reject {
    /// The line of the file.
    pub line: u64,
    /// The column to look at.
    pub column: Column,
    /// What is wrong.
    #[source]
    pub reason: Reason,
}

impl Reject {
    /// What is wrong with a row, and where.
    #[must_use]
    pub const fn new(line: u64, column: Column, reason: Reason) -> Self {
        Self { line, column, reason }
    }
}

/// Why a row gave no label.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Reason {
    /// The row cannot be relied on.
    #[error(transparent)]
    Fault(#[from] RowFault),
    /// What Excel has made of a number.
    #[error(transparent)]
    Excel(#[from] ExcelDamage),
    /// A code that the file of stations does not have.
    #[error("the station is not in the file of stations; add it there")]
    UnknownStation,
    /// An earlier row of the batch has the waybill number.
    #[error("the waybill number stands in the batch before; take the row off or give it another")]
    Duplicate,
    /// The record cannot be sealed.
    #[error("{}", unsealed(*.0))]
    Seal(#[from] SealError),
    /// `discreet` is neither yes nor no.
    #[error("neither yes nor no; write 1 or 0")]
    Discretion,
    /// The mask hides too little to be printed.
    #[error("{0}; nothing is printed")]
    Mask(#[source] Violation),
    /// A text that would be printed reveals what the masks hide.
    #[error(transparent)]
    Told(#[from] Told),
    /// The label cannot be drawn.
    #[error(transparent)]
    Draw(#[from] ComposeError),
    /// The label's file cannot be made.
    #[error("the label's file cannot be made: {0}")]
    Encode(String),
    /// The grant has no key for this station and day.
    #[error("the grant has no key for this station on this day; ask the authority for one")]
    NoLane,
    /// The finished label could not be read back and opened.
    #[error(
        "the finished label could not be read back; feed the row in again, and report it if that fails too"
    )]
    Unread,
}

/// The column, unless the whole row is at fault.
fn place(column: Column, reason: &Reason) -> String {
    if matches!(reason, Reason::Fault(_)) { String::new() } else { format!(", {column}") }
}

fn unsealed(error: SealError) -> String {
    match error {
        SealError::TooLong(over) => {
            format!("the record is {over} bytes longer than a label holds; shorten detail or note")
        }
        error => format!("{error}; correct it"),
    }
}
