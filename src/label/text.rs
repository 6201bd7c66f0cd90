//! Text to glyphs in their places: shaping (HarfBuzz's rules, by `harfrust`), bidirectional order (UAX #9, by
//! `unicode-bidi`) and line breaks (UAX #14, by `icu_segmenter`, which knows the words of Thai and its kin).
//!
//! In go a text, a size and a weight; out come glyphs and the room that they take. Characters that stand alone
//! (ideographs, kana, Latin, Cyrillic …), nearly all that is printed, are looked up one by one without a shaper.

mod direction;
mod line;
mod paragraph;
mod placed;
mod shape;

pub use direction::{is_rtl, is_simple};
pub use line::{set, width, width_alone};
pub use paragraph::Paragraph;
pub use placed::{Extent, PlacedGlyph};
