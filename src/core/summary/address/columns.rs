//! The columns of an address that name its divisions.

use super::han::{Last, Reader};
use super::{Writing, letters, push as push_piece};
use crate::bytes::Text;
use crate::record::division;
use crate::summary::Person;
use crate::summary::line::{Line, is_ideograph};
use crate::summary::name::Known;
use crate::summary::words::{Role, longest};

/// Appends the columns as far as they are known; whether all are.
pub(super) fn push(person: &Person<'_>, writing: Writing, out: &mut Text<512>) -> bool {
    let name = Known::new(person.name);
    let mut within = Within::default();
    let mut previous = "";
    for column in person.division.map(str::trim) {
        // A municipality is named twice: as a province and as its city.
        if column.is_empty() || column == previous {
            continue;
        }
        previous = column;
        if column.is_ascii() || matches!(writing, Writing::Words | Writing::Korea) {
            let line = Line::of_words(&[column]);
            if !letters::is_locality(&line, writing) || name.is_all_of(&line) {
                continue;
            }
            if !out.is_empty() && !out.ends_with(' ') {
                let _fits = out.push(' ');
            }
            letters::push_words(&line, out);
            continue;
        }
        let line = Line::of_ideographs(&[column], writing != Writing::Japan);
        let known = if writing == Writing::China { within.has(&line) } else { is_region(&line, writing) };
        if !known && !(is_area(&line) && !name.is_in(&line)) {
            return false;
        }
        if !is_formal(&line) {
            push_piece(&line, writing, out);
        }
    }
    true
}

/// Names that stand in the table for a level that a place has not.
fn is_formal(column: &[char]) -> bool {
    matches!(column, ['市', '辖', '区'] | ['县'] | ['省', '直', '辖', ..] | ['自', '治', '区', '直', '辖', ..])
}

/// The divisions of GB/T 2260 that the columns so far lead to.
struct Within {
    first: u32,
    last: u32,
}

impl Default for Within {
    fn default() -> Self {
        Self { first: 110_000, last: 829_999 }
    }
}

impl Within {
    /// Whether a column names a division within those before it; if so, the next is looked for in it.
    fn has(&mut self, column: &[char]) -> bool {
        if is_formal(column) {
            return true;
        }
        let country = self.last - self.first > 10_000;
        let is_province = |code: &u32| code.is_multiple_of(10_000);
        let found = division::between(self.first, self.last)
            .filter(|(code, _)| !country || is_province(code))
            .find(|(_, name)| is_named(column, name))
            .map(|(code, _)| code);
        let Some(code) = found else { return false };
        self.first = code;
        if code.is_multiple_of(10_000) {
            self.last = code + 9_999;
        } else if code.is_multiple_of(100) {
            self.last = code + 99;
        }
        true
    }
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
pub(super) fn repeated(person: &Person<'_>, text: &[char], mut at: usize) -> usize {
    for column in person.division {
        let Some(rest) = text.get(at..) else { break };
        if let Some(len) = begins(rest, column) {
            at += len;
        }
    }
    at
}

/// How much of a column a text begins with: all of it, or all but its last character where another division follows.
fn begins(text: &[char], column: &str) -> Option<usize> {
    if column.is_empty() || text.first()? != &crate::summary::variants::simplified(column.chars().next()?) {
        return None;
    }
    let line = Line::of_ideographs(&[column], true);
    if text.starts_with(&line) {
        return Some(line.len());
    }
    let short = line.len().checked_sub(1).filter(|short| *short >= 2)?;
    let division = || {
        let next = &text[short..];
        (1..=4).any(|at| longest(next.get(at..).unwrap_or_default(), &[Role::Area]).is_some())
    };
    ("省市".contains(line[short]) && text.starts_with(&line[..short]) && division()).then_some(short)
}
