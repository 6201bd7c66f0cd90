//! Phones.

use super::fold::folded;
use crate::bytes::Text;
use crate::record::Country;
use core::ops::Range;

/// Digits kept of a number; more are hidden anyway.
const DIGITS_MAX: usize = 24;

/// Six digits are hidden at least, all of them where there are no more; extensions, second numbers and the
/// code of mainland China are not printed.
pub(super) fn mask(phone: &str, country: Country) -> Text<64> {
    // Elsewhere a number that begins with 0 has an area code of another length.
    let chinese = country == Country::CN;
    let mut out = Text::new();
    let mut number = Number::first_of(phone);
    let code = number.strip_country(country);
    if chinese && code.is_empty() {
        number.complete();
    }
    let digits = number.digits();
    // Of a number of fewer than six digits its country is hidden as well.
    if !code.is_empty() && digits.len() >= 6 {
        let _fits = out.push('+');
        number.digits[code].iter().for_each(|&digit| {
            let _fits = out.push(char::from(digit));
        });
        let _fits = out.push(' ');
    }
    let (shown_first, shown_last) = match *digits {
        // A mobile of mainland China.
        [b'1', ..] if digits.len() == 11 && out.is_empty() => (1, 4),
        // A landline: the area code says no more than the address does.
        [b'0', b'1' | b'2', ..] if chinese && digits.len() >= 10 && out.is_empty() => {
            area(&mut out, &digits[..3]);
            (0, digits.len() - 9)
        }
        [b'0', ..] if chinese && digits.len() >= 11 && out.is_empty() => {
            area(&mut out, &digits[..4]);
            (0, digits.len() - 10)
        }
        _ => (0, digits.len().saturating_sub(6)),
    };
    let shown_last = shown_last.min(4);
    for &digit in &digits[..shown_first] {
        let _fits = out.push(char::from(digit));
    }
    // Six stars, however many digits they stand for.
    let _fits = out.push_str("******");
    for &digit in &digits[digits.len() - shown_last..] {
        let _fits = out.push(char::from(digit));
    }
    out
}

/// Nothing of the phone.
pub(super) fn mask_all() -> Text<64> {
    let mut out = Text::new();
    let _fits = out.push_str("******");
    out
}

fn area(out: &mut Text<64>, code: &[u8]) {
    for &digit in code {
        let _fits = out.push(char::from(digit));
    }
    let _fits = out.push('-');
}

/// The digits of the first number of a field.
struct Number {
    digits: [u8; DIGITS_MAX],
    start: usize,
    len: usize,
    /// How many digits stood before the first dash, space or bracket among them.
    head: usize,
    international: bool,
}

impl Number {
    fn first_of(phone: &str) -> Self {
        // The first place is kept for a zero that may be missing.
        let mut number = Self { digits: [b'0'; DIGITS_MAX], start: 1, len: 1, head: 0, international: false };
        for character in folded(phone) {
            let count = number.len - number.start;
            match character {
                '0'..='9' if number.len < DIGITS_MAX => {
                    number.digits[number.len] = character as u8;
                    number.len += 1;
                }
                '+' if count == 0 => number.international = true,
                // What follows a whole number is its extension, or another number.
                '-' | ' ' | '(' | ')' | '.' if number.is_whole() => break,
                '-' | ' ' | '(' | ')' | '.' => {
                    number.head = if number.head == 0 { count } else { number.head };
                }
                // 138/1234/5678: a mobile in parts.
                '/' | '_' | '*' | ',' | '、' if number.is_part_of_a_mobile() => {}
                // A second number, an extension, a remark.
                _ if count >= 5 => break,
                _ => {}
            }
        }
        if number.digits().starts_with(b"00") && number.digits().len() > 8 {
            number.start += 2;
            number.international = true;
        }
        number
    }

    fn digits(&self) -> &[u8] {
        &self.digits[self.start..self.len]
    }

