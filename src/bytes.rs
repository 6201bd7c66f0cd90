//! Cursors: bits in, bits out, and text of a fixed capacity.
//!
//! Imports nothing of this crate.

mod bits;
mod text;

pub use bits::{BitReader, BitWriter, Full};
pub use text::Text;
