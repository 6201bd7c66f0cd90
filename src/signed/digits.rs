//! Bytes as decimal digits: what two devices show each other as a QR code, which every scanner and every keyboard layout types right.
//!
//! ```text
//! text    kind, two digits ‖ groups       the last group has what is left
//! group   seven bytes, big endian, as 17 digits; 1 to 6 bytes as 3, 5, 8, 10, 13, 15
//! ```

use zeroize::Zeroizing;

/// Bytes of a whole group.
const GROUP: usize = 7;
/// The digits of a group of 1 to 7 bytes.
const DIGITS: [usize; GROUP] = [3, 5, 8, 10, 13, 15, 17];
/// The most digits of a QR code: version 40, level L.
pub const DIGITS_MAX: usize = 7089;

/// What is written in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitsKind {
    /// A device asks for a pass.
    Request,
    /// A pass, sealed to the device that asked.
    Pass,
}

impl DigitsKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Request => "71",
            Self::Pass => "72",
        }
    }

    /// What a text of digits may be, by its first two; longer than any waybill number, so that no bar code is taken for one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let is_one = text.len() > 64 && text.bytes().all(|byte| byte.is_ascii_digit());
        [Self::Request, Self::Pass].into_iter().find(|kind| is_one && text.starts_with(kind.prefix()))
    }
}

/// The digits of bytes.
#[must_use]
pub fn to_digits(kind: DigitsKind, bytes: &[u8]) -> String {
    let mut text = kind.prefix().to_owned();
    for group in bytes.chunks(GROUP) {
        let number = group.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        let width = DIGITS[group.len() - 1];
        text.push_str(&format!("{number:0width$}"));
    }
    text
}

/// The bytes of digits; `None` for a text that [`to_digits`] does not write, or one of more than a QR code holds.
#[must_use]
pub fn from_digits(kind: DigitsKind, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits = text.strip_prefix(kind.prefix())?.as_bytes();
    if text.len() > DIGITS_MAX || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2 + GROUP));
    for group in digits.chunks(DIGITS[GROUP - 1]) {
        let len = DIGITS.iter().position(|width| *width == group.len())? + 1;
        let number = group.iter().fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
        // A number that the bytes do not hold is no group's.
        if number >> (8 * len) != 0 {
            return None;
        }
        bytes.extend_from_slice(&number.to_be_bytes()[8 - len..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_come_back_and_one_text_is_theirs() {
        for len in 0..60 {
            for fill in [0u8, 0x5a, 0xff] {
                let bytes: Vec<u8> = (0..len).map(|at| fill ^ at as u8).collect();
                let text = to_digits(DigitsKind::Pass, &bytes);
                assert_eq!(*from_digits(DigitsKind::Pass, &text).unwrap(), bytes);
                assert!(from_digits(DigitsKind::Request, &text).is_none());
                for cut in 2..text.len() {
                    let read = from_digits(DigitsKind::Pass, &text[..cut]);
                    assert!(read.is_none_or(|read| to_digits(DigitsKind::Pass, &read) == text[..cut]));
                }
            }
        }
    }

    #[test]
    fn other_texts_are_refused_and_none_is_a_waybill_number() {
        for wrong in ["72256", "7299999999999999999", "72a00", "7200", "", "73000"] {
            assert!(from_digits(DigitsKind::Pass, wrong).is_none(), "{wrong}");
        }
        assert!(from_digits(DigitsKind::Pass, &"72".repeat(DIGITS_MAX)).is_none());
        assert_eq!(DigitsKind::of("72001"), None);
        assert_eq!(DigitsKind::of(&"72".repeat(40)), Some(DigitsKind::Pass));
        assert_eq!(DigitsKind::of(&"71".repeat(40)), Some(DigitsKind::Request));
    }
}
