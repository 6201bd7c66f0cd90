//! Caches which face has a character. Hot: a hundred look-ups per label, in few Unicode pages.

use super::found::FoundGlyph;

/// Characters of a page.
const PAGE: usize = 256;

/// The cached answers.
#[derive(Default)]
pub(super) struct Faces {
    /// By the character without its low eight bits.
    pages: Vec<Option<Box<[FaceAnswer; PAGE]>>>,
}

/// The glyphs for regular and for bold text; `None` before the first look-up.
type FaceAnswer = Option<[Option<FoundGlyph>; 2]>;

impl Faces {
    /// The cached answer for a character, or that of `look`.
    pub(super) fn of(
        &mut self,
        character: char,
        look: impl FnOnce() -> [Option<FoundGlyph>; 2],
    ) -> [Option<FoundGlyph>; 2] {
        let (page, at) = (character as usize / PAGE, character as usize % PAGE);
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, || None);
        }
        let page = self.pages[page].get_or_insert_with(|| Box::new([None; PAGE]));
        *page[at].get_or_insert_with(look)
    }
}
