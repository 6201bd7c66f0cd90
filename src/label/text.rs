//! Converts text to positioned glyphs: shaping (`harfrust`, HarfBuzz's rules), bidirectional order (UAX #9,
//! `unicode-bidi`) and line breaking (UAX #14, `icu_segmenter`, with the dictionaries for Thai and related
//! scripts).
//!
//! In: a text, a size and a weight. Out: glyphs and the space that they take. Simple characters (ideographs, kana,
//! Latin, Cyrillic …), nearly all that is printed, are looked up one by one without a shaper.

mod direction;
mod line;
mod paragraph;
mod placed;
mod shape;

pub use direction::{is_rtl, is_simple};
pub use line::{set, width, width_simple};
pub use paragraph::Paragraph;
pub use placed::{Extent, PlacedGlyph};
