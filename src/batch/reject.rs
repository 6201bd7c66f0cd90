//! Why a row gave no label: line, column, reason and remedy.
//!
//! Every row of input becomes a label or a [`Reject`]; none is dropped. A reject quotes nothing of the row's content, so it
//! can be logged.

use super::columns::Column;
use super::excel::ExcelDamage;
use super::input::{Row, RowFault};
use super::number::{NumberError, NumberFault};
use super::parcels::{ParcelsError, ParcelsFault};
use super::payment::PaymentFault;
use super::recipient::RecipientFault;
use super::stations::Unserved;
use crate::error::SealError;
use crate::label::ComposeError;
use crate::payload::Waybill;
use crate::summary::{Told, Violation};
use std::io;
use std::sync::Arc;
use thiserror::Error;

/// A rejected row together with its reason, so that the row can be written to the file of rejects.
#[derive(Debug, Error)]
#[error("{reject}")]
#[non_exhaustive]
pub struct Rejected {
    /// The reason.
    #[source]
    pub reject: Box<Reject>,
    /// The row, for the file of rejects.
    pub row: Row,
    /// The other rows of the order, if there are any.
    pub others: Vec<Row>,
}

impl Rejected {
    /// A row and the reason for its rejection.
    #[must_use]
    pub fn new(reject: Reject, row: Row) -> Self {
        Self { reject: Box::new(reject), row, others: Vec::new() }
    }
}

/// Line, column and reason of a rejected row; nothing of its content.
#[derive(Clone, Debug, Error)]
#[error("line {line}{}: {reason}", place(*.column, .reason))]
#[non_exhaustive]
pub struct Reject {
    /// The line in the file.
    pub line: u64,
    /// The column to correct.
    pub column: Column,
    /// What is wrong.
    #[source]
    pub reason: Reason,
    /// The waybill number that was handed out to it, and that no other order gets.
    pub number: Option<Waybill>,
}

impl Reject {
    /// A reason, and where it applies.
    #[must_use]
    pub const fn new(line: u64, column: Column, reason: Reason) -> Self {
        Self { line, column, reason, number: None }
    }
}

/// Why a row gave no label.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum Reason {
    /// The row cannot be parsed.
    #[error(transparent)]
    Fault(#[from] RowFault),
    /// Excel has damaged a number.
    #[error(transparent)]
    Excel(#[from] ExcelDamage),
    /// The courier could not find or call the recipient, or a cell holds what must not be on a waybill.
    #[error(transparent)]
    Recipient(#[from] RecipientFault),
    /// The station's code is not in the file of stations.
    #[error("the station is not in the file of stations; add it there")]
    UnknownStation,
    /// No station, or several, serve the address of an order without a station's code.
    #[error(transparent)]
    Unserved(Box<Unserved>),
    /// An earlier row of the batch has the waybill number.
    #[error(
        "an earlier row of the batch has the same waybill number; remove this row or give it another number"
    )]
    Duplicate,
    /// The record cannot be sealed.
    #[error("{}", unsealed(*.0))]
    Seal(#[from] SealError),
    /// The waybill number is not of any form.
    #[error("{0}")]
    Number(#[source] NumberFault),
    /// The number of parcels, or their numbers, cannot be used.
    #[error(transparent)]
    Parcels(#[from] ParcelsFault),
    /// What is said of payment is not understood.
    #[error(transparent)]
    Payment(#[from] PaymentFault),
    /// The template does not print payment.
    #[error(
        "the template does not print payment, so the courier would not know of it; set payment = true in the template"
    )]
    PaymentHidden,
    /// A field that every order needs is empty.
    #[error("empty; fill it in, or allow orders without it")]
    Missing,
    /// `discreet` is neither yes nor no.
    #[error("neither yes nor no; write 1 or 0")]
    Discretion,
    /// The masked summary fails its check.
    #[error("{0}; nothing is printed")]
    Mask(#[source] Violation),
    /// A text to be printed reveals what the masks hide.
    #[error(transparent)]
    Told(#[from] Told),
    /// The label cannot be drawn.
    #[error(transparent)]
    Draw(#[from] ComposeError),
    /// The label's file cannot be encoded. The cause is shared, since a reject can be cloned.
    #[error("the label's file cannot be made: {0}")]
    Encode(#[source] Arc<io::Error>),
    /// The grant has no key for this station and day.
    #[error("the grant has no key for this station on this day; ask the authority for one")]
    NoLane,
    /// The finished label could not be read back and opened.
    #[error(
        "the finished label could not be read back; feed the row in again, and report it if that fails too"
    )]
    Unread,
}

impl From<ParcelsError> for Reason {
    fn from(error: ParcelsError) -> Self {
        match error {
            ParcelsError::Number(NumberError::Excel(damage)) => Self::Excel(damage),
            ParcelsError::Number(NumberError::Seal(error)) => Self::Seal(error),
            ParcelsError::Number(NumberError::Form(fault)) => Self::Number(fault),
            ParcelsError::Fault(fault) => Self::Parcels(fault),
        }
    }
}

/// The column for the message; empty if the whole row is faulty.
fn place(column: Column, reason: &Reason) -> String {
    if matches!(reason, Reason::Fault(_)) { String::new() } else { format!(", {column}") }
}

fn unsealed(error: SealError) -> String {
    match error {
        SealError::TooLong(excess) => format!("{excess}; shorten it"),
        error => format!("{error}; correct it"),
    }
}
