//! The file of ranges: `first,last`, and `check` where numbers have a check digit.

use super::check::CheckRule;
use crate::batch::input::{InputError, parse};
use crate::batch::number::{NumberError, number};
use crate::error::SealError;
use crate::payload::Waybill;
use thiserror::Error;

/// The most numbers of a range.
const COUNT_MAX: u64 = 1_000_000_000_000;

/// Ranges of numbers, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRanges(Vec<NumberRange>);

/// Numbers from the first to the last, whose serial digits count up by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberRange {
    form: SerialForm,
    pub(super) first: u64,
    pub(super) last: u64,
}

/// What all numbers of a range share: the text around the serial digits, how many those are, and the check digit after them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SerialForm {
    before: String,
    width: usize,
    check: Option<CheckRule>,
    after: String,
}

impl NumberRanges {
    /// Parses a table with the columns `first` and `last`, and optionally `check`: `s10`, `luhn`, `gs1` or `mod7`. Both ends
    /// are whole numbers, with their check digits.
    ///
    /// # Errors
    /// [`RangesError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, RangesError> {
        let table = parse(bytes)?;
        let column = |name: &'static str| {
            table.header.iter().position(|known| known == name).ok_or(RangesError::Column(name))
        };
        let (first, last, check) = (column("first")?, column("last")?, column("check").ok());
        let mut ranges: Vec<(u64, NumberRange)> = Vec::with_capacity(table.rows.len());
        for (line, row) in &table.rows {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            let rule = match check.map_or("", cell) {
                "" | "none" => None,
                name => Some(name.parse().map_err(|()| RangesError::Rule(*line))?),
            };
            let end = |cell: &str| {
                let text = match number(cell) {
                    Ok(waybill) => waybill.text().to_string(),
                    // A range may end with a placeholder such as 99999999, which is not handed out.
                    Err(NumberError::Seal(SealError::Dummy)) => cell.to_ascii_uppercase(),
                    Err(error) => return Err(RangesError::Number(*line, error)),
                };
                SerialForm::read(&text, rule).ok_or(RangesError::Check(*line))
            };
            let ((form, first), (other, last)) = (end(cell(first))?, end(cell(last))?);
            if form != other || first > last || last - first >= COUNT_MAX {
                return Err(RangesError::Ends(*line));
            }
            let range = NumberRange { form, first, last };
            let overlaps = |(_, other): &&(u64, NumberRange)| {
                other.form == range.form && other.first <= range.last && range.first <= other.last
            };
            if let Some((other, _)) = ranges.iter().find(overlaps) {
                return Err(RangesError::Overlap(*line, *other));
            }
            ranges.push((*line, range));
        }
        Ok(Self(ranges.into_iter().map(|(_, range)| range).collect()))
    }

    pub(super) fn list(&self) -> &[NumberRange] {
        &self.0
    }

    /// The range and the serial number of a number.
    pub(super) fn find(&self, number: &str) -> Option<(usize, u64)> {
        self.0.iter().enumerate().find_map(|(at, range)| Some((at, range.serial(number)?)))
    }
}

impl NumberRange {
    /// The number with a serial number; `None` for a placeholder.
    pub(super) fn number(&self, serial: u64) -> Option<Waybill> {
        let SerialForm { before, width, check, after } = &self.form;
        let digits = format!("{serial:0width$}");
        let check = match check {
            Some(rule) => Some(rule.digit(&digits)?),
            None => None,
        };
        let check = check.map(String::from).unwrap_or_default();
        Waybill::parse(&format!("{before}{digits}{check}{after}")).ok()
    }

    fn serial(&self, number: &str) -> Option<u64> {
        let (form, serial) = SerialForm::read(number, self.form.check)?;
        (form == self.form && (self.first..=self.last).contains(&serial)).then_some(serial)
    }
}

impl SerialForm {
    /// The form and the serial number of a number: its last run of digits. `None` if it has none, or its check digit is
    /// wrong.
    fn read(text: &str, check: Option<CheckRule>) -> Option<(Self, u64)> {
        let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
        let start = text[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        let mut digits = &text[start..end];
        if let Some(rule) = check {
            let (serial, own) = digits.split_at(digits.len() - 1);
            if rule.digit(serial).map(String::from).as_deref() != Some(own) {
                return None;
            }
            digits = serial;
        }
        // A u64 holds any 19 digits.
        let width = digits.len();
        if width == 0 || width > 19 {
            return None;
        }
        let form = Self { before: text[..start].to_owned(), width, check, after: text[end..].to_owned() };
        Some((form, digits.parse().ok()?))
    }
}

/// Why a file of ranges is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RangesError {
    /// The file is not a table.
    #[error(transparent)]
    Table(#[from] InputError),
    /// A column is missing.
    #[error("the column `{0}` is missing; the file needs `first` and `last`")]
    Column(&'static str),
    /// An end of a range is not a waybill number.
    #[error("line {0}: an end of the range {1}")]
    Number(u64, #[source] NumberError),
    /// The rule is unknown.
    #[error("line {0}: check must be s10, luhn, gs1, mod7 or empty")]
    Rule(u64),
    /// The check digit of an end is wrong.
    #[error("line {0}: the check digit of an end of the range is not that of its rule; correct it")]
    Check(u64),
    /// The ends are no range.
    #[error("line {0}: first and last must differ in their last digits alone, and first must not be higher")]
    Ends(u64),
    /// Two ranges have numbers in common.
    #[error("line {0}: the range has numbers in common with that of line {1}; correct one of them")]
    Overlap(u64, u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let ranges = NumberRanges::parse(text.as_bytes()).unwrap();
        let of = |range: &NumberRange| {
            (range.first..=range.last)
                .filter_map(|serial| range.number(serial))
                .map(|number| number.to_string())
                .collect::<Vec<_>>()
        };
        ranges.list().iter().flat_map(of).collect()
    }

    #[test]
    fn ranges_count_in_their_last_digits_and_have_check_digits() {
        assert_eq!(
            numbers("first,last\nsf1390004216598,SF1390004216600\n"),
            ["SF1390004216598", "SF1390004216599", "SF1390004216600"]
        );
        assert_eq!(numbers("first,last\nQF-0009-B,QF-0011-B\n"), ["QF-0009-B", "QF-0010-B", "QF-0011-B"]);
        assert_eq!(
            numbers("first,last,check\nRR473124829CN,RR473124832CN,s10\n"),
            ["RR473124829CN", "RR473124832CN"]
        );
        // A placeholder is not handed out.
        assert_eq!(numbers("first,last\n888887,888889\n"), ["888887", "888889"]);
    }

    #[test]
    fn files_that_are_no_ranges_are_refused_with_their_line() {
        let error = |text: &str| NumberRanges::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(error("first,check\nSF1390004216500,\n"), RangesError::Column("last")));
        assert!(matches!(error("first,last\nSF1390004216500,SF12\n"), RangesError::Number(2, _)));
        for last in ["SF1390004216499", "YT1390004216500", "SF139000421650A"] {
            assert!(
                matches!(error(&format!("first,last\nSF1390004216500,{last}\n")), RangesError::Ends(2)),
                "{last}"
            );
        }
        let checked = "first,last,check\nRR473124829CN,RR473124830CN,";
        assert!(matches!(error(&format!("{checked}s10\n")), RangesError::Check(2)));
        assert!(matches!(error(&format!("{checked}s11\n")), RangesError::Rule(2)));
        let twice = "first,last\nSF1390004216500,SF1390004216509\nSF1390004216509,SF1390004216520\n";
        assert!(matches!(error(twice), RangesError::Overlap(3, 2)));
    }
}
