//! The days of a station: from when and until when labels are sealed for it.

use crate::keys::Day;

/// More days than these lie between the last label of one station and the first of another with the same code, or with the
/// same region and site: a header says its day modulo 512, and a key stands for a place, so a parcel of the first would pass for
/// one of the second.
pub const RESERVED_DAYS: u16 = 512;

/// The days on which labels are sealed for a station. Both ends belong to it; an absent one is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Life {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
}

impl Life {
    /// Whether labels are sealed for the station on a day.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// Whether a day comes after the last one.
    #[must_use]
    pub fn is_over(self, day: Day) -> bool {
        day > self.last()
    }

    /// Whether any of the days from `from` to `until` belongs to it.
    #[must_use]
    pub fn meets(self, from: Day, until: Day) -> bool {
        self.first() <= until && from <= self.last()
    }

    /// The days from the end of the earlier of two to the beginning of the later; `None` if they have a day in common.
    #[must_use]
    pub fn apart(self, other: Self) -> Option<u16> {
        if self.meets(other.first(), other.last()) {
            return None;
        }
        let (earlier, later) = if self.first() < other.first() { (self, other) } else { (other, self) };
        Some(later.first().number() - earlier.last().number())
    }

    /// Whether the last day comes before the first.
    pub(super) fn is_empty(self) -> bool {
        self.last() < self.first()
    }

    /// The first day, [`Day::MIN`] without a limit.
    #[must_use]
    pub fn first(self) -> Day {
        self.from.unwrap_or(Day::MIN)
    }

    /// The last day, [`Day::MAX`] without a limit.
    #[must_use]
    pub fn last(self) -> Day {
        self.until.unwrap_or(Day::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn life(from: Option<u16>, until: Option<u16>) -> Life {
        Life { from: from.map(Day::new), until: until.map(Day::new) }
    }

    proptest! {
        #[test]
        fn two_lives_have_a_day_in_common_or_lie_apart(
            one in (prop::option::of(0u16..40), prop::option::of(0u16..40)),
            other in (prop::option::of(0u16..40), prop::option::of(0u16..40)),
        ) {
            let (one, other) = (life(one.0, one.1), life(other.0, other.1));
            prop_assume!(!one.is_empty() && !other.is_empty());
            let common = (0..=41).map(Day::new).any(|day| one.holds(day) && other.holds(day));
            prop_assert_eq!(one.apart(other).is_none(), common);
            prop_assert_eq!(one.apart(other), other.apart(one));
            if let Some(days) = one.apart(other) {
                let (last, first) = (one.last().min(other.last()), one.first().max(other.first()));
                prop_assert_eq!(last.number() + days, first.number());
            }
        }
    }
}
