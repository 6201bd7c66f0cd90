//! Fonts: characters to glyphs, glyphs to dots.
//!
//! In go a character, a size and a weight; out come a glyph's dots and its advance, made once and found again by
//! their [`Slot`]. The embedded faces are subsets of Noto Sans CJK SC (SIL OFL 1.1, see `font/OFL.txt`), made by
//! `font/build.sh`; the files that a user gives come after them.

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
