//! Texts of an order that a label prints as they were given, held to what its masks hide.
//!
//! A text is printed if it shares nothing with what is hidden of the label's people: four digits in a row of a phone, a
//! part of a name in any script or order, a number or letter of building, unit, floor or room, two characters in a row
//! of the hidden address. Else it is `***`. A code that parcels are sorted by cannot be replaced: an order whose code
//! tells is refused.

mod address;
mod addressed;
mod apart;
mod digits;
mod disguise;
mod heard;
mod inventory;
mod marks;
mod names;
mod numbers;
mod ordinary;
mod plain;
mod reading;
mod spelling;
mod spoken;
mod text;

pub use text::{Shown, Told, holds_name, holds_phone};
