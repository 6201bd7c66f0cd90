//! Which face has a character: asked a hundred times a label, of few pages of Unicode.

use super::found::FoundGlyph;

/// Characters of a page.
const PAGE: usize = 256;

/// The faces of the characters that were asked for.
#[derive(Default)]
pub(super) struct Faces {
    /// By the character, but for its last eight bits.
    pages: Vec<Option<Box<[FaceAnswer; PAGE]>>>,
}

/// The glyphs for running text and for bold text; none before it was asked for.
type FaceAnswer = Option<[Option<FoundGlyph>; 2]>;

impl Faces {
    /// The answer for a character, given before or by `look`.
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
