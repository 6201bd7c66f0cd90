//! Why a file of stations is not used.

use super::life::RESERVED_DAYS;
use crate::batch::input::InputError;
use crate::keys::Day;
use thiserror::Error;

/// The most stations of a file: four times those of the largest carriers.
pub(super) const STATIONS_MAX: usize = 1 << 17;
/// The most items of what all stations serve.
pub(super) const ITEMS_MAX: usize = 1 << 20;

/// Why a file of stations is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StationsError {
    /// The file is not a table.
    #[error(transparent)]
    Table(#[from] InputError),
    /// A column is missing.
    #[error("the column `{0}` is missing; add it")]
    Column(&'static str),
    /// A region or site is not a number from 0 to 4095.
    #[error("line {0}: region and site must be numbers from 0 to 4095")]
    Number(u64),
    /// More stations, or more of what they serve, than a file may have.
    #[error(
        "from line {0} on there are more than {STATIONS_MAX} stations or {ITEMS_MAX} divisions and postcodes; divide the file"
    )]
    TooMany(u64),
    /// A code is empty or a duplicate, or two stations share region and site.
    #[error(
        "line {0}: the code is empty or a duplicate, or another station has the same region and site; correct it"
    )]
    Twice(u64),
    /// The station has the code, or the region and site, of another one that ended too short a time before.
    #[error(
        "line {line}: the station of line {other} has the same code, or the same region and site, {days} days apart, and labels of \
         both would be taken for each other; give it another code, region and site, or leave more than {RESERVED_DAYS} days between"
    )]
    Reserved {
        /// Its line.
        line: u64,
        /// The other's line.
        other: u64,
        /// The days from the end of the one to the beginning of the other.
        days: u16,
    },
    /// A cell is not a day.
    #[error("line {0}: {1} must be a day, such as 2026-11-24, or empty")]
    Day(u64, &'static str),
    /// The last day comes before the first.
    #[error("line {0}: `until` comes before `from`; correct one of them")]
    Life(u64),
    /// A station without a last day names a successor.
    #[error(
        "line {0}: a station with a successor needs its last day in `until`; add it, or remove the successor"
    )]
    Endless(u64),
    /// A successor is not a station of the file on the day after `until`.
    #[error(
        "line {0}: its successor {1} is no station of the file on {2}, the day after `until`; correct the code, or that \
         station's `from` and `until`"
    )]
    Successor(u64, String, Day),
    /// An item of a column is not understood.
    #[error(
        "line {0}: {1} has an item that is not understood; write codes of GB/T 2260 or names such as 广东省/深圳市/南山区 as \
         divisions, and 518057, 518* or 518000-518099 as postcodes, with ; between them and a country before those abroad, as in \
         TW:106*"
    )]
    Served(u64, &'static str),
    /// Another station serves the same item.
    #[error("line {0}: {1} has an item that the station of line {2} has as well; give it to one of them")]
    ServedTwice(u64, &'static str, u64),
}
