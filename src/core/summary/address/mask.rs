//! The mask of an address.

use super::han::{self, Last, Reader};
use super::printed::{close, push, push_number, push_point};
use super::{columns, letters};
use crate::bytes::Text;
use crate::summary::line::Line;
use crate::summary::person::Person;
use crate::summary::terms::Terms;
use crate::summary::usual::Usual;
use crate::summary::words::{Role, longest};
use crate::summary::writing::Writing;

/// The address as it is printed; it always ends in `***`.
pub(in crate::summary) fn mask(person: &Person<'_>, usual: &Usual, terms: &Terms<'_>) -> Text<512> {
    let mut out = Text::new();
    let writing = usual.writing;
    let mut ideographs =
        [person.street, person.detail].into_iter().flat_map(str::chars).filter(|c| !c.is_ascii());
    let whole = columns::push(person, usual, &mut out);
    if let Some(point) = terms.point(person).filter(|_| whole) {
        push_point(point, &mut out);
    } else if whole && !terms.discreet {
        let in_words = !matches!(writing, Writing::China | Writing::Traditional | Writing::Japan)
            || ideographs.next().is_none() && !(person.street.is_empty() && person.detail.is_empty());
        if in_words {
            letters::push(person, usual, &mut out);
        } else {
            push_ideographs(usual, terms, &mut out);
        }
    }
    close(&mut out);
    out
}

/// The division alone.
pub(in crate::summary) fn mask_division(person: &Person<'_>, usual: &Usual) -> Text<512> {
    let mut out = Text::new();
    columns::push(person, usual, &mut out);
    close(&mut out);
    out
}

fn push_ideographs(usual: &Usual, terms: &Terms<'_>, out: &mut Text<512>) {
    let Usual { name, detail, .. } = usual;
    let (writing, street) = (usual.writing, usual.street());
    let printed = !out.is_empty();
    let begins = |part: &[char]| columns::repeated(usual, part, start(part));
    let mut at = begins(street);
    let mut text = Line::new();
    text.extend(street);
    let mut rest = &detail[begins(detail)..];
    if !street.is_empty() {
        rest = rest.strip_prefix(&street[at..]).unwrap_or(rest);
    } else {
        at = 0;
    }
    let skipped = street.is_empty() && rest.len() < detail.len();
    text.extend(rest);
    while let Some((len, _)) =
        longest(&text[at..], &[Role::Region]).filter(|_| writing == Writing::Traditional)
    {
        push(&text[at..at + len], writing, out);
        at += len;
    }
    let last = if printed || at > 0 || skipped { Last::Division } else { Last::Nothing };
    let mut reader = Reader { text: &text, at, last, building: terms.building };
    if writing == Writing::Japan {
        if let Some(piece) = han::district(&text[at..]) {
            push(&text[at..at + piece], writing, out);
        }
        return;
    }
    while let Some(piece) = reader.next() {
        let component = &text[piece.start..piece.end];
        if name.stands_in(component, reader.last == Last::Road, reader.last == Last::Shop) {
            return;
        }
        match reader.last {
            Last::Number => push_number(component, writing, out),
            _ => push(component, writing, out),
        }
        if reader.last == Last::Division {
            reader.at = columns::repeated(usual, &text, reader.at);
        }
    }
    if let Some(piece) = reader.building() {
        push(&text[piece.start..piece.end], writing, out);
    }
}

/// Where an address begins after its postcode and the words that say that it follows.
fn start(text: &[char]) -> usize {
    let mut heading = 0;
    while let Some((len, _)) = longest(&text[heading..], &[Role::Heading]) {
        heading += len;
    }
    let digits = text[heading..].iter().take_while(|c| c.is_ascii_digit()).count();
    let postcode = digits == 6 && text.len() > heading + 6 && !"号弄".contains(text[heading + 6]);
    heading + if postcode { 6 } else { 0 }
}
