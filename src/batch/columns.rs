//! Matches the columns of a file to the fields of an order.
//!
//! - `column`: the fields of an order, which are the columns of the input format.
//! - `names`: the names that exports use for each.
//! - `mapping`: from a file's header to a [`Mapping`].

mod column;
mod mapping;
mod names;

pub use column::{Column, UnknownColumn};
pub use mapping::{Mapping, MappingError};
pub use names::known;
