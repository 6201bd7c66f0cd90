//! Proofs of addresses in ideographs: all ways to part what is printed into components are looked at.

use super::violation::Rule;
use crate::record::division;
use crate::summary::address::first_two;

use crate::summary::counted::{COUNTED, SIDES, UNNAMED, building, is_chain, is_sided, quarter};
use crate::summary::line::{Line, alphanumeric, is_ideograph, is_numeral, leading_number};
use crate::summary::person::Person;
use crate::summary::terms::Terms;
use crate::summary::usual::Usual;
use crate::summary::words::{Role, Roles, heads, longest};
use crate::summary::writing::Writing;

/// Characters of a text that are looked at: of a longer one the rest is not printed.
const LONGEST: usize = 160;

/// What components end with.
const ENDINGS: [Role; 8] =
    [Role::Road, Role::Cross, Role::Area, Role::Village, Role::Place, Role::Shop, Role::Inst, Role::Campus];

/// What a proven beginning ends with; a set of them is kept for each place.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum After {
    Nothing = 1,
    Division = 2,
    Road = 4,
    Number = 8,
    Village = 16,
    Place = 32,
    End = 64,
}

/// Proves what is printed: the columns first, then a part of the address from where it does not repeat them.
pub(super) fn prove(person: &Person<'_>, usual: &Usual, shown: &str, terms: Terms<'_>) -> Result<(), Rule> {
    let (writing, street, detail) = (usual.writing, usual.street(), &usual.detail);
    let printed = Line::of_ideographs(&[shown], writing != Writing::Japan);
    let (at, divided) = columns(usual, &printed)?;
    let rest = &printed[at..];
    if rest.is_empty() {
        return Ok(());
    }
    if terms.discreet {
        return Err(Rule::Unproven);
    }
    let mut text = Line::new();
    let end = starts(street, usual)
        .flat_map(|from| starts(detail, usual).map(move |at| (from, at)))
        .find_map(|(from, at)| {
            text.clear();
            text.extend(&street[from..]);
            text.extend(&detail[at..]);
            aligned(&text, rest).map(|end| (end, from + at > 0))
        });
    let (end, repeats) = end.ok_or(Rule::Foreign)?;
    let text: &[char] = &text;
    let name = Line::of_ideographs(&[person.name], true);
    if name.len() > 2 && text[..end].windows(name.len()).any(|own| own == &*name) && !is_road(text, &name) {
        return Err(Rule::PersonInAddress);
    }
    let first = if divided || repeats { After::Division } else { After::Nothing };
    let proof = Proof::new(text, end);
    let proven = if writing == Writing::Japan {
        proof.is_district()
    } else {
        proof.holds(first, terms.building, writing)
    };
    if proven { Ok(()) } else { Err(Rule::Unproven) }
}

/// Whether a name stands in a text as a road's alone: 中山路.
fn is_road(text: &[char], name: &[char]) -> bool {
    (0..text.len())
        .filter(|at| text[*at..].starts_with(name))
        .all(|at| longest(&text[at + name.len()..], &[Role::Road, Role::Area]).is_some())
}

/// Where what is printed goes on after the columns, and whether any is printed.
fn columns(usual: &Usual, printed: &[char]) -> Result<(usize, bool), Rule> {
    let writing = usual.writing;
    let mut at = 0;
    let (mut known, mut within) = (false, 0);
    for line in usual.columns() {
        if line.is_empty() || !printed[at..].starts_with(line) {
            continue;
        }
        let text: &[char] = line;
        let division = division_below(text, within).filter(|_| writing == Writing::China);
        within = division.unwrap_or(within);
        let named = division.is_some()
            || longest(text, &[Role::Region]).is_some_and(|(len, _)| len == text.len())
            || writing != Writing::China
                && text.len() <= 7
                && matches!(
                    text[text.len() - 1],
                    '市' | '区' | '町' | '村' | '郡' | '县' | '県' | '都' | '府' | '道' | '乡' | '镇'
                )
            || writing != Writing::China && text.iter().all(|c| c.is_ascii_alphabetic() || !alphanumeric(*c));
        if !named && !Proof::new(text, text.len()).holds(After::Division, false, writing) {
            return Err(Rule::Unproven);
        }
        at += line.len();
        known = true;
    }
    Ok((at, known))
}

/// The division of GB/T 2260 that a column names, or begins the name of, below another.
fn division_below(column: &[char], code: u32) -> Option<u32> {
    let begins = |name: &str| {
        column.len() > 1
            && name.chars().zip(column).filter(|(known, own)| known == *own).count() == column.len()
    };
    division::find_below(code, &first_two(column)?, begins)
}

