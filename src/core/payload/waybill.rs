//! Waybill numbers and their packed form. Each number has a shape: six bytes for common ones, at most fourteen.
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
//! Every waybill number has one encoding: the first shape from 1 to 13 that matches it, otherwise shape 0. Decoding
//! rejects any other encoding, so that a payload cannot be altered into another valid one.

use crate::bytes::{Text, decimal, divide};
use crate::error::{Field, SealError};
use core::{fmt, str::FromStr};

/// Most characters of a waybill number.
pub(crate) const LEN_MAX: usize = 20;
/// Fewest characters of a waybill number.
const LEN_MIN: usize = 6;
/// Most bytes of a packed number.
pub(super) const NUMBER_MAX: usize = 14;
/// Bytes of a packed number of a common shape.
const NUMBER_COMMON: usize = 6;

const ESCAPE: u8 = 0;
const PIECES: u8 = 4;
const DIGITS: u8 = 8;
const S10: u8 = 9;

/// Shapes defined by a template: `#` is a digit, `@` a letter, any other character is literal. The packed number
/// reads the variable characters in order, a letter as a digit of base 26.
const TEMPLATES: [(u8, &[u8]); 10] = [
    (1, b"YT#############"),
    (2, b"SF#############"),
    (3, b"JD#############"),
    (5, b"7##############"),
    (6, b"4##############"),
    (7, b"3##############"),
    (10, b"JT#############"),
    (11, b"DPK############"),
    (12, b"LP##############"),
    (13, b"JDV@###########"),
];

/// The template of shape 9 with its letters first, and the position of each character in the text.
const S10_TEMPLATE: &[u8] = b"@@@@########";
const S10_ORDER: [usize; S10_TEMPLATE.len()] = [0, 1, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9];
/// The position of the check digit, which is computed and not stored.
const S10_CHECK: usize = 10;
const S10_LEN: usize = 13;

/// The digits of shape 4. Two numbers of [`PIECE_BITS`] bits follow them.
const PIECES_TEMPLATE: &[u8] = b"JD#############";
const PIECE_BITS: u32 = 10;

/// Most digits of shape 8.
const DIGITS_MAX: usize = 14;

/// The alphabet of shape 0.
const BASE37: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// A waybill number: 6 to 20 of `0-9 A-Z -`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waybill {
    shape: u8,
    /// The packed number, zero-padded.
    packed: [u8; NUMBER_MAX],
}

