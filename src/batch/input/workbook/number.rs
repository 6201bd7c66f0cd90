//! Numbers, dates and times as text.

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberShown {
    #[default]
    Number,
    /// As a date, a time, or both.
    Date,
    /// With zeros before it up to this number of digits.
    Padded(u8),
}

/// Excel keeps fifteen digits of a number and replaces the others by zeros, so larger numbers are not exact.
const DIGITS_MAX: f64 = 1e15;

/// A number as text. A number that may be rounded is written in scientific notation, which the check of cells rejects.
pub(in crate::batch::input) fn rounded(number: f64) -> String {
    if number.abs() < DIGITS_MAX {
        return number.to_string();
    }
    let exponent = number.abs().log10().floor();
    format!("{:.5}E+{exponent}", number / 10f64.powf(exponent))
}

/// A number as its cell shows it. `since_1904` says that days are counted as on an old Mac.
pub(super) fn spelt(number: f64, shown: NumberShown, since_1904: bool) -> String {
    match shown {
        NumberShown::Number => rounded(number),
        NumberShown::Date => date(number, since_1904),
        NumberShown::Padded(digits) if number >= 0.0 && number.fract() == 0.0 && number < DIGITS_MAX => {
            format!("{:0width$}", number as u64, width = usize::from(digits))
        }
        NumberShown::Padded(_) => rounded(number),
    }
}

/// A date and time of days since 1899-12-30, as ISO 8601 with a blank between.
fn date(number: f64, since_1904: bool) -> String {
    // The year 9999 ends before this day.
    if !(0.0..2_958_466.0).contains(&number) {
        return rounded(number);
    }
    let seconds = (number.fract() * 86_400.0).round() as u32;
    let time = format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    if number < 1.0 && !since_1904 {
        return time;
    }
    let days = number.trunc() as i64 + if since_1904 { 1462 } else { 0 };
    // Excel counts a 29 February 1900 that never was.
    let days = if days < 61 && !since_1904 { days + 1 } else { days };
    let (year, month, day) = civil(days - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if seconds == 0 { date } else { format!("{date} {time}") }
}

/// The Gregorian date of a day counted from 1970-01-01.
const fn civil(days: i64) -> (i64, i64, i64) {
    // Years begin in March here, so that the leap day is the last of a year; eras have 400 years.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let after = (month >= 10) as i64;
    (year + era * 400 + after, month + 3 - 12 * after, day - (153 * month + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelt_as_their_cells_show_them() {
        for (number, shown, text) in [
            (13_812_345_678.0, NumberShown::Number, "13812345678"),
            (0.5, NumberShown::Number, "0.5"),
            (6_932_171_234_567_890_123.0, NumberShown::Number, "6.93217E+18"),
            (2134.0, NumberShown::Padded(5), "02134"),
            (46_086.0, NumberShown::Date, "2026-03-05"),
            (46_086.354_166_666_664, NumberShown::Date, "2026-03-05 08:30:00"),
            (0.25, NumberShown::Date, "06:00:00"),
            (1.0, NumberShown::Date, "1900-01-01"),
            (61.0, NumberShown::Date, "1900-03-01"),
            (-1.0, NumberShown::Date, "-1"),
        ] {
            assert_eq!(spelt(number, shown, false), text);
        }
        assert_eq!(spelt(0.0, NumberShown::Date, true), "1904-01-01");
    }
}
