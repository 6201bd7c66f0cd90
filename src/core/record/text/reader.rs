//! Decoding of a section's texts.

use super::codec::Codec;
use super::point::{Size, block};
use super::tokens::ReadTokens;
use crate::record::source::FieldSource;

/// Decodes the texts of one section.
pub(in crate::record) struct TextReader {
    codec: Codec,
    block: u32,
}

impl TextReader {
    /// A reader for texts in `codec`.
    pub(in crate::record) fn new(codec: Codec) -> Self {
        Self { codec, block: codec.table(false).map_or(0, |table| table.block) }
    }

    /// Reads one text, which must not be empty. `name` marks a person's name.
    pub(in crate::record) fn take(&mut self, source: &mut FieldSource<'_, '_>, name: bool) {
        let start = source.len();
        match self.codec.read_tokens(name) {
            Some(tokens) => self.tokens(tokens, source),
            None => source.push_terminated(),
        }
        source.require(source.len() > start);
    }

    fn tokens(&mut self, tokens: ReadTokens, source: &mut FieldSource<'_, '_>) {
        let table = tokens.table;
        while source.is_sound() {
            let place = tokens.take(source);
            if place == table.end {
                return;
            }
            if place == table.window {
                let point = self.block << 7 | source.take(7);
                source.push_char(point);
            } else if place == table.escape {
                let size = match source.take(2) {
                    0 => Size::Ascii,
                    1 => Size::Han,
                    2 => Size::Basic,
                    _ => Size::Supplementary,
                };
                let point = source.take(size.bits()) + size.base();
                source.push_char(point);
                // Canonical form: one escape per code point, and none for a code point of the current block.
                source.require(Size::of(point) == size && block(point) != self.block);
                if size != Size::Ascii {
                    self.block = block(point);
                }
            } else {
                source.push(table.token(place));
            }
        }
    }
}
