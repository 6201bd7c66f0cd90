//! Words of a text that stand in what is hidden of an address.

use super::inventory::Inventory;
use super::reading::sounds_alike;
use super::{disguise, names, ordinary};
use crate::summary::line::{Line, alike, alphabetic, is_ideograph, is_numeral, lower};
use crate::summary::person::Person;
use crate::summary::variants::simplified;
use crate::summary::words::{Role, heads, roles};

/// Letters that a word has at least that tells an address.
const WORD: usize = 4;

/// What a side may be of, 东户, and how it is read.
const PARTS: [(char, &str); 6] =
    [('户', "hu"), ('座', "zuo"), ('室', "shi"), ('栋', "dong"), ('楼', "lou"), ('排', "pai")];

/// A text, and what was read of its words once for all people.
pub(super) struct Words<'t> {
    pub(super) text: &'t [char],
    pub(super) has: Inventory,
    /// Whether it has letters other than ideographs.
    pub(super) letters: bool,
    /// Whether a word ends as a part of a house is read.
    part: bool,
    /// Whether a word is a side.
    sided: bool,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t [char]) -> Self {
        let letters = text.iter().any(|c| is_letter(*c));
        let ends = |word: &[char], read: &str| {
            word.len() >= read.len()
                && word.iter().rev().map(|c| lower(*c)).zip(read.chars().rev()).all(|(c, own)| c == own)
        };
        // The last letters of the readings: no other word is compared.
        let names_a_part = |word: &[char]| {
            word.last().is_some_and(|c| matches!(lower(*c), 'g' | 'i' | 'o' | 'u'))
                && PARTS.iter().any(|(_, read)| ends(word, read))
        };
        let part = letters && text.split(|c| !c.is_ascii_alphabetic()).any(names_a_part);
        let sided = letters && words(text).any(|word| SIDES.iter().any(|(_, name)| faces(word, name)));
        Self { text, has: Inventory::of(text), letters, part, sided }
    }

    /// Whether a word or a character of an address may stand in the text.
    pub(super) fn may_share(&self, person: &Person<'_>) -> bool {
        let shares = |own: char| !own.is_ascii() && self.has.may_have(own) && self.text.contains(&own);
        self.letters && (self.part || self.sided || has_word(person))
            || address(person).map(simplified).any(shares)
    }

    /// Whether two ideographs in a row, or a word, are hidden in an address, and are more than what all have.
    pub(super) fn share(&self, hidden: &[char], person: &Person<'_>, code: bool) -> bool {
        // What names the division is public wherever it stands: a hub is called by its city.
        let division = || person.division.into_iter().map(Line::of_text);
        let is_division =
            |part: &[char]| division().any(|column| column.windows(part.len()).any(|own| own == part));
        let pair = |at: usize, pair: &[char]| {
            let plain = |c: char| is_numeral(c) || "号楼单元室栋幢座层户房门".contains(c);
            pair.iter().all(|c| is_ideograph(*c))
                && hidden.windows(2).any(|own| own == pair)
                && !pair.iter().all(|c| plain(*c))
                && !heads(pair).any(|(role, len)| {
                    len == 2
                        && matches!(role, Role::Place | Role::Road | Role::Unit | Role::Village | Role::Area)
                })
                && !is_division(pair)
                && !matches!(
                    pair,
                    ['门', '口' | '卫']
                        | ['电', '话']
                        | ['快', '递']
                        | ['联', '系']
                        | ['请', '放' | '打']
                        | ['驿', '站']
                )
                && !ordinary::explains(self.text, at, at + 1)
        };
        let word = |word: &[char]| {
            word.len() >= WORD
                && !roles(word).any(&[Role::After, Role::Place, Role::Before, Role::Guard, Role::Latin])
                && !is_division(word)
        };
        let told = |own: &[char]| {
            words(self.text).any(|word| alike(own, word)) || !code && disguise::word(self.text, own)
        };
        let named = self.letters && words(hidden).any(|own| word(own) && told(own));
        // 东边户 is 东户.
        let side =
            |at: usize, part: &[char]| matches!(part[1], '边' | '侧' | '首') && pair(at, &[part[0], part[2]]);
        self.text.windows(2).enumerate().any(|(at, part)| pair(at, part))
            || self.text.windows(3).enumerate().any(|(at, part)| side(at, part))
            || named
            || self.part && self.spells(hidden)
            || !code && (self.faces(hidden) || self.sounds(hidden))
    }

    /// East flat, 东单元, 冬户: a side that is hidden with a part of a house.
    fn faces(&self, hidden: &[char]) -> bool {
        const HOUSE: &str = "户室单座栋侧门梯屋边";
        let sided = |side: char| hidden.windows(2).any(|own| own[0] == side && HOUSE.contains(own[1]));
        let house = |word: &[char]| {
            roles(word).any(&[Role::Building, Role::Entrance, Role::Room, Role::House, Role::Guard])
        };
        let called = |name: &str| {
            let mut last = false;
            words(self.text).any(|word| core::mem::replace(&mut last, faces(word, name)) && house(word))
        };
        let between = |c: &char| "边侧门那的面头首".contains(*c);
        SIDES.iter().filter(|(side, _)| sided(*side)).any(|(side, name)| {
            self.sided && called(name)
                || (0..self.text.len()).filter(|at| self.text[*at] == *side).any(|at| {
                    let rest = &self.text[at + 1..];
                    rest.get(rest.iter().take(3).take_while(|c| between(c)).count()) == Some(&'户')
                })
                || self.text.windows(2).enumerate().any(|(at, part)| {
                    is_ideograph(part[0])
                        && (part[0] == *side || sounds_alike(part[0], *side))
                        && matches!(part[1], '户' | '室' | '单' | '座' | '栋' | '侧')
                        && !ordinary::explains(self.text, at, at + 1)
                })
        })
    }

    /// Three characters in a row that are read as three that are hidden are, or a word of their pinyin.
    fn sounds(&self, hidden: &[char]) -> bool {
        let named = |own: &[char]| own.iter().all(|c| is_ideograph(*c) && !is_numeral(*c));
        hidden.windows(3).filter(|own| named(own)).any(|own| {
            self.text.windows(3).enumerate().any(|(at, part)| {
                part.iter().zip(own).all(|(one, own)| is_ideograph(*one) && sounds_alike(*one, *own))
                    && !ordinary::has(self.text, at, at + 2)
            })
        }) || self.letters
            && hidden
                .windows(3)
                .filter(|own| named(own))
                .any(|own| names::word_starts(self.text).any(|at| names::spells(&self.text[at..], &[own])))
    }

    /// dong hu, for 东户.
    fn spells(&self, hidden: &[char]) -> bool {
        hidden.windows(2).any(|own| {
            own.iter().all(|c| is_ideograph(*c) && !is_numeral(*c))
                && PARTS.iter().any(|(part, _)| *part == own[1])
                && names::word_starts(self.text).any(|at| names::spells(&self.text[at..], &[own]))
        })
    }
}

