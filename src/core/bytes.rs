//! Cursors: bits in, text of a fixed capacity, and digits.
//!
//! Imports nothing of this crate.

mod bits;
mod decimal;
mod text;

pub use bits::{BitReader, Full};
pub use decimal::{decimal, divide};
pub use text::Text;
