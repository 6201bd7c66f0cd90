//! Phones, packed.
//!
//! | kind, 2 bits | form | then |
//! |---|---|---|
//! | 0 | none | |
//! | 1 | Chinese mobile: 1 and 10 digits | the 10 digits, 34 bits |
//! | 2 | 1 to 32 of `0-9 - + ( ) #` and space | length − 1, 5 bits; 4 bits each |
//! | 3 | any other text of 1 to 63 bytes | length, 6 bits; UTF-8 |
//!
//! The first kind whose form a phone has is the only one that a reader takes.

use super::Malformed;
use super::text::Collector;
use crate::bytes::{BitReader, BitWriter, Full};

/// The alphabet of kind 2.
const MARKS: &[u8; 16] = b"0123456789-+ ()#";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None = 0,
    Mobile = 1,
    Marks = 2,
    Text = 3,
}

impl Kind {
    fn of(phone: &str) -> Self {
        let bytes = phone.as_bytes();
        if bytes.is_empty() {
            Self::None
        } else if bytes.len() == 11 && bytes[0] == b'1' && bytes.iter().all(u8::is_ascii_digit) {
            Self::Mobile
        } else if bytes.len() <= 32 && bytes.iter().all(|byte| MARKS.contains(byte)) {
            Self::Marks
        } else {
            Self::Text
        }
    }
}

/// Whether a phone has a form at all: 63 bytes at most.
pub(super) fn fits(phone: &str) -> bool {
    phone.len() < 64
}

pub(super) fn put(out: &mut BitWriter<'_>, phone: &str) -> Result<(), Full> {
    let kind = Kind::of(phone);
    out.put(kind as u32, 2)?;
    match kind {
        Kind::None => Ok(()),
        Kind::Mobile => {
            let value = phone.bytes().skip(1).fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0'));
            out.put((value >> 32) as u32, 2)?;
            out.put(value as u32, 32)
        }
        Kind::Marks => {
            out.put(phone.len() as u32 - 1, 5)?;
            phone.bytes().try_for_each(|byte| {
                let mark = MARKS.iter().position(|&mark| mark == byte).unwrap_or_default();
                out.put(mark as u32, 4)
            })
        }
        Kind::Text => {
            out.put(phone.len() as u32, 6)?;
            phone.bytes().try_for_each(|byte| out.put(u32::from(byte), 8))
        }
    }
}

pub(super) fn take<'b>(input: &mut BitReader<'_>, text: &mut Collector<'b>) -> Result<&'b str, Malformed> {
    let kind = input.take(2)?;
    match kind {
        0 => {}
        1 => {
            let mut value = u64::from(input.take(2)?) << 32;
            value |= u64::from(input.take(32)?);
            let mut digits = [b'1'; 11];
            for digit in digits[1..].iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
            if value != 0 {
                return Err(Malformed);
            }
            digits.iter().try_for_each(|&digit| text.push(digit))?;
        }
        2 => {
            for _ in 0..=input.take(5)? {
                text.push(MARKS[input.take(4)? as usize])?;
            }
        }
        _ => {
            for _ in 0..input.take(6)? {
                text.push(input.take(8)? as u8)?;
            }
        }
    }
    let phone = text.field()?;
    if Kind::of(phone) as u32 == kind { Ok(phone) } else { Err(Malformed) }
}
