//! Addresses: what a small positive grammar knows to be public, and `***` for all else.

pub(super) mod columns;
mod han;
mod letters;

use super::line::Line;
use super::name::Known;
use super::variants::traditional;
use super::words::{Role, longest};
use super::{Person, Terms};
use crate::bytes::Text;
use crate::record::Country;
use han::{Last, Reader};

const STARS: &str = "***";

/// A part of a text that is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: usize,
    end: usize,
}

/// How the addresses of a country are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// In simplified characters, with the divisions of GB/T 2260.
    China,
    /// In traditional characters.
    Traditional,
    Japan,
    Korea,
    /// In words.
    Words,
}

impl Writing {
    pub(super) fn of(country: Country) -> Self {
        match country.as_str() {
            "CN" => Self::China,
            "HK" | "MO" | "TW" => Self::Traditional,
            "JP" => Self::Japan,
            "KR" => Self::Korea,
            _ => Self::Words,
        }
    }
}

/// The address as it is printed; it always ends in `***`.
pub(super) fn mask(person: &Person<'_>, terms: &Terms<'_>) -> Text<512> {
    let mut out = Text::new();
    let writing = Writing::of(person.country);
    let mut ideographs = [person.street, person.detail].into_iter().flat_map(str::chars).filter(|c| !c.is_ascii());
    let whole = columns::push(person, writing, &mut out);
    if let Some(point) = terms.point(person).filter(|_| whole) {
        push_point(point, &mut out);
    } else if whole && !terms.discreet {
        let in_words = !matches!(writing, Writing::China | Writing::Traditional | Writing::Japan)
            || ideographs.next().is_none() && !(person.street.is_empty() && person.detail.is_empty());
        if in_words {
            letters::push(person, writing, &mut out);
        } else {
            push_ideographs(person, writing, terms, &mut out);
        }
    }
    close(&mut out);
    out
}

/// Appends the name of a pick-up point.
fn push_point(point: &str, out: &mut Text<512>) {
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if ascii(out.last()) && ascii(point.chars().next()) {
        let _fits = out.push(' ');
    }
    if out.len() + point.len() + STARS.len() <= 512 {
        let _fits = out.push_str(point);
    }
}

/// The division alone.
pub(super) fn mask_division(person: &Person<'_>) -> Text<512> {
    let mut out = Text::new();
    columns::push(person, Writing::of(person.country), &mut out);
    close(&mut out);
    out
}

/// Nothing of the address.
pub(super) fn mask_all() -> Text<512> {
    let mut out = Text::new();
    close(&mut out);
    out
}

fn push_ideographs(person: &Person<'_>, writing: Writing, terms: &Terms<'_>, out: &mut Text<512>) {
    let name = Known::new(person.name);
    let printed = !out.is_empty();
    let [street, detail] =
        [person.street, person.detail].map(|part| Line::of_ideographs(&[part], writing != Writing::Japan));
    let begins = |part: &[char]| columns::repeated(person, part, start(part));
    let mut at = begins(&street);
    let mut text = Line::new();
    text.extend(&street);
    let mut rest = &detail[begins(&detail)..];
    if !street.is_empty() {
        rest = rest.strip_prefix(&street[at..]).unwrap_or(rest);
    } else {
        at = 0;
    }
    let skipped = street.is_empty() && rest.len() < detail.len();
    text.extend(rest);
    while let Some((len, _)) = longest(&text[at..], &[Role::Region]).filter(|_| writing != Writing::China) {
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
            reader.at = columns::repeated(person, &text, reader.at);
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

/// Appends a piece; ideographs in the form of the country.
fn push(piece: &[char], writing: Writing, out: &mut Text<512>) {
    for &character in piece {
        let printed = if writing == Writing::Traditional { traditional(character) } else { character };
        if out.len() + printed.len_utf8() + STARS.len() <= 512 {
            let _fits = out.push(printed);
        }
    }
}

/// Appends the number of a road in digits, however it is written.
fn push_number(piece: &[char], writing: Writing, out: &mut Text<512>) {
    let Some((number, len)) = super::line::leading_number(piece) else { return };
    if out.len() + 24 > 512 {
        return;
    }
    let mut digits = [0; 10];
    let (mut left, mut at) = (number, digits.len());
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    digits[at..].iter().for_each(|digit| {
        let _fits = out.push(char::from(*digit));
    });
    push(&piece[len..], writing, out);
}

fn close(out: &mut Text<512>) {
    let _fits = out.push_str(STARS);
}
