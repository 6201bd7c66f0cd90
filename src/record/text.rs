//! Text of a field: what may stand in it, and how a reader collects it.

use super::Malformed;
use crate::error::{Field, SealError};

/// Ends a field that another follows. Text never holds it.
pub(super) const NEXT: u8 = 0x1f;
/// Ends the last field, and fills the section.
pub(super) const END: u8 = 0;

/// Refuses characters that have no place on a label: controls, and the marks that turn the direction of
/// the text around them, with which a note could rewrite the address on a screen.
pub(super) fn check(field: Field, text: &str) -> Result<(), SealError> {
    if text.chars().all(is_printable) { Ok(()) } else { Err(SealError::Character(field)) }
}

pub(super) fn is_printable(character: char) -> bool {
    !(character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
        || u32::from(character) & 0xfffe == 0xfffe)
}

/// Collects bytes of text in a caller's buffer and cuts fields from it.
pub(super) struct Collector<'b> {
    free: &'b mut [u8],
    len: usize,
}

impl<'b> Collector<'b> {
    pub(super) fn new(buffer: &'b mut [u8]) -> Self {
        Self { free: buffer, len: 0 }
    }

    pub(super) fn push(&mut self, byte: u8) -> Result<(), Malformed> {
        *self.free.get_mut(self.len).ok_or(Malformed)? = byte;
        self.len += 1;
        Ok(())
    }

    /// What was pushed since the last field, if it is printable UTF-8.
    pub(super) fn field(&mut self) -> Result<&'b str, Malformed> {
        let (field, rest) = core::mem::take(&mut self.free).split_at_mut(self.len);
        self.free = rest;
        self.len = 0;
        let text = core::str::from_utf8(field).map_err(|_| Malformed)?;
        if text.chars().all(is_printable) { Ok(text) } else { Err(Malformed) }
    }
}
