//! The check of a mask: name, phone and address.

use super::violation::{Rule, Violation};
use super::{ideographs, words};
use crate::error::Field;
use crate::summary::line::{Line, alike, alphabetic, is_ideograph};
use crate::summary::person::{Masked, Person};
use crate::summary::terms::Terms;
use crate::summary::usual::Usual;
use crate::summary::words::{Role, longest};
use crate::summary::writing::Writing;

/// Checks a mask against the person and the terms it was made for.
///
/// # Errors
/// The first [`Violation`] found.
pub(in crate::summary) fn check(
    person: &Person<'_>,
    usual: &Usual,
    masked: &Masked,
    terms: Terms<'_>,
) -> Result<(), Violation> {
    let fail = |field| move |rule| Violation { field, rule };
    name(person.name, &masked.name).map_err(fail(Field::Name))?;
    phone(person.phone, &masked.phone).map_err(fail(Field::Phone))?;
    address(person, usual, &masked.address, terms).map_err(fail(Field::Detail))
}

/// What is shown are one or two characters with which a part of the name begins, and the name has more.
fn name(name: &str, masked: &str) -> Result<(), Rule> {
    let shown = masked.trim_end_matches('*');
    if shown.len() == masked.len() || shown.contains('*') || shown.chars().count() > 2 {
        return Err(Rule::NameShown);
    }
    let Some(first) = shown.chars().next() else { return Ok(()) };
    let whole = Line::of_ideographs(&[name], true);
    let shown = Line::of_ideographs(&[shown], true);
    if shown.is_empty() {
        return Err(Rule::Foreign);
    }
    if shown.len() > 1 && !is_ideograph(first) {
        return Err(Rule::NameShown);
    }
    let at = whole.windows(shown.len()).position(|own| alike(own, &shown)).ok_or(Rule::Foreign)?;
    // Titles are no part of a name: of 王先生 one character is all of it.
    let rest = &whole[at + shown.len()..];
    let titled = longest(rest, &[Role::Title]).is_some_and(|(len, _)| len == rest.len());
    let letters = rest.iter().any(|c| alphabetic(*c) || *c == '*');
    if letters && !titled { Ok(()) } else { Err(Rule::NameShown) }
}

/// Of the number whose last digits are shown, six are not: those of an extension do not count.
fn phone(phone: &str, masked: &str) -> Result<(), Rule> {
    let (head, tail) = masked.split_once("******").ok_or(Rule::DigitsShown)?;
    let (code, head) = match head.strip_prefix('+') {
        Some(code) => (code.trim(), ""),
        None => ("", head),
    };
    // Codes of countries have three digits at most.
    if digits(code).count() > 3 {
        return Err(Rule::DigitsShown);
    }
    let mut shown = digits(head).count() + digits(tail).count();
    if shown == 0 {
        return Ok(());
    }
    let typed = Line::of_phone(phone);
    let international = typed.first() == Some(&'+') || typed.starts_with(&['0', '0']);
    let own = || typed.iter().copied().filter(char::is_ascii_digit);
    // The zero of an area's code, which was not typed.
    shown -= usize::from(head.starts_with('0') && own().next() != Some('0') && typed.first() != Some(&'+'));
    // What is longer than a number of mainland China with its area's code has an extension.
    let longest = if international { 15 } else { 12 };
    let (mut count, mut least) = (0, usize::MAX);
    let mut ended = false;
    for (at, character) in typed.iter().enumerate() {
        count += usize::from(character.is_ascii_digit());
        let ends = !typed.get(at + 1).is_some_and(char::is_ascii_digit);
        let last = own().take(count).skip(count.saturating_sub(digits(tail).count()));
        if ends && character.is_ascii_digit() && !ended && last.eq(digits(tail)) {
            least = least.min(count);
            if count >= longest - 1 {
                ended = true;
            }
        }
        ended |= ends && character.is_ascii_digit() && count >= longest;
        ended |= count > 6 && alphabetic(*character);
    }
    // The shortest number that ends so is meant, unless it would hide too little and one goes on.
    let coded = |count: usize| {
        let known = typed.first() == Some(&'+') && own().take(digits(code).count()).eq(digits(code));
        count - if known { digits(code).count() } else { 0 }
    };
    let whole = (least..=own().count().min(20)).find(|count| {
        coded(*count) >= shown + 6 && own().take(*count).skip(count - digits(tail).count()).eq(digits(tail))
    });
    match whole {
        _ if least == usize::MAX => Err(Rule::Foreign),
        Some(_) => Ok(()),
        None => Err(Rule::DigitsShown),
    }
}

fn digits(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().filter(char::is_ascii_digit)
}

fn address(person: &Person<'_>, usual: &Usual, masked: &str, mut terms: Terms<'_>) -> Result<(), Rule> {
    let mut shown = masked.strip_suffix("***").ok_or(Rule::Unproven)?;
    // A point that the carrier names is public, and nothing but the division stands before it.
    if let Some(rest) = terms.point(person).and_then(|point| shown.strip_suffix(point)) {
        (shown, terms.discreet) = (rest, true);
    }
    let writing = usual.writing;
    let wide = |text: &str| text.chars().any(is_ideograph);
    let in_words =
        matches!(writing, Writing::Words | Writing::Korea) || !wide(person.detail) && !wide(person.street);
    if in_words {
        words::prove(person, shown, writing, terms)
    } else {
        ideographs::prove(person, usual, shown, terms)
    }
}
