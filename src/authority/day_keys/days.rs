//! A range of consecutive days.

use crate::keys::Day;

/// A range of consecutive days; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

impl Days {
    /// `count` days from `from` on.
    #[must_use]
    pub const fn from(from: Day, count: u16) -> Self {
        Self { from, until: Day::new(from.number().saturating_add(count.saturating_sub(1))) }
    }

    /// `count` days that end with `until`.
    #[must_use]
    pub const fn ending(until: Day, count: u16) -> Self {
        Self { from: Day::new(until.number().saturating_sub(count.saturating_sub(1))), until }
    }

    /// The number of days; 0 if `until` is before `from`.
    #[must_use]
    pub const fn count(self) -> u32 {
        (self.until.number() as u32 + 1).saturating_sub(self.from.number() as u32)
    }

    pub(in crate::authority) fn each(self) -> impl Iterator<Item = Day> {
        (self.from.number()..=self.until.number()).map(Day::new)
    }
}
