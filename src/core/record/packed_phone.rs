//! A phone as one number of 48 bits.
//!
//! Texts are counted form by form, and within a form by their digits:
//!
//! | form | how many |
//! |---|---|
//! | `1` and ten digits; then also `-` and one, two, three, four digits, which count before the ten | 11111 · 10^10 |
//! | `+` and one digit, two, … 14 | 10 + … + 10^14 |
//! | one digit, two, … 13 | 10 + … + 10^13 |
//! | two digits, three, … 12, with one `-` after the first digit, the second, … the last but one | Σ (n − 1) · 10^n |
//!
//! A text has the number of its first form; any other number that would give the same text is refused.

use super::source::FieldSource;
use crate::bytes::decimal;

/// Bits of a number.
pub(super) const BITS: u32 = 48;

/// The numbers below this one are those of mobiles without an extension.
pub(super) const MOBILES: u64 = 10_000_000_000;

/// Digits of a mobile after its 1.
const MOBILE: u8 = 10;

/// The longest text: a mobile with an extension of four digits.
const TEXT_MAX: usize = 16;

/// A form of text. Every text of a form has as many digits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PhoneForm {
    lead: Lead,
    /// Digits after the lead.
    digits: u8,
    /// The digits before the hyphen, or zero if there is none.
    hyphen: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    One,
    Plus,
    None,
}

const POWERS: [u64; 15] = {
    let mut powers = [1; 15];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl PhoneForm {
    const FIRST: Self = Self { lead: Lead::One, digits: MOBILE, hyphen: 0 };

    /// The form that is counted after this one.
    const fn next(self) -> Option<Self> {
        let Self { lead, digits, hyphen } = self;
        let longer = Self { digits: digits + 1, ..self };
        Some(match lead {
            Lead::One if digits < MOBILE + 4 => Self { hyphen: MOBILE, ..longer },
            Lead::One => Self { lead: Lead::Plus, digits: 1, hyphen: 0 },
            Lead::Plus if digits < 14 => longer,
            Lead::Plus => Self { lead: Lead::None, digits: 1, hyphen: 0 },
            Lead::None if hyphen == 0 && digits < 13 => longer,
            Lead::None if hyphen == 0 => Self { lead, digits: 2, hyphen: 1 },
            Lead::None if hyphen + 1 < digits => Self { hyphen: hyphen + 1, ..self },
            Lead::None if digits < 12 => Self { hyphen: 1, ..longer },
            Lead::None => return None,
        })
    }

    /// How many texts have a form that is counted before this one; `None` if this one is not counted. A device goes through
    /// all of them, a host looks it up.
    fn earlier(self) -> Option<u64> {
        #[cfg(feature = "fast")]
        {
            let Self { lead, digits, hyphen } = self;
            let known = EARLIER[lead as usize].get(usize::from(digits))?.get(usize::from(hyphen))?;
            (*known != UNCOUNTED).then_some(*known)
        }
        #[cfg(not(feature = "fast"))]
        {
            let (mut number, mut earlier) = (0, Self::FIRST);
            while earlier != self {
                number += earlier.count();
                earlier = earlier.next()?;
            }
            Some(number)
        }
    }

    /// How many texts have this form.
    const fn count(self) -> u64 {
        POWERS[self.digits as usize]
    }
}

#[cfg(feature = "fast")]
const UNCOUNTED: u64 = u64::MAX;

/// How many texts have an earlier form, by lead, digits, and the digits before the hyphen.
#[cfg(feature = "fast")]
static EARLIER: [[[u64; 12]; 15]; 3] = {
    let mut all = [[[UNCOUNTED; 12]; 15]; 3];
    let (mut number, mut form) = (0, Some(PhoneForm::FIRST));
    while let Some(counted) = form {
        all[counted.lead as usize][counted.digits as usize][counted.hyphen as usize] = number;
        number += counted.count();
        form = counted.next();
    }
    all
};

/// The number of a text, if it has one.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn pack(text: &[u8]) -> Option<u64> {
    let (form, value) = read(text)?;
    Some(form.earlier()? + value)
}

/// The form of a text, and its number within the form. Whether the form is counted is not checked.
fn read(text: &[u8]) -> Option<(PhoneForm, u64)> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let (lead, rest) = match text {
        [b'1', rest @ ..] if is_mobile(rest) => (Lead::One, rest),
        [b'+', rest @ ..] => (Lead::Plus, rest),
        _ => (Lead::None, text),
    };
    let (mut form, mut value, mut before) = (PhoneForm { lead, digits: 0, hyphen: 0 }, 0, 0);
    for &byte in rest {
        if byte == b'-' && form.hyphen == 0 && form.digits > 0 {
            form.hyphen = form.digits;
            if lead == Lead::One {
                // The extension counts before the mobile.
                (before, value) = (value, 0);
            }
        } else if byte.is_ascii_digit() {
            value = value * 10 + u64::from(byte - b'0');
            form.digits += 1;
        } else {
            return None;
        }
    }
    if lead == Lead::One && form.hyphen != 0 {
        value = value * MOBILES + before;
    }
    Some((form, value))
}

/// Whether what follows a 1 is ten digits, and then nothing or an extension.
fn is_mobile(rest: &[u8]) -> bool {
    rest.split_at_checked(MOBILE.into()).is_some_and(|(digits, extension)| {
        digits.iter().all(u8::is_ascii_digit) && matches!(extension, [] | [b'-', _, ..])
    })
}

