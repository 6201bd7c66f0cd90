//! Shape 14: 15 to 24 digits, in ten bytes.
//!
//! `v = Σ(k = 15 … n−1) 10^k + digits`: one is added to each digit from the sixteenth on, counted from the right, so
//! that those digits are a bijective numeral, which shows its own length.

use super::limits::{LEN_MAX, NUMBER_MAX};
use super::wide;

/// Bytes of a packed number.
pub(super) const LEN: usize = 10;
const DIGITS_MIN: usize = 15;
const DIGITS_MAX: usize = 24;

/// Packs a text of this form; returns whether it has it.
pub(super) fn read(text: &[u8], packed: &mut [u8; NUMBER_MAX]) -> bool {
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return false;
    }
    for (from_right, &byte) in (0..text.len()).rev().zip(text) {
        wide::push(&mut packed[..LEN], 10, byte - b'0' + u8::from(from_right >= DIGITS_MIN));
    }
    true
}

/// Writes the text of a packed number and returns its length; `None` if the number is outside the shape's range.
pub(super) fn write(mut packed: [u8; NUMBER_MAX], out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let value = &mut packed[..LEN];
    let mut len = 0;
    while len < DIGITS_MIN || !wide::is_zero(value) {
        if len >= DIGITS_MIN {
            decrement(value);
        }
        *out[..DIGITS_MAX].get_mut(len)? = b'0' + wide::pop(value, 10);
        len += 1;
    }
    out[..len].reverse();
    Some(len)
}

/// Subtracts one from a number that is not zero.
fn decrement(value: &mut [u8]) {
    for byte in value.iter_mut().rev() {
        *byte = byte.wrapping_sub(1);
        if *byte != 0xff {
            break;
        }
    }
}
