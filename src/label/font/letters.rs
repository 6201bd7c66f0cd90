//! The glyphs of characters by themselves, nearly all that is printed: found by size and character, a hundred
//! times a label.

use super::glyph::{GlyphKey, MISSING, Slot};

/// Characters of a page.
const PAGE: usize = 256;

/// How letters are to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label) enum Look {
    /// Of the regular face, or of whichever has them.
    Plain,
    /// Of the bold face.
    Bold,
    /// As plain ones, made heavier.
    Heavy,
}

impl Look {
    /// How many there are.
    const ALL: usize = 3;

    /// The glyph of a face at a size.
    pub(in crate::label) fn key(self, face: u8, px: u16, id: u16) -> GlyphKey {
        GlyphKey { face, heavy: self == Self::Heavy && face != MISSING, px, id }
    }
}

/// The glyph of a letter, with what setting it takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::label) struct Letter {
    pub(in crate::label) slot: Slot,
    pub(in crate::label) key: GlyphKey,
    /// How far the pen moves, in dots.
    pub(in crate::label) advance: i32,
}

/// The glyphs of the letters that were set.
#[derive(Default)]
pub(super) struct Letters {
    /// By size and look, then by the character but for its last eight bits.
    pages: Vec<Vec<Option<Box<LetterPage>>>>,
    pub(super) squares: Squares,
}

/// Characters as wide as the em, whatever the size, of the regular face and of the bold one: in most texts all, so that a
/// size is tried without a look at its letters.
#[derive(Default)]
pub(super) struct Squares([Vec<u64>; 2]);

impl Squares {
    pub(super) fn has(&self, (character, bold): (usize, usize)) -> bool {
        self.0[bold].get(character / 64).is_some_and(|word| word >> (character % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, (character, bold): (usize, usize)) {
        let words = &mut self.0[bold];
        words.resize(words.len().max(character / 64 + 1), 0);
        words[character / 64] |= 1 << (character % 64);
    }
}

type LetterPage = [Option<Letter>; PAGE];

impl Letters {
    fn place(character: char, px: u16, look: Look) -> (usize, usize, usize) {
        (usize::from(px) * Look::ALL + look as usize, character as usize / PAGE, character as usize % PAGE)
    }

    pub(super) fn get(&self, character: char, px: u16, look: Look) -> Option<Letter> {
        let (style, page, at) = Self::place(character, px, look);
        self.pages.get(style)?.get(page)?.as_ref()?[at]
    }

    pub(super) fn insert(&mut self, character: char, px: u16, look: Look, letter: Letter) {
        let (style, page, at) = Self::place(character, px, look);
        if self.pages.len() <= style {
            self.pages.resize_with(style + 1, Vec::new);
        }
        let pages = &mut self.pages[style];
        if pages.len() <= page {
            pages.resize_with(page + 1, || None);
        }
        pages[page].get_or_insert_with(|| Box::new([None; PAGE]))[at] = Some(letter);
    }
}
