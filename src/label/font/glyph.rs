//! A glyph: which it is, its dots, and its place among those made.

use super::outline::Dots;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;

/// Stands for the face of a character that no font has.
pub const MISSING: u8 = u8::MAX;

/// Which of the two weights a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Names, codes and fixed words. A text that the small bold face does not have whole is set in the
    /// regular face made heavier, so that one word has one face.
    Bold,
}

/// A glyph at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GlyphKey {
    /// Which face, or [`MISSING`].
    pub face: u8,
    /// Made heavier.
    pub heavy: bool,
    /// Dots to the em.
    pub px: u16,
    /// Its number in the face.
    pub id: u16,
}

impl Hash for GlyphKey {
    /// All of it at once: a label has a hundred.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let face = u64::from(self.face) << 1 | u64::from(self.heavy);
        state.write_u64(face << 32 | u64::from(self.px) << 16 | u64::from(self.id));
    }
}

/// A glyph ready to be set.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Glyph {
    /// Which it is.
    pub key: GlyphKey,
    /// What is printed.
    pub dots: Dots,
    /// How far the pen moves, in dots.
    pub advance: i32,
}

/// The place of a glyph among those made so far: found once, it is looked up no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(NonZeroU32);

impl Slot {
    /// The place of the last of so many.
    pub(super) fn last_of(count: usize) -> Self {
        // Counted from one, so that none takes no room.
        Self(NonZeroU32::MIN.saturating_add(count as u32 - 1))
    }

    /// Its number, counted from zero in the order of making.
    pub(in crate::label) fn number(self) -> usize {
        self.0.get() as usize - 1
    }
}
