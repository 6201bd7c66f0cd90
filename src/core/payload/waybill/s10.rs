//! Shape 9: UPU S10, two letters, eight digits, their check digit, two letters.

use super::limits::LEN_MAX;
use super::template;

/// The template with its letters first, and the position of each character in the text.
const TEMPLATE: &[u8] = b"@@@@########";
const ORDER: [usize; TEMPLATE.len()] = [0, 1, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9];
/// The position of the check digit, which is computed and not stored.
const CHECK: usize = 10;
const LEN: usize = 13;

/// The packed number of a text of this form.
pub(super) fn read(text: &[u8]) -> Option<u64> {
    let text: &[u8; LEN] = text.try_into().ok()?;
    let parts = ORDER.map(|place| text[place]);
    let number = template::read(TEMPLATE, &parts)?;
    (text[CHECK] == check(&parts[4..])).then_some(number)
}

/// Writes the text of a packed number and returns its length; `None` if the number is too large.
pub(super) fn write(number: u64, out: &mut [u8; LEN_MAX]) -> Option<usize> {
    let mut parts = [0; TEMPLATE.len()];
    template::write(TEMPLATE, number, &mut parts)?;
    for (&place, byte) in ORDER.iter().zip(parts) {
        out[place] = byte;
    }
    out[CHECK] = check(&parts[4..]);
    Some(LEN)
}

/// The check digit of UPU S10 section 6: weights 8 6 4 2 3 5 9 7, modulo 11.
fn check(serial: &[u8]) -> u8 {
    let sum: u32 = serial
        .iter()
        .zip(b"\x08\x06\x04\x02\x03\x05\x09\x07")
        .map(|(d, w)| u32::from(d - b'0') * u32::from(*w))
        .sum();
    match 11 - sum % 11 {
        10 => b'0',
        11 => b'5',
        digit => b'0' + digit as u8,
    }
}
