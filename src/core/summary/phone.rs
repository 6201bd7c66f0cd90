//! Phones.

use super::line::{Line, decimal};
use crate::bytes::Text;
use crate::record::{Country, PhoneNumber};
use core::ops::Range;

/// Digits kept of a number; more are hidden anyway.
const DIGITS_MAX: usize = 24;

/// Six digits are hidden at least, all of them where there are no more; extensions, second numbers and the code of
/// mainland China are not printed. A number of the person's own country bears its code, written or not.
pub(super) fn mask(phone: &str, country: Country) -> Text<64> {
    let mut out = Text::new();
    let read = Read::new(phone, country);
    let digits = read.number.digits();
    // Of a number of fewer than six digits its country is hidden as well.
    if let Some(code) = read.code.filter(|_| digits.len() >= 6) {
        let _fits = out.push('+');
        decimal(code.into(), |digit| {
            let _fits = out.push(digit);
        });
        let _fits = out.push(' ');
    }
    let (head, tail) = read.shown();
    for &digit in &digits[..head] {
        let _fits = out.push(char::from(digit));
    }
    // An area's code stands apart; a mobile has none.
    if head > 1 {
        let _fits = out.push('-');
    }
    // Six stars, however many digits they stand for.
    let _fits = out.push_str("******");
    for &digit in &digits[digits.len() - tail..] {
        let _fits = out.push(char::from(digit));
    }
    out
}

/// The main number of a field, and the code of the country that it is printed with.
pub(super) struct Read {
    number: Number,
    code: Option<u16>,
    chinese: bool,
}

impl Read {
    pub(super) fn new(phone: &str, country: Country) -> Self {
        // Of a virtual number that is no mobile the extension would be read as its last digits.
        let mut number = Number::first_of(PhoneNumber::of(phone).main);
        let international = number.international;
        let stripped = number.strip_country(country);
        let mut code = (!stripped.is_empty()).then(|| value(&number.digits[stripped]));
        let home = dial(country);
        let mainland = country == Country::CN || number.mainland;
        if mainland && code.is_none() {
            number.complete();
        } else if let Some((own, trunk)) = home
            && (code == Some(own) || code.is_none() && !international)
        {
            code = Some(own);
            number.strip_trunk(trunk);
        }
        Self { number, code, chinese: mainland && code.is_none() }
    }

    /// Its digits.
    pub(super) fn digits(&self) -> &[u8] {
        self.number.digits()
    }

    /// How many digits the mask shows at the beginning, and how many at the end.
    pub(super) fn shown(&self) -> (usize, usize) {
        let digits = self.digits();
        let (head, tail) = match *digits {
            // A mobile of mainland China.
            [b'1', ..] if digits.len() == 11 && self.chinese => (1, 4),
            // A landline: the area code says no more than the address does.
            [b'0', b'1' | b'2', ..] if self.chinese && digits.len() >= 10 => (3, digits.len() - 9),
            [b'0', b'3'..=b'9', ..] if self.chinese && digits.len() >= 10 => (4, digits.len() - 10),
            _ => (0, digits.len().saturating_sub(6)),
        };
        (head, tail.min(4))
    }
}

fn value(digits: &[u8]) -> u16 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'))
}

fn decimal_len(code: u16) -> usize {
    1 + usize::from(code >= 10) + usize::from(code >= 100)
}

/// The code of a country (ITU-T E.164), and the digit that its numbers begin with at home; 0 for none.
fn dial(country: Country) -> Option<(u16, u8)> {
    if country == Country::CN {
        return None;
    }
    let code = country.as_str().as_bytes();
    let known =
        DIAL.iter().find(|known| known.0.as_bytes()[0] == code[0] && known.0.as_bytes()[1] == code[1])?;
    Some((known.1, known.2))
}

const NO_TRUNK: u8 = 0;
#[rustfmt::skip]
const DIAL: [(&str, u16, u8); 84] = [
    ("HK", 852, NO_TRUNK), ("MO", 853, NO_TRUNK), ("TW", 886, b'0'), ("JP", 81, b'0'), ("KR", 82, b'0'),
    ("US", 1, b'1'), ("CA", 1, b'1'), ("GB", 44, b'0'), ("AU", 61, b'0'), ("NZ", 64, b'0'), ("IE", 353, b'0'),
    ("IN", 91, b'0'), ("PK", 92, b'0'), ("BD", 880, b'0'), ("LK", 94, b'0'), ("NP", 977, b'0'), ("PH", 63, b'0'),
    ("TH", 66, b'0'), ("VN", 84, b'0'), ("ID", 62, b'0'), ("MY", 60, b'0'), ("SG", 65, NO_TRUNK), ("KH", 855, b'0'),
    ("LA", 856, b'0'), ("MM", 95, b'0'), ("MN", 976, NO_TRUNK), ("FR", 33, b'0'), ("DE", 49, b'0'), ("AT", 43, b'0'),
    ("CH", 41, b'0'), ("LI", 423, NO_TRUNK), ("NL", 31, b'0'), ("BE", 32, b'0'), ("LU", 352, NO_TRUNK),
    ("ES", 34, NO_TRUNK), ("PT", 351, NO_TRUNK), ("IT", 39, NO_TRUNK), ("SE", 46, b'0'), ("NO", 47, NO_TRUNK),
    ("DK", 45, NO_TRUNK), ("FI", 358, b'0'), ("IS", 354, NO_TRUNK), ("EE", 372, NO_TRUNK), ("LV", 371, NO_TRUNK),
    ("LT", 370, b'0'), ("PL", 48, NO_TRUNK), ("CZ", 420, NO_TRUNK), ("SK", 421, b'0'), ("HU", 36, NO_TRUNK),
    ("RO", 40, b'0'), ("BG", 359, b'0'), ("GR", 30, NO_TRUNK), ("CY", 357, NO_TRUNK), ("HR", 385, b'0'),
    ("RS", 381, b'0'), ("SI", 386, b'0'), ("BA", 387, b'0'), ("MK", 389, b'0'), ("AL", 355, b'0'), ("UA", 380, b'0'),
    ("BY", 375, NO_TRUNK), ("RU", 7, b'8'), ("KZ", 7, b'8'), ("UZ", 998, NO_TRUNK), ("GE", 995, b'0'),
    ("AM", 374, b'0'), ("AZ", 994, b'0'), ("TR", 90, b'0'), ("IL", 972, b'0'), ("SA", 966, b'0'), ("AE", 971, b'0'),
    ("EG", 20, b'0'), ("IR", 98, b'0'), ("IQ", 964, b'0'), ("MA", 212, b'0'), ("NG", 234, b'0'), ("KE", 254, b'0'),
    ("ZA", 27, b'0'), ("BR", 55, b'0'), ("AR", 54, b'0'), ("CL", 56, NO_TRUNK), ("CO", 57, NO_TRUNK),
    ("PE", 51, b'0'), ("MX", 52, NO_TRUNK),
];

