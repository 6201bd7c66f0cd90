//! Glyphs: their cache keys, dots and indices.

use super::outline::Dots;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;

/// The face number of characters that no font has.
pub const MISSING: u8 = u8::MAX;

/// The weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// For names, codes and fixed words. If the small bold face lacks a character of a text, the whole text uses
    /// the regular face emboldened, so that one word has one face.
    Bold,
}

/// The cache key of a glyph at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GlyphKey {
    /// The face, or [`MISSING`].
    pub face: u8,
    /// Artificially emboldened.
    pub heavy: bool,
    /// Size in dots per em.
    pub px: u16,
    /// The glyph number in the face.
    pub id: u16,
}

/// The number of embedded faces, which come first.
const EMBEDDED: u8 = 2;

impl GlyphKey {
    /// Whether the glyph is of a font that was given, and may draw anything anywhere.
    pub(in crate::label) const fn is_given(&self) -> bool {
        self.face >= EMBEDDED && self.face != MISSING
    }
}

impl Hash for GlyphKey {
    /// Hashes all fields in one step. Hot: a hundred keys per label.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let face = u64::from(self.face) << 1 | u64::from(self.heavy);
        state.write_u64(face << 32 | u64::from(self.px) << 16 | u64::from(self.id));
    }
}

/// A rasterised glyph.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Glyph {
    /// Its key.
    pub key: GlyphKey,
    /// What is printed.
    pub dots: Dots,
    /// The advance in dots.
    pub advance: i32,
}

/// The index of a cached glyph, which saves further look-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(NonZeroU32);

impl Slot {
    /// The index of the last of `count` glyphs.
    pub(super) fn last_of(count: usize) -> Self {
        // Stored from one upwards, so that `Option<Slot>` needs no extra space.
        Self(NonZeroU32::MIN.saturating_add(count as u32 - 1))
    }

    /// The index, counted from zero in the order of creation.
    pub(in crate::label) fn number(self) -> usize {
        self.0.get() as usize - 1
    }
}
