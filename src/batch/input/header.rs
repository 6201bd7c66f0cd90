//! Finds the line that names a file's columns, and normalises the names.

use super::options::InputOptions;
use crate::batch::columns::is_of_export;
use crate::batch::columns::names::known as is_known;

/// Rows above which a header is looked for, if the first row is none.
pub(super) const TITLES_MAX: usize = 20;
/// Known names that make a row a header: one could be a title.
const NAMES: usize = 2;

/// Whether a row names columns: by names that files use, or that the user chose, or by all by which an export is known.
pub(super) fn is_header<'a>(cells: impl Iterator<Item = &'a str>, options: &InputOptions) -> bool {
    let known = |cell: &str| {
        let name = clean_name(cell);
        is_known(&name) || options.names.contains(&name)
    };
    let cells: Vec<&str> = cells.collect();
    let named = cells.iter().filter(|cell| !cell.is_empty() && known(cell));
    named.take(NAMES).count() == NAMES || is_of_export(&cells)
}

/// A column's name, trimmed and without control and invisible characters, which exports contain and nobody could type.
pub(super) fn clean_name(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_control() { ' ' } else { c })
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .collect::<String>()
        .trim()
        .to_owned()
}
