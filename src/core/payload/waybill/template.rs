//! Forms of fixed length: `#` is a digit, `@` a letter, any other character is literal.

use crate::bytes::divide;

/// The packed number of `text` if it matches `template`: its variable characters in order, a letter as a digit of
/// base 26.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn read(template: &[u8], text: &[u8]) -> Option<u64> {
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

/// Writes the text of a packed number under `template` and returns its length; `None` if the number is too large.
pub(super) fn write(template: &[u8], mut number: u64, out: &mut [u8]) -> Option<usize> {
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
