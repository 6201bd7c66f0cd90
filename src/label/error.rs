//! Why a label is not composed. The errors name the field, never its content.

use crate::symbol::{NoFit, SymbolError};
use std::fmt;

/// A zone whose text is of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Zone {
    /// The routing code.
    Routing,
    /// Hub or station.
    Hub,
    /// The masked recipient.
    Recipient,
    /// The masked sender.
    Sender,
    /// What is in the parcel.
    Goods,
    /// The remark.
    Remark,
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Routing => "the routing code",
            Self::Hub => "the hub",
            Self::Recipient => "the recipient",
            Self::Sender => "the sender",
            Self::Goods => "goods",
            Self::Remark => "the remark",
        })
    }
}

/// Why a label was not composed. Names the field, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    /// The waybill number is empty, has other characters than ASCII, or is too long for bars of two dots.
    #[error("the waybill number does not fit a Code 128 of this width: use a wider label")]
    Waybill,
    /// The text of this zone does not fit it at the smallest legible size.
    #[error("{0} does not fit its zone: shorten it or use a larger label")]
    TooLong(Zone),
    /// The template's box holds no readable symbol of this payload.
    #[error("the QR code: {0}")]
    NoFit(#[source] NoFit),
    /// The payload cannot be said by a QR code's alphanumeric mode.
    #[error("the QR code: {0}")]
    Payload(#[source] SymbolError),
    /// The symbol with its quiet zone is larger than its zone on this page.
    #[error("the QR code and its quiet zone do not fit: use a larger label or a smaller symbol_mm")]
    Symbol,
}
