//! Numbers and letters that a text shares with a phone, or with what is hidden of an address.

use crate::summary::line::{Line, digit, is_ideograph, is_numeral, leading_number};
use crate::summary::words::{Role, Roles, roles};

/// Numbers and letters of a text that are looked at.
const LONGEST: usize = 48;

/// What a number may be of.
const PARTS: Roles = Roles::of(&[Role::Building, Role::Entrance, Role::Floor, Role::Room]);
/// What `#` may say.
const MARKED: Roles = Roles::of(&[Role::Building, Role::Entrance, Role::Room]);

#[derive(Clone, Copy, Default)]
struct Number {
    value: u32,
    /// How many digits are written; 0 for a letter, whose value is its own.
    digits: u8,
    class: Roles,
    /// Whether a measure follows, or a price's sign stands before.
    measured: bool,
    /// Whether nothing but a blank or a dash stands between this and the number before.
    joined: bool,
    /// Whether a single letter stands before or after: the carrier's own in a code (755-F06), not a floor's.
    lettered: bool,
}

/// The numbers and letters of a text, in order.
pub(super) struct Numbers {
    all: [Number; LONGEST],
    len: usize,
}

impl Numbers {
    pub(super) fn of(text: &[char]) -> Self {
        let mut numbers = Self { all: [Number::default(); LONGEST], len: 0 };
        let (mut at, mut end) = (0, usize::MAX);
        while at < text.len() && numbers.len < LONGEST {
            let start = at;
            let number = if let Some((value, len)) = leading_number(&text[at..]) {
                at += len;
                Number { value, digits: len as u8, ..Number::default() }
            } else if is_latin(text[at]) {
                at += text[at..].iter().take_while(|c| is_latin(**c)).count();
                let word = &text[start..at];
                let between =
                    start > 0 && is_numeral(text[start - 1]) && text.get(at).is_some_and(|c| is_numeral(*c));
                match (word, digit_word(word)) {
                    // 15O1.
                    (['O' | 'o'], _) if between => Number { value: 0, digits: 1, ..Number::default() },
                    (['l' | 'I'], _) if between => Number { value: 1, digits: 1, ..Number::default() },
                    ([letter], _) if !is_floor(text, start) => {
                        Number { value: u32::from(letter.to_ascii_uppercase()), ..Number::default() }
                    }
                    (_, Some(value)) => {
                        Number { value, digits: 1 + u8::from(value > 9), ..Number::default() }
                    }
                    _ => continue,
                }
            } else {
                at += 1;
                continue;
            };
            let class = class_after(&text[at..]).or(class_before(&text[..start]));
            let joined = end == start || end.checked_add(1) == Some(start) && matches!(text[end], ' ' | '-');
            let measured = is_measured(&text[at..])
                || start > 0
                    && matches!(text[start - 1], '¥' | '￥' | '$' | '€' | '£' | '×' | 'x' | 'X' | '*');
            let lettered = is_lone(text, at) || start > 0 && is_lone(text, start - 1);
            numbers.all[numbers.len] = Number { class, joined, measured, lettered, ..number };
            numbers.len += 1;
            end = at;
        }
        numbers
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether these may tell anything: a number with what it is of, one of three digits, or a number and a letter where
    /// the address has letters.
    pub(super) fn may_tell(&self, code: bool, lettered: impl Fn() -> bool) -> bool {
        let all = self.all();
        let long = |at: usize| self.runs(at).any(|(_, digits)| digits >= 3);
        all.iter().any(|number| !number.class.is_empty())
            || !code && ((0..all.len()).any(long) || all.windows(2).any(is_lettered) && lettered())
    }

    fn all(&self) -> &[Number] {
        &self.all[..self.len]
    }

    /// Whether these tell one of those that are hidden; in a code, not by a number alone.
    pub(super) fn tell(&self, hidden: &Self, code: bool) -> bool {
        let hidden = hidden.all();
        if hidden.is_empty() {
            return false;
        }
        (0..self.len).any(|at| {
            let own = self.all[at];
            let marked = !(code && own.lettered) && hidden.iter().any(|other| own.names(other));
            let alone =
                !code && self.runs(at).any(|(value, digits)| digits >= 3 && holds(hidden, value, digits));
            marked
                || alone
                || !code && at > 0 && hidden.windows(2).any(|pair| is_code(&self.all[at - 1..=at], pair))
        })
    }

    /// The numbers that begin at a place: itself, and with those that are joined to it.
    fn runs(&self, at: usize) -> impl Iterator<Item = (u32, u8)> {
        let run = &self.all()[at..];
        let count = 1 + run[1..].iter().take_while(|number| number.joined && number.digits > 0).count();
        let measured = run[count - 1].measured;
        let own = if run[0].digits == 0 { 0 } else { count };
        (1..=own).filter(move |_| !measured).map(|count| joined(&run[..count]))
    }
}

/// Whether a number and a letter that stand together are those that are hidden: 5C.
fn is_code(own: &[Number], hidden: &[Number]) -> bool {
    is_lettered(own)
        && is_lettered(hidden)
        && own
            .iter()
            .zip(hidden)
            .all(|(one, other)| one.value == other.value && (one.digits == 0) == (other.digits == 0))
}

fn is_lettered(pair: &[Number]) -> bool {
    pair[1].joined && (pair[0].digits == 0) != (pair[1].digits == 0)
}

/// Numbers written as one.
fn joined(run: &[Number]) -> (u32, u8) {
    run.iter().fold((0, 0), |(value, digits): (u32, u8), number| {
        let shift = 10u32.saturating_pow(u32::from(number.digits));
        (value.saturating_mul(shift).saturating_add(number.value), digits.saturating_add(number.digits))
    })
}

/// Whether a number is one of those hidden, or some in a row of them written as one.
fn holds(hidden: &[Number], value: u32, digits: u8) -> bool {
    (0..hidden.len()).any(|from| {
        (from + 1..=hidden.len()).take(4).any(|to| {
            let (other, count) = joined(&hidden[from..to]);
            other == value && value >= 100 && (count == digits || value < 10_000)
        })
    })
}

impl Number {
    /// Whether this, with a word that says what it is of, is another that is hidden.
    fn names(&self, hidden: &Self) -> bool {
        if self.class.is_empty() || (self.digits == 0) != (hidden.digits == 0) {
            return false;
        }
        let house = hidden.class.has(Role::Number) && self.class.has(Role::Building);
        let alike = house || hidden.class.is_empty() || !self.class.and(hidden.class).is_empty();
        let same = self.value == hidden.value && (alike || self.digits == 0);
        // The floor that a room's number begins with.
        let floor = self.class.has(Role::Floor) && hidden.digits >= 3 && hidden.value / 100 == self.value;
        same || floor && self.value > 0
    }
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
}

/// A letter with none beside it.
fn is_lone(text: &[char], at: usize) -> bool {
    let latin = |at: usize| text.get(at).is_some_and(|c| is_latin(*c));
    latin(at) && !latin(at + 1) && !(at > 0 && latin(at - 1))
}

/// 15F: the letter says that a number is a floor's.
fn is_floor(text: &[char], at: usize) -> bool {
    matches!(text[at], 'F' | 'f') && at > 0 && is_numeral(text[at - 1])
}

/// A word of ASCII letters in lower case; empty if it is longer than all that are looked for.
struct Lower {
    letters: [u8; 9],
    len: usize,
}

impl Lower {
    fn of(word: &[char]) -> Self {
        let mut lower = Self { letters: [0; 9], len: 0 };
        if word.len() <= lower.letters.len() {
            for (place, letter) in lower.letters.iter_mut().zip(word) {
                *place = (*letter as u8).to_ascii_lowercase();
            }
            lower.len = word.len();
        }
        lower
    }