/// The digits of the first number of a field.
pub(super) struct Number {
    digits: [u8; DIGITS_MAX],
    start: usize,
    len: usize,
    /// How many digits stood before the first dash, space or bracket among them.
    head: usize,
    international: bool,
    /// Whether the code of mainland China was taken off.
    mainland: bool,
}

impl Number {
    fn first_of(phone: &str) -> Self {
        // The first place is kept for a zero that may be missing.
        let mut number = Self {
            digits: [b'0'; DIGITS_MAX],
            start: 1,
            len: 1,
            head: 0,
            international: false,
            mainland: false,
        };
        let typed = Line::of_phone(phone);
        // How many digits stand since the last separator.
        let mut group = 0;
        for (at, character) in typed.iter().copied().enumerate() {
            let count = number.len - number.start;
            group = if character.is_ascii_digit() { group + 1 } else { group };
            match character {
                '-' if is_extension(group, &typed[at + 1..]) && !number.is_part_of_a_mobile() => break,
                '0'..='9' if number.len < DIGITS_MAX => {
                    number.digits[number.len] = character as u8;
                    number.len += 1;
                }
                '+' if count == 0 => number.international = true,
                // What follows a whole number is its extension, or another number.
                '-' | ' ' | '(' | ')' | '.' if number.is_whole() || count >= 13 => break,
                '-' | ' ' | '(' | ')' | '.' => {
                    number.head = if number.head == 0 { count } else { number.head };
                }
                // 138/1234/5678: a mobile in parts.
                '/' | '_' | '*' | ',' | '、' if number.is_part_of_a_mobile() => {}
                // A second number, an extension, a remark.
                _ if count >= 5 => break,
                _ => {}
            }
            group = if character.is_ascii_digit() { group } else { 0 };
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
        if near && matches!(self.digits(), [b'0', b'8', b'5', b'2' | b'3', rest @ ..] if rest.len() == 8) {
            self.start += 1;
        }
        loop {
            let digits = self.digits();
            let len = match digits {
                _ if self.international => country_len(digits),
                // Without `+` as people write it: 86 138…, 86 10 …, 86 755 …, and 852 or 853 before eight digits.
                [b'8', b'6', b'1', b'3'..=b'9', ..] if digits.len() == 13 => 2,
                [b'8', b'6', b'0', ..] if digits.len() >= 12 => 2,
                [b'8', b'6', ..] if country == Country::CN && matches!(digits.len(), 12 | 13) => 2,
                [b'8', b'5', b'2' | b'3', ..] if near && digits.len() == 11 => 3,
                _ if self.bears(country) => dial(country).map_or(0, |(code, _)| decimal_len(code)),
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
            self.mainland = true;
            // +86+86 138…: once by a form and once by its user.
            if !matches!(self.digits(), [b'8', b'6', b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9) {
                break;
            }
        }
        // The 0 of an area code is dropped after a country's code.
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

    /// Whether the code of its own country stands before a number without `+`: 886912345678.
    fn bears(&self, country: Country) -> bool {
        let Some((code, trunk)) = dial(country) else { return false };
        let digits = self.digits();
        let len = decimal_len(code);
        digits.len() >= 11 && digits.len() >= len + 8 && value(&digits[..len]) == code && (trunk != b'1')
    }

    /// Takes off the digit that a number begins with at home.
    fn strip_trunk(&mut self, trunk: u8) {
        // With the country's code before it a number is of its own length; at home one begins so that has a digit more.
        let long = match trunk {
            b'1' | b'8' => self.digits().len() == 11,
            _ => self.digits().len() > 6,
        };
        if trunk != NO_TRUNK && long && self.digits().first() == Some(&trunk) {
            self.start += 1;
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

/// Whether few digits after a dash are the extension of a number that ends in so many: 901820-15, 4001234567-99887.
fn is_extension(group: usize, rest: &[char]) -> bool {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    digits > 0 && (group >= 6 && digits <= 3 || group >= 8 && digits <= 5)
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
