//! Phone numbers in a packed form that decodes to exactly the same string.
//!
//! Two bits select the form: mobile, landline, dialled number, or text. Every string has exactly one form, the
//! first that matches it.

use super::{
    sink::{GROUP_BITS, Sink},
    source::FieldSource,
};
use crate::bytes::decimal;

const MOBILE: u32 = 0;
const LANDLINE: u32 = 1;
const DIALLED: u32 = 2;
const TEXT: u32 = 3;

/// The characters of a dialled number by nibble value; the value fifteen ends it.
const NIBBLES: &[u8; 15] = b"0123456789- ().";
const NIBBLE_END: u32 = 15;

/// Writes `phone`, which contains no NUL.
pub(super) fn encode(phone: &str, sink: &mut Sink<'_>) {
    let bytes = phone.as_bytes();
    if let Some(number) = mobile(bytes) {
        sink.put(MOBILE, 2);
        // Ten digits are below 2^34.
        sink.put((number >> 32) as u32, 2);
        sink.put(number as u32, 32);
    } else if let Some(line) = Landline::of(bytes) {
        sink.put(LANDLINE, 2);
        line.encode(sink);
    } else if let Some((plus, rest)) = dialled(bytes) {
        sink.put(DIALLED, 2);
        sink.put(u32::from(plus), 1);
        for &byte in rest {
            sink.put(nibble(byte).unwrap_or(NIBBLE_END), 4);
        }
        sink.put(NIBBLE_END, 4);
    } else {
        sink.put(TEXT, 2);
        sink.terminated(bytes);
    }
}

/// Reads a phone. [`FieldSource::finish`] checks its characters.
pub(super) fn decode(source: &mut FieldSource<'_, '_>) {
    let start = source.len();
    let form = source.take(2);
    match form {
        MOBILE => {
            let number = u64::from(source.take(2)) << 32 | u64::from(source.take(32));
            source.push(b"1");
            push_decimal(number, 10, source);
        }
        LANDLINE => Landline::decode(source),
        DIALLED => {
            if source.flag() {
                source.push(b"+");
            }
            while source.is_sound()
                && let Some(&character) = NIBBLES.get(source.take(4) as usize)
            {
                source.push(&[character]);
            }
        }
        _ => source.push_terminated(),
    }
    let phone = source.since(start);
    let sound = !phone.is_empty() && form_of(phone) == form;
    source.require(sound);
}

fn form_of(phone: &[u8]) -> u32 {
    if mobile(phone).is_some() {
        MOBILE
    } else if Landline::of(phone).is_some() {
        LANDLINE
    } else if dialled(phone).is_some() {
        DIALLED
    } else {
        TEXT
    }
}

