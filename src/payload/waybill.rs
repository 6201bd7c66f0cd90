//! Waybill numbers, packed by their shape: six bytes for the common ones, at most fourteen.
//!
//! | shape | form | number |
//! |---|---|---|
//! | 0 | any 6 to 20 of `0-9 A-Z -` | length, 5 bits, then the value in base 37; 6 to 14 bytes |
//! | 1, 2, 3 | `YT`, `SF`, `JD` and 13 digits | the digits |
//! | 4 | `JD`, 13 digits, `-i-n-` with 1 ≤ i ≤ n ≤ 1023 | digits ‖ i, 10 bits ‖ n, 10 bits; 8 bytes |
//! | 5, 6, 7 | 15 digits that begin with 7, 4, 3 | the other 14 digits |
//! | 8 | 6 to 14 digits | the number of shorter ones, then the value |
//! | 9 | UPU S10: 2 letters, 8 digits, their check digit, 2 letters | letters in base 26, then the 8 digits |
//! | 10 | `JT` and 13 digits | the digits |
//! | 11 | `DPK` and 12 digits | the digits |
//! | 12 | `LP` and 14 digits | the digits |
//! | 13 | `JDV`, a letter and 11 digits | the letter, then the digits |
//! | 14, 15 | reserved | |
//!
//! A waybill has one encoding: the first shape in the order 1 to 13 whose form it has, else shape 0.

use crate::bytes::Text;
use crate::error::{Field, SealError};
use core::fmt::{self, Write as _};

/// Characters of the longest waybill number.
pub(crate) const LEN_MAX: usize = 20;
/// Characters of the shortest.
const LEN_MIN: usize = 6;
/// Bytes of the longest packed number.
pub(super) const NUMBER_MAX: usize = 14;
/// Bytes of the packed number of the common shapes.
const NUMBER_COMMON: usize = 6;

const ESCAPE: u8 = 0;
const PIECES: u8 = 4;
const DIGITS: u8 = 8;
const S10: u8 = 9;
const JDV: u8 = 13;

/// Shapes that are a fixed prefix and a fixed number of digits.
const PREFIXED: [(u8, &str, u32); 9] = [
    (1, "YT", 13),
    (2, "SF", 13),
    (3, "JD", 13),
    (5, "7", 14),
    (6, "4", 14),
    (7, "3", 14),
    (10, "JT", 13),
    (11, "DPK", 12),
    (12, "LP", 14),
];

/// The alphabet of shape 0.
const BASE37: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// A waybill number: 6 to 20 of `0-9 A-Z -`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waybill {
    shape: u8,
    /// The number as a header holds it, zeros after it.
    packed: [u8; NUMBER_MAX],
}

