//! The columns of an address that name its divisions.

use super::han::{Last, Reader};
use super::letters;
use super::printed::push as push_piece;
use crate::bytes::Text;
use crate::record::division;
use crate::summary::line::{Line, is_ideograph};
use crate::summary::person::Person;
use crate::summary::usual::Usual;
use crate::summary::words::{Role, longest};
use crate::summary::writing::Writing;

/// Appends the columns as far as they are known; whether all are.
pub(super) fn push(person: &Person<'_>, usual: &Usual, out: &mut Text<512>) -> bool {
    let (name, writing) = (&usual.name, usual.writing);
    let mut within = Within::default();
    let mut previous = "";
    for (column, line) in person.division.map(str::trim).into_iter().zip(usual.columns()) {
        // A municipality is named twice: as a province and as its city.
        if column.is_empty() || column == previous {
            continue;
        }
        previous = column;
        if column.is_ascii() || matches!(writing, Writing::Words | Writing::Korea) {
            let line = Line::of_words(&[column]);
            // No table has China's divisions in letters.
            let known = writing != Writing::China && letters::is_locality(&line, writing);
            if !known || name.is_all_of(&line) {
                continue;
            }
            if !out.is_empty() && !out.ends_with(' ') {
                let _fits = out.push(' ');
            }
            letters::push_words(&line, out);
            continue;
        }
        let known = if writing == Writing::China { within.has(line) } else { is_region(line, writing) };
        if !known && (!is_area(line) || name.is_in(line)) {
            return false;
        }
        if !is_formal(line) {
            push_piece(line, writing, out);
        }
    }
    true
}

/// Names that stand in the table for a level that a place has not.
fn is_formal(column: &[char]) -> bool {
    matches!(
        column,
        ['市', '辖', '区'] | ['县'] | ['省', '直', '辖', ..] | ['自', '治', '区', '直', '辖', ..]
    )
}

/// The division of GB/T 2260 that the columns so far name; 0 for the country.
#[derive(Default)]
struct Within(u32);

impl Within {
    /// Whether a column names a division within those before it; if so, the next is looked for in it.
    fn has(&mut self, column: &[char]) -> bool {
        if is_formal(column) {
            return true;
        }
        let Some(start) = first_two(column) else { return false };
        let found = division::find_below(self.0, &start, |name| is_named(column, name));
        self.0 = found.unwrap_or(self.0);
        found.is_some()
    }
}

/// The first two characters of a column in UTF-8, as all names of the table begin.
pub(in crate::summary) fn first_two(column: &[char]) -> Option<[u8; 6]> {
    let mut bytes = [0; 6];
    let (one, other) = bytes.split_at_mut(3);
    for (character, place) in column.get(..2)?.iter().zip([one, other]) {
        if character.len_utf8() != 3 {
            return None;
        }
        character.encode_utf8(place);
    }
    Some(bytes)
}

/// Whether a column is a division's name, or begins it with at least two characters: 浙江, 内蒙古.
fn is_named(column: &[char], name: &str) -> bool {
    let mut known = name.chars();
    column.len() >= 2
        && column.iter().all(|own| known.next() == Some(*own))
        && known.clone().next_back().is_none_or(|last| "省市区县州盟旗".contains(last))
}

fn is_region(column: &[char], writing: Writing) -> bool {
    longest(column, &[Role::Region]).is_some_and(|(len, _)| len == column.len())
        || writing != Writing::China
            && column.len() <= 7
            && column.iter().all(|c| is_ideograph(*c) || matches!(c, '\u{3041}'..='\u{30fe}'))
            && column.last().is_some_and(|c| "市区町村郡县県都府道乡镇".contains(*c))
}

/// Whether a column has nothing but towns, quarters and zones.
fn is_area(column: &[char]) -> bool {
    let mut reader = Reader { text: column, at: 0, last: Last::Division, building: false };
    while reader.next().is_some() {
        if !matches!(reader.last, Last::Division | Last::Village | Last::Place) {
            return false;
        }
    }
    reader.at == column.len()
}

/// Where a text goes on after what it repeats of the columns.
pub(super) fn repeated(usual: &Usual, text: &[char], mut at: usize) -> usize {
    for column in usual.columns() {
        at += begins(text.get(at..).unwrap_or_default(), column);
    }
    at
}

/// How much of a column a text begins with: all of it, or all but its last character where another division follows.
fn begins(text: &[char], column: &[char]) -> usize {
    let Some((last, short)) = column.split_last().filter(|(_, short)| text.starts_with(short)) else {
        return 0;
    };
    let next = &text[short.len()..];
    let division = || (1..=4).any(|at| longest(next.get(at..).unwrap_or_default(), &[Role::Area]).is_some());
    match next.first() {
        Some(own) if own == last => column.len(),
        _ if short.len() >= 2 && matches!(last, '省' | '市') && division() => short.len(),
        _ => 0,
    }
}
