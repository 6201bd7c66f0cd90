//! Postcodes: digits in groups of three, letters and digits in base 38, anything else as a text.

use super::sink::{GROUP_BITS, Sink};
use super::source::FieldSource;
use crate::bytes::divide;

/// Most characters of a packed postcode.
const CHARACTERS_MAX: usize = 10;

const ALPHABET: &[u8; 38] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -";

/// The bits of 38ⁿ − 1, by n.
const BITS: [u32; CHARACTERS_MAX + 1] = {
    let (mut bits, mut at, mut count) = ([0; CHARACTERS_MAX + 1], 1, 38u64);
    while at < bits.len() {
        bits[at] = u64::BITS - (count - 1).leading_zeros();
        (at, count) = (at + 1, count * 38);
    }
    bits
};

/// How a postcode is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PostcodeForm {
    Digits,
    Base38,
    Text,
}

fn form(postcode: &[u8]) -> PostcodeForm {
    if !(1..=CHARACTERS_MAX).contains(&postcode.len()) {
        PostcodeForm::Text
    } else if postcode.iter().all(u8::is_ascii_digit) {
        PostcodeForm::Digits
    } else if postcode.iter().all(|byte| ALPHABET.contains(byte)) {
        PostcodeForm::Base38
    } else {
        PostcodeForm::Text
    }
}

/// Whether a postcode is written among the fields and not among the texts.
pub(super) fn packs(postcode: &[u8]) -> bool {
    form(postcode) != PostcodeForm::Text
}

/// Writes the flag, the length and the packed form of a postcode that is not empty.
pub(super) fn encode(postcode: &[u8], sink: &mut Sink<'_>) {
    let (form, len) = (form(postcode), postcode.len() as u32);
    sink.put((form == PostcodeForm::Digits).into(), 1);
    match form {
        PostcodeForm::Digits => {
            sink.put(len - 1, 4);
            sink.digits(postcode);
        }
        PostcodeForm::Base38 => {
            let digit = |byte: &u8| ALPHABET.iter().position(|known| known == byte).unwrap_or(0) as u64;
            let value = postcode.iter().fold(0, |value, byte| value * 38 + digit(byte));
            sink.put(len, 4);
            sink.put_wide(value, BITS[postcode.len()]);
        }
        PostcodeForm::Text => sink.put(0, 4),
    }
}

/// Reads the flag, the length and the packed form; returns whether the postcode is among the texts.
pub(super) fn decode(source: &mut FieldSource<'_, '_>) -> bool {
    let is_digits = source.flag();
    let len = source.take(4) as usize + usize::from(is_digits);
    if len == 0 {
        return true;
    }
    if len > CHARACTERS_MAX {
        source.require(false);
        return false;
    }
    let start = source.len();
    if is_digits {
        digits(source, len);
    } else {
        let mut value = source.take_wide(BITS[len]);
        let mut text = [0; CHARACTERS_MAX];
        for byte in text[..len].iter_mut().rev() {
            *byte = ALPHABET[divide(&mut value, 38) as usize];
        }
        source.require(value == 0);
        source.push(&text[..len]);
        // Canonical form: digits alone are not written in base 38.
        let sound = form(source.since(start)) == PostcodeForm::Base38;
        source.require(sound);
    }
    false
}

/// Reads `count` digits, the inverse of [`Sink::digits`].
fn digits(source: &mut FieldSource<'_, '_>, mut count: usize) {
    while count > 0 {
        let size = count.min(3);
        let value = source.take(GROUP_BITS[size]);
        source.push_decimal(value.into(), size);
        count -= size;
    }
}