/// The ten digits that follow the 1 of an eleven-digit mobile number.
fn mobile(phone: &[u8]) -> Option<u64> {
    let rest = phone.strip_prefix(b"1")?;
    if rest.len() != 10 || !rest.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(rest.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// Whether the number begins with a plus sign, and the rest.
fn dialled(phone: &[u8]) -> Option<(bool, &[u8])> {
    let (plus, rest) = match phone.strip_prefix(b"+") {
        Some(rest) => (true, rest),
        None => (false, phone),
    };
    rest.iter().all(|&byte| nibble(byte).is_some()).then_some((plus, rest))
}

#[cfg_attr(not(feature = "fast"), inline(never))]
fn nibble(byte: u8) -> Option<u32> {
    NIBBLES.iter().position(|&of| of == byte).map(|nibble| nibble as u32)
}

/// A landline number: area code `0aa` or `0aaa`, an optional hyphen, seven or eight digits, and an optional
/// extension: `-` and one to eight digits.
struct Landline<'a> {
    area: &'a [u8],
    hyphen: bool,
    number: &'a [u8],
    extension: &'a [u8],
}

impl<'a> Landline<'a> {
    fn of(phone: &'a [u8]) -> Option<Self> {
        let area_end = match phone {
            // Two-digit area codes begin with 1 (Beijing) or 2.
            [b'0', b'1' | b'2', ..] => 3,
            [b'0', ..] => 4,
            _ => return None,
        };
        let (area, rest) = phone.split_at_checked(area_end)?;
        let (hyphen, rest) = match rest.strip_prefix(b"-") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = rest.iter().position(|&byte| byte == b'-').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(end);
        let extension = if tail.is_empty() { tail } else { &tail[1..] };
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let sound = digits(area)
            && matches!(number.len(), 7 | 8)
            && digits(number)
            && digits(extension)
            && extension.len() <= 8
            && (tail.is_empty() || !extension.is_empty());
        sound.then_some(Self { area: &area[1..], hyphen, number, extension })
    }

    fn encode(&self, sink: &mut Sink<'_>) {
        sink.put(u32::from(self.area.len() == 3), 1);
        sink.put(u32::from(self.hyphen), 1);
        sink.put(u32::from(self.number.len() == 8), 1);
        sink.put(u32::from(!self.extension.is_empty()), 1);
        sink.digits(self.area);
        // Eight digits are below 2^27, seven below 2^24.
        let number = self.number.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        sink.put(number, if self.number.len() == 8 { 27 } else { 24 });
        if !self.extension.is_empty() {
            sink.put(self.extension.len() as u32 - 1, 3);
            sink.digits(self.extension);
        }
    }

    fn decode(source: &mut FieldSource<'_, '_>) {
        let area = 2 + source.take(1) as usize;
        let hyphen = source.flag();
        let number = 7 + source.take(1) as usize;
        let extension = source.flag();
        let start = source.len();
        source.push(b"0");
        digits(source, area);
        // The first digit determines the length; otherwise a number would have two encodings.
        let short = matches!(source.since(start), [b'0', b'1' | b'2', ..]);
        source.require(short == (area == 2));
        if hyphen {
            source.push(b"-");
        }
        let value = source.take(if number == 8 { 27 } else { 24 });
        push_decimal(value.into(), number, source);
        if extension {
            source.push(b"-");
            let length = 1 + source.take(3) as usize;
            digits(source, length);
        }
    }
}

/// Reads `count` digits, the inverse of [`Sink::digits`].
pub(super) fn digits(source: &mut FieldSource<'_, '_>, mut count: usize) {
    while count > 0 {
        let size = count.min(3);
        let value = source.take(GROUP_BITS[size]);
        push_decimal(value.into(), size, source);
        count -= size;
    }
}

/// Appends `value` with `width` digits, at most ten. A larger value makes the plaintext invalid.
fn push_decimal(value: u64, width: usize, source: &mut FieldSource<'_, '_>) {
    let mut text = [0; 10];
    let text = &mut text[..width];
    let fits = decimal(value, text);
    source.require(fits);
    source.push(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Malformed;

    /// `010` or `0351` and an eight-digit number, written with an area code of `digits` digits.
    fn landline(area: u32, digits: usize) -> Result<(), Malformed> {
        let mut plain = [0; 16];
        let mut sink = Sink::new(&mut plain);
        sink.put(LANDLINE, 2);
        for flag in [u32::from(digits == 3), 0, 1, 0] {
            sink.put(flag, 1);
        }
        sink.put(area, GROUP_BITS[digits]);
        sink.put(12_345_678, 27);
        sink.finish();
        let mut text = [0; 32];
        let mut source = FieldSource::new(&plain, &mut text);
        decode(&mut source);
        source.finish(&[])
    }

    #[test]
    fn the_length_of_an_area_follows_from_its_first_digit() {
        assert_eq!(landline(10, 2), Ok(()));
        assert_eq!(landline(351, 3), Ok(()));
        // 035 12345678 would also be 0351 2345678.
        assert_eq!(landline(35, 2), Err(Malformed));
        assert_eq!(landline(103, 3), Err(Malformed));
    }
}