    fn text(&self) -> &[u8] {
        &self.letters[..self.len]
    }
}

fn digit_word(word: &[char]) -> Option<u32> {
    Some(match Lower::of(word).text() {
        b"zero" | b"oh" | b"ling" | b"dong" => 0,
        b"one" | b"first" | b"yi" | b"yao" => 1,
        b"two" | b"second" | b"er" | b"liang" => 2,
        b"three" | b"third" | b"san" => 3,
        b"four" | b"fourth" | b"si" => 4,
        b"five" | b"fifth" | b"wu" => 5,
        b"six" | b"liu" => 6,
        b"seven" | b"qi" | b"guai" => 7,
        b"eight" | b"ba" => 8,
        b"nine" | b"jiu" | b"gou" => 9,
        b"ten" => 10,
        b"eleven" => 11,
        b"twelve" => 12,
        b"thirteen" => 13,
        b"fourteen" => 14,
        b"fifteen" | b"fifteenth" => 15,
        b"sixteen" => 16,
        b"seventeen" => 17,
        b"eighteen" => 18,
        b"nineteen" => 19,
        b"twenty" => 20,
        _ => return None,
    })
}

/// What the words after a number say that it is of: 3栋, 15th floor, san hao lou.
fn class_after(text: &[char]) -> Roles {
    let ordinal = matches!(text, ['s', 't', ..] | ['n', 'd', ..] | ['r', 'd', ..] | ['t', 'h', ..]);
    let mut rest = if ordinal { &text[2..] } else { text };
    while let [' ' | '-' | '#' | '字' | '@' | '*' | '&' | '=', more @ ..] = rest {
        if rest[0] == '#' && !more.first().is_some_and(|c| is_ideograph(*c)) {
            return MARKED;
        }
        rest = more;
    }
    let (own, len) = word(rest);
    if !own.has(Role::Number) {
        return own.and(PARTS);
    }
    rest = &rest[len..];
    while let [' ' | '-', more @ ..] = rest {
        rest = more;
    }
    let parts = word(rest).0.and(MARKED);
    match rest {
        _ if !parts.is_empty() => parts,
        ['门' | '线' | '电' | '染' | '色', ..] => Roles::NONE,
        _ => Roles::of(&[Role::Number]),
    }
}

/// The roles of the word that a text begins with, and how many characters it has.
fn word(text: &[char]) -> (Roles, usize) {
    match text.iter().take_while(|c| is_latin(**c)).count() {
        0 => (Roles::begun(text), 1),
        latin => (roles(&text[..latin]), latin),
    }
}

/// What the words before a number say that it is of: 楼五, 房号1501, Room 1501.
fn class_before(text: &[char]) -> Roles {
    let mut rest = text;
    while let [more @ .., ' ' | '-' | '号' | '#'] = rest {
        if rest.ends_with(&['#']) {
            return MARKED;
        }
        rest = more;
    }
    let len = match rest {
        [.., last] if is_latin(*last) => rest.iter().rev().take_while(|c| is_latin(**c)).count(),
        [.., '单', '元'] => 2,
        // 插座 2件 is of no building.
        [.., before, _] if is_ideograph(*before) && text.get(rest.len()) != Some(&'号') => 0,
        [.., _] => 1,
        [] => 0,
    };
    roles(&rest[rest.len() - len..]).and(PARTS.or(Roles::of(&[Role::Number])))
}

/// 2024款, 1500 g, 380ml: a number of something else.
fn is_measured(text: &[char]) -> bool {
    let mut rest = text;
    while let [' ', more @ ..] = rest {
        rest = more;
    }
    word(rest).0.has(Role::Measure)
}

/// How many digits a text has in a row, in numerals or in words.
pub(super) fn longest_row(text: &[char]) -> usize {
    let mut longest = 0;
    read_digits(text, |run| longest = longest.max(run.len()));
    longest
}

/// Whether a text has digits in a row that are in a row in a phone, and that its mask does not show.
pub(super) fn shares_digits(text: &[char], phone: &str, masked: &str, row: usize) -> bool {
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
    read_digits(text, |run| {
        told |= run.windows(row).any(|window| {
            !is_shown(window) && own.digits[..own.len].windows(row).any(|known| known == window)
        });
    });
    own.digits.fill(0);
    told
}

/// A quick test of a waybill's number and a phone in the forms that most have: letters and then digits; digits, blanks, dashes and
/// plus signs. Whether the digits have none in a row in common; `false` also of other forms. The letters before them may be
/// a word for one more digit.
pub(super) fn share_no_row(number: &str, phone: &str, row: usize) -> bool {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic()).as_bytes();
    // Of the number, which is printed: what is remembered here needs no wiping.
    let (mut rows, mut count, mut window) = ([0; 32], 0, LastDigits::of(row));
    for byte in digits {
        let Some(place) = rows.get_mut(count) else { return false };
        if !byte.is_ascii_digit() {
            return false;
        }
        if let Some(value) = window.next(*byte) {
            *place = value;
            count += 1;
        }
    }
    let mut window = LastDigits::of(row);
    phone.bytes().all(|byte| match byte {
        b'0'..=b'9' => window.next(byte).is_none_or(|value| !rows[..count].contains(&value)),
        other => matches!(other, b' ' | b'-' | b'+'),
    })
}

