//! GB/T 2260 division codes and their Chinese names.
//!
//! A record carries the six-digit code, not an index into this table, because codes are stable across the yearly
//! changes. A reader with an older or newer table, or none, still reads the label, and shows the digits if it has
//! no name.

mod address;
mod names;
#[rustfmt::skip]
mod table;

pub use address::split;
pub(crate) use names::find_below;
pub use names::{VERSION, find, names};
