//! Numbers and letters that a text shares with a phone, or with what is hidden of an address.

use crate::summary::line::{Line, digit, is_ideograph, is_numeral, leading_number};

/// Numbers and letters of a text that are looked at.
const LONGEST: usize = 48;

/// What a number is of: a set.
type Class = u8;
const BUILDING: Class = 1;
const UNIT: Class = 2;
const FLOOR: Class = 4;
const ROOM: Class = 8;
const HOUSE: Class = 16;

#[derive(Clone, Copy, Default)]
struct Number {
    value: u32,
    /// How many digits are written; 0 for a letter, whose value is its own.
    digits: u8,
    class: Class,
    /// Whether a measure follows, or a price's sign stands before.
    measured: bool,
    /// Whether nothing but a blank or a dash stands between this and the number before.
    joined: bool,
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
            let class = class_after(&text[at..]) | class_before(&text[..start]);
            let joined = end == start || end.checked_add(1) == Some(start) && " -".contains(text[end]);
            let measured = is_measured(&text[at..]) || start > 0 && "¥￥$€£×xX*".contains(text[start - 1]);
            numbers.all[numbers.len] = Number { class, joined, measured, ..number };
            numbers.len += 1;
            end = at;
        }
        numbers
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
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
            let marked = hidden.iter().any(|other| own.names(other));
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
    let lettered = |pair: &[Number]| pair[1].joined && (pair[0].digits == 0) != (pair[1].digits == 0);
    lettered(own)
        && lettered(hidden)
        && own
            .iter()
            .zip(hidden)
            .all(|(one, other)| one.value == other.value && (one.digits == 0) == (other.digits == 0))
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
        if self.class == 0 || (self.digits == 0) != (hidden.digits == 0) {
            return false;
        }
        let alike = self.class & hidden.class != 0
            || hidden.class == 0
            || hidden.class == HOUSE && self.class & BUILDING != 0;
        let same = self.value == hidden.value && (alike || self.digits == 0);
        // The floor that a room's number begins with.
        let floor = self.class & FLOOR != 0 && hidden.digits >= 3 && hidden.value / 100 == self.value;
        same || floor && self.value > 0
    }
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
}

/// 15F: the letter says that a number is a floor's.
fn is_floor(text: &[char], at: usize) -> bool {
    matches!(text[at], 'F' | 'f') && at > 0 && is_numeral(text[at - 1])
}

fn digit_word(word: &[char]) -> Option<u32> {
    const WORDS: [(&str, u32); 43] = [
        ("zero", 0),
        ("oh", 0),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("fifth", 5),
        ("fifteenth", 15),
        ("ling", 0),
        ("dong", 0),
        ("yi", 1),
        ("yao", 1),
        ("er", 2),
        ("liang", 2),
        ("san", 3),
        ("si", 4),
        ("wu", 5),
        ("liu", 6),
        ("qi", 7),
        ("guai", 7),
        ("ba", 8),
        ("jiu", 9),
        ("gou", 9),
    ];
    let is = |known: &str| known.chars().eq(word.iter().map(char::to_ascii_lowercase));
    WORDS.iter().find(|known| is(known.0)).map(|known| known.1)
}

/// What the words after a number say that it is of.
fn class_after(text: &[char]) -> Class {
    let mut rest = text;
    while let [' ' | '-' | '#' | '字', more @ ..] = rest {
        if rest[0] == '#' && !more.first().is_some_and(|c| is_ideograph(*c)) {
            return BUILDING | UNIT | ROOM;
        }
        rest = more;
    }
    let marked = |rest: &[char]| match rest {
        ['楼', ..] => BUILDING | FLOOR,
        ['栋' | '幢' | '座' | '塔' | '翼' | '棟', ..] => BUILDING,
        ['单', '元', ..] => UNIT,
        ['层', ..] => FLOOR,
        ['室' | '房' | '户' | '铺' | '寝', ..] => ROOM,
        _ => 0,
    };
    match rest {
        ['号', ' ' | '-', more @ ..] | ['号', more @ ..] => {
            let class = marked(more) & !FLOOR;
            if class == 0 && !matches!(more, ['门' | '线' | '电' | '染' | '色', ..]) {
                HOUSE
            } else {
                class
            }
        }
        ['F' | 'f', more @ ..] if !more.first().is_some_and(|c| is_latin(*c)) => FLOOR,
        _ if marked(rest) != 0 => marked(rest),
        _ => class_of_word(
            rest.split(|c| !is_latin(*c)).find(|word| !word.is_empty()).filter(|word| rest.starts_with(word)),
            rest,
        ),
    }
}

