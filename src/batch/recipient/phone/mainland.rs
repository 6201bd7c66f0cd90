//! Numbers of mainland China, which are known by their form: mobiles, landlines, services.

use zeroize::Zeroizing;

/// A number at the beginning of a text.
pub(super) struct Number {
    /// In one spelling: digits, and a hyphen after an area code.
    pub text: Zeroizing<String>,
    /// How many bytes it takes.
    pub len: usize,
}

impl Number {
    pub(super) fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }
}

/// The number that a text begins with, without `+86`.
pub(super) fn number(text: &str) -> Option<Number> {
    let start = country(text);
    let here = &text[start..];
    let mut number = mobile(here).or_else(|| service(here)).or_else(|| landline(here))?;
    number.len += start;
    Some(number)
}

/// How many bytes the country's code takes before a mobile; 0 if there is none. A landline keeps it, since the zero of
/// its area code is dropped after it.
fn country(text: &str) -> usize {
    for code in ["+86", "0086", "86"] {
        if let Some(rest) = text.strip_prefix(code) {
            let rest = rest.trim_start_matches([' ', '-', ')']);
            if mobile(rest).is_some() {
                return text.len() - rest.len();
            }
        }
    }
    0
}

/// Eleven digits from 13 to 19, in groups or not.
fn mobile(text: &str) -> Option<Number> {
    if !matches!(text.as_bytes(), [b'1', ..]) {
        return None;
    }
    digits(text, 11).filter(|number| number.text.as_bytes()[1] >= b'3')
}

/// `95…` of platforms and companies, of five to fifteen digits; `400` or `800` with seven more.
fn service(text: &str) -> Option<Number> {
    let len = run(text);
    if text.starts_with("95") && (5..=15).contains(&len) {
        return Some(Number { text: Zeroizing::new(text[..len].to_owned()), len });
    }
    let company = text.starts_with("400") || text.starts_with("800");
    digits(text, 10).filter(|_| company)
}

/// An area code of three or four digits from 0, and seven or eight digits.
fn landline(text: &str) -> Option<Number> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    if !matches!(inner.as_bytes(), [b'0', b'1'..=b'9', ..]) {
        return None;
    }
    let together = run(inner);
    let (area, own) = if (10..=12).contains(&together) {
        // Two digits follow the zero of 01 and 02, three that of all others.
        inner[..together].split_at(if inner.starts_with("01") || inner.starts_with("02") { 3 } else { 4 })
    } else {
        let after = inner[together..].trim_start_matches([' ', '-', ')']);
        let gap = inner.len() - together - after.len();
        if !(1..=2).contains(&gap) {
            return None;
        }
        (&inner[..together], &after[..run(after)])
    };
    if !matches!((area.len(), own.len()), (3 | 4, 7 | 8)) {
        return None;
    }
    let end = own.as_ptr() as usize - text.as_ptr() as usize + own.len();
    Some(Number { text: Zeroizing::new(format!("{area}-{own}")), len: end })
}

/// Digits in a row.
fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Exactly `count` digits with single blanks, hyphens or dots between groups; no digit follows.
fn digits(text: &str, count: usize) -> Option<Number> {
    let mut digits = Zeroizing::new(String::with_capacity(count));
    let mut parted = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' if digits.len() == count => return None,
            b'0'..=b'9' => {
                digits.push(char::from(byte));
                parted = false;
            }
            _ if digits.len() == count => return Some(Number { text: digits, len: at }),
            b' ' | b'-' | b'.' if !parted => parted = true,
            _ => return None,
        }
    }
    (digits.len() == count).then_some(Number { text: digits, len: text.len() })
}
