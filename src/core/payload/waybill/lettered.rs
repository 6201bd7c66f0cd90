//! Shape 15: one to four letters and 6 to 18 digits, at least twelve characters; or `1Z` of UPS.
//!
//! The first bit tells 8 bytes, up to 13 digits, from 10 bytes, 14 and more. Numbers are counted by their letters and
//! then their digits: `v = Σ 26^a′ · 10^d′` over the earlier pairs, plus letters · 10^d + digits. In 8 bytes, the
//! numbers of UPS follow the last pair.
//!
//! Each count is a multiple of 10 to the fewest digits. So a number is a head, which fits a register, and the last digits.

use super::limits::{LEN_MAX, NUMBER_MAX};
use super::{any, ups, wide};

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
    /// How many heads are counted before this pair of letters and digits; before the numbers of UPS if it is none.
    fn before(&self, pair: (usize, usize)) -> u64 {
        self.find(u64::MAX, pair).1
    }

    /// The pair whose heads include this one, or `pair` if it is met first, and how many heads are counted before. The numbers
    /// of UPS follow the last pair, as with a letter more.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn find(&self, head: u64, pair: (usize, usize)) -> ((usize, usize), u64) {
        let (mut here, mut before, mut first) = ((1, self.digits_min), 0, 26);
        let mut count = first;
        while here.0 <= LETTERS_MAX && here != pair && head - before >= count {
            before += count;
            count *= 10;
            here.1 += 1;
            if here.1 > self.digits_max {
                first *= 26;
                count = first;
                here = (here.0 + 1, self.digits_min);
            }
        }
        (here, before)
    }
}

/// The letters of a number of UPS: more than any pair has.
const UPS: usize = LETTERS_MAX + 1;

/// The value of the first character and the number of characters at a place of a number with so many letters, or of the part
/// of a number of UPS that is stored.
fn radix(at: usize, letters: usize) -> (u8, u8) {
    match letters {
        UPS if at < ups::SHIPPER => (0, 36),
        1..UPS if at < letters => (10, 26),
        _ => (0, 10),
    }
}

/// Packs a text of this form; returns whether it has it.
pub(super) fn read(text: &[u8], packed: &mut [u8; NUMBER_MAX]) -> bool {
    let mut letters = text.iter().position(|byte| !byte.is_ascii_uppercase()).unwrap_or(text.len());
    let digits = text.len() - letters;
    let (mut pairs, mut stored) = (if digits < LONG.digits_min { SHORT } else { LONG }, text);
    if let Some(part) = ups::stored(text) {
        (pairs, stored, letters) = (SHORT, part, UPS);
    } else if !(1..=LETTERS_MAX).contains(&letters)
        || !(pairs.digits_min..=pairs.digits_max).contains(&digits)
        || text.len() < CHARACTERS_MIN
        || !text[letters..].iter().all(u8::is_ascii_digit)
    {
        return false;
    }
    let before = pairs.before((letters, digits));
    let value = &mut packed[..pairs.len];
    for (at, &byte) in stored.iter().enumerate() {
        if at + pairs.digits_min == stored.len() {
            add(value, before);
        }
        let (first, base) = radix(at, letters);
        wide::push(value, base, any::base37(byte).unwrap_or(0) - first);
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
    tail.iter_mut().rev().for_each(|digit| *digit = b'0' + wide::pop(value, 10));
    let ((letters, digits), before) = pairs.find(add(value, 0), (0, 0));
    add(value, before.wrapping_neg());
    let (at, len) = if letters == UPS { (ups::PREFIX.len(), ups::STORED) } else { (0, letters + digits) };
    let (front, rest) = out[at..].split_at_mut(len - pairs.digits_min);
    rest[..pairs.digits_min].copy_from_slice(tail);
    for (at, byte) in front.iter_mut().enumerate().rev() {
        let (first, base) = radix(at, letters);
        *byte = any::ALPHABET[usize::from(first + wide::pop(value, base))];
    }
    if letters != UPS {
        return Some(len);
    }
    (wide::is_zero(value) && pairs.len == SHORT.len).then(|| ups::finish(out))
}

/// Adds to a head, which is less than 2^64, and returns it.
fn add(value: &mut [u8], count: u64) -> u64 {
    let Some(head) = value.last_chunk_mut() else { return 0 };
    let sum = u64::from_be_bytes(*head).wrapping_add(count);
    *head = sum.to_be_bytes();
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_each_length_fit_its_bytes() {
        let [short, long] = [SHORT, LONG]
            .map(|pairs| u128::from(pairs.before((UPS, 0))) * 10u128.pow(pairs.digits_min as u32));
        assert_eq!(short, 5_280_599_947_194_000_000);
        assert!(short + 36u128.pow(6) * 10u128.pow(9) <= 1 << 63);
        assert!(long <= 1 << 79);
    }
}
