//! Identity numbers. China's rules allow no identity data on a waybill but name, address and phone (快递暂行条例); found
//! by check digits, so that no other number is taken for one.

use super::fault::IdentityKind;
use std::ops::Range;

/// Digits of the longest identity number.
const LONGEST: usize = 18;

/// What kind of cell is read.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub text: &'a str,
    /// ISO 3166-1 alpha-2, or empty for China.
    pub country: &'a str,
    /// A phone of eleven digits passes the checks of other countries' numbers once in a hundred.
    pub is_phone: bool,
}

/// The first identity number in a cell, and where it stands.
pub(super) fn find(cell: Cell<'_>) -> Option<(IdentityKind, Range<usize>)> {
    let text = cell.text;
    if text.bytes().filter(u8::is_ascii_digit).count() < 11 {
        return None;
    }
    if let Some(found) = korean(text) {
        return Some((IdentityKind::Korea, found));
    }
    let lower = text.to_ascii_lowercase();
    let of = |country: &str, words: &[&str]| {
        !cell.is_phone && cell.country.eq_ignore_ascii_case(country)
            || words.iter().any(|word| lower.contains(word))
    };
    let (brazil, turkey) = (of("BR", &["cpf"]), of("TR", &["t.c", "tckn", "kimlik"]));
    let groups = groups(text);
    (0..groups.len()).find_map(|first| {
        (first..groups.len()).find_map(|last| {
            let window = &groups[first..=last];
            let number = Number::of(text, window)?;
            let kind = number.kind(brazil, turkey)?;
            Some((kind, number.range))
        })
    })
}

/// Digits in a row; of eighteen `X` may be the last.
fn groups(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if len > 0 {
            groups.push(at..at + len);
        }
        at += len.max(1);
    }
    groups
}

/// Digits of one or more groups with single signs between them.
struct Number {
    range: Range<usize>,
    digits: [u8; LONGEST],
    len: usize,
    parted: bool,
    /// `111.444.777-35`.
    is_cpf_shaped: bool,
}

impl Number {
    fn of(text: &str, window: &[Range<usize>]) -> Option<Self> {
        let bytes = text.as_bytes();
        let range = window.first()?.start..window.last()?.end;
        let joined = window
            .windows(2)
            .all(|pair| pair[1].start == pair[0].end + 1 && matches!(bytes[pair[0].end], b' ' | b'.' | b'-'));
        let mut number =
            Self { range, digits: [0; LONGEST], len: 0, parted: window.len() > 1, is_cpf_shaped: false };
        for digit in window.iter().flat_map(|group| &bytes[group.clone()]) {
            *number.digits.get_mut(number.len)? = digit - b'0';
            number.len += 1;
        }
        let letter = bytes.get(number.range.end).is_some_and(|byte| matches!(byte, b'x' | b'X'));
        if number.len == LONGEST - 1 && letter {
            number.digits[LONGEST - 1] = 10;
            number.len = LONGEST;
            number.range.end += 1;
        }
        let shape = &bytes[number.range.clone()];
        number.is_cpf_shaped = shape.len() == 14 && shape[3] == b'.' && shape[7] == b'.' && shape[11] == b'-';
        joined.then_some(number)
    }

    fn kind(&self, brazil: bool, turkey: bool) -> Option<IdentityKind> {
        let digits = &self.digits[..self.len];
        match self.len {
            18 if is_chinese(digits) => Some(IdentityKind::China),
            11 if turkey && !self.parted && is_turkish(digits) => Some(IdentityKind::Turkey),
            11 if (brazil || self.is_cpf_shaped) && is_brazilian(digits) => Some(IdentityKind::Brazil),
            _ => None,
        }
    }
}

