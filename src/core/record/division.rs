//! Names of the GB/T 2260 divisions.
//!
//! A record carries the six digits, which are stable over the yearly changes, and not a place in this table:
//! a reader with an older or newer table, or with none, still reads the label, and shows the digits where it
//! has no name.

mod address;
mod names;
#[rustfmt::skip]
mod table;

pub use address::split;
pub(crate) use names::find_below;
pub use names::{VERSION, find, names};