    fn is_part_of_a_mobile(&self) -> bool {
        matches!(self.digits(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() < 9)
    }

    /// A mobile or a landline of mainland China, complete, with or without its country's code.
    fn is_whole(&self) -> bool {
        let digits = self.digits();
        let domestic = digits.strip_prefix(b"0086").or_else(|| digits.strip_prefix(b"86")).unwrap_or(digits);
        let coded = domestic.len() < digits.len();
        match domestic {
            [b'1', b'3'..=b'9', ..] => domestic.len() == 11,
            // A mobile as it was dialled from afar.
            [b'0', b'1', b'3'..=b'9', ..] => domestic.len() == 12,
            [b'0', b'1' | b'2', ..] => domestic.len() == 11,
            // 00 begins an international number.
            [b'0', b'0', ..] => false,
            [b'0', ..] => matches!(domestic.len(), 11 | 12),
            _ => (coded && domestic.len() >= 10) || self.lacks_zero(),
        }
    }

    /// Takes the country's code off, and tells where it stands; that of mainland China is dropped, written or not.
    fn strip_country(&mut self, country: Country) -> Range<usize> {
        // Elsewhere numbers begin with 852 and 853 that are of no other country.
        let near =
            [*b"CN", *b"HK", *b"MO", *b"TW"].into_iter().any(|near| Country::new(near) == Some(country));
        loop {
            let digits = self.digits();
            let len = match digits {
                _ if self.international => country_len(digits),
                // Without `+` as people write it: 86 138…, 86 10 …, 86 755 …, and 852 or 853 before eight digits.
                [b'8', b'6', b'1', b'3'..=b'9', ..] if digits.len() == 13 => 2,
                [b'8', b'6', b'0', ..] if digits.len() >= 12 => 2,
                [b'8', b'6', ..] if country == Country::CN && matches!(digits.len(), 12 | 13) => 2,
                [b'8', b'5', b'2' | b'3', ..] if near && digits.len() == 11 => 3,
                _ => 0,
            };
            if len == 0 || digits.len() <= len {
                return 0..0;
            }
            let code = self.start..self.start + len;
            self.start += len;
            if &self.digits[code.clone()] != b"86" {
                return code;
            }
            // +86+86 138…: once by a form and once by its user.
            if !matches!(self.digits(), [b'8', b'6', b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9) {
                break;
            }
        }
        // The 0 of an area code is dropped behind a country's code.
        let mobile = self.len - self.start == 11 && self.digits[self.start] == b'1';
        // Numbers that a firm answers are in no area.
        let service = matches!(self.digits(), [b'4' | b'8', b'0', b'0', rest @ ..] if rest.len() == 7);
        if !mobile && !service && self.digits[self.start] != b'0' && self.len - self.start >= 9 {
            self.put_zero();
        }
        0..0
    }

    /// Gives back the zero of an area code that a dash or bracket sets apart, and takes that of a mobile off.
    fn complete(&mut self) {
        if matches!(self.digits(), [b'0', b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9) {
            self.start += 1;
        } else if self.lacks_zero() {
            self.put_zero();
        }
    }

    fn put_zero(&mut self) {
        self.start -= 1;
        self.digits[self.start] = b'0';
    }

    /// 755-26543210: an area without its zero. 400 and 800 are no areas; 852, 853 and 886 lie beyond the mainland.
    fn lacks_zero(&self) -> bool {
        let Some((area, number)) = self.digits().split_at_checked(self.head) else { return false };
        !self.international
            && match area {
                b"10" | [b'2', _] => number.len() == 8,
                b"400" | b"800" | b"852" | b"853" | b"886" => false,
                [b'3'..=b'9', _, _] => matches!(number.len(), 7 | 8),
                _ => false,
            }
    }
}

/// Digits of the country code that a number begins with (ITU-T E.164).
fn country_len(digits: &[u8]) -> usize {
    match *digits {
        [b'1' | b'7', ..] => 1,
        [b'2', b'1'..=b'6' | b'9', ..]
        | [b'3', b'5' | b'7' | b'8', ..]
        | [b'4', b'2', ..]
        | [b'5', b'0' | b'9', ..]
        | [b'6', b'7'..=b'9', ..]
        | [b'8', b'0' | b'5' | b'7' | b'8', ..]
        | [b'9', b'6' | b'7' | b'9', ..] => 3,
        [_, _, ..] => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_masked_by_their_kind() {
        for (phone, masked) in [
            ("13812345678", "1******5678"),
            ("+86 138-1234-5678", "1******5678"),
            ("008613812345678", "1******5678"),
            ("8613812345678", "1******5678"),
            ("１３８１２３４５６７８", "1******5678"),
            ("13812345678-1234", "1******5678"),
            ("13812345678转1234", "1******5678"),
            ("13812345678/13912345678", "1******5678"),
            ("010-65543210", "010-******10"),
            ("0755-26543210", "0755-******10"),
            ("07716543210", "0771-******0"),
            ("+852 2345 6789", "+852 ******89"),
            ("+853 6234 5678", "+853 ******78"),
            ("+1 415 555 1234", "+1 ******1234"),
            ("+44 20 7946 0958", "+44 ******0958"),
            ("95338", "******"),
            ("110", "******"),
            ("", "******"),
            ("4008123456", "******3456"),
            ("+86 10 6554 3210", "010-******10"),
            ("+86-755-26543210", "0755-******10"),
            ("010-65543210-801", "010-******10"),
            ("0755-26543210 801", "0755-******10"),
            ("138 1234 5678 139 1234 5678", "1******5678"),
            ("852-23456789", "+852 ******89"),
        ] {
            assert_eq!(&*mask(phone, Country::CN), masked, "{phone}");
        }
    }
}