/// The last digits of a text, as a number.
struct LastDigits {
    value: u32,
    missing: usize,
    all: u32,
}

impl LastDigits {
    fn of(row: usize) -> Self {
        // Eight digits and one more fit the number; of a longer row eight in common are looked for.
        let row = row.min(8);
        Self { value: 0, missing: row, all: 10_u32.pow(row as u32) }
    }

    /// Takes the next digit; the number of the last ones, once there are as many.
    fn next(&mut self, digit: u8) -> Option<u32> {
        self.value = (self.value * 10 + u32::from(digit - b'0')) % self.all;
        self.missing = self.missing.saturating_sub(1);
        (self.missing == 0).then_some(self.value)
    }
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

/// A digit as it is read in Korean.
fn korean(character: char) -> Option<u8> {
    if !matches!(character, '\u{ac00}'..='\u{d7a3}') {
        return None;
    }
    let place = "영일이삼사오육칠팔구".chars().position(|known| known == character);
    place.or((character == '공').then_some(0)).and_then(|place| u8::try_from(place).ok())
}

/// The digits of a text, in any numerals, row by row: a row ends where more than one letter stands between two.
fn read_digits(text: &[char], mut each: impl FnMut(&[u8])) {
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
        let read = if is_numeral(text[at]) { digit(text[at]) } else { korean(text[at]) };
        let found = if let Some(digit) = read {
            at += 1;
            Some(digit)
        } else if is_latin(text[at]) {
            at += text[at..].iter().take_while(|c| is_latin(**c)).count();
            digit_word(&text[start..at]).filter(|value| *value < 10).map(|value| value as u8)
        } else {
            at += 1;
            None
        };
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
                between +=
                    text[start..at].iter().filter(|c| is_ideograph(**c) || c.is_alphanumeric()).count();
                if between > 1 {
                    each(&run.digits[..run.len]);
                    run.len = 0;
                }
            }
        }
    }
    each(&run.digits[..run.len]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the quick test passes shares no row with the phone, however the digits overlap.
    #[test]
    fn the_quick_test_of_a_number_and_a_phone_agrees_with_the_whole() {
        let mut state = 1_u64;
        let mut next = |count: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % count
        };
        let (mut quick, mut told, mut held) = (0, 0, 0);
        for _ in 0..20_000 {
            let digits: std::string::String = (0..11).map(|_| char::from(b'0' + next(10) as u8)).collect();
            let phone = match next(4) {
                0 => std::format!("+86 {} {}", &digits[..3], &digits[3..]),
                1 => std::format!("{}-{}", &digits[..4], &digits[4..]),
                2 => std::format!("(0){digits}"),
                _ => digits.clone(),
            };
            let prefix = ["", "YT", "BA", "JDVA", "SI", "ONE", "1Z", "YT-"][next(8)];
            let (from, len) = (next(6), 4 + next(7));
            let shared = &digits[from..(from + len).min(11)];
            let waybill = std::format!("{prefix}{}{shared}{}", next(1000), next(100));
            let line = Line::of_text(&waybill);
            let whole = shares_digits(&line, &phone, "", 7);
            let apart = share_no_row(&waybill, &phone, 6);
            assert!(!(apart && whole), "{waybill} {phone}");
            quick += usize::from(apart);
            told += usize::from(whole);
            held += usize::from(!apart && !whole);
        }
        assert!(quick > 1000 && told > 1000 && held > 100, "{quick} {told} {held}");
        // A word before the digits is one digit more.
        assert!(shares_digits(&Line::of_text("BA123456"), "8123456", "", 7));
        assert!(!share_no_row("BA123456", "8123456", 6));
    }
}