/// Where a part of the address may begin to be printed.
fn starts(part: &[char], usual: &Usual) -> impl Iterator<Item = usize> {
    (0..=part.len()).filter(move |at| is_repeated(&part[..*at], usual))
}

/// Whether a beginning of the address that is not printed repeats the columns, or is a heading or a postcode.
fn is_repeated(text: &[char], usual: &Usual) -> bool {
    let known = |c: &char| c.is_ascii_digit() || usual.is_of_a_place(*c);
    text.iter().all(known)
        || (0..text.len()).any(|at| {
            longest(&text[at..], &[Role::Heading]).is_some_and(|(len, _)| {
                is_repeated(&text[..at], usual) && is_repeated(&text[at + len..], usual)
            })
        })
}

/// How many characters of the record what is printed stands for: numbers are printed in digits.
fn aligned(record: &[char], printed: &[char]) -> Option<usize> {
    let (mut at, mut own) = (0, 0);
    while at < printed.len() {
        if record.get(own) == Some(&printed[at]) {
            (at, own) = (at + 1, own + 1);
            continue;
        }
        let (number, len) = leading_number(&printed[at..])?;
        let (typed, width) = leading_number(record.get(own..)?)?;
        if number != typed {
            return None;
        }
        (at, own) = (at + len, own + width);
    }
    (own < LONGEST).then_some(own)
}

struct Proof<'t> {
    text: &'t [char],
    end: usize,
    /// How many characters before each place are of no name.
    foreign: [u8; LONGEST],
    /// What words begin at each place.
    begun: [Roles; LONGEST],
}

impl<'t> Proof<'t> {
    fn new(text: &'t [char], end: usize) -> Self {
        let (mut foreign, mut begun) = ([0u8; LONGEST], [Roles::NONE; LONGEST]);
        let mut count = 0u8;
        for at in 0..end.min(LONGEST - 1) {
            begun[at] = Roles::begun(&text[at..]);
            count = count.saturating_add(u8::from(is_foreign(text, at, begun[at])));
            foreign[at + 1] = count;
        }
        Self { text, end, foreign, begun }
    }

    fn is_name(&self, from: usize, to: usize) -> bool {
        from <= to && self.foreign[from] == self.foreign[to]
    }

    /// Whether what is printed can be parted into components that are known.
    fn holds(&self, first: After, with_building: bool, writing: Writing) -> bool {
        if self.end >= LONGEST {
            return false;
        }
        let mut reached = [0u8; LONGEST];
        reached[0] = first as u8;
        for from in 0..self.end {
            let before = reached[from];
            if before == 0 {
                continue;
            }
            let mut reach = |to: usize, after: After| {
                if to <= self.end {
                    reached[to] |= after as u8;
                }
            };
            self.ended(from, before, writing, &mut reach);
            self.numbered(from, before, &mut reach);
            if with_building && before & !(After::Nothing as u8) != 0 {
                building(&self.text[from..]).into_iter().for_each(|len| {
                    if from + len == self.end {
                        reach(from + len, After::End);
                    }
                });
            }
        }
        let last = reached[self.end];
        let lane = self.end > 0 && matches!(self.text[self.end - 1], '巷');
        last & !(After::Number as u8) != 0 || last != 0 && (lane || self.is_house_next())
    }

