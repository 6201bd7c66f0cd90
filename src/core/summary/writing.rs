//! How addresses are written.

use crate::record::Country;

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
