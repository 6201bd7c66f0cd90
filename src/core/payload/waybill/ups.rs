//! The `1Z` numbers of UPS: six characters of the shipper in base 36, nine digits, a check digit that is not stored.

use super::limits::LEN_MAX;
use super::wide;

const LEN: usize = 18;
const PREFIX: &[u8; 2] = b"1Z";
/// The shipper's characters end here, the digits before the check digit.
const SHIPPER_END: usize = 8;
const CHECK: usize = LEN - 1;

/// Packs a text of this form into `value`, which is zero; returns whether it has it.
pub(super) fn read(text: &[u8], value: &mut [u8]) -> bool {
    let (Ok(text), true) = (<&[u8; LEN]>::try_from(text), text.starts_with(PREFIX)) else { return false };
    for (at, &byte) in text.iter().enumerate().skip(PREFIX.len()).take(CHECK - PREFIX.len()) {
        let base = base(at);
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            _ => return false,
        };
        if digit >= base {
            return false;
        }
        wide::push(value, base, digit);
    }
    text[CHECK] == check(text)
}

/// Writes the text of a value and returns its length; `None` if the value is too large.
pub(super) fn write(mut value: [u8; 16], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    out[..PREFIX.len()].copy_from_slice(PREFIX);
    for at in (PREFIX.len()..CHECK).rev() {
        let digit = wide::pop(&mut value, base(at));
        out[at] = if digit < 10 { b'0' + digit } else { b'A' + digit - 10 };
    }
    out[CHECK] = check(out.first_chunk()?);
    wide::is_zero(&value).then_some(LEN)
}

const fn base(at: usize) -> u8 {
    if at < SHIPPER_END { 36 } else { 10 }
}

/// The check digit of the fifteen characters before it: weights 1 and 2 in turn, a letter as its ASCII code less 63.
fn check(text: &[u8; LEN]) -> u8 {
    let mut sum = 0;
    for (at, &byte) in text.iter().enumerate().take(CHECK).skip(PREFIX.len()) {
        let value = if byte.is_ascii_digit() { byte - b'0' } else { (byte - 63) % 10 };
        sum += u32::from(value) * (1 + at as u32 % 2);
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}
