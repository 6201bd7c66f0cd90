//! Font files: the embedded ones and the user's.

use skrifa::FontRef;
use std::sync::Arc;

/// A file that is neither TrueType nor OpenType.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a font file is neither TrueType nor OpenType")]
pub struct BadFont;

/// A font file.
#[derive(Clone, Debug)]
pub struct File(pub(super) FontBytes);

#[derive(Clone, Debug)]
pub(super) enum FontBytes {
    Embedded(&'static [u8]),
    Given(Arc<Vec<u8>>),
}

impl File {
    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            FontBytes::Embedded(bytes) => bytes,
            FontBytes::Given(bytes) => bytes,
        }
    }

    /// Whether both refer to the same file.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.bytes(), other.bytes()) || self.bytes() == other.bytes()
    }

    /// The font in the file; the first of a collection.
    pub(in crate::label) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.bytes(), 0).ok()
    }
}
