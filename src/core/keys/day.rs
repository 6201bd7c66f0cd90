//! The day of sealing, the calendar dates it stands for, and its nine-bit form in a header.

use core::{fmt, str::FromStr};

/// The day of sealing: days since 2020-01-01 UTC as a 16-bit number, up to [`Day::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u16);

/// Days from 0000-03-01 to 2020-01-01. Years counted from March put the leap day last.
const EPOCH: u32 = 737_730;
/// Days in 400 Gregorian years.
const ERA: u32 = 146_097;

impl Day {
    /// Days from 1970-01-01 to 2020-01-01.
    pub const UNIX_OFFSET: u64 = 18_262;

    /// The first day, 2020-01-01.
    pub const MIN: Self = Self(0);

    /// The last day, 2199-06-06.
    pub const MAX: Self = Self(u16::MAX);

    /// Day `number`. Every 16-bit number is valid; [`TryFrom`] checks wider numbers.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number of days since 2020-01-01.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The day of a Unix time in seconds; `None` outside [`Day::MIN`] to [`Day::MAX`].
    #[must_use]
    pub fn from_unix(seconds: u64) -> Option<Self> {
        (seconds / 86_400).checked_sub(Self::UNIX_OFFSET)?.try_into().ok()
    }

    /// The day nearest to `self` whose low nine bits are `low`; of two equally near, the earlier.
    ///
    /// A label carries nine bits of its day, so the reader's clock must be right within 255 days.
    #[must_use]
    pub fn nearest(self, low: u16) -> Option<Self> {
        let today = i32::from(self.0);
        let ahead = (i32::from(low) - today).rem_euclid(512);
        let day = if ahead < 256 { today + ahead } else { today + ahead - 512 };
        u16::try_from(day).ok().map(Self)
    }

    /// The day modulo 512, as a header carries it.
    #[must_use]
    pub const fn low(self) -> u16 {
        self.0 % 512
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (u16, u8, u8) {
        let days = u32::from(self.0) + EPOCH;
        let (era, of_era) = (days / ERA, days % ERA);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months are counted from March, so that the leap day is the last of its year.
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let calendar = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year_of_era + u32::from(calendar <= 2);
        (year as u16, calendar as u8, day as u8)
    }

    /// The day of a calendar date; `None` if the date does not exist or is outside 2020 to 2199.
    #[must_use]
    pub fn from_date(year: u16, month: u8, day: u8) -> Option<Self> {
        if !(2020..2200).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let (from_march, year_of_march) = match month {
            1 | 2 => (u32::from(month) + 9, u32::from(year) - 1),
            _ => (u32::from(month) - 3, u32::from(year)),
        };
        let (era, of_era) = (year_of_march / 400, year_of_march % 400);
        let of_year = (153 * from_march + 2) / 5 + u32::from(day) - 1;
        let days = era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        let found = Self(u16::try_from(days.checked_sub(EPOCH)?).ok()?);
        (found.date() == (year, month, day)).then_some(found)
    }
}

impl TryFrom<u64> for Day {
    type Error = NoDate;

    /// The day of a number since 2020-01-01.
    fn try_from(number: u64) -> Result<Self, NoDate> {
        u16::try_from(number).map(Self).map_err(|_| NoDate)
    }
}

/// Formats as `2026-11-24`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The text is not a date between 2020-01-01 and 2199-06-06 in the form `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDate;

impl fmt::Display for NoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of 2020 to 2199 in the form 2026-11-24")
    }
}

impl core::error::Error for NoDate {}

impl FromStr for Day {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let mut parts = text.splitn(3, '-');
        let mut part = |len: usize| {
            let digits = parts.next().filter(|part| part.len() == len)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
        };
        let (year, month, day) = (part(4).ok_or(NoDate)?, part(2).ok_or(NoDate)?, part(2).ok_or(NoDate)?);
        Self::from_date(year, month as u8, day as u8).ok_or(NoDate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn days_resolve_to_the_nearest() {
        for today in [0u16, 1, 255, 256, 511, 512, 2500, 65_535] {
            for offset in -255i32..=255 {
                let Ok(day) = u16::try_from(i32::from(today) + offset) else { continue };
                assert_eq!(Day::new(today).nearest(Day::new(day).low()), Some(Day::new(day)));
            }
        }
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (number, text) in [
            (0, "2020-01-01"),
            (59, "2020-02-29"),
            (60, "2020-03-01"),
            (366, "2021-01-01"),
            (2519, "2026-11-24"),
        ] {
            assert_eq!(Day::new(number).to_string(), text);
        }
        for number in 0..65_000 {
            assert_eq!(Day::new(number).to_string().parse(), Ok(Day::new(number)));
        }
        for text in
            ["2026-02-29", "2026-13-01", "2026-00-10", "2019-12-31", "26-1-1", "2026-11-24 ", "+026-11-24"]
        {
            assert_eq!(text.parse::<Day>(), Err(NoDate), "{text}");
        }
        assert_eq!(Day::from_unix(1_795_478_400), Some(Day::new(2519)));
        assert_eq!(Day::MAX.to_string(), "2199-06-06");
        assert_eq!((Day::try_from(65_535), Day::try_from(65_536)), (Ok(Day::MAX), Err(NoDate)));
    }
}
