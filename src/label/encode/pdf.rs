//! PDF 1.7 (ISO 32000-1): labels as vectors and real text, the fonts' used glyphs within the file. Pages are
//! written as they come; one label on each of its own size, or as many as fit on A4 or Letter.
//!
//! In go labels apart from their composer ([`Leaf`]), so that other threads may compose them; [`Book`] writes the file.

mod book;
mod face;
mod grid;
mod leaf;
mod ops;

pub use book::{Book, Paper};
pub use leaf::Leaf;
