//! Which columns of a file hold a field: one, several joined, or the first that is not blank.
//!
//! ```text
//! Tel                    one column
//! First Name+Last Name   both, joined
//! Mobile|Phone           the first that is not blank
//! ```
//!
//! Parts are joined by a blank, but by nothing next to an ideograph. Parts of notes, goods and remarks are statements of
//! their own: they are joined by `; `, or by `；` next to an ideograph. Blank parts are left out, and so is a part that
//! repeats an earlier one, unless it is of a name.

use super::column::Column;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

/// The columns that hold a field, by their names in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSource {
    /// As it was written. A file may have a column of exactly this name.
    written: String,
    names: Vec<String>,
    /// Whether the first that is not blank counts, and not all of them.
    first: bool,
}

impl ColumnSource {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The names of its columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The places of its columns in a file, and how they are combined; or the names that the file does not have.
    /// `find` gives the place of a name.
    pub(super) fn places(
        &self,
        mut find: impl FnMut(&str) -> Option<u16>,
    ) -> Result<(Vec<u16>, Combination), Vec<String>> {
        if let Some(place) = find(&self.written) {
            return Ok((vec![place], Combination::First));
        }
        let mut missing = Vec::new();
        let mut places = Vec::with_capacity(self.names.len());
        for name in &self.names {
            match find(name) {
                Some(place) => places.push(place),
                None => missing.push(name.clone()),
            }
        }
        let combination = if self.first { Combination::First } else { Combination::Joined };
        if missing.is_empty() { Ok((places, combination)) } else { Err(missing) }
    }
}

impl FromStr for ColumnSource {
    type Err = BadSource;

    fn from_str(text: &str) -> Result<Self, BadSource> {
        let written = text.trim();
        let first = written.contains('|');
        // With both signs only a column of exactly this name can be meant.
        let separator = if first { '|' } else { '+' };
        let names: Vec<String> = written.split(separator).map(|name| name.trim().to_owned()).collect();
        if written.is_empty() || (names.iter().any(String::is_empty) && names.len() == 1) {
            return Err(BadSource);
        }
        Ok(Self { written: written.to_owned(), names, first })
    }
}

impl fmt::Display for ColumnSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A source without a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no column is named")]
pub struct BadSource;

/// How the cells of several columns make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Combination {
    /// The first that is not blank.
    First,
    /// All of them.
    Joined,
}

/// The text of a field from its cells.
pub(super) fn combined<'a>(
    field: Column,
    how: Combination,
    cells: impl Iterator<Item = &'a str>,
) -> Zeroizing<String> {
    let mut cells = cells.map(str::trim).filter(|cell| !cell.is_empty());
    match how {
        Combination::First => Zeroizing::new(cells.next().unwrap_or_default().to_owned()),
        Combination::Joined => joined(field, cells),
    }
}

/// Parts of one field in one text.
pub fn joined<'a>(field: Column, parts: impl Iterator<Item = &'a str>) -> Zeroizing<String> {
    let repeats = !matches!(field, Column::Name | Column::SenderName);
    let numbers = matches!(field, Column::Detail | Column::Street);
    let mut seen: Vec<&str> = Vec::new();
    let mut text = Zeroizing::new(String::new());
    for part in parts {
        if part.is_empty() || (repeats && seen.contains(&part) && !(numbers && is_number(part))) {
            continue;
        }
        seen.push(part);
        let glue = match (text.chars().next_back(), part.chars().next()) {
            (Some(before), Some(after)) => glue(field, is_ideograph(before) || is_ideograph(after)),
            _ => "",
        };
        let needed = text.len() + glue.len() + part.len();
        if needed > text.capacity() {
            let mut longer = Zeroizing::new(String::with_capacity(2 * needed));
            longer.push_str(&text);
            text.zeroize();
            text = longer;
        }
        text.push_str(glue);
        text.push_str(part);
    }
    text
}

/// Whether a part is short and counts something, or is a single character: building 3, entrance 3 are two parts of an address.
fn is_number(part: &str) -> bool {
    let count = part.chars().count();
    count == 1 || count < 5 && part.contains(char::is_numeric)
}

const fn glue(field: Column, ideograph: bool) -> &'static str {
    match (field, ideograph) {
        (Column::Note | Column::Goods | Column::Remark, true) => "；",
        (Column::Note | Column::Goods | Column::Remark, false) => "; ",
        (_, true) => "",
        (_, false) => " ",
    }
}

/// Whether text of this character is written without blanks: ideographs, kana, and their punctuation.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_as_their_script_is_written() {
        let of = |field, parts: &[&str]| joined(field, parts.iter().copied()).to_string();
        assert_eq!(of(Column::Name, &["John", "Smith"]), "John Smith");
        assert_eq!(of(Column::Name, &["李", "伟"]), "李伟");
        assert_eq!(of(Column::Name, &["Ali", "Ali"]), "Ali Ali");
        assert_eq!(of(Column::Detail, &["1 Main St", "", "Apt 5B"]), "1 Main St Apt 5B");
        assert_eq!(of(Column::Detail, &["中山路", "47号"]), "中山路47号");
        assert_eq!(of(Column::Detail, &["中山路47号", "中山路47号"]), "中山路47号");
        // Building, entrance and room in columns of their own.
        assert_eq!(of(Column::Detail, &["3", "3", "302"]), "3 3 302");
        assert_eq!(of(Column::Detail, &["12栋", "1", "12"]), "12栋1 12");
        assert_eq!(of(Column::Detail, &["上海市", "上海市", "世纪大道"]), "上海市世纪大道");
        assert_eq!(of(Column::Goods, &["书", "笔"]), "书；笔");
        assert_eq!(of(Column::Goods, &["Mug", "Cup"]), "Mug; Cup");
    }

    #[test]
    fn a_source_names_one_column_or_several() {
        let places = |text: &str, header: &[&str]| {
            let find = |name: &str| header.iter().position(|known| *known == name).map(|at| at as u16);
            text.parse::<ColumnSource>().unwrap().places(find)
        };
        assert_eq!(places("Tel", &["x", "Tel"]), Ok((vec![1], Combination::First)));
        assert_eq!(places("a1 + a2", &["a1", "a2"]), Ok((vec![0, 1], Combination::Joined)));
        assert_eq!(places("a|b", &["b", "a"]), Ok((vec![1, 0], Combination::First)));
        // A column may have the sign in its name.
        assert_eq!(places("Name+Title", &["Name+Title"]), Ok((vec![0], Combination::First)));
        assert_eq!(places("a+b", &["a"]), Err(vec!["b".to_owned()]));
        assert_eq!("  ".parse::<ColumnSource>(), Err(BadSource));
    }
}
