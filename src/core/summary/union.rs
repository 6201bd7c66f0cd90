//! What the labels of one person tell together.

use super::line::Line;
use super::person::{Masked, Person};
use crate::error::Field;
use core::fmt;

/// Two labels of one person of which one tells something about the other that its own mask hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beyond {
    /// The place of the label of which more is known.
    pub label: usize,
    /// The place of the label that tells it.
    pub by: usize,
    /// The field of which more is known.
    pub field: Field,
}

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two labels of one person tell more of {} than one of them", self.field)
    }
}

impl core::error::Error for Beyond {}

/// Checks that the labels of one person, laid side by side, tell nothing beyond one mask.
///
/// # Errors
/// The first pair that does: of some field, one label shows more characters of what the other label's record
/// says than that label shows itself.
pub fn union(labels: &[(&Person<'_>, &Masked)]) -> Result<(), Beyond> {
    for (label, (person, own)) in labels.iter().enumerate() {
        for (by, (_, other)) in labels.iter().enumerate() {
            let told = [
                (Field::Name, name(person, own, other)),
                (Field::Phone, phone(person, own, other)),
                (Field::Detail, address(person, own, other)),
            ];
            if let Some((field, _)) = told.into_iter().find(|(_, more)| *more) {
                return Err(Beyond { label, by, field });
            }
        }
    }
    Ok(())
}

/// Whether one name shows more than another that begins alike.
fn name(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| masked.name.trim_end_matches('*').chars().count();
    let more = Line::of_ideographs(&[other.name.trim_end_matches('*')], true);
    shown(other) > shown(own) && Line::of_ideographs(&[person.name], true).starts_with(&more)
}

fn phone(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let typed = Line::of_phone(person.phone);
    let known = || typed.iter().copied().filter(char::is_ascii_digit);
    let ((head, tail), (own_head, own_tail)) = (ends(&other.phone), ends(&own.phone));
    let count = |text: &str| digits(text).count();
    let more_after = count(tail) > count(own_tail)
        && known().skip(known().count().saturating_sub(count(tail))).eq(digits(tail));
    more_after || count(head) > count(own_head) && known().take(count(head)).eq(digits(head))
}

/// What stands before the stars and after them.
fn ends(masked: &str) -> (&str, &str) {
    masked.split_once('*').map_or((masked, ""), |(head, rest)| (head, rest.trim_start_matches('*')))
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// Whether one address goes on where another, which begins alike, has ended, with what stands in the person's address.
fn address(person: &Person<'_>, own: &Masked, other: &Masked) -> bool {
    let shown = |masked: &'_ Masked| Line::of_ideographs(&[masked.address.trim_end_matches('*')], true);
    let (less, more) = (shown(own), shown(other));
    let known = Line::of_ideographs(&[person.street, person.detail], true);
    more.len() > less.len()
        && more.starts_with(&less)
        && known.windows(more.len() - less.len()).any(|part| part == &more[less.len()..])
}
