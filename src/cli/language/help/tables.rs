//! All tables, searched by the English text.

use super::table::Table;
use super::{authority, commands, device, orders};

pub(super) const TABLES: [&Table; 6] =
    [commands::OWN, commands::TEXTS, orders::TEXTS, device::TEXTS, authority::TEXTS, authority::TOKEN];

/// The Chinese of an English text.
pub(super) fn chinese(english: &str) -> Option<&'static str> {
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .find(|(text, _)| *text == english)
        .map(|(_, chinese)| *chinese)
}