const SIDES: [(char, &str); 4] = [('东', "east"), ('西', "west"), ('南', "south"), ('北', "north")];

/// Whether a word is this side: east, eastern.
fn faces(word: &[char], side: &str) -> bool {
    let word = word.strip_suffix(&['e', 'r', 'n']).unwrap_or(word);
    word.iter().map(|c| lower(*c)).eq(side.chars())
}

fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|c| !is_letter(*c)).filter(|word| !word.is_empty())
}

fn is_letter(character: char) -> bool {
    !is_ideograph(character) && alphabetic(character)
}

fn address<'p>(person: &Person<'p>) -> impl Iterator<Item = char> + 'p {
    person.street.chars().chain(person.detail.chars())
}

/// Whether an address has a word that may tell it.
fn has_word(person: &Person<'_>) -> bool {
    let mut row = 0;
    address(person).any(|c| {
        row = if is_letter(c) { row + 1 } else { 0 };
        row >= WORD
    })
}

/// Whether an address has letters.
pub(super) fn has_letters(person: &Person<'_>) -> bool {
    address(person).any(is_letter)
}

/// What a mask hides of an address: what comes after the last characters that it shows, or all that it does not show.
pub(super) fn hidden_of<'l>(record: &'l [char], masked: &str) -> &'l [char] {
    let Some(shown) = masked.trim_end_matches('*').rsplit("***").next() else { return record };
    let shown = Line::of_ideographs(&[shown], true);
    let ends = |at: &usize| {
        let last = &record[at.saturating_sub(4)..*at];
        !last.is_empty() && shown.ends_with(last)
    };
    let at = (0..=record.len()).rev().find(ends).unwrap_or(0);
    // Where something is hidden before what is shown, all of it is looked at.
    if masked.trim_end_matches('*').contains("***") { record } else { &record[at..] }
}
