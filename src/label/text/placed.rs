//! Positioned glyphs.

use crate::label::font::{GlyphKey, Slot};

/// A glyph of a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PlacedGlyph {
    /// The cache key of the glyph.
    pub key: GlyphKey,
    /// The index of the glyph in its fonts' cache.
    pub slot: Slot,
    /// Horizontal offset from the run's left end, in dots.
    pub x: i32,
    /// Vertical offset above the baseline, in dots.
    pub y: i32,
    /// Byte offset of its characters in the run's text.
    pub at: u32,
}

/// The extent of a text that was set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extent {
    /// Width in dots.
    pub width: i32,
    /// Number of characters that no font has, each set as a box.
    pub missing: usize,
    /// Whether the text starts, or mostly runs, from right to left.
    pub rtl: bool,
}
