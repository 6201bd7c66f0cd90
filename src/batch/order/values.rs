//! Values of cells that the checks and the order both read.

use crate::batch::countries;
use crate::record::Country;

/// The value of the column `discreet`; `None` if it is neither yes nor no.
pub(super) fn discretion(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "0" | "no" | "n" | "false" | "否" => Some(false),
        "1" | "yes" | "y" | "true" | "是" => Some(true),
        _ => None,
    }
}

/// A country by its code in either case, or by its name; China if the cell is empty, `None` if it is unknown.
pub(super) fn country(text: &str) -> Option<Country> {
    match text.as_bytes() {
        [] => Some(Country::CN),
        &[first, second] if first.is_ascii_alphabetic() => {
            Country::new([first.to_ascii_uppercase(), second.to_ascii_uppercase()])
        }
        _ => countries::by_name(text),
    }
}
