//! The tables of tokens that the trainer writes.

#[cfg(any(not(feature = "fast"), test))]
use crate::bytes::BitReader;
#[cfg(any(not(feature = "fast"), test))]
use crate::record::malformed::Malformed;

/// A canonical Huffman code (shorter codes first, then by the bytes of the token) of strings and three
/// commands.
pub(in crate::record) struct Table {
    /// Codes of each length; the first entry is of length 0 and is 0.
    pub(in crate::record) counts: [u16; 17],
    /// Where each token begins in `text`, in the order of the codes, and the end of the last.
    pub(in crate::record) offsets: &'static [u16],
    /// The tokens, one after another; commands are empty.
    pub(in crate::record) text: &'static str,
    /// Open addressing by the hash of [`hash`]: a token's place in the order plus one, or zero. For devices, as
    /// the next.
    #[cfg_attr(feature = "fast", allow(dead_code))]
    pub(in crate::record) slots: &'static [u16],
    /// Bytes of the longest token.
    #[cfg_attr(feature = "fast", allow(dead_code))]
    pub(in crate::record) longest: usize,
    /// The place of the command that ends a field.
    pub(in crate::record) end: u16,
    /// The place of the command that a whole code point follows.
    pub(in crate::record) escape: u16,
    /// The place of the command that seven bits of a code point follow, its block being the last one.
    pub(in crate::record) window: u16,
    /// The block of 128 code points at the start of a section.
    pub(in crate::record) block: u32,
}

impl Table {
    /// The bytes of a token, which is whole characters.
    pub(super) fn token(&self, place: u16) -> &'static [u8] {
        let place = usize::from(place);
        let Some(&[from, to]) = self.offsets.get(place..).and_then(<[u16]>::first_chunk) else { return &[] };
        self.text.as_bytes().get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The code at `place` and its length.
    #[cfg(any(not(feature = "fast"), test))]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn code(&self, place: u16) -> (u32, u32) {
        let (mut code, mut first) = (0, 0);
        for (length, &count) in self.counts.iter().enumerate() {
            code <<= 1;
            if place < first + count {
                return (code + u32::from(place - first), length as u32);
            }
            code += u32::from(count);
            first += count;
        }
        (0, 0)
    }

    /// Takes the code of a token, bit by bit, and returns its place.
    #[cfg(any(not(feature = "fast"), test))]
    pub(super) fn take(&self, bits: &mut BitReader<'_>) -> Result<u16, Malformed> {
        let (mut code, mut first_code, mut first) = (0, 0, 0);
        for &count in &self.counts[1..] {
            code = code << 1 | bits.take(1)?;
            first_code <<= 1;
            if code < first_code + u32::from(count) {
                return Ok(first + (code - first_code) as u16);
            }
            first_code += u32::from(count);
            first += count;
        }
        Err(Malformed)
    }
}

/// Bytes the encoder weighs splits of at a time: bounds its stack.
pub(super) const CHUNK: usize = 120;

/// A piece of a text as it is split.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TokenPiece {
    /// The token at a place of the table.
    Token(u16),
    /// A code point that no token begins with here.
    Character(u32),
}
