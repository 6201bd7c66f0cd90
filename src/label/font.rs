//! Fonts: maps characters to glyphs, and glyphs to dots.
//!
//! In: a character, a size and a weight. Out: a glyph's dots and advance, rasterised once and then found by
//! [`Slot`]. The embedded faces are subsets of Noto Sans CJK SC (SIL OFL 1.1, see `font/OFL.txt`), made by
//! `font/build.sh`. Font files from the user are used for characters that these lack.

mod faces;
mod file;
mod fonts;
mod found;
mod glyph;
mod letters;
mod outline;

pub use file::{BadFont, File};
pub use fonts::Fonts;
pub use glyph::{Glyph, GlyphKey, MISSING, Slot, Weight};
pub(super) use letters::{Letter, Look};
pub use outline::Dots;
