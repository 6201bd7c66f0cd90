//! Shape 15: one to four letters and 6 to 18 digits, at least twelve characters; or `1Z` of UPS.
//!
//! The first bit tells 8 bytes, up to 13 digits, from 10 bytes, 14 and more. Numbers are counted by their letters and
//! then their digits: `v = Σ 26^a′ · 10^d′` over the earlier pairs, plus letters · 10^d + digits. In 8 bytes, the
//! numbers of UPS follow the last pair.
//!
//! Each count is a multiple of 10 to the fewest digits. So a number is a head, which fits a register, and the last digits.

use super::limits::{LEN_MAX, NUMBER_MAX};
use super::{any, ups, wide};
use crate::bytes::divide;

/// Fewest characters. Shorter ones are counted, and refused: shape 0 is not longer for them.
const CHARACTERS_MIN: usize = 12;
const LETTERS_MAX: usize = 4;

/// The pairs of letters and digits of one length in bytes.
struct Pairs {
    len: usize,
    digits_min: usize,
    digits_max: usize,
}

const SHORT: Pairs = Pairs { len: 8, digits_min: 6, digits_max: 13 };
const LONG: Pairs = Pairs { len: 10, digits_min: 14, digits_max: 18 };

/// The first bit of a number of ten bytes.
const LONG_BIT: u8 = 0x80;

/// Length in bytes of a packed number, from its first byte.
pub(super) const fn packed_len(first: u8) -> usize {
    if first & LONG_BIT == 0 { SHORT.len } else { LONG.len }
}

impl Pairs {
    /// How many heads there are of each pair, in order: its letters, its digits, and the count.
    fn counts(&self) -> impl Iterator<Item = (usize, usize, u64)> {
        let (mut letters, mut digits, mut first) = (1, self.digits_min, 26);
        let mut count = first;
        core::iter::from_fn(move || {
            if digits > self.digits_max {
                first *= 26;
                (letters, digits, count) = (letters + 1, self.digits_min, first);
            }
            let pair = (letters, digits, count);
            (digits, count) = (digits + 1, count * 10);
            (letters <= LETTERS_MAX).then_some(pair)
        })
    }
}

/// The value of the first character and the number of characters at a place of a number with so many letters, or of the part
/// of a number of UPS that is stored.
fn radix(at: usize, letters: Option<usize>) -> (u8, u8) {
    match letters {
        Some(letters) if at < letters => (10, 26),
        None if at < ups::SHIPPER => (0, 36),
        _ => (0, 10),
    }
}

/// Packs a text of this form; returns whether it has it.
pub(super) fn read(text: &[u8], packed: &mut [u8; NUMBER_MAX]) -> bool {
    let letters = text.iter().position(|byte| !byte.is_ascii_uppercase()).unwrap_or(text.len());
    let digits = text.len() - letters;
    let pairs = if digits < LONG.digits_min { SHORT } else { LONG };
    let is_lettered = (1..=LETTERS_MAX).contains(&letters)
        && (pairs.digits_min..=pairs.digits_max).contains(&digits)
        && text.len() >= CHARACTERS_MIN
        && text[letters..].iter().all(u8::is_ascii_digit);
    let (pairs, stored, letters) = match ups::stored(text) {
        _ if is_lettered => (pairs, text, Some(letters)),
        Some(stored) => (SHORT, stored, None),
        None => return false,
    };
    let (front, tail) = stored.split_at(stored.len() - pairs.digits_min);
    let mut head = 0;
    for (at, &byte) in front.iter().enumerate() {
        let (first, base) = radix(at, letters);
        head = head * u64::from(base) + u64::from(any::base37(byte).unwrap_or(0) - first);
    }
    // All pairs precede the numbers of UPS.
    for (_, _, count) in pairs.counts().take_while(|&(a, d, _)| (Some(a), d) != (letters, digits)) {
        head += count;
    }
    let value = &mut packed[..pairs.len];
    value[pairs.len - 8..].copy_from_slice(&head.to_be_bytes());
    for &digit in tail {
        wide::push(value, 10, digit - b'0');
    }
    value[0] |= if pairs.len == LONG.len { LONG_BIT } else { 0 };
    true
}

/// Writes the text of a packed number and returns its length; `None` if the number is outside the shape's range.
pub(super) fn write(mut packed: [u8; NUMBER_MAX], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let pairs = if packed[0] & LONG_BIT == 0 { SHORT } else { LONG };
    packed[0] &= !LONG_BIT;
    let value = &mut packed[..pairs.len];
    let mut tail = [0; LONG.digits_min];
    let tail = &mut tail[..pairs.digits_min];
    for digit in tail.iter_mut().rev() {
        *digit = b'0' + wide::pop(value, 10);
    }
    // What is left of 79 bits is less than 2^33.
    let mut head = u64::from_be_bytes(*value.last_chunk()?);
    let mut letters = None;
    let mut len = ups::STORED;
    for (a, d, count) in pairs.counts() {
        if head < count {
            (letters, len) = (Some(a), a + d);
            break;
        }
        head -= count;
    }
    let at = if letters.is_some() { 0 } else { ups::PREFIX.len() };
    let (front, rest) = out[at..].split_at_mut(len - pairs.digits_min);
    rest[..pairs.digits_min].copy_from_slice(tail);
    for (at, byte) in front.iter_mut().enumerate().rev() {
        let (first, base) = radix(at, letters);
        *byte = any::ALPHABET[usize::from(first) + divide(&mut head, base.into()) as usize % 36];
    }
    if letters.is_some() {
        return Some(len);
    }
    (head == 0 && pairs.len == SHORT.len).then(|| ups::finish(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_each_length_fit_its_bytes() {
        let [short, long] = [SHORT, LONG].map(|pairs| {
            let heads: u64 = pairs.counts().map(|(_, _, count)| count).sum();
            u128::from(heads) * 10u128.pow(pairs.digits_min as u32)
        });
        assert_eq!(short, 5_280_599_947_194_000_000);
        assert!(short + 36u128.pow(6) * 10u128.pow(9) <= 1 << 63);
        assert!(long <= 1 << 79);
    }
}
