//! Shape 15: one to four letters and 6 to 18 digits, at least twelve characters; or `1Z` of UPS.
//!
//! The first bit tells 8 bytes, up to 13 digits, from 10 bytes, 14 and more. Numbers are counted by their letters and
//! then their digits: `v = Σ 26^a′ · 10^d′` over the earlier pairs, plus letters · 10^d + digits. In 8 bytes, the
//! numbers of UPS follow the last pair.

use super::limits::{LEN_MAX, NUMBER_MAX};
use super::{ups, wide};

/// Fewest characters. Shorter ones are counted, and refused: shape 0 is not longer for them.
const CHARACTERS_MIN: usize = 12;
const LETTERS_MAX: usize = 4;

/// The pairs of letters and digits of one length in bytes.
struct Pairs {
    len: usize,
    digits_min: usize,
    digits_max: usize,
    /// How many numbers precede those of each pair, and of all pairs.
    first: &'static [u128],
}

const SHORT: Pairs = Pairs { len: 8, digits_min: 6, digits_max: 13, first: &offsets::<33>(6, 13) };
const LONG: Pairs = Pairs { len: 10, digits_min: 14, digits_max: 18, first: &offsets::<21>(14, 18) };

const fn offsets<const COUNT: usize>(digits_min: usize, digits_max: usize) -> [u128; COUNT] {
    let mut first = [0; COUNT];
    let (mut at, mut letters) = (0, 1);
    while letters <= LETTERS_MAX {
        let mut digits = digits_min;
        while digits <= digits_max {
            first[at + 1] = first[at] + 26u128.pow(letters as u32) * 10u128.pow(digits as u32);
            (at, digits) = (at + 1, digits + 1);
        }
        letters += 1;
    }
    assert!(at + 1 == COUNT);
    first
}

/// The first bit of a number of ten bytes.
const LONG_BIT: u8 = 0x80;

/// Length in bytes of a packed number, from its first byte.
pub(super) const fn packed_len(first: u8) -> usize {
    if first & LONG_BIT == 0 { SHORT.len } else { LONG.len }
}

impl Pairs {
    fn write(&self, value: u128, out: &mut [u8; LEN_MAX]) -> Option<usize> {
        let pair = self.first.iter().rposition(|&first| first <= value)?;
        let each = self.digits_max + 1 - self.digits_min;
        let (letters, digits) = (1 + pair / each, self.digits_min + pair % each);
        let mut rest = (value - self.first[pair]).to_be_bytes();
        for (at, byte) in out[..letters + digits].iter_mut().enumerate().rev() {
            let (first, base) = if at < letters { (b'A', 26) } else { (b'0', 10) };
            *byte = first + wide::pop(&mut rest, base);
        }
        Some(letters + digits)
    }
}

/// Packs a text of this form; returns whether it has it.
pub(super) fn read(text: &[u8], packed: &mut [u8; NUMBER_MAX]) -> bool {
    let mut value = [0; 16];
    let letters = text.iter().position(|byte| !byte.is_ascii_uppercase()).unwrap_or(text.len());
    let digits = text.len() - letters;
    let (pairs, first) = if ups::read(text, &mut value) {
        (SHORT, SHORT.first.last())
    } else {
        let pairs = if digits < LONG.digits_min { SHORT } else { LONG };
        if !(1..=LETTERS_MAX).contains(&letters)
            || !(pairs.digits_min..=pairs.digits_max).contains(&digits)
            || text.len() < CHARACTERS_MIN
            || !text[letters..].iter().all(u8::is_ascii_digit)
        {
            return false;
        }
        for (at, &byte) in text.iter().enumerate() {
            let (first, base) = if at < letters { (b'A', 26) } else { (b'0', 10) };
            wide::push(&mut value, base, byte - first);
        }
        let each = pairs.digits_max + 1 - pairs.digits_min;
        let first = pairs.first.get((letters - 1) * each + digits - pairs.digits_min);
        (pairs, first)
    };
    let value = u128::from_be_bytes(value) + first.copied().unwrap_or(0);
    packed[..pairs.len].copy_from_slice(&value.to_be_bytes()[16 - pairs.len..]);
    packed[0] |= if pairs.len == LONG.len { LONG_BIT } else { 0 };
    true
}

/// Writes the text of a packed number and returns its length; `None` if the number is outside the shape's range.
pub(super) fn write(mut packed: [u8; NUMBER_MAX], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let pairs = if packed[0] & LONG_BIT == 0 { SHORT } else { LONG };
    packed[0] &= !LONG_BIT;
    let mut value = [0; 16];
    value[16 - pairs.len..].copy_from_slice(&packed[..pairs.len]);
    let value = u128::from_be_bytes(value);
    match value.checked_sub(pairs.first.last().copied()?) {
        None => pairs.write(value, out),
        Some(rest) if pairs.len == SHORT.len => ups::write(rest.to_be_bytes(), out),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_each_length_fit_its_bytes() {
        let [short, long] = [SHORT, LONG].map(|pairs| *pairs.first.last().unwrap());
        assert_eq!(short, 5_280_599_947_194_000_000);
        assert!(short + 36u128.pow(6) * 10u128.pow(9) <= 1 << 63);
        assert!(long <= 1 << 79);
    }
}
