//! Caches the glyphs of single characters by size and character. Hot: nearly all printed text takes this path.

use super::glyph::{GlyphKey, MISSING, Slot};

/// Characters of a page.
const PAGE: usize = 256;

/// The look of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::label) enum Look {
    /// The regular face, or the first one that has the character.
    Plain,
    /// The bold face.
    Bold,
    /// The regular look, artificially emboldened.
    Heavy,
}

impl Look {
    /// The number of looks.
    const ALL: usize = 3;

    /// The glyph of a face at a size.
    pub(in crate::label) fn key(self, face: u8, px: u16, id: u16) -> GlyphKey {
        GlyphKey { face, heavy: self == Self::Heavy && face != MISSING, px, id }
    }
}

/// A cached letter, with the data needed to set it.
#[derive(Clone, Copy, Debug)]
pub(in crate::label) struct Letter {
    pub(in crate::label) slot: Slot,
    pub(in crate::label) key: GlyphKey,
    /// The advance in dots.
    pub(in crate::label) advance: i32,
}

/// The cached letters.
#[derive(Default)]
pub(super) struct Letters {
    /// By size and look, then by the character without its low eight bits.
    pages: Vec<Vec<Option<Box<LetterPage>>>>,
    pub(super) squares: Squares,
}

/// Characters that are one em wide at every size, in the regular and the bold face. Most texts consist of these, so
/// that a size can be tested without a look-up per letter.
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
