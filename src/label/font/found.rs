//! The glyph of a character by itself: in which face, and whether it is square.

use super::file::File;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

/// The glyph of a character by itself.
#[derive(Clone, Copy, Debug)]
pub(in crate::label) struct FoundGlyph {
    /// Its face.
    pub(in crate::label) face: u8,
    /// Its number in the face.
    pub(super) id: u16,
    /// Whether it is as wide as the em, as ideographs are: its advance at a size is the size.
    pub(super) square: bool,
}

impl FoundGlyph {
    pub(super) fn new(file: &File, face: u8, character: char) -> Option<Self> {
        let font = file.font()?;
        let glyph = font.charmap().map(character)?;
        let (size, location) = (Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(size, location).units_per_em);
        let square = font.glyph_metrics(size, location).advance_width(glyph) == Some(em);
        Some(Self { face, id: u16::try_from(glyph.to_u32()).ok()?, square })
    }
}
