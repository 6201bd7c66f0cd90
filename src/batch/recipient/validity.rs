//! Until when a virtual number rings.

use super::fold::folded;
use crate::keys::Day;

/// Days from sealing in which a number must ring. A domestic parcel that is not there after a week counts as lost, the
/// next week it may lie at a pick-up point, and platforms bind a number for fifteen days at least.
pub(super) const DAYS_NEEDED: u16 = 15;

/// When a number ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Validity {
    /// It has no end.
    Unlimited,
    /// The last day on which it rings.
    Until(Day),
    /// Before the years that labels can name.
    Past,
    /// The cell cannot be read.
    Unknown,
}

impl Validity {
    /// Reads a cell: a date in the spellings of exports, or seconds or milliseconds of Unix time.
    pub(super) fn read(cell: &str) -> Self {
        let text = folded(cell);
        // Of a range the end counts.
        let text = text.rsplit_once(['~', '至', '到']).map_or(text.as_str(), |(_, end)| end).trim();
        if matches!(
            text,
            "" | "-"
                | "--"
                | "0"
                | "无"
                | "永久"
                | "长期"
                | "长期有效"
                | "永久有效"
                | "不限"
                | "never"
                | "none"
        ) {
            return Self::Unlimited;
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::of_number(text);
        }
        let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let mut next = |len: usize| parts.next().filter(|part| part.len() <= len)?.parse::<u16>().ok();
        let begins = text.starts_with(|c: char| c.is_ascii_digit());
        match (next(4), next(2), next(2)) {
            (Some(year), Some(month), Some(day)) if begins => Self::from_date(year, month, day),
            _ => Self::Unknown,
        }
    }

    fn of_number(text: &str) -> Self {
        let Ok(number) = text.parse::<u64>() else { return Self::Unknown };
        let part = |from: u64, count: u64| (number / from % count) as u16;
        match text.len() {
            8 => Self::from_date(part(10_000, 10_000), part(100, 100), part(1, 100)),
            14 => Self::from_date(part(10_000_000_000, 10_000), part(100_000_000, 100), part(1_000_000, 100)),
            10 => Day::from_unix(number).map_or(Self::Unknown, Self::Until),
            13 => Day::from_unix(number / 1000).map_or(Self::Unknown, Self::Until),
            _ => Self::Unknown,
        }
    }

    fn from_date(year: u16, month: u16, day: u16) -> Self {
        match year {
            1900..2020 => Self::Past,
            2200..=9999 => Self::Unlimited,
            _ => {
                let from_date = |month, day| Day::from_date(year, month, day);
                let found = u8::try_from(month).ok().zip(u8::try_from(day).ok());
                found.and_then(|(month, day)| from_date(month, day)).map_or(Self::Unknown, Self::Until)
            }
        }
    }

    /// Whether the number ended before a day.
    pub(super) fn ends_before(self, day: Day) -> bool {
        match self {
            Self::Until(last) => last.number() < day.number(),
            Self::Past => true,
            Self::Unlimited | Self::Unknown => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_spellings_of_exports() {
        let day = Validity::Until(Day::from_date(2026, 12, 1).unwrap());
        for cell in [
            "2026-12-01 00:00:00",
            "2026/12/1",
            "2026.12.01",
            "20261201",
            "2026年12月1日",
            "2026-12-01T23:59:59+08:00",
            "1796083200",
            "1796083200000",
            "20261201235959",
            "２０２６-12-01",
            "2026-11-01 ~ 2026-12-01",
            "2026-11-01至2026-12-01",
        ] {
            assert_eq!(Validity::read(cell), day, "{cell}");
        }
        for cell in ["", "永久", "长期有效", "2999-12-31", "-"] {
            assert_eq!(Validity::read(cell), Validity::Unlimited, "{cell}");
        }
        for cell in ["30天", "90", "soon", "2026-13-01", "12/1", "1-1-2026"] {
            assert_eq!(Validity::read(cell), Validity::Unknown, "{cell}");
        }
        assert_eq!(Validity::read("1999-01-01"), Validity::Past);
    }

    #[test]
    fn a_number_rings_on_its_last_day() {
        let [before, last, after] = [30, 31]
            .map(|day| Day::from_date(2026, 10, day))
            .into_iter()
            .chain([Day::from_date(2026, 11, 1)])
            .collect::<Option<Vec<_>>>()
            .unwrap()
            .try_into()
            .unwrap();
        let validity = Validity::Until(last);
        assert!(!validity.ends_before(before) && !validity.ends_before(last) && validity.ends_before(after));
    }
}