/// GB 11643: a province, a date of birth in the seventh to fourteenth digit, and a check digit by ISO 7064 MOD 11-2, in
/// which `X` counts ten.
fn is_chinese(digits: &[u8]) -> bool {
    let number =
        |at: Range<usize>| digits[at].iter().fold(0_u32, |number, digit| number * 10 + u32::from(*digit));
    let (province, year, month, day) = (number(0..2), number(6..10), number(10..12), number(12..14));
    let born = (1800..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let sum = digits.iter().fold(0_u32, |sum, digit| (sum * 2 + u32::from(*digit)) % 11);
    (11..=91).contains(&province) && born && sum == 1
}

/// Receita Federal: the tenth and eleventh digit check those before them, modulo 11.
fn is_brazilian(digits: &[u8]) -> bool {
    let check = |count: usize| {
        let weights = (2..=count as u32 + 1).rev();
        let sum: u32 =
            digits[..count].iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        (sum * 10 % 11 % 10) as u8
    };
    digits.iter().any(|digit| *digit != digits[0]) && check(9) == digits[9] && check(10) == digits[10]
}

/// Nüfus: seven times the odd places less the even ones, and the sum of the first ten, modulo 10.
fn is_turkish(digits: &[u8]) -> bool {
    let every =
        |digits: &[u8], step: usize| digits.iter().step_by(step).map(|digit| i32::from(*digit)).sum::<i32>();
    let (odd, even) = (every(&digits[..9], 2), every(&digits[1..8], 2));
    let tenth = (odd * 7 - even).rem_euclid(10);
    digits[0] != 0 && tenth == i32::from(digits[9]) && every(&digits[..10], 1) % 10 == i32::from(digits[10])
}

/// `P` and twelve digits with no letter or digit beside them; or a date of six digits, a hyphen and seven digits.
fn korean(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes.get(from..from + count).is_some_and(|run| run.iter().all(u8::is_ascii_digit))
            && !bytes.get(from + count).is_some_and(u8::is_ascii_alphanumeric)
    };
    (0..bytes.len()).filter(|at| *at == 0 || !bytes[at - 1].is_ascii_alphanumeric()).find_map(|at| {
        if matches!(bytes[at], b'P' | b'p') && digits(at + 1, 12) {
            return Some(at..at + 13);
        }
        let two = |from: usize| (bytes[from] - b'0') * 10 + bytes[from + 1] - b'0';
        let resident = digits(at, 6)
            && bytes.get(at + 6) == Some(&b'-')
            && digits(at + 7, 7)
            && matches!(bytes[at + 7], b'1'..=b'4')
            && (1..=12).contains(&two(at + 2))
            && (1..=31).contains(&two(at + 4));
        resident.then_some(at..at + 14)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, country: &str, is_phone: bool) -> Option<(IdentityKind, &'a str)> {
        find(Cell { text, country, is_phone }).map(|(kind, range)| (kind, &text[range]))
    }

    #[test]
    fn numbers_with_right_check_digits_are_found_wherever_they_stand() {
        use IdentityKind::{Brazil, China, Korea, Turkey};
        for (text, country, kind, number) in [
            ("林知夏440305180001010018", "CN", China, "440305180001010018"),
            ("身份证 11010519491231002X", "", China, "11010519491231002X"),
            ("110105 19491231 002x", "", China, "110105 19491231 002x"),
            ("13812345678 440305180001010018", "", China, "440305180001010018"),
            ("3-1205 440305180001010018 5", "", China, "440305180001010018"),
            ("Bruna Castelo CPF 111.444.777-35", "BR", Brazil, "111.444.777-35"),
            ("Bruna 11144477735", "BR", Brazil, "11144477735"),
            ("111.444.777-35", "", Brazil, "111.444.777-35"),
            ("김하늘(P123456789012)", "KR", Korea, "P123456789012"),
            ("900101-1234567", "KR", Korea, "900101-1234567"),
            ("Barbaros Mah. T.C. 10000000146 Lale Sok.", "TR", Turkey, "10000000146"),
        ] {
            assert_eq!(found(text, country, false), Some((kind, number)), "{text}");
        }
        assert!(found("111.444.777-35", "BR", true).is_some());
    }

    #[test]
    fn other_numbers_are_not() {
        for (text, country, is_phone) in [
            ("11010519491231002", "CN", false),
            ("110105194912310021", "CN", false),
            ("13812345678", "CN", true),
            ("13812345678", "BR", false),
            ("11144477735", "BR", true),
            ("10000000147", "TR", false),
            ("AP123456789012", "KR", false),
            ("P12345678901", "KR", false),
            ("科苑南路18号3栋1205", "CN", false),
            ("95013123456789-1234", "CN", true),
            ("11111111111", "BR", false),
            ("900141-1234567", "KR", false),
            ("1101051949123100211", "CN", false),
        ] {
            assert_eq!(found(text, country, is_phone), None, "{text}");
        }
    }
}
