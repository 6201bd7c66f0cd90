//! Words of a text that stand in what is hidden of an address.

use super::letters::Letters;
use super::names;
use crate::summary::line::{Line, alike, is_ideograph, is_numeral, lower};
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
    text: &'t [char],
    pub(super) letters: Letters,
    /// Whether a word ends as a part of a house is read.
    part: bool,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t [char]) -> Self {
        let letters = Letters::of(text);
        let ends = |word: &[char], read: &str| {
            word.len() >= read.len()
                && word.iter().rev().map(|c| lower(*c)).zip(read.chars().rev()).all(|(c, own)| c == own)
        };
        // The last letters of the readings: no other word is compared.
        let names_a_part = |word: &[char]| {
            word.last().is_some_and(|c| matches!(lower(*c), 'g' | 'i' | 'o' | 'u'))
                && PARTS.iter().any(|(_, read)| ends(word, read))
        };
        let part = letters.any() && text.split(|c| !c.is_ascii_alphabetic()).any(names_a_part);
        Self { text, letters, part }
    }

    /// Whether a word or a character of an address may stand in the text.
    pub(super) fn may_share(&self, person: &Person<'_>) -> bool {
        // Six bits of a character say of most that the text has none like it.
        let bit = |c: char| 1u64 << (c as u32 % 64);
        let bits = self.text.iter().fold(0, |bits, c| bits | bit(*c));
        let shares = |own: char| !own.is_ascii() && bits & bit(own) != 0 && self.text.contains(&own);
        self.letters.any() && (self.part || has_word(person)) || address(person).map(simplified).any(shares)
    }

    /// Whether two ideographs in a row, or a word, are hidden in an address, and are more than what all have.
    pub(super) fn share(&self, hidden: &[char], person: &Person<'_>) -> bool {
        // What names the division is public wherever it stands: a hub is called by its city.
        let division = || person.division.into_iter().map(Line::of_text);
        let is_division =
            |part: &[char]| division().any(|column| column.windows(part.len()).any(|own| own == part));
        let pair = |pair: &[char]| {
            let plain = |c: char| is_numeral(c) || "号楼单元室栋幢座层户房门".contains(c);
            pair.iter().all(|c| is_ideograph(*c))
                && hidden.windows(2).any(|own| own == pair)
                && !pair.iter().all(|c| plain(*c))
                && !heads(pair).any(|(role, len)| {
                    len == 2
                        && matches!(role, Role::Place | Role::Road | Role::Unit | Role::Village | Role::Area)
                })
                && !is_division(pair)
        };
        let word = |word: &[char]| {
            word.len() >= WORD
                && words(hidden).any(|own| alike(own, word))
                && !roles(word).any(&[Role::After, Role::Place, Role::Before, Role::Guard, Role::Latin])
                && !is_division(word)
        };
        // 东边户 is 东户.
        let side = |part: &[char]| matches!(part[1], '边' | '侧' | '首') && pair(&[part[0], part[2]]);
        self.text.windows(2).any(pair)
            || self.text.windows(3).any(side)
            || words(self.text).any(word)
            || self.part && self.spells(hidden)
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

fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|c| !is_letter(*c)).filter(|word| !word.is_empty())
}

fn is_letter(character: char) -> bool {
    !is_ideograph(character) && character.is_alphabetic()
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
