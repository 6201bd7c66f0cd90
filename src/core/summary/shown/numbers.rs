//! Numbers and letters that a text shares with what is hidden of an address.

use super::plain;
use crate::summary::line::{is_ideograph, is_numeral, leading_number, lower};
use crate::summary::words::{Role, Roles, roles};

/// Numbers and letters of a text that are looked at.
const LONGEST: usize = 96;

/// Characters that a code of building, entrance and room has at most.
const SHORT: usize = 8;

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
    /// Whether a word says that it is of a part of a house.
    housed: bool,
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
    /// Whether the text is no more than a code: B3, 3D2U.
    short: bool,
}

impl Numbers {
    pub(super) fn of(text: &[char]) -> Self {
        let short = text.len() <= SHORT && text.iter().all(char::is_ascii);
        let mut numbers = Self { all: [Number::default(); LONGEST], len: 0, short };
        let (mut at, mut end) = (0, usize::MAX);
        while at < text.len() && numbers.len < LONGEST {
            let start = at;
            let number = if let Some((value, len)) = leading_number(&text[at..]) {
                at += len;
                Number { value, digits: len as u8, ..Number::default() }
            } else if is_latin(text[at]) {
                at += text[at..].iter().take_while(|c| is_latin(**c)).count();
                let word = &text[start..at];
                match word {
                    _ if said_letter(word).is_some() => {
                        Number { value: said_letter(word).map_or(0, u32::from), ..Number::default() }
                    }
                    [letter] if !is_floor(text, start) => {
                        Number { value: u32::from(letter.to_ascii_uppercase()), ..Number::default() }
                    }
                    _ => continue,
                }
            } else {
                at += 1;
                continue;
            };
            let mut class = class_after(&text[at..]).or(class_before(&text[..start]));
            // #05 is a shade, a five-layered shelf has no floor.
            let shade = start > 0
                && text[start - 1] == '#'
                && (text[start] == '0' && at == start + 2
                    || text.iter().any(|c| "唇釉口红粉眉甲色影膏".contains(*c)));
            if shade || of_goods(text, &text[at..], number.value) {
                class = Roles::NONE;
            }
            let said = |role| class.has(role) && class != MARKED;
            let housed = [Role::Building, Role::Entrance, Role::Floor, Role::Room].into_iter().any(said);
            let joined = end == start || end.checked_add(1) == Some(start) && matches!(text[end], ' ' | '-');
            let measured = is_measured(&text[at..])
                || start > 0
                    && matches!(text[start - 1], '¥' | '￥' | '$' | '€' | '£' | '×' | 'x' | 'X' | '*');
            let lettered = is_lone(text, at) || start > 0 && is_lone(text, start - 1);
            numbers.all[numbers.len] = Number { class, housed, joined, measured, lettered, ..number };
            numbers.len += 1;
            end = at;
        }
        numbers
    }

    /// Whether a number stands with what it is of: a part of somebody's house, whose ever.
    pub(super) fn say_where(&self) -> bool {
        self.all().iter().any(|number| number.housed && !number.measured)
    }

