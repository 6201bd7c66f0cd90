//! The `1Z` numbers of UPS: six characters of the shipper in base 36, nine digits, a check digit that is not stored.

use super::limits::LEN_MAX;

const LEN: usize = 18;
pub(super) const PREFIX: &[u8; 2] = b"1Z";
/// Characters of the shipper, the first that are stored.
pub(super) const SHIPPER: usize = 6;
/// All characters that are stored.
pub(super) const STORED: usize = CHECK - PREFIX.len();
const CHECK: usize = LEN - 1;

/// The characters of a text of this form that are stored. A text is of letters, digits and hyphens.
pub(super) fn stored(text: &[u8]) -> Option<&[u8]> {
    let text: &[u8; LEN] = text.try_into().ok()?;
    let stored = text.strip_prefix(PREFIX)?.get(..STORED)?;
    let (shipper, digits) = stored.split_at(SHIPPER);
    let has_form = !shipper.contains(&b'-') && digits.iter().all(u8::is_ascii_digit);
    (has_form && text[CHECK] == check(text)).then_some(stored)
}

/// Adds to the stored characters what is not stored, and returns the length.
pub(super) fn finish(out: &mut [u8; LEN_MAX]) -> usize {
    out[..PREFIX.len()].copy_from_slice(PREFIX);
    out[CHECK] = check(out);
    LEN
}

/// The check digit of the fifteen characters before it: weights 1 and 2 in turn, a letter as its ASCII code less 63.
fn check(text: &[u8]) -> u8 {
    let mut sum = 0;
    let mut weight = 1;
    for &byte in &text[PREFIX.len()..CHECK] {
        let value = if byte.is_ascii_digit() { byte - b'0' } else { (byte - 63) % 10 };
        sum += u32::from(value) * weight;
        weight = 3 - weight;
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}
