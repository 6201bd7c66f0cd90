//! Types below all others: a bit reader, text of a fixed capacity, decimal digits, and the QR alphanumeric
//! alphabet.
//!
//! They know nothing of records, labels or keys, and use no heap.

pub mod alphanumeric;
mod bits;
mod decimal;
mod text;

pub use bits::{BitReader, Full};
pub use decimal::{decimal, divide};
pub use text::Text;