    /// Whether a number of two digits or more that is hidden is one of these, and none of others: where a word says it.
    pub(super) fn say(&self, hidden: &Self, others: &Self) -> bool {
        let has = |all: &Self, own: &Number| {
            all.all().iter().any(|other| other.digits > 0 && other.value == own.value)
        };
        self.all().iter().any(|own| own.digits > 1 && !own.measured && has(hidden, own) && !has(others, own))
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether these may tell anything: a number with what it is of, one of three digits, or a number and a letter where
    /// the address has letters.
    pub(super) fn may_tell(&self, code: bool, lettered: impl Fn() -> bool) -> bool {
        let all = self.all();
        let long = |at: usize| at > 0 && all[at].digits >= 3 || self.runs(at).any(|(_, digits)| digits >= 3);
        all.iter().any(|number| !number.class.is_empty())
            || !code
                && ((0..all.len()).any(long)
                    || all.windows(2).any(|pair| pair.iter().any(|own| own.digits > 0 && !own.measured))
                    || all.windows(2).any(is_lettered) && (self.short || lettered()))
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
            // 17个602只: one after the other, whatever is said to be measured.
            let row = !code
                && at > 0
                && hidden.windows(2).any(|pair| {
                    let same = |one: &Number, other: &Number| one.value == other.value && one.digits > 0;
                    pair[0].digits + pair[1].digits >= 3
                        && !(pair[1].digits < 3 && own.measured)
                        && same(&pair[0], &self.all[at - 1])
                        && same(&pair[1], &own)
                });
            let alone = !code
                && self.runs(at).any(|(value, digits)| {
                    digits >= 3
                        && (holds(hidden, value, digits) || holds(hidden, backwards((value, digits)), digits))
                });
            // 500 + 2.
            let sum = !code && at > 0 && {
                let (one, other) = (self.all[at - 1], own);
                let all = [
                    one.value.saturating_add(other.value),
                    one.value.abs_diff(other.value),
                    one.value.saturating_mul(other.value),
                ];
                let counts = |one: Number| one.digits > 0 && !one.measured;
                let least = if one.class.is_empty() { 3 } else { 2 };
                let of = |other: &Number| other.digits >= least && all.contains(&other.value);
                counts(one) && counts(other) && one.value > 0 && other.value > 0 && hidden.iter().any(of)
            };
            marked
                || row
                || sum
                || alone
                || !code && at > 0 && hidden.windows(2).any(|pair| is_code(&self.all[at - 1..=at], pair))
                || !code && self.short && at > 0 && is_short(&self.all[at - 1..=at], hidden)
        })
    }

    /// The numbers that begin at a place: itself, and with those that are joined to it.
    fn runs(&self, at: usize) -> impl Iterator<Item = (u32, u8)> {
        let run = &self.all()[at..];
        let count = 1 + run[1..].iter().take_while(|number| number.joined && number.digits > 0).count();
        let measured = run[count - 1].measured;
        let own = if run[0].digits == 0 { 0 } else { count };
        (1..=own)
            .map(|count| joined(&run[..count]))
            .filter(move |(value, _)| !measured || is_no_measure(*value))
    }
}

/// Whether a number that stands with a letter is hidden, or is a hidden floor's: C5, U2, B3.
fn is_short(own: &[Number], hidden: &[Number]) -> bool {
    let number = if own[0].digits == 0 { own[1] } else { own[0] };
    let floor = Number { class: Roles::of(&[Role::Floor]), ..number };
    let told = |other: &Number| other.digits > 0 && (other.value == number.value || floor.names(other));
    is_lettered(own) && hidden.iter().any(told)
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

/// Whether goods are not measured so: 1205克. Of a hundred and more measures are round, and years.
const fn is_no_measure(value: u32) -> bool {
    value >= 1000 && !value.is_multiple_of(10) && !matches!(value, 1900..2100)
}

/// A number of three digits or more backwards; 0 for others.
fn backwards((value, digits): (u32, u8)) -> u32 {
    if !(3..=9).contains(&digits) {
        return 0;
    }
    (0..digits).fold((0, value), |(turned, rest), _| (turned * 10 + rest % 10, rest / 10)).0
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
        let has = |one: &Self, other: &Self| one.class.has(Role::Number) && other.class.has(Role::Building);
        let house = has(hidden, self) || has(self, hidden);
        let alike = self.class.has(Role::Number)
            || house
            || hidden.class.is_empty()
            || !self.class.and(hidden.class).is_empty();
        let same = self.value == hidden.value && (alike || self.digits == 0);
        // The floor that a room's number begins with.
        let floor = self.class.has(Role::Floor) && hidden.digits >= 3 && hidden.value / 100 == self.value;
        same || floor && self.value > 0
    }
}