/// Appends the text of a number; one without a text, or that is not the number of its text, is malformed.
pub(super) fn unpack(number: u64, source: &mut FieldSource<'_, '_>) {
    let (mut value, mut form) = (number, PhoneForm::FIRST);
    while value >= form.count() {
        value -= form.count();
        match form.next() {
            Some(next) => form = next,
            None => return source.require(false),
        }
    }
    let digits = usize::from(form.digits);
    let mut written = [0; TEXT_MAX];
    // Below the count of its form, so it has no more digits.
    source.require(decimal(value, &mut written[..digits]));
    let mut text = [0; TEXT_MAX];
    let mut len = 0;
    let mut push = |byte| {
        text[len] = byte;
        len += 1;
    };
    match form.lead {
        Lead::One => push(b'1'),
        Lead::Plus => push(b'+'),
        Lead::None => {}
    }
    // An extension counts before the mobile.
    let mut from = if form.lead == Lead::One { digits - usize::from(MOBILE) } else { 0 };
    for place in 0..form.digits {
        if place == form.hyphen && place > 0 {
            push(b'-');
        }
        push(written[from]);
        from = if from + 1 == digits { 0 } else { from + 1 };
    }
    source.require(pack(&text[..len]) == Some(number));
    source.push(&text[..len]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a number, or `None` if it is refused.
    fn text(number: u64) -> Option<String> {
        let mut text = [0; TEXT_MAX];
        let mut source = FieldSource::new(&[], &mut text);
        unpack(number, &mut source);
        let len = source.len();
        source.finish(&[]).ok().map(|_| String::from_utf8(text[..len].to_vec()).unwrap())
    }

    /// The bounds between the four forms, and the first number that no text has.
    const BOUNDS: [u64; 4] =
        [111_110_000_000_000, 222_221_111_111_110, 233_332_222_222_220, 245_430_987_654_320];

    #[test]
    fn texts_have_the_numbers_of_the_format() {
        for (phone, number) in [
            ("10000000000", 0),
            ("13812345678", 3_812_345_678),
            ("19999999999", 9_999_999_999),
            ("10000000000-0", 10_000_000_000),
            ("13812345678-0", 13_812_345_678),
            ("13812345678-0000", 11_113_812_345_678),
            ("13812345678-1234", 23_453_812_345_678),
            ("19999999999-9999", BOUNDS[0] - 1),
            ("+0", BOUNDS[0]),
            ("+99999999999999", BOUNDS[1] - 1),
            ("0", BOUNDS[1]),
            ("9999999999999", BOUNDS[2] - 1),
            ("0-0", BOUNDS[2]),
            ("9-9", BOUNDS[2] + 99),
            ("0-00", BOUNDS[2] + 100),
            ("99999999999-9", BOUNDS[3] - 1),
        ] {
            assert_eq!(pack(phone.as_bytes()), Some(number), "{phone}");
            assert_eq!(text(number).as_deref(), Some(phone));
        }
        for phone in [
            "",
            "1",
            "-",
            "+",
            "1-",
            "-1",
            "+1-2",
            "1-2-3",
            "13812345678-",
            "13812345678-12345",
            "138123456789-1",
            "+123456789012345",
            "12345678901234",
            "1234567890-123",
            "1 2",
            "１",
            "13812345678--1",
            "++1",
        ] {
            let packed = pack(phone.as_bytes());
            assert!(packed.is_none() || phone == "1", "{phone}: {packed:?}");
        }
    }

    #[test]
    fn a_second_number_of_a_text_is_refused() {
        // 13812345678 among the numbers of eleven digits, and with an extension among those with a hyphen.
        let eleven = BOUNDS[1] + 11_111_111_110 + 13_812_345_678;
        let shorter: u64 = (2..12).map(|digits| (digits - 1) * 10u64.pow(digits as u32)).sum();
        let hyphen = BOUNDS[2] + shorter + 10 * 10u64.pow(12) + 138_123_456_781;
        for number in [eleven, hyphen, BOUNDS[3], BOUNDS[3] + 1, (1 << 48) - 1] {
            assert_eq!(text(number), None, "{number}");
        }
        assert_eq!(text(eleven + 10u64.pow(10)).as_deref(), Some("23812345678"));
        assert_eq!(text(hyphen + 10u64.pow(11)).as_deref(), Some("23812345678-1"));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4096))]

        /// Every pattern of 48 bits is refused, or is the number of the text that it gives.
        #[test]
        fn numbers_are_refused_or_are_those_of_their_text(number in 0..1u64 << 48, near in 0..9u64, at in 0..4usize) {
            for number in [number, BOUNDS[at] + near - 4] {
                if let Some(phone) = text(number) {
                    assert_eq!(pack(phone.as_bytes()), Some(number));
                } else {
                    // Only mobiles written as digits or with a hyphen are refused, and what exceeds the last form.
                    assert!(number >= BOUNDS[1]);
                }
            }
        }

        #[test]
        fn a_phone_comes_back(phone in "1[0-9]{10}(-[0-9]{1,4})?|\\+[0-9]{1,14}|[0-9]{1,13}|[0-9]{1,6}-[0-9]{1,6}") {
            let number = pack(phone.as_bytes()).unwrap();
            assert!(number < BOUNDS[3]);
            assert_eq!(text(number), Some(phone));
        }
    }
}