impl Waybill {
    /// Parses a waybill number as printed on a label.
    ///
    /// # Errors
    /// [`SealError::Empty`], [`SealError::Form`] for other characters and lengths, and
    /// [`SealError::Dummy`] for placeholders whose digits are all the same.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        Self::of(text.as_bytes())
    }

    fn of(bytes: &[u8]) -> Result<Self, SealError> {
        if bytes.is_empty() {
            return Err(SealError::Empty(Field::Waybill));
        }
        if !(LEN_MIN..=LEN_MAX).contains(&bytes.len()) || bytes.iter().any(|&byte| base37(byte).is_none()) {
            return Err(SealError::Form(Field::Waybill));
        }
        if is_dummy(bytes) {
            return Err(SealError::Dummy);
        }
        let mut packed = [0; NUMBER_MAX];
        let Some((shape, number)) = formed(bytes) else {
            escape(bytes, &mut packed);
            return Ok(Self { shape: ESCAPE, packed });
        };
        let len = packed_len(shape, 0);
        packed[..len].copy_from_slice(&number.to_be_bytes()[8 - len..]);
        Ok(Self { shape, packed })
    }

    /// The number as printed.
    #[must_use]
    pub fn text(&self) -> Text<LEN_MAX> {
        let mut characters = [0; LEN_MAX];
        let mut text = Text::new();
        // At most twenty ASCII characters, so this cannot fail.
        let len = self.write(&mut characters).unwrap_or(0);
        let _fits = text.push_str(core::str::from_utf8(&characters[..len]).unwrap_or_default());
        text
    }

    /// The shape and the packed number. Equal numbers have equal encodings, and different numbers different ones.
    #[must_use]
    pub fn packed(&self) -> (u8, &[u8]) {
        let len = packed_len(self.shape, self.packed[0]);
        (self.shape, &self.packed[..len])
    }

    /// Decodes the packed number of a shape at the start of `bytes`; returns it with its length in bytes.
    pub(super) fn unpack(shape: u8, bytes: &[u8]) -> Option<(Self, usize)> {
        let len = packed_len(shape, *bytes.first()?);
        let mut packed = [0; NUMBER_MAX];
        packed[..len].copy_from_slice(bytes.get(..len)?);
        let waybill = Self { shape, packed };
        // Re-encode and compare: only the canonical encoding is accepted.
        let mut text = [0; LEN_MAX];
        let characters = waybill.write(&mut text)?;
        (Self::of(&text[..characters]).ok()? == waybill).then_some((waybill, len))
    }

    /// Writes the text of a packed number and returns its length; `None` if the number is outside the shape's
    /// range.
    fn write(&self, out: &mut [u8; LEN_MAX]) -> Option<usize> {
        let mut bytes = [0; 8];
        let len = if self.shape == PIECES { 8 } else { NUMBER_COMMON };
        bytes[8 - len..].copy_from_slice(&self.packed[..len]);
        let number = u64::from_be_bytes(bytes);
        match self.shape {
            ESCAPE => write_escape(self.packed, out),
            PIECES => {
                let mut len = write_template(PIECES_TEMPLATE, number >> (2 * PIECE_BITS), out)?;
                for piece in [number >> PIECE_BITS, number] {
                    len = write_piece(piece as u32 & ((1 << PIECE_BITS) - 1), len, out)?;
                }
                *out.get_mut(len)? = b'-';
                Some(len + 1)
            }
            DIGITS => {
                let longer = FIRST.iter().rposition(|&first| first <= number)?;
                let len = LEN_MIN + longer;
                decimal(number - FIRST[longer], &mut out[..len]).then_some(len)
            }
            S10 => {
                let mut parts = [0; LEN_MAX];
                let len = write_template(S10_TEMPLATE, number, &mut parts)?;
                for (&place, byte) in S10_ORDER.iter().zip(parts) {
                    out[place] = byte;
                }
                out[S10_CHECK] = s10_check(&parts[4..len]);
                Some(S10_LEN)
            }
            shape => write_template(TEMPLATES.iter().find(|known| known.0 == shape)?.1, number, out),
        }
    }
}

/// As [`Waybill::parse`].
impl FromStr for Waybill {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        Self::parse(text)
    }
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

/// Whether all of six or more digits are equal, as in placeholders that test systems and operators enter.
fn is_dummy(bytes: &[u8]) -> bool {
    let (mut count, mut first, mut same) = (0, None, true);
    for digit in bytes.iter().filter(|byte| byte.is_ascii_digit()) {
        count += 1;
        same &= first.get_or_insert(digit) == &digit;
    }
    same && !matches!(count, 1..=5)
}

/// The shape and the packed number of a text that matches one of the shapes 1 to 13.
fn formed(text: &[u8]) -> Option<(u8, u64)> {
    let template = |&(shape, template): &(u8, &[u8])| Some((shape, read_template(template, text)?));
    TEMPLATES
        .iter()
        .find_map(template)
        .or_else(|| pieces(text))
        .or_else(|| digits(text))
        .or_else(|| s10(text))
}

/// The packed number of `text` if it matches `template`.
#[cfg_attr(not(feature = "fast"), inline(never))]
fn read_template(template: &[u8], text: &[u8]) -> Option<u64> {
    if template.len() != text.len() {
        return None;
    }
    let mut number = 0;
    for (&slot, &byte) in template.iter().zip(text) {
        let (first, base) = radix(slot);
        let digit = byte.wrapping_sub(first);
        if digit >= base {
            return None;
        }
        number = number * u64::from(base) + u64::from(digit);
    }
    Some(number)
}

/// The text of a packed number under `template`; `None` if the number is too large.
fn write_template(template: &[u8], mut number: u64, out: &mut [u8; LEN_MAX]) -> Option<usize> {
    for (byte, &slot) in out.iter_mut().zip(template).rev() {
        let (first, base) = radix(slot);
        *byte = first + divide(&mut number, base.into()) as u8;
    }
    (number == 0).then_some(template.len())
}

/// The first character and the number of characters that a template position allows.
fn radix(slot: u8) -> (u8, u8) {
    match slot {
        b'#' => (b'0', 10),
        b'@' => (b'A', 26),
        literal => (literal, 1),
    }
}

