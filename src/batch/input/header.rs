//! Normalises the names of a file's columns.

/// A column's name, trimmed and without invisible characters, which exports contain and nobody could type.
pub(super) fn clean_name(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .collect::<String>()
        .trim()
        .to_owned()
}
