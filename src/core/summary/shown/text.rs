//! A text that may be printed, and what is held against it.

use super::address::{self, Words};
use super::names;
use super::numbers::{self, Numbers};
use crate::summary::label_summary::Summary;
use crate::summary::line::Line;
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
        let read = Read::new(&line, place);
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
    if numbers::share_no_row(waybill, person.phone, WAYBILL - 1) {
        return false;
    }
    let line = Line::of_text(waybill);
    numbers::shares_digits(&line, person.phone, "", WAYBILL)
}

/// A text in its usual form, and what was read of it once for all people.
struct Read<'t> {
    text: &'t [char],
    words: Words<'t>,
    numbers: Numbers,
    /// How many digits it has in a row.
    row: usize,
    place: Place,
}

impl<'t> Read<'t> {
    fn new(text: &'t [char], place: Place) -> Self {
        let (words, numbers) = (Words::of(text), Numbers::of(text));
        let row = if numbers.is_empty() && !words.letters.others() { 0 } else { numbers::longest_row(text) };
        Self { text, words, numbers, row, place }
    }

    fn look(&self, person: &Person<'_>, masked: &Masked) -> Result<(), Told> {
        let (text, code) = (self.text, self.place == Place::Code);
        let row = if code { 6 } else { 4 };
        // People write phones into the field of the name as well.
        let shares = |phone| numbers::shares_digits(text, phone, &masked.phone, row);
        if self.row >= row && [person.phone, person.name].into_iter().any(shares) {
            return Err(Told::Phone);
        }
        if names::may_tell(text, self.words.letters, person.name) && names::tells(text, person) {
            return Err(Told::Name);
        }
        let numbered = self.numbers.may_tell(code, || address::has_letters(person));
        if !numbered && !self.words.may_share(person) {
            return Ok(());
        }
        let mut record = Line::of_text(person.street);
        record.extend(&Line::of_text(person.detail));
        let hidden = address::hidden_of(&record, &masked.address);
        if numbered && self.numbers.tell(&Numbers::of(hidden), code) || self.words.share(hidden, person) {
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
