//! The token decoder of a host: the next bits index a list of all short codes, built at compile time. A device
//! decodes bit by bit and needs no list.

use super::table::Table;
use crate::bytes::BitReader;
use crate::record::decode_error::DecodeError;
#[cfg(feature = "japanese")]
use crate::record::tables::JAPANESE;
#[cfg(feature = "korean")]
use crate::record::tables::KOREAN;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};

/// Index width of the list in bits. Few tokens in real texts have longer codes.
const BITS: u32 = 9;
/// Bits of the longest code in any table.
const LONGEST: u32 = 16;
const LENGTH_BITS: u32 = 4;

/// For each index, the token's index in the high bits and its code length in the low bits. 0 marks a longer code or
/// an invalid one.
pub(super) struct Lookup([u16; 1 << BITS]);

impl Lookup {
    const fn new(table: &Table) -> Self {
        let mut list = [0; 1 << BITS];
        let (mut code, mut place, mut length) = (0usize, 0, 1);
        while length <= BITS {
            code <<= 1;
            let mut left = table.counts[length as usize];
            while left > 0 {
                let mut at = code << (BITS - length);
                while at < (code + 1) << (BITS - length) {
                    list[at] = place << LENGTH_BITS | length as u16;
                    at += 1;
                }
                (code, place, left) = (code + 1, place + 1, left - 1);
            }
            length += 1;
        }
        Self(list)
    }

    /// Decodes the next token.
    #[inline]
    pub(super) fn take(&self, table: &Table, bits: &mut BitReader<'_>) -> Result<u16, DecodeError> {
        let next = bits.peek(LONGEST);
        let entry = self.0[(next >> (LONGEST - BITS)) as usize % self.0.len()];
        if entry != 0 {
            bits.take(u32::from(entry) % (1 << LENGTH_BITS))?;
            return Ok(entry >> LENGTH_BITS);
        }
        let (mut first_code, mut first) = (0, 0);
        for (length, &count) in (1..=LONGEST).zip(&table.counts[1..]) {
            first_code <<= 1;
            let code = next >> (LONGEST - length);
            if code < first_code + u32::from(count) {
                bits.take(length)?;
                return Ok(first + (code - first_code) as u16);
            }
            first_code += u32::from(count);
            first += count;
        }
        Err(DecodeError::Malformed)
    }
}

pub(super) static CHINESE_LOOKUP: Lookup = Lookup::new(&CHINESE);
pub(super) static NAMES_LOOKUP: Lookup = Lookup::new(&NAMES);
pub(super) static LATIN_LOOKUP: Lookup = Lookup::new(&LATIN);
pub(super) static SCRIPT_LOOKUP: Lookup = Lookup::new(&SCRIPT);
#[cfg(feature = "japanese")]
pub(super) static JAPANESE_LOOKUP: Lookup = Lookup::new(&JAPANESE);
#[cfg(feature = "korean")]
pub(super) static KOREAN_LOOKUP: Lookup = Lookup::new(&KOREAN);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_gives_what_going_bit_by_bit_gives() {
        let all = [
            (&CHINESE, &CHINESE_LOOKUP),
            (&NAMES, &NAMES_LOOKUP),
            (&LATIN, &LATIN_LOOKUP),
            (&SCRIPT, &SCRIPT_LOOKUP),
            #[cfg(feature = "japanese")]
            (&JAPANESE, &JAPANESE_LOOKUP),
            #[cfg(feature = "korean")]
            (&KOREAN, &KOREAN_LOOKUP),
        ];
        for (table, lookup) in all {
            assert!(table.counts.len() == LONGEST as usize + 1);
            for word in 0..=u16::MAX {
                let word = word.to_be_bytes();
                for bytes in [&word[..], &word[..1], &[word[0], word[1], 0xff, 0, 0xff, 0, 0xff, 0, 0xff]] {
                    let (mut one, mut other) = (BitReader::new(bytes), BitReader::new(bytes));
                    let (listed, walked) = (lookup.take(table, &mut one), table.take(&mut other));
                    assert_eq!(listed, walked);
                    if listed.is_ok() {
                        assert_eq!(one.left(), other.left());
                    }
                }
            }
        }
    }
}