/// The letter that a word of the spelling alphabet says.
fn said_letter(word: &[char]) -> Option<u8> {
    const WORDS: &str = "alfa bravo charlie delta echo foxtrot golf hotel";
    let said = |known: &&str| known.chars().eq(word.iter().map(|c| lower(*c)));
    let found = if word.len() > 3 { WORDS.split(' ').find(said) } else { None };
    found.map(|known| known.as_bytes()[0].to_ascii_uppercase())
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

/// Whether goods have what is counted: 三层鞋柜, 7号电池, 汽车座套 五座.
fn of_goods(text: &[char], after: &[char], value: u32) -> bool {
    const KINDS: [(char, &str); 3] = [
        ('层', "柜架箱盒笼锅巾纸罩梯桌床袋被蛋"),
        ('座', "车套沙"),
        ('号', "池球鞋戒色针码红粉裤小大丝盒箱袋"),
    ];
    let begins = |kind: char| {
        after.first() == Some(&kind) && !after.get(1).is_some_and(|c| "楼栋幢座单门".contains(*c))
    };
    // 放一楼大厅: where everybody comes in.
    let entry = value == 1
        && after.first() == Some(&'楼')
        && after.get(1).is_some_and(|c| "大前门物超便保店快".contains(*c));
    entry
        || value < 50
            // 电梯 and 楼梯 are of the house.
            && !text.windows(2).any(|pair| matches!(pair, ['电' | '楼', '梯']))
            && KINDS.iter().any(|(kind, goods)| begins(*kind) && text.iter().any(|c| goods.contains(*c)))
}

/// What follows blanks and signs after a number; none where `#` marks it.
fn skip(mut rest: &[char]) -> Option<&[char]> {
    while let [' ' | '-' | '#' | '字' | '@' | '*' | '&' | '=' | 'º' | 'ª' | '°', more @ ..] = rest {
        if rest[0] == '#' && !more.first().is_some_and(|c| is_ideograph(*c)) {
            return None;
        }
        rest = more;
    }
    Some(rest)
}

/// What the words after a number say that it is of: 3栋, 15th floor, san hao lou.
fn class_after(text: &[char]) -> Roles {
    const SIDES: &str = "links rechts gauche droite izquierda derecha izq dcha esquerda direita";
    let Some(mut rest) = skip(text) else { return MARKED };
    let side = &rest[..plain::word_len(rest)];
    if side.len() > 2 && SIDES.split(' ').any(|known| known.chars().eq(side.iter().map(|c| lower(*c)))) {
        return Roles::of(&[Role::Room]);
    }
    let (mut own, mut len) = word(rest);
    // 15th floor, 15e étage, 15-й этаж.
    if own.and(PARTS).is_empty()
        && !own.has(Role::Number)
        && len <= 3
        && rest.first().is_some_and(|c| c.is_alphabetic() && !is_ideograph(*c))
    {
        let Some(after) = skip(&rest[len..]) else { return MARKED };
        let (more, count) = word(after);
        // Words, not what stands within one.
        if rest.len() > len && !rest[len].is_alphanumeric() {
            (rest, own, len) = (after, more, count);
        }
    }
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
        ['门', '口', ..] => Roles::of(&[Role::Number]),
        ['门' | '线' | '电' | '染' | '色', ..] => Roles::NONE,
        _ => Roles::of(&[Role::Number]),
    }
}

/// The roles of the word that a text begins with, and how many characters it has.
fn word(text: &[char]) -> (Roles, usize) {
    match plain::word_len(text) {
        0 => (Roles::begun(text), 1),
        len => (roles(&text[..len]), len),
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
        [.., last] if plain::word_len(&[*last]) > 0 => {
            rest.iter().rev().take_while(|c| plain::word_len(&[**c]) > 0).count()
        }
        [.., '之'] => return Roles::of(&[Role::Room]),
        [.., '单', '元'] => 2,
        [.., '楼', '层'] => 1,
        // 插座 2件 is of no building.
        [.., before, _] if is_ideograph(*before) && text.get(rest.len()) != Some(&'号') => 0,
        [.., _] => 1,
        [] => 0,
    };
    let own = roles(&rest[rest.len() - len..]);
    // Villa 36.
    let house = if own.has(Role::House) { MARKED } else { Roles::NONE };
    own.or(house).and(PARTS.or(Roles::of(&[Role::Number])))
}

/// 2024款, 1500 g, 380ml: a number of something else.
fn is_measured(text: &[char]) -> bool {
    let mut rest = text;
    while let [' ', more @ ..] = rest {
        rest = more;
    }
    word(rest).0.has(Role::Measure)
}
