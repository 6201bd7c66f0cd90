//! The hours of a shift, by the local clock.

/// The hours of work, by the local clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The begin, in minutes after local midnight.
    pub from: u32,
    /// The end, in minutes after local midnight; before `from` for a shift over midnight.
    pub until: u32,
    /// The offset of local time from UTC, in minutes, positive in the east.
    pub ahead: i32,
}

impl Shift {
    /// Six to twenty-two o'clock, China Standard Time.
    pub const DEFAULT: Self = Self { from: 6 * 60, until: 22 * 60, ahead: 8 * 60 };

    /// Minutes after local midnight, and the local day since 1970-01-01.
    pub(super) const fn local(self, time: u64) -> (u32, i64) {
        // The cast cannot wrap: a time in minutes is below 2^59.
        let minutes = (time / 60).cast_signed() + self.ahead as i64;
        (minutes.rem_euclid(1440) as u32, minutes.div_euclid(1440))
    }

    pub(super) const fn holds(self, minute: u32) -> bool {
        if self.from <= self.until {
            self.from <= minute && minute < self.until
        } else {
            // Over midnight.
            self.from <= minute || minute < self.until
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifts_follow_the_local_clock_also_over_midnight() {
        let day = Shift::DEFAULT;
        // 2026-11-24 00:00 UTC is eight o'clock in China.
        let (minute, number) = day.local(1_795_478_400);
        assert_eq!(minute, 8 * 60);
        assert!(day.holds(minute) && !day.holds(5 * 60) && !day.holds(22 * 60));
        assert_eq!(day.local(1_795_478_400 + 16 * 3600), (0, number + 1));
        let night = Shift { from: 20 * 60, until: 4 * 60, ahead: -300 };
        assert!(night.holds(0) && night.holds(20 * 60) && !night.holds(4 * 60));
    }
}
