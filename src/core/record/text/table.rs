//! The layout of the generated token tables.

#[cfg(any(not(feature = "fast"), test))]
use crate::bytes::BitReader;
#[cfg(any(not(feature = "fast"), test))]
use crate::record::decode_error::DecodeError;

/// A canonical Huffman code over strings and three commands. Shorter codes come first, then the order of the
/// token's bytes.
pub(in crate::record) struct Table {
    /// The number of codes of each length. Entry 0 is for length 0 and is 0.
    pub(in crate::record) counts: [u16; 17],
    /// The offset of each token in `text`, in code order, and the end of the last.
    pub(in crate::record) offsets: &'static [u16],
    /// The concatenated tokens. Commands are empty.
    pub(in crate::record) text: &'static str,
    /// An open-addressing hash table by [`hash`]: a token's index plus one, or zero. Used by devices, like the next
    /// field.
    #[cfg(any(not(feature = "fast"), test))]
    pub(in crate::record) slots: &'static [u16],
    /// Length in bytes of the longest token.
    #[cfg_attr(feature = "fast", allow(dead_code))]
    pub(in crate::record) longest: usize,
    /// The index of the command that ends a field.
    pub(in crate::record) end: u16,
    /// The index of the command before an escaped code point.
    pub(in crate::record) escape: u16,
    /// The index of the command before seven bits that select a code point in the current block.
    pub(in crate::record) window: u16,
    /// The block of 128 code points that is current at the start of a section.
    pub(in crate::record) block: u32,
}

impl Table {
    /// The bytes of a token: whole characters.
    pub(in crate::record) fn token(&self, place: u16) -> &'static [u8] {
        let place = usize::from(place);
        let Some(&[from, to]) = self.offsets.get(place..).and_then(<[u16]>::first_chunk) else { return &[] };
        self.text.as_bytes().get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The code at index `place`, and its length.
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

    /// Decodes a token bit by bit, and returns its index.
    #[cfg(any(not(feature = "fast"), test))]
    pub(super) fn take(&self, bits: &mut BitReader<'_>) -> Result<u16, DecodeError> {
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
        Err(DecodeError::Malformed)
    }
}
