//! The items of the cells `divisions` and `postcodes`.

use crate::record::Country;

/// An item that is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadItem;

/// The items of a cell.
pub(super) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '；', '、', '|', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

/// The country of an item such as `TW:台北市`, which is China if none is given, and the rest.
pub(super) fn country_of(item: &str) -> (Country, &str) {
    let (first, rest) = item.split_once([':', '：']).unwrap_or((item, ""));
    let code = <[u8; 2]>::try_from(first.trim().as_bytes())
        .ok()
        .filter(|code| code.iter().all(u8::is_ascii_uppercase));
    match code.and_then(Country::new) {
        Some(country) => (country, rest.trim()),
        None => (Country::CN, item),
    }
}
