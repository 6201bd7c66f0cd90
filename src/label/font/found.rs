//! The glyph of a single character: its face, number and whether it is square.

use super::file::File;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

/// The glyph of a single character.
#[derive(Clone, Copy, Debug)]
pub(in crate::label) struct FoundGlyph {
    /// The index of its face.
    pub(in crate::label) face: u8,
    /// The glyph number in the face.
    pub(super) id: u16,
    /// Whether it is one em wide, like an ideograph. Its advance then equals the size.
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
