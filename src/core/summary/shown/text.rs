//! A text that may be printed, and what is held against it.

use super::names;
use super::numbers::{self, Numbers};
use crate::summary::label_summary::Summary;
use crate::summary::line::{Line, is_ideograph, is_numeral, lower};
use crate::summary::person::{Masked, Person};
use crate::summary::variants::simplified;
use crate::summary::words::{Role, heads, roles};
use core::fmt;
use core::ops::Deref;

/// Stands for a text that is not printed.
const HIDDEN: &str = "***";

/// A text that tells nothing that the label's masks hide.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown<'t>(&'t str);

impl Shown<'_> {
    /// Whether the text is not printed.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.0 == HIDDEN
    }
}

impl Deref for Shown<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

/// What a text tells that the masks hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Told {
    /// Digits in a row of somebody's phone.
    Phone,
    /// Somebody's name, or a part of it.
    Name,
    /// A building, unit, floor or room, or another part of what is hidden of somebody's address.
    Address,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Phone => "the phone",
            Self::Name => "the name",
            Self::Address => "the building or room",
        };
        write!(
            f,
            "{what} of recipient or sender stands in a text that is printed; take it out, or put it into the note, \
             which is sealed"
        )
    }
}

impl core::error::Error for Told {}

/// Where a text is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Free,
    /// Where nobody looks for a room: a number alone passes.
    Code,
}

impl Summary {
    /// A text as it is printed beside this summary of these people: whole, or as `***`.
    #[must_use]
    pub fn show<'t>(&self, text: &'t str, recipient: &Person<'_>, sender: Option<&Person<'_>>) -> Shown<'t> {
        match self.told(text, recipient, sender, Place::Free) {
            Ok(()) => Shown(text),
            Err(_) => Shown(HIDDEN),
        }
    }

    /// A code that the carrier sorts by, which must not be missing: a number alone passes.
    ///
    /// # Errors
    /// [`Told`], if it tells what the summary hides of them.
    pub fn show_code<'t>(
        &self,
        code: &'t str,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
    ) -> Result<Shown<'t>, Told> {
        self.told(code, recipient, sender, Place::Code).map(|()| Shown(code))
    }

    fn told(
        &self,
        text: &str,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
        place: Place,
    ) -> Result<(), Told> {
        if text.is_empty() {
            return Ok(());
        }
        let line = Line::of_text(text);
        let read = Read { text: &line, numbers: Numbers::of(&line), row: numbers::longest_row(&line), place };
        read.look(recipient, self.recipient())?;
        match sender.zip(self.sender()) {
            Some((person, masked)) => read.look(person, masked),
            None => Ok(()),
        }
    }
}

/// Digits in a row of a phone by which a waybill's number holds it.
const WAYBILL: usize = 7;

/// Whether the number of a waybill holds a phone: seven digits in a row.
#[must_use]
pub fn holds_phone(waybill: &str, person: &Person<'_>) -> bool {
    let line = Line::of_text(waybill);
    numbers::shares_digits(&line, person.phone, "", WAYBILL)
}

/// A text in its usual form, and what was read of it once for all people.
struct Read<'t> {
    text: &'t [char],
    numbers: Numbers,
    /// How many digits it has in a row.
    row: usize,
    place: Place,
}

impl Read<'_> {
    fn look(&self, person: &Person<'_>, masked: &Masked) -> Result<(), Told> {
        let (text, code) = (self.text, self.place == Place::Code);
        let row = if code { 6 } else { 4 };
        // People write phones into the field of the name as well.
        let shares = |phone| numbers::shares_digits(text, phone, &masked.phone, row);
        if self.row >= row && [person.phone, person.name].into_iter().any(shares) {
            return Err(Told::Phone);
        }
        if names::may_tell(text, person.name) && names::tells(text, person) {
            return Err(Told::Name);
        }
        if !self.may_share(person) {
            return Ok(());
        }
        let mut record = Line::of_text(person.street);
        record.extend(&Line::of_text(person.detail));
        let hidden = hidden_of(&record, &masked.address);
        if !self.numbers.is_empty() && self.numbers.tell(&Numbers::of(hidden), code)
            || shares_words(text, hidden, person)
        {
            return Err(Told::Address);
        }
        Ok(())
    }

    /// Whether there is a number, a letter, or a character of the address: without any it shares nothing with it.
    fn may_share(&self, person: &Person<'_>) -> bool {
        // Six bits of a character say of most that the text has none like it.
        let bit = |c: char| 1u64 << (c as u32 % 64);
        let bits = self.text.iter().fold(0, |bits, c| bits | bit(*c));
        let shares = |part: &str| {
            part.chars().map(simplified).any(|own| bits & bit(own) != 0 && self.text.contains(&own))
        };
        !self.numbers.is_empty()
            || self.text.iter().any(|c| !is_ideograph(*c) && c.is_alphabetic())
            || shares(person.street)
            || shares(person.detail)
    }
}

/// What a mask hides of an address: what comes after the last characters that it shows, or all that it does not show.
fn hidden_of<'l>(record: &'l [char], masked: &str) -> &'l [char] {
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

/// Whether two ideographs in a row, or a word, of a text are hidden in an address, and are more than what all have.
fn shares_words(text: &[char], hidden: &[char], person: &Person<'_>) -> bool {
    // What names the division is public wherever it stands: a hub is called by its city.
    let division = || person.division.into_iter().map(Line::of_text);
    let is_division =
        |part: &[char]| division().any(|column| column.windows(part.len()).any(|own| own == part));
    let pair = |pair: &[char]| {
        let plain = |c: char| is_numeral(c) || "号楼单元室栋幢座层户房门".contains(c);
        hidden.windows(2).any(|own| own == pair)
            && pair.iter().all(|c| is_ideograph(*c))
            && !pair.iter().all(|c| plain(*c))
            && !heads(pair).any(|(role, len)| {
                len == 2 && matches!(role, Role::Place | Role::Road | Role::Unit | Role::Village | Role::Area)
            })
            && !is_division(pair)
    };
    let word = |word: &[char]| {
        let known = roles(word);
        word.len() >= 4
            && !known.any(&[Role::After, Role::Place, Role::Before, Role::Guard, Role::Latin])
            && hidden
                .split(|c| !c.is_alphabetic() || is_ideograph(*c))
                .any(|own| own.iter().map(|c| lower(*c)).eq(word.iter().map(|c| lower(*c))))
            && !is_division(word)
    };
    // dong hu, for 东户.
    let spelled = text.iter().any(char::is_ascii_alphabetic)
        && hidden.windows(2).any(|own| {
            own.iter().all(|c| is_ideograph(*c) && !is_numeral(*c))
                && "户座室栋楼排".contains(own[1])
                && names::word_starts(text).any(|at| names::spells(&text[at..], &[own]))
        });
    spelled || text.windows(2).any(pair) || text.split(|c| !c.is_alphabetic() || is_ideograph(*c)).any(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_debugged() {
        assert_eq!(std::format!("{:?}", Shown("王芳")), "Shown");
        assert!(!std::format!("{}", Told::Name).contains("王芳"));
    }
}
