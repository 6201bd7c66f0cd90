//! A text that may be printed, and what is held against it.

use super::address::{self, Words};
use super::inventory::Inventory;
use super::numbers::Numbers;
use super::{addressed, apart, digits, names, plain};
use crate::summary::label_summary::Summary;
use crate::summary::line::{Line, is_numeral};
use crate::summary::person::{Masked, Person};
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

    /// Two texts that are printed one after the other: each alone, and neither where a number that is cut in two by them
    /// tells.
    #[must_use]
    pub fn show_both<'t>(
        &self,
        texts: [&'t str; 2],
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
    ) -> [Shown<'t>; 2] {
        let shown = texts.map(|text| self.show(text, recipient, sender));
        let [one, other] = texts;
        // And | erson.
        let letters = one.ends_with(|c: char| c.is_ascii_alphabetic())
            && other.starts_with(|c: char| c.is_ascii_alphabetic());
        let numbers = texts.iter().all(|text| text.chars().any(counts));
        if shown.iter().any(Shown::is_hidden) || !letters && !numbers {
            return shown;
        }
        let from = one.char_indices().nth_back(HALF - 1).map_or(0, |(at, _)| at);
        let to = other.char_indices().nth(HALF).map_or(other.len(), |(at, _)| at);
        let mut line = Line::of_text(&one[from..]);
        if !letters {
            line.push(' ');
        }
        line.extend(&Line::of_text(&other[..to]));
        match self.line_told(line, recipient, sender, Place::Free) {
            Ok(()) => shown,
            Err(_) => [Shown(HIDDEN); 2],
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
        pieces(text).try_for_each(|piece| self.line_told(Line::of_text(piece), recipient, sender, place))
    }

    fn line_told(
        &self,
        line: Line,
        recipient: &Person<'_>,
        sender: Option<&Person<'_>>,
        place: Place,
    ) -> Result<(), Told> {
        let line = plain::plain(line);
        let spoken = plain::counted(&line);
        let guessed =
            if place == Place::Free { plain::guessed(spoken.as_ref().unwrap_or(&line)) } else { None };
        let read = Read::new(&line, [spoken.as_deref(), guessed.as_deref()], place);
        if place == Place::Free {
            if read.counts().any(|counts| counts.numbers.say_where()) {
                return Err(Told::Address);
            }
            if addressed::names_somebody(&line, read.words.letters) {
                return Err(Told::Name);
            }
        }
        read.look(recipient, self.recipient())?;
        match sender.zip(self.sender()) {
            Some((person, masked)) => read.look(person, masked),
            None => Ok(()),
        }
    }
}

/// Characters that are looked at at once, each of which may be two digits, and how far on from there.
const PIECE: usize = 96;
const STEP: usize = 60;

/// Characters of each of two texts that are looked at together.
const HALF: usize = PIECE / 2;

/// Whether a character is a digit or a numeral in any writing.
fn counts(character: char) -> bool {
    character.is_numeric() || is_numeral(character)
}

/// A long text in pieces that overlap, so that nothing that tells is cut by all of them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    core::iter::from_fn(move || {
        let text = rest?;
        let end = text.char_indices().nth(PIECE).map(|(at, _)| at);
        rest = end.and_then(|_| text.char_indices().nth(STEP)).map(|(at, _)| &text[at..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Whether the number of a waybill holds a phone: seven digits in a row.
#[must_use]
pub fn holds_phone(waybill: &str, person: &Person<'_>) -> bool {
    if apart::share_no_row(waybill, person.phone, digits::WAYBILL) {
        return false;
    }
    let line = Line::of_text(waybill);
    digits::shares(&line, person.phone, "", digits::WAYBILL)
}

/// Whether the number of a waybill holds a name that its mask hides: of five letters in a row or more.
#[must_use]
pub fn holds_name(waybill: &str, person: &Person<'_>) -> bool {
    if !waybill.as_bytes().windows(NAME).any(|row| row.iter().all(u8::is_ascii_alphabetic)) {
        return false;
    }
    let line = Line::of_text(waybill);
    names::tells(&line, &Inventory::of(&line), true, person, true)
}

/// Letters in a row of a waybill's number that may be a name. Carriers' own are fewer.
const NAME: usize = 5;

/// A text in its usual form, and what was read of it once for all people.
struct Read<'t> {
    words: Words<'t>,
    /// The text, with its numbers in words as digits, and with what only looks or sounds like digits as such.
    counts: [Option<Counts<'t>>; 3],
    place: Place,
}

/// The numbers of a reading, and how many digits it has in a row.
struct Counts<'t> {
    text: &'t [char],
    numbers: Numbers,
    row: usize,
}

impl Place {
    /// Digits of a phone in a row that are told here.
    const fn row(self) -> usize {
        match self {
            Self::Free => 4,
            Self::Code => 6,
        }
    }
}

impl<'t> Counts<'t> {
    fn of(text: &'t [char], place: Place) -> Self {
        let numbers = Numbers::of(text);
        let row = if numbers.is_empty() { 0 } else { digits::longest_row(text, place.row()) };
        Self { text, numbers, row }
    }
}

impl<'t> Read<'t> {
    fn new(text: &'t [char], [spoken, guessed]: [Option<&'t [char]>; 2], place: Place) -> Self {
        let counts = [Some(text), spoken, guessed];
        Self {
            words: Words::of(text),
            counts: counts.map(|text| text.map(|text| Counts::of(text, place))),
            place,
        }
    }

    fn counts(&self) -> impl Iterator<Item = &Counts<'t>> {
        self.counts.iter().flatten()
    }

    fn look(&self, person: &Person<'_>, masked: &Masked) -> Result<(), Told> {
        let code = self.place == Place::Code;
        let row = self.place.row();
        // People write phones into the field of the name as well.
        let shares = |counts: &Counts<'_>| {
            let shares = |phone| digits::shares(counts.text, phone, &masked.phone, row);
            counts.row >= row && [person.phone, person.name].into_iter().any(shares)
        };
        if self.counts().any(shares) {
            return Err(Told::Phone);
        }
        let Words { text, has, letters, .. } = &self.words;
        if names::tells(text, has, *letters, person, code) {
            return Err(Told::Name);
        }
        let may = |counts: &&Counts<'_>| counts.numbers.may_tell(code, || address::has_letters(person));
        if (code || self.counts[1].is_none())
            && self.counts().all(|counts| !may(&counts))
            && !self.words.may_share(person)
        {
            return Ok(());
        }
        let mut record = Line::of_text(person.street);
        record.extend(&Line::of_text(person.detail));
        let record = plain::plain(record);
        let hidden = address::hidden_of(&record, &masked.address);
        let numbers = Numbers::of(hidden);
        let [plain, spoken, _] = &self.counts;
        let say = |spoken: &Counts<'_>| {
            plain.as_ref().is_some_and(|plain| spoken.numbers.say(&numbers, &plain.numbers))
        };
        if self.counts().filter(may).any(|counts| counts.numbers.tell(&numbers, code))
            || !code && spoken.as_ref().is_some_and(say)
            || self.words.share(hidden, person, code)
        {
            return Err(Told::Address);
        }
        Ok(())
    }
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
