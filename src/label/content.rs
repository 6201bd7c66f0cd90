//! What is printed on one label: the only way in for text of an order, and its people only as a checked summary.

use crate::summary::{Shown, Summary};

/// What is printed on one label.
///
/// It can be built field by field, and a further field is a change that breaks its callers: whoever prints one thing
/// more is to decide on it.
pub struct Content<'a> {
    /// The waybill number: ASCII, 10 to 22 characters.
    pub waybill: &'a str,
    /// The routing code, as in `755-A12-008`.
    pub routing: Option<Shown<'a>>,
    /// The hub or station's name.
    pub hub: Option<Shown<'a>>,
    /// The people, masked and checked.
    pub summary: &'a Summary,
    /// The sealed record: the text of the QR code.
    pub payload: &'a str,
    /// The label's handle, ten characters.
    pub handle: &'a str,
    /// What is in the parcel, or empty.
    pub goods: Shown<'a>,
    /// A remark for the carrier, or empty.
    pub remark: Shown<'a>,
    /// The day of sealing, as it is to be printed.
    pub day: &'a str,
}
