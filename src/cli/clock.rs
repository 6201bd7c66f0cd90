//! The machine's clock.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use wayseal::keys::Day;

/// Now, by the machine's clock, in seconds since 1970.
pub fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Today by the machine's clock, in UTC; `None` outside 2020 to 2199, the years that a label can name.
pub fn day() -> Option<Day> {
    Day::from_unix(now())
}

/// Today in UTC, or a failure that says to set the clock.
pub fn today(language: Language) -> Result<Day, Failure> {
    day().ok_or_else(|| Failure::usage(language.of(text::CLOCK_OUT_OF_RANGE)))
}
