//! Encoding of a section's texts.

use super::codec::Codec;
use super::point::{Size, block};
use super::table::{CHUNK, TokenPiece};
use super::tokens::Tokens;
use crate::record::sink::Sink;

/// Encodes the texts of one section in one codec.
pub(in crate::record) struct TextWriter<'s, 'a> {
    codec: Codec,
    block: u32,
    sink: &'s mut Sink<'a>,
}

impl<'s, 'a> TextWriter<'s, 'a> {
    /// A writer to `sink`. The caller writes the codec number.
    pub(in crate::record) fn new(codec: Codec, sink: &'s mut Sink<'a>) -> Self {
        Self { codec, block: codec.table(false).map_or(0, |table| table.block), sink }
    }

    /// Writes `text` and its end. `name` marks a person's name.
    pub(in crate::record) fn put(&mut self, text: &str, name: bool) {
        let Some(tokens) = self.codec.tokens(name) else {
            self.sink.terminated(text.as_bytes());
            return;
        };
        let mut rest = text;
        while let Some((chunk, after)) = rest.split_at_checked(rest.floor_char_boundary(CHUNK))
            && !chunk.is_empty()
        {
            self.chunk(tokens, chunk);
            rest = after;
        }
        tokens.put(tokens.table.end, self.sink);
    }

    /// Writes the cheapest split of `text`, at most [`CHUNK`] bytes.
    fn chunk(&mut self, tokens: Tokens, text: &str) {
        tokens.split(text, self.block, |piece| match piece {
            TokenPiece::Token(place) => tokens.put(place, self.sink),
            TokenPiece::Character(point) => self.character(tokens, point),
        });
    }

    /// Writes an escaped code point.
    fn character(&mut self, tokens: Tokens, point: u32) {
        if block(point) == self.block {
            tokens.put(tokens.table.window, self.sink);
            self.sink.put(point & 0x7f, 7);
        } else {
            let size = Size::of(point);
            tokens.put(tokens.table.escape, self.sink);
            self.sink.put(size as u32, 2);
            self.sink.put(point - size.base(), size.bits());
            if size != Size::Ascii {
                self.block = block(point);
            }
        }
    }

    /// The current block of code points: the only state that carries over to later texts.
    pub(in crate::record) const fn block(&self) -> u32 {
        self.block
    }
}
