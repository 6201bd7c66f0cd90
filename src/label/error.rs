//! Errors of composing a label. They name the zone and never contain its text.

use crate::symbol::{NoFit, SymbolError};
use std::fmt;

/// A zone that shows text of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Zone {
    /// The routing code.
    Routing,
    /// The hub or station.
    Hub,
    /// The masked recipient.
    Recipient,
    /// The masked sender.
    Sender,
    /// The goods.
    Goods,
    /// The remark.
    Remark,
    /// Which of several parcels it is.
    Piece,
    /// What the courier collects, and who pays for the carriage.
    Payment,
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
            Self::Piece => "the count of parcels",
            Self::Payment => "the payment",
        })
    }
}

/// Why a label was not composed. It names the zone and never contains its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    /// The waybill number is empty or not ASCII, or its characters do not fit the label at the smallest legible size.
    #[error("the waybill number cannot be printed: use a wider label")]
    Waybill,
    /// The bar code of the waybill number is wider than the label, with bars of a quarter of a millimetre.
    #[error(
        "the bar code of this waybill number needs a label {least_mm} mm wide: set a larger size, or print the QR \
         code alone on a layout of your own"
    )]
    Bars {
        /// The least width of a label that has room for it, in millimetres.
        least_mm: u32,
    },
    /// The text does not fit its zone at the smallest legible size.
    #[error("{0} does not fit its zone: shorten it or use a larger label")]
    TooLong(Zone),
    /// No readable symbol of this payload fits the template's box.
    #[error("the QR code: {0}; {remedy}", remedy = remedy(*.0))]
    NoFit(#[source] NoFit),
    /// The payload has characters outside the QR alphanumeric alphabet.
    #[error("the QR code: {0}")]
    Payload(#[source] SymbolError),
    /// The symbol with its quiet zone does not fit its zone on this page.
    #[error("the QR code and its quiet zone do not fit: use a larger label or a smaller symbol_mm")]
    Symbol,
}

/// What the user of a template can do. The core's error states the fact only, since it knows no template.
const fn remedy(error: NoFit) -> &'static str {
    match error {
        NoFit::TooLong { .. } => "shorten the address or the note",
        NoFit::TooSmall { .. } => "set a larger symbol_mm in the template",
    }
}
