//! The machine's clock.

use crate::cli::failure::Failure;
use wayseal::keys::Day;

/// Now, by the machine's clock, in seconds since 1970.
pub fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Today, by the machine's clock, in UTC.
pub fn today() -> Result<Day, Failure> {
    Day::of_unix(now())
        .ok_or_else(|| Failure::usage("the machine's clock is not in 2020 to 2199; set it, or give --day"))
}
