//! PDF 1.7 (ISO 32000-1): labels as vectors and real text, with the used glyphs embedded. Each page has one label
//! and its size, or as many labels as fit on A4 or Letter.
//!
//! In: labels detached from their composer ([`PdfLabel`]), so that other threads can compose. Out: a file that
//! [`PdfWriter`] streams.

mod face;
mod grid;
mod label;
mod ops;
mod writer;

pub use label::PdfLabel;
pub use writer::{Paper, PdfWriter};
