//! Shape 0: any text, its length less six in five bits, then the value in base 37 in all the bits that are left.

use super::limits::{LEN_MAX, LEN_MIN, NUMBER_MAX};
use super::wide;

pub(super) const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// The value of a character of a waybill number.
pub(super) fn base37(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'Z' => Some(byte - b'A' + 10),
        b'-' => Some(36),
        _ => None,
    }
}

/// Packs a text of 6 to 34 characters of the alphabet.
pub(super) fn pack(text: &[u8], packed: &mut [u8; NUMBER_MAX]) {
    let value = &mut packed[..len(text.len())];
    for &byte in text {
        wide::push(value, 37, base37(byte).unwrap_or(0));
    }
    packed[0] |= ((text.len() - LEN_MIN) as u8) << 3;
}

/// Writes the text of a packed number and returns its length; `None` if the value is too large for its length.
pub(super) fn write(mut packed: [u8; NUMBER_MAX], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let characters = characters(packed[0]);
    packed[0] &= 7;
    let value = &mut packed[..len(characters)];
    for character in out.get_mut(..characters)?.iter_mut().rev() {
        *character = ALPHABET[usize::from(wide::pop(value, 37))];
    }
    wide::is_zero(value).then_some(characters)
}

/// Length in bytes of a packed number, from its first byte.
pub(super) fn packed_len(first: u8) -> usize {
    len(characters(first))
}

/// 6 to 37. More than 34 are refused when the text is written.
fn characters(first: u8) -> usize {
    LEN_MIN + usize::from(first >> 3)
}

/// Length in bytes of a packed number with `characters` characters: five bits and those of 37ⁿ − 1, at least six
/// bytes and at most 23.
fn len(characters: usize) -> usize {
    const LENS: [u8; LEN_MAX - LEN_MIN + 1] = {
        let mut lens = [0; LEN_MAX - LEN_MIN + 1];
        let (mut at, mut value) = (0, 37u128.pow(LEN_MIN as u32));
        let mut bits_before = 0;
        while at < lens.len() {
            // 37²⁵ exceeds 128 bits: only the leading bits of a large power are kept.
            if value >> 100 != 0 {
                value >>= 32;
                bits_before += 32;
            }
            let bits = 5 + bits_before + 128 - value.leading_zeros();
            lens[at] = if bits < 48 { 6 } else { bits.div_ceil(8) as u8 };
            (at, value) = (at + 1, value * 37);
        }
        lens
    };
    LENS.get(characters - LEN_MIN).map_or(NUMBER_MAX, |len| usize::from(*len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_that_of_the_largest_value() {
        for characters in LEN_MIN..=LEN_MAX {
            let mut value = [0; 32];
            (0..characters).for_each(|_| wide::push(&mut value, 37, 36));
            let bits = 256
                - value
                    .iter()
                    .position(|byte| *byte != 0)
                    .map_or(0, |at| at * 8 + value[at].leading_zeros() as usize);
            assert_eq!(len(characters), (5 + bits).div_ceil(8).max(6), "{characters}");
        }
        assert_eq!((len(LEN_MIN), len(20), len(LEN_MAX)), (6, 14, NUMBER_MAX));
    }
}