fn pieces(text: &[u8]) -> Option<(u8, u64)> {
    let (front, tail) = text.split_at_checked(PIECES_TEMPLATE.len())?;
    let digits = read_template(PIECES_TEMPLATE, front)?;
    let (index, tail) = piece(tail)?;
    let (count, tail) = piece(tail)?;
    (tail == b"-" && index <= count)
        .then_some((PIECES, digits << (2 * PIECE_BITS) | index << PIECE_BITS | count))
}

/// Parses `-` and a number from 1 to 1023 without leading zeros, up to the next `-`; returns it and the rest.
fn piece(text: &[u8]) -> Option<(u64, &[u8])> {
    let text = text.strip_prefix(b"-")?;
    let (text, rest) = text.split_at_checked(text.iter().position(|&byte| byte == b'-')?)?;
    let value = read_template(b"####".get(..text.len())?, text)?;
    (text.first()? != &b'0' && value < 1 << PIECE_BITS).then_some((value, rest))
}

/// Writes `-` and a piece number at `at`, and returns the end position.
fn write_piece(piece: u32, at: usize, out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let width = 1 + usize::from(piece > 9) + usize::from(piece > 99) + usize::from(piece > 999);
    let place = out.get_mut(at..=at + width)?;
    place[0] = b'-';
    decimal(piece.into(), &mut place[1..]).then_some(at + width + 1)
}

/// The offset of each length in shape 8: how many shorter numbers exist, from [`LEN_MIN`] digits up.
const FIRST: [u64; DIGITS_MAX - LEN_MIN + 1] = {
    let mut first = [0; DIGITS_MAX - LEN_MIN + 1];
    let (mut longer, mut many) = (1, 10u64.pow(LEN_MIN as u32));
    while longer < first.len() {
        first[longer] = first[longer - 1] + many;
        (longer, many) = (longer + 1, many * 10);
    }
    first
};

fn digits(text: &[u8]) -> Option<(u8, u64)> {
    let value = read_template(b"##############".get(..text.len())?, text)?;
    Some((DIGITS, FIRST.get(text.len() - LEN_MIN)? + value))
}

fn s10(text: &[u8]) -> Option<(u8, u64)> {
    let text: &[u8; S10_LEN] = text.try_into().ok()?;
    let parts = S10_ORDER.map(|place| text[place]);
    let number = read_template(S10_TEMPLATE, &parts)?;
    (text[S10_CHECK] == s10_check(&parts[4..])).then_some((S10, number))
}

/// The check digit of UPU S10 section 6: weights 8 6 4 2 3 5 9 7, modulo 11.
fn s10_check(serial: &[u8]) -> u8 {
    let sum: u32 =
        serial.iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(d, weight)| u32::from(d - b'0') * weight).sum();
    match 11 - sum % 11 {
        10 => b'0',
        11 => b'5',
        digit => b'0' + digit as u8,
    }
}

/// Packs shape 0: the length in five bits, then the value in base 37.
fn escape(text: &[u8], packed: &mut [u8; NUMBER_MAX]) {
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
}

/// Writes the text of a shape 0 number and returns its length; `None` if the value is too large for its length.
fn write_escape(mut packed: [u8; NUMBER_MAX], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let characters = usize::from(packed[0] >> 3);
    packed[0] &= 7;
    let value = &mut packed[..escape_len(characters)];
    for character in out.get_mut(..characters)?.iter_mut().rev() {
        let mut rest = 0;
        for place in value.iter_mut() {
            rest = rest << 8 | u16::from(*place);
            *place = (rest / 37) as u8;
            rest %= 37;
        }
        *character = BASE37[usize::from(rest)];
    }
    value.iter().all(|&place| place == 0).then_some(characters)
}

/// Length in bytes of a packed number, from its shape and first byte.
fn packed_len(shape: u8, first: u8) -> usize {
    match shape {
        ESCAPE => escape_len(usize::from(first >> 3)),
        PIECES => 8,
        _ => NUMBER_COMMON,
    }
}

/// Length in bytes of a shape 0 number with `characters` characters: five bits and those of 37ⁿ − 1, at least six
/// bytes.
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
        // Shape 0 encodings of numbers that match another shape.
        for text in ["YT8800123456789", "75812345678901", "RR123456785CN"] {
            let mut number = [0; NUMBER_MAX];
            escape(text.as_bytes(), &mut number);
            assert_eq!(Waybill::unpack(ESCAPE, &number), None, "{text}");
        }
        // A number outside its shape's range.
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
