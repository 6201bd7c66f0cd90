//! The content of one label: the only input for text of an order. Personal data enters only as a checked summary.

use super::payment::Payment;
use super::piece::Piece;
use crate::summary::{Shown, Summary};

/// What is printed on one label.
///
/// Exhaustive, so that a new field breaks every caller: whoever prints one more thing must decide on it.
pub struct Content<'a> {
    /// The waybill number: 10 to 22 ASCII characters.
    pub waybill: &'a str,
    /// The routing code, such as `755-A12-008`.
    pub routing: Option<Shown<'a>>,
    /// The name of the hub or station.
    pub hub: Option<Shown<'a>>,
    /// Recipient and sender, masked and checked.
    pub summary: &'a Summary,
    /// The sealed payload: the text of the QR code.
    pub payload: &'a str,
    /// The label's handle, ten characters.
    pub handle: &'a str,
    /// The goods, or empty.
    pub goods: Shown<'a>,
    /// A remark for the carrier, or empty.
    pub remark: Shown<'a>,
    /// Which of several parcels it is.
    pub piece: Option<Piece>,
    /// What the courier collects, and who pays for the carriage.
    pub payment: Option<&'a Payment>,
    /// The day of sealing, as printed.
    pub day: &'a str,
}