impl Waybill {
    /// Reads a waybill number as labels print it.
    ///
    /// # Errors
    /// [`SealError::Empty`], [`SealError::Form`] for other characters and lengths, and
    /// [`SealError::Dummy`] for placeholders whose digits are all the same.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return Err(SealError::Empty(Field::Waybill));
        }
        if !(LEN_MIN..=LEN_MAX).contains(&bytes.len()) || bytes.iter().any(|&byte| base37(byte).is_none()) {
            return Err(SealError::Form(Field::Waybill));
        }
        if is_dummy(bytes) {
            return Err(SealError::Dummy);
        }
        let formed = prefixed(text)
            .or_else(|| pieces(text))
            .or_else(|| digits_only(text))
            .or_else(|| s10(bytes))
            .or_else(|| jdv(text));
        Ok(match formed {
            Some((shape, number)) => Self::of(shape, number),
            None => Self { shape: ESCAPE, packed: escape(bytes) },
        })
    }

    fn of(shape: u8, number: u64) -> Self {
        let mut packed = [0; NUMBER_MAX];
        let bytes = number.to_be_bytes();
        let bytes = if shape == PIECES { &bytes[..] } else { &bytes[8 - NUMBER_COMMON..] };
        packed[..bytes.len()].copy_from_slice(bytes);
        Self { shape, packed }
    }

    /// The number as labels print it.
    #[must_use]
    pub fn text(&self) -> Text<LEN_MAX> {
        let mut text = Text::new();
        // Forms are at most twenty characters long.
        let _fits = self.write(&mut text);
        text
    }

    /// Shape, and the number's bytes.
    pub(super) fn packed(&self) -> (u8, &[u8]) {
        let len = packed_len(self.shape, self.packed[0]);
        (self.shape, &self.packed[..len])
    }

    /// The waybill of a shape and the bytes that begin with its number, and that number's length.
    pub(super) fn unpack(shape: u8, bytes: &[u8]) -> Option<(Self, usize)> {
        let len = packed_len(shape, *bytes.first()?);
        let mut packed = [0; NUMBER_MAX];
        packed[..len].copy_from_slice(bytes.get(..len)?);
        let waybill = Self { shape, packed };
        // One encoding each: what is read must be what would be written.
        let mut text = Text::<LEN_MAX>::new();
        waybill.write(&mut text).ok()?;
        (Self::parse(&text).ok()? == waybill).then_some((waybill, len))
    }

    /// Writes the text of any shape and number; an error if the number is none of the shape.
    fn write(&self, out: &mut Text<LEN_MAX>) -> fmt::Result {
        let mut bytes = [0; 8];
        let len = if self.shape == PIECES { 8 } else { NUMBER_COMMON };
        bytes[8 - len..].copy_from_slice(&self.packed[..len]);
        let number = u64::from_be_bytes(bytes);
        match self.shape {
            ESCAPE => write_escape(self.packed, out),
            PIECES => {
                out.write_str("JD")?;
                digits(out, number >> 20, 13)?;
                for piece in [number >> 10 & 1023, number & 1023] {
                    out.write_char('-')?;
                    digits(out, piece, 1)?;
                }
                out.write_char('-')
            }
            DIGITS => {
                let mut value = number;
                for len in LEN_MIN..=14 {
                    let many = 10u64.pow(len as u32);
                    if value < many {
                        return digits(out, value, len);
                    }
                    value -= many;
                }
                Err(fmt::Error)
            }
            S10 => {
                let (letters, serial) = (number / 100_000_000, (number % 100_000_000) as u32);
                let letter = |place: u32| char::from(b'A' + (letters / 26u64.pow(place) % 26) as u8);
                out.write_char(letter(3))?;
                out.write_char(letter(2))?;
                digits(out, u64::from(serial), 8)?;
                digits(out, u64::from(s10_check(serial)), 1)?;
                out.write_char(letter(1))?;
                out.write_char(letter(0))
            }
            JDV => {
                let letter = u8::try_from(number / 100_000_000_000).map_err(|_| fmt::Error)?;
                let letter = letter.checked_add(b'A').ok_or(fmt::Error)?;
                out.write_str("JDV")?;
                out.write_char(char::from(letter))?;
                digits(out, number % 100_000_000_000, 11)
            }
            shape => {
                let (_, prefix, width) = PREFIXED.iter().find(|known| known.0 == shape).ok_or(fmt::Error)?;
                out.write_str(prefix)?;
                digits(out, number, *width as usize)
            }
        }
    }
}

