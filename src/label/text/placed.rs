//! Glyphs in their places.

use crate::label::font::{GlyphKey, Slot};

/// A glyph of a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PlacedGlyph {
    /// Which glyph.
    pub key: GlyphKey,
    /// The same among those that its fonts made.
    pub slot: Slot,
    /// From the run's left end, in dots.
    pub x: i32,
    /// Above the baseline, in dots.
    pub y: i32,
    /// Where its characters begin in the run's text.
    pub at: u32,
}

/// How a text came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extent {
    /// Dots across.
    pub width: i32,
    /// Characters that no font has, each a box.
    pub missing: usize,
    /// Whether it begins, or mostly runs, from right to left.
    pub rtl: bool,
}