    /// Components by a known ending.
    fn ended(&self, from: usize, before: u8, writing: Writing, reach: &mut impl FnMut(usize, After)) {
        let early = before
            & (After::Nothing as u8 | After::Division as u8 | After::Road as u8 | After::Number as u8)
            != 0;
        if writing != Writing::China
            && let Some((len, _)) = longest(&self.text[from..], &[Role::Region])
        {
            reach(from + len, After::Division);
        }
        // 360大厦, CRC文化创意园.
        let lead = self.text[from..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        let start = if early && (lead > 1 || lead == 1 && self.text[from].is_ascii_digit()) {
            from + lead
        } else {
            from
        };
        for at in start..self.end {
            let road = (early && start == from && self.is_name(from, at))
                .then(|| numbered_road(&self.text[at..]))
                .flatten();
            if let Some(len) = road {
                let lane = matches!(self.text[at + len - 1], '巷' | '弄');
                reach(at + len, if lane { After::Number } else { After::Road });
            }
            if !self.is_name(start, at) {
                break;
            }
            if !self.begun[at].any(&ENDINGS) {
                continue;
            }
            for (role, len) in heads(&self.text[at..]) {
                let named = at > from || len > 1;
                let tells = || (from..at + len).any(|at| self.begun[at].has(Role::Tell));
                let after = match role {
                    // 138弄 is a number of the road.
                    Role::Road
                        if start > from && self.text[at] == '弄' && before & After::Road as u8 != 0 =>
                    {
                        After::Number
                    }
                    Role::Road | Role::Cross => After::Road,
                    Role::Area if start > from => continue,
                    Role::Area if before & (After::Nothing as u8 | After::Division as u8) != 0 => {
                        After::Division
                    }
                    Role::Village => After::Village,
                    Role::Place | Role::Shop | Role::Inst if tells() => continue,
                    Role::Place | Role::Shop => After::Place,
                    Role::Inst | Role::Campus => After::End,
                    _ => continue,
                };
                if named && (before != After::End as u8 || role == Role::Campus) {
                    reach(at + len, after);
                }
            }
        }
    }

    /// Numbers, gates, quarters, and names before a number.
    fn numbered(&self, from: usize, before: u8, reach: &mut impl FnMut(usize, After)) {
        let rest = &self.text[from..];
        let number = leading_number(rest).map_or(0, |(_, len)| len);
        let mark = |at: usize| rest.get(at).copied().unwrap_or(' ');
        if before & After::Road as u8 != 0 && number > 0 {
            reach(from + number, After::Number);
            if mark(number) == '段' {
                reach(from + number + 1, After::Road);
            }
            if matches!(mark(number), '号' | '弄') {
                reach(from + number + 1, After::Number);
                let yard = usize::from(mark(number + 1) == '大');
                if mark(number + 1 + yard) == '院' {
                    reach(from + number + 2 + yard, After::Number);
                }
            }
        }
        if before & (After::Place as u8 | After::Village as u8) != 0 {
            let letter = usize::from(mark(0).is_ascii_alphabetic());
            let side = usize::from(SIDES.has(mark(0)));
            let counted = letter.max(side)
                + leading_number(rest.get(letter.max(side)..).unwrap_or_default()).map_or(0, |(_, len)| len);
            if counted > 0 {
                let gate = counted + usize::from(mark(counted) == '号');
                if mark(gate) == '门' && (gate > counted || side > 0) {
                    reach(from + gate + 1, After::Place);
                }
                if matches!(mark(counted), '期' | '区' | '村') && self.goes_on(from + counted + 1) {
                    reach(from + counted + 1, After::Place);
                }
                if (mark(counted), mark(counted + 1)) == ('组', '团')
                    || mark(gate) == '区' && gate > counted && self.goes_on(from + gate + 1)
                {
                    reach(from + counted + 2, After::Place);
                }
                if mark(counted + 1) == '机' && mark(counted) == '候'
                    || mark(counted) == '航' && mark(counted + 1) == '站'
                {
                    reach(from + counted + 3, After::Place);
                }
            }
        }
        if before & (After::Division as u8 | After::Road as u8 | After::Number as u8) != 0 {
            let sided = usize::from(
                before & After::Division as u8 != 0 && matches!(mark(0), '东' | '西' | '南' | '北'),
            );
            for to in from + 1..=(from + 9).min(self.end) {
                if to > from + sided && !self.is_bare(to - 1, to) {
                    break;
                }
                let next = self.text.get(to).copied().unwrap_or(' ');
                let counts = is_numeral(next) || next.is_ascii_alphabetic() || SIDES.has(next);
                if to < from + 2 || !counts {
                    continue;
                }
                if self.is_number_at(to) {
                    reach(to, After::Place);
                }
                let quarter = self.quarter_at(to);
                if quarter > 0 && self.is_number_at(to + quarter) {
                    reach(to + quarter, After::Place);
                }
            }
        }
    }

    /// Ideographs that are no numeral, no side, and nothing that is numbered within a place.
    fn is_bare(&self, from: usize, to: usize) -> bool {
        self.is_name(from, to)
            && self.text[from..to].iter().enumerate().all(|(at, c)| {
                is_ideograph(*c)
                    && !is_numeral(*c)
                    && !UNNAMED.has(*c)
                    && !self.begun[from + at].has(Role::Unit)
            })
    }

    fn quarter_at(&self, at: usize) -> usize {
        quarter(self.text.get(at..).unwrap_or_default()).unwrap_or(0)
    }

    fn is_number_at(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.first().is_some_and(|c| is_numeral(*c)) || building(rest).is_some()
    }

    /// Whether a quarter is followed by a number, a letter, or more that is printed.
    fn goes_on(&self, at: usize) -> bool {
        at < self.end
            || self.text.get(at).is_some_and(|c| is_numeral(*c) || c.is_ascii_alphanumeric())
            || self.quarter_at(at) > 0
    }

    /// Whether the number of a road is printed before a building.
    fn is_house_next(&self) -> bool {
        let next = &self.text[self.end..];
        let house = leading_number(next).is_some_and(|(_, len)| next.get(len) == Some(&'号'));
        let lane = self.text[self.end - 1] == '弄';
        building(next).is_some() || is_chain(next) || lane && house
    }

    /// A quarter of a Japanese town by its 丁目, or the town before a number.
    fn is_district(&self) -> bool {
        let mut from = 0;
        loop {
            let rest = &self.text[from..self.end];
            let region = longest(rest, &[Role::Region]).map_or(0, |(len, _)| len);
            let city =
                rest.iter().take(6).position(|c| matches!(*c, '市' | '区' | '郡')).map_or(0, |at| at + 1);
            let named = (city > 2 || rest.get(1) == Some(&'区'))
                && rest[..city].iter().all(|c| is_ideograph(*c) && *c != '丁');
            match region.max(if named { city } else { 0 }) {
                0 => break,
                len => from += len,
            }
        }
        if from == self.end {
            return true;
        }
        let shown = &self.text[from..self.end];
        let of_names = |c: &char| is_ideograph(*c) || matches!(c, '\u{3041}'..='\u{30fe}');
        let block = shown.ends_with(&['丁', '目'])
            && shown.iter().all(|c| of_names(c) || c.is_ascii_digit())
            && shown.len() <= 14;
        let town = shown.len() <= 7
            && shown.ends_with(&['町'])
            && shown.iter().all(of_names)
            && !self.text.get(self.end).is_some_and(|c| "様方殿氏さ".contains(*c));
        let named = |c: &char| is_ideograph(*c) && !"方様殿氏棟号室階".contains(*c) || "のがヶ".contains(*c);
        let counted = (2..=6).contains(&shown.len())
            && shown.iter().all(named)
            && shown.last().is_some_and(|c| !is_numeral(*c))
            && self.text.get(self.end).is_some_and(|c| is_numeral(*c));
        block || town || counted
    }
}

/// Whether a character is of no name: no ideograph, counted with what it counts, or the beginning of a word that is not
/// printed.
fn is_foreign(text: &[char], at: usize, begun: Roles) -> bool {
    let character = text[at];
    let next = text.get(at + 1).copied().unwrap_or(' ');
    let called = |from: usize| {
        longest(text.get(from..).unwrap_or_default(), &[Role::Road, Role::Village, Role::Area]).is_some()
    };
    // 三门峡路.
    let is_road = |from: usize| longest(text.get(from..).unwrap_or_default(), &[Role::Road]).is_some();
    let counted = (is_numeral(character) || COUNTED.has(character))
        && Roles::begun(&text[at + 1..]).has(Role::Unit)
        && !(called(at + 1)
            || matches!(next, '门' | '房' | '间') && called(at + 2)
            || next == '门' && !character.is_ascii() && is_road(at + 3))
        && !text.get(at + 2).is_some_and(|c| matches!(*c, '村' | '镇' | '乡' | '庄' | '屯'));
    let stops = begun.has(Role::Stop)
        && heads(&text[at..]).any(|(role, len)| role == Role::Stop && !called(at + len));
    !is_ideograph(character) || counted || is_sided(character, next) || stops
}

/// 11号大街, 5道, Y203乡道.
fn numbered_road(text: &[char]) -> Option<usize> {
    if text.len() > 3
        && text[1] == '道'
        && matches!(text[0], '国' | '省' | '县' | '乡')
        && text[2].is_ascii_alphabetic()
    {
        return Some(3 + text[3..].iter().take_while(|c| c.is_ascii_digit()).count());
    }
    let (_, digits) = leading_number(text)?;
    let mark = usize::from(text.get(digits) == Some(&'号'));
    let side = usize::from(text.get(digits + mark).is_some_and(|c| matches!(*c, '东' | '西' | '南' | '北')));
    longest(text.get(digits + mark + side..)?, &[Role::Road]).map(|(len, _)| digits + mark + side + len)
}