/// Appends `value` in at least `width` digits. The formatting machinery of the core library does the same
/// in nine kilobytes of a device's flash.
fn digits(out: &mut Text<LEN_MAX>, value: u64, width: usize) -> fmt::Result {
    let mut text = [b'0'; 20];
    let (mut rest, mut at) = (value, text.len());
    while rest > 0 || text.len() - at < width {
        at -= 1;
        text[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    text[at..].iter().try_for_each(|&digit| out.write_char(char::from(digit)))
}

impl fmt::Display for Waybill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Waybill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

fn base37(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'Z' => Some(byte - b'A' + 10),
        b'-' => Some(36),
        _ => None,
    }
}

/// All digits the same, six or more of them: what test systems and careless operators type.
fn is_dummy(bytes: &[u8]) -> bool {
    let mut digits = bytes.iter().filter(|byte| byte.is_ascii_digit());
    let Some(first) = digits.next() else { return true };
    let rest = digits.clone().count();
    rest >= 5 && digits.all(|digit| digit == first)
}

/// The value of `text`, which must be decimal digits alone.
fn decimal(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn prefixed(text: &str) -> Option<(u8, u64)> {
    PREFIXED.iter().find_map(|&(shape, prefix, digits)| {
        let rest = text.strip_prefix(prefix)?;
        if rest.len() != digits as usize {
            return None;
        }
        Some((shape, decimal(rest)?))
    })
}

fn pieces(text: &str) -> Option<(u8, u64)> {
    let rest = text.strip_prefix("JD")?.strip_suffix('-')?;
    let mut parts = rest.split('-');
    let (digits, index, count) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || digits.len() != 13 {
        return None;
    }
    let small = |text: &str| decimal(text).filter(|_| !text.starts_with('0') && text.len() <= 4);
    let (index, count) = (small(index)?, small(count)?);
    (1 <= index && index <= count && count <= 1023)
        .then_some((PIECES, decimal(digits)? << 20 | index << 10 | count))
}

fn digits_only(text: &str) -> Option<(u8, u64)> {
    let value = decimal(text).filter(|_| text.len() <= 14)?;
    let shorter: u64 = (LEN_MIN..text.len()).map(|len| 10u64.pow(len as u32)).sum();
    Some((DIGITS, shorter + value))
}

fn s10(bytes: &[u8]) -> Option<(u8, u64)> {
    let bytes: &[u8; 13] = bytes.try_into().ok()?;
    let mut letters = 0;
    for place in [0, 1, 11, 12] {
        if !bytes[place].is_ascii_uppercase() {
            return None;
        }
        letters = letters * 26 + u64::from(bytes[place] - b'A');
    }
    let mut serial = 0;
    for &digit in &bytes[2..10] {
        if !digit.is_ascii_digit() {
            return None;
        }
        serial = serial * 10 + u32::from(digit - b'0');
    }
    (bytes[10] == b'0' + s10_check(serial)).then_some((S10, letters * 100_000_000 + u64::from(serial)))
}

/// The check digit of UPU S10 section 6: weights 8 6 4 2 3 5 9 7, modulo 11.
fn s10_check(serial: u32) -> u8 {
    let weights = [7, 9, 5, 3, 2, 4, 6, 8];
    let mut rest = serial;
    let mut sum = 0;
    for weight in weights {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit as u8,
    }
}

fn jdv(text: &str) -> Option<(u8, u64)> {
    let rest = text.strip_prefix("JDV")?;
    let letter = rest.bytes().next().filter(u8::is_ascii_uppercase)?;
    let digits = rest.get(1..).filter(|digits| digits.len() == 11)?;
    Some((JDV, u64::from(letter - b'A') * 100_000_000_000 + decimal(digits)?))
}

/// The length in five bits, then the value in base 37: the number of shape 0.
fn escape(text: &[u8]) -> [u8; NUMBER_MAX] {
    let mut packed = [0; NUMBER_MAX];
    let value = &mut packed[..escape_len(text.len())];
    for &byte in text {
        let mut carry = u16::from(base37(byte).unwrap_or(0));
        for place in value.iter_mut().rev() {
            carry += u16::from(*place) * 37;
            *place = carry as u8;
            carry >>= 8;
        }
    }
    packed[0] |= (text.len() as u8) << 3;
    packed
}

/// Writes the text of a number of shape 0; an error if the value is over its length.
fn write_escape(mut packed: [u8; NUMBER_MAX], out: &mut Text<LEN_MAX>) -> fmt::Result {
    let characters = usize::from(packed[0] >> 3);
    packed[0] &= 7;
    let value = &mut packed[..escape_len(characters)];
    let mut text = [0; LEN_MAX];
    for character in text.get_mut(..characters).ok_or(fmt::Error)?.iter_mut().rev() {
        let mut rest = 0;
        for place in value.iter_mut() {
            rest = rest << 8 | u16::from(*place);
            *place = (rest / 37) as u8;
            rest %= 37;
        }
        *character = BASE37[usize::from(rest)];
    }
    if value.iter().any(|&place| place != 0) {
        return Err(fmt::Error);
    }
    text[..characters].iter().try_for_each(|&character| out.write_char(char::from(character)))
}

/// Bytes of a packed number, by its shape and first byte.
fn packed_len(shape: u8, first: u8) -> usize {
    match shape {
        ESCAPE => escape_len(usize::from(first >> 3)),
        PIECES => 8,
        _ => NUMBER_COMMON,
    }
}

/// Bytes of a number of shape 0 of `characters`: five bits and those of 37ⁿ − 1, six bytes at least.
fn escape_len(characters: usize) -> usize {
    match characters {
        LEN_MIN..=8 => NUMBER_COMMON,
        9 => 7,
        10 | 11 => 8,
        12 => 9,
        13 | 14 => 10,
        15 => 11,
        16 | 17 => 12,
        18 | 19 => 13,
        _ => NUMBER_MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: [(&str, u8, usize); 16] = [
        ("YT8800123456789", 1, 6),
        ("SF1234567890123", 2, 6),
        ("JD0012345678901", 3, 6),
        ("JD0012345678901-1-1-", 4, 8),
        ("JD0012345678901-12-1023-", 0, 0),
        ("773012345678901", 5, 6),
        ("462012345678901", 6, 6),
        ("318012345678901", 7, 6),
        ("75812345678901", 8, 6),
        ("000012", 8, 6),
        ("RR123456785CN", 9, 6),
        ("RR123456784CN", 0, 10),
        ("JT5012345678901", 10, 6),
        ("DPK210123456789", 11, 6),
        ("LP00123456789012", 12, 6),
        ("JDVA01234567890", 13, 6),
    ];

    #[test]
    fn real_numbers_take_the_shape_meant_for_them() {
        for (text, shape, len) in REAL {
            let Ok(waybill) = Waybill::parse(text) else {
                assert!(text.len() > LEN_MAX, "{text}");
                continue;
            };
            let (packed, bytes) = waybill.packed();
            assert_eq!((packed, bytes.len()), (shape, len), "{text}");
            let (back, back_len) = Waybill::unpack(packed, bytes).unwrap();
            assert_eq!((&*back.text(), back_len), (text, len));
        }
    }

    #[test]
    fn every_length_of_the_escape_comes_back() {
        for len in LEN_MIN..=LEN_MAX {
            for text in ["Z".repeat(len - 1) + "9", "-".repeat(len - 1) + "7", "A".repeat(len - 1) + "0"] {
                let waybill = Waybill::parse(&text).unwrap();
                let (shape, bytes) = waybill.packed();
                assert_eq!(shape, ESCAPE);
                let bits = 5 + 128 - (37u128.pow(len as u32) - 1).leading_zeros() as usize;
                assert_eq!(bytes.len(), bits.div_ceil(8).max(NUMBER_COMMON));
                assert_eq!(Waybill::unpack(shape, bytes).unwrap(), (waybill, bytes.len()));
                assert_eq!(&*waybill.text(), text);
            }
        }
    }

    #[test]
    fn other_encodings_of_a_number_are_refused() {
        // Shape 0 of numbers that have a shape of their own.
        for text in ["YT8800123456789", "75812345678901", "RR123456785CN"] {
            let number = escape(text.as_bytes());
            assert_eq!(Waybill::unpack(ESCAPE, &number), None, "{text}");
        }
        // A number that no waybill of the shape has.
        for shape in 1..16 {
            assert_eq!(Waybill::unpack(shape, &[0xff; 14]), None, "{shape}");
        }
        assert_eq!(Waybill::unpack(ESCAPE, &[0xff; 14]), None);
    }

    #[test]
    fn forms_are_checked() {
        use SealError::{Dummy, Empty, Form};
        for (text, error) in [
            ("", Empty(Field::Waybill)),
            ("12345", Form(Field::Waybill)),
            ("yt8800123456789", Form(Field::Waybill)),
            ("YT 880012345678", Form(Field::Waybill)),
            ("A2345678901234567890B", Form(Field::Waybill)),
            ("运单123456", Form(Field::Waybill)),
            ("000000000000", Dummy),
            ("YT1111111111111", Dummy),
            ("TESTING", Dummy),
        ] {
            assert_eq!(Waybill::parse(text), Err(error), "{text}");
        }
    }
}
