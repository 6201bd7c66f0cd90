//! Ground for all else: bits in, text of a fixed capacity, digits, and the characters of a QR code.

pub mod alphanumeric;
mod bits;
mod decimal;
mod text;

pub use bits::{BitReader, Full};
pub use decimal::{decimal, divide};
pub use text::Text;