/// hao lou, dong, floor: what a word in letters says.
fn class_of_word(word: Option<&[char]>, rest: &[char]) -> Class {
    let Some(word) = word else { return 0 };
    let is = |known: &str| known.chars().eq(word.iter().map(char::to_ascii_lowercase));
    if is("hao") {
        let mut more = &rest[3..];
        while let [' ', next @ ..] = more {
            more = next;
        }
        let next = more.split(|c| !is_latin(*c)).next().filter(|word| !word.is_empty());
        let class = class_of_word(next, more);
        return if class == 0 { HOUSE } else { class };
    }
    const WORDS: [(&str, Class); 29] = [
        ("lou", BUILDING | FLOOR),
        ("dong", BUILDING),
        ("zhuang", BUILDING),
        ("zuo", BUILDING),
        ("haolou", BUILDING),
        ("danyuan", UNIT),
        ("dan", UNIT),
        ("ceng", FLOOR),
        ("shi", ROOM),
        ("fang", ROOM),
        ("floor", FLOOR),
        ("fl", FLOOR),
        ("level", FLOOR),
        ("storey", FLOOR),
        ("building", BUILDING),
        ("bldg", BUILDING),
        ("block", BUILDING),
        ("blk", BUILDING),
        ("tower", BUILDING),
        ("room", ROOM),
        ("rm", ROOM),
        ("unit", UNIT | ROOM),
        ("apt", ROOM),
        ("apartment", ROOM),
        ("suite", ROOM),
        ("ste", ROOM),
        ("flat", ROOM),
        ("f", FLOOR),
        ("no", HOUSE),
    ];
    WORDS.iter().find(|known| is(known.0)).map_or(0, |known| known.1)
}

/// What the words before a number say that it is of: 楼五, 房号1501, Room 1501.
fn class_before(text: &[char]) -> Class {
    let mut rest = text;
    while let [more @ .., ' ' | '-' | '号' | '#'] = rest {
        if rest.ends_with(&['#']) {
            return BUILDING | UNIT | ROOM;
        }
        rest = more;
    }
    // 插座 2件 is of no building.
    let alone = rest.len() < 2
        || !is_ideograph(rest[rest.len() - 2])
        || rest.len() < text.len() && text[rest.len()] == '号';
    match rest.last().filter(|c| alone || !is_ideograph(**c) || **c == '元') {
        Some('楼') => BUILDING | FLOOR,
        Some('栋' | '幢' | '座') => BUILDING,
        Some('元') if rest.ends_with(&['单', '元']) => UNIT,
        Some('层') => FLOOR,
        Some('室' | '房') => ROOM,
        Some(last) if is_latin(*last) => {
            let word = rest.rsplit(|c| !is_latin(*c)).next();
            class_of_word(word, rest)
        }
        _ => 0,
    }
}

/// 2024款, 1500 g, 380ml: a number of something else.
fn is_measured(text: &[char]) -> bool {
    let mut rest = text;
    while let [' ', more @ ..] = rest {
        rest = more;
    }
    match rest {
        ['号' | '室' | '房' | '栋' | '楼' | '单' | '层', ..] => false,
        [first, ..] if is_ideograph(*first) => {
            "年月日款版型克斤瓶件个只条包盒箱双套片支米升毫元块度码寸袋张本卷粒枚杯抽丝针万兆匹倍色"
                .contains(*first)
        }
        _ => {
            const UNITS: [&str; 18] = [
                "g", "kg", "mg", "ml", "l", "cm", "mm", "m", "w", "v", "mah", "gb", "tb", "pcs", "oz", "lb",
                "hz", "ct",
            ];
            let word = rest.split(|c| !is_latin(*c)).next().unwrap_or_default();
            UNITS.iter().any(|known| known.chars().eq(word.iter().map(char::to_ascii_lowercase)))
        }
    }
}

/// Whether a text may have digits, in numerals or in words.
pub(super) fn has_digits(text: &[char]) -> bool {
    text.iter().any(|c| digit(*c).is_some() || is_latin(*c) || korean(*c).is_some() || is_numeral(*c))
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
    let is_shown = |window: &[u8]| {
        let same = |part: &str| {
            let digits = || part.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
            window.len() <= digits().count() && digits().collect_array().ends_with(window)
        };
        same(head) || same(tail)
    };
    let mut told = false;
    read_digits(text, |run| {
        told |= run.windows(row).any(|window| {
            !is_shown(window) && own.digits[..own.len].windows(row).any(|known| known == window)
        });
    });
    own.digits.fill(0);
    told
}

/// Digits of a part of a mask.
struct Part {
    digits: [u8; 24],
    len: usize,
}

impl Part {
    fn ends_with(&self, window: &[u8]) -> bool {
        self.digits[..self.len].ends_with(window)
    }
}

trait CollectArray {
    fn collect_array(self) -> Part;
}

impl<I: Iterator<Item = u8>> CollectArray for I {
    fn collect_array(self) -> Part {
        let mut part = Part { digits: [0; 24], len: 0 };
        for digit in self.take(24) {
            part.digits[part.len] = digit;
            part.len += 1;
        }
        part
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
        let found = if let Some(digit) = digit(text[at]).or_else(|| korean(text[at])) {
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
                between += text[start..at].iter().filter(|c| c.is_alphanumeric()).count();
                if between > 1 {
                    each(&run.digits[..run.len]);
                    run.len = 0;
                }
            }
        }
    }
    each(&run.digits[..run.len]);
}
