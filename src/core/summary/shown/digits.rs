//! Digits in a row that a text shares with a phone.

use crate::summary::line::{Line, digit, is_alphanumeric, is_numeral, leading_number};

/// Digits in a row of a phone by which a waybill's number holds it.
pub(super) const WAYBILL: usize = 7;

/// Digits in a row that a text has at least of a phone backwards.
const BACKWARDS: usize = 6;

/// How many digits a text has in a row, in numerals or in words; 0 if they are fewer than `least` in all.
pub(super) fn longest_row(text: &[char], least: usize) -> usize {
    // A number has no more digits than its numerals have together: 千 has four.
    let most = |c: &char| match digit(*c) {
        Some(_) => 1,
        None if is_numeral(*c) => 4,
        None => 0,
    };
    if text.iter().map(most).sum::<usize>() < least {
        return 0;
    }
    let mut longest = 0;
    read_digits(text, false, |run| longest = longest.max(run.len()));
    read_digits(text, true, |run| longest = longest.max(run.len()));
    longest
}

/// Whether a text has digits in a row that are in a row in a phone, and that its mask does not show.
pub(super) fn shares(text: &[char], phone: &str, masked: &str, row: usize) -> bool {
    let mut own = Digits::default();
    for character in Line::of_phone(phone).iter().filter(|c| c.is_ascii_digit()) {
        own.push(*character as u8 - b'0');
    }
    if own.len < row {
        return false;
    }
    let (head, tail) = masked.split_once("******").unwrap_or_default();
    let ends = |part: &str, window: &[u8]| {
        let mut shown = part.bytes().rev().filter(u8::is_ascii_digit);
        window.iter().rev().all(|digit| shown.next() == Some(b'0' + digit))
    };
    let is_shown = |window: &[u8]| ends(head, window) || ends(tail, window);
    let mut told = false;
    let mut look = |run: &[u8]| {
        let own = &own.digits[..own.len];
        told |=
            run.windows(row).any(|window| !is_shown(window) && own.windows(row).any(|known| known == window))
                || run
                    .windows(row.max(BACKWARDS))
                    .any(|window| own.windows(window.len()).any(|known| known.iter().rev().eq(window)));
    };
    read_digits(text, false, &mut look);
    if row < WAYBILL {
        read_digits(text, true, &mut look);
    }
    own.digits.fill(0);
    told
}

#[derive(Default)]
struct Digits {
    digits: [u8; 32],
    len: usize,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        if self.len < self.digits.len() {
            self.digits[self.len] = digit;
            self.len += 1;
        }
    }
}

/// The digits of a text, in any numerals, row by row: a row ends where more than one letter stands between two; or, where it is
/// loose, at the first number of more than one digit.
fn read_digits(text: &[char], loose: bool, mut each: impl FnMut(&[u8])) {
    let mut run = Digits::default();
    let (mut at, mut between) = (0, 0);
    while at < text.len() {
        let start = at;
        let counted = leading_number(&text[at..])
            .filter(|(_, len)| text[at..at + len].iter().any(|c| digit(*c).is_none()));
        if let Some((value, len)) = counted {
            // 一千二百三十四 is 1234.
            let mut scale = 1_000_000_000;
            while scale > 0 {
                if value >= scale {
                    run.push((value / scale % 10) as u8);
                }
                scale /= 10;
            }
            at += len;
            between = 0;
            continue;
        }
        let found = if is_numeral(text[at]) { digit(text[at]) } else { None };
        at += 1;
        let beside = |at: usize| text.get(at).is_some_and(|c| is_numeral(*c));
        if loose && found.is_some() && (beside(at) || start > 0 && beside(start - 1)) {
            each(&run.digits[..run.len]);
            run.len = 0;
            continue;
        }
        match found {
            Some(digit) => {
                if run.len == run.digits.len() {
                    each(&run.digits);
                    run.digits.copy_within(20.., 0);
                    run.len = 12;
                }
                run.push(digit);
                between = 0;
            }
            None => {
                // A word in letters is one.
                let goes_on =
                    start > 0 && text[start].is_ascii_alphabetic() && text[start - 1].is_ascii_alphabetic();
                between += usize::from(is_alphanumeric(text[start]) && !goes_on);
                if between > 1 && !loose {
                    each(&run.digits[..run.len]);
                    run.len = 0;
                }
            }
        }
    }
    each(&run.digits[..run.len]);
}
