//! A moment in time, as files hold it and as people read it.
//!
//! Signed times are moments: a device's clock may not be before the newest one that it has seen.

use crate::keys::Day;
use std::fmt;

/// Seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// The first moment of a day.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self((u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400)
    }

    /// The day, clamped to the years 2020 to 2199.
    #[must_use]
    pub fn day(self) -> Day {
        // Clamped, not refused: a day out of range then compares as earlier or later than every grant.
        Day::from_unix(self.0).unwrap_or(Day::new(if self < Self::start_of(Day::new(0)) {
            0
        } else {
            u16::MAX
        }))
    }
}

/// `2026-11-24 10:05 UTC`; in seconds for a time outside the years 2020 to 2199, as a broken clock shows.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Day::from_unix(self.0) {
            Some(day) => write!(f, "{day} {:02}:{:02} UTC", self.0 / 3600 % 24, self.0 / 60 % 60),
            None => write!(f, "{} s after 1970-01-01", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        assert_eq!(Moment(1_795_478_400 + 36_300).to_string(), "2026-11-24 10:05 UTC");
        assert_eq!(Moment(86_399).to_string(), "86399 s after 1970-01-01");
        assert_eq!((Moment(0).day(), Moment(u64::MAX).day()), (Day::new(0), Day::new(u16::MAX)));
        assert_eq!(Moment::start_of(Day::new(2519)), Moment(1_795_478_400));
    }
}
