//! Repairs what Excel and input methods do to cells, or refuses the cell.
//!
//! In goes a cell with its column; out comes the repaired text, or nothing if the cell is fine. A cell is repaired only if
//! it can have one meaning. A rounded number, a date or a failed formula has lost its meaning and is refused: a label to a
//! guessed address or phone is worse than none.

use super::columns::Column;
use super::traits::Traits;
use crate::record::Country;
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

/// Damage by Excel that cannot be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ExcelDamage {
    /// A number in scientific notation, such as `6.93217E+12`: digits are lost.
    #[error("Excel has shortened the number; format the column as text and export again")]
    Scientific,
    /// A date in place of a number.
    #[error("Excel has turned the number into a date; format the column as text and enter it again")]
    Date,
    /// An error value, such as `#N/A` or `#REF!`.
    #[error("a formula of the workbook has failed; correct it and export again")]
    Formula,
    /// A date or a time in place of a text.
    #[error("Excel has turned the text into a date; format the column as text and enter it again")]
    Text,
    /// A postcode without its leading zeros.
    #[error(
        "shorter than a postcode of its country: Excel may have cut off the leading zeros; format the column as text and enter it again"
    )]
    Postcode,
    /// A character that no printed or sealed text has.
    #[error("holds the character U+{:04X}, which is no text; delete it", u32::from(*.0))]
    Character(char),
    /// A landline number without its leading zero, or a foreign number without its country code.
    #[error(
        "not a phone number of mainland China: Excel may have cut off the leading zero of an area code, or the + and country \
         code are missing; format the column as text and enter it again"
    )]
    Zero,
}

/// The repaired cell, or `None` if it needs no repair. Removed are text marks (`'`, `="…"`), invisible characters and a
/// `.0` after a number; full-width digits become ASCII; line breaks and tabs within a text become blanks, since a label
/// and a screen show a text as one.
///
/// # Errors
/// [`ExcelDamage`] if the cell's meaning is lost, or it holds a character that is no text.
pub fn repair(column: Column, cell: &str) -> Result<Option<Zeroizing<String>>, ExcelDamage> {
    repair_known(column, cell, Traits::of(cell))
}

/// The same of a cell whose traits are known.
pub(super) fn repair_known(
    column: Column,
    cell: &str,
    traits: Traits,
) -> Result<Option<Zeroizing<String>>, ExcelDamage> {
    // Each damage shows a sign or another character than letters and digits of ASCII.
    if traits.is_plain() {
        return Ok(None);
    }
    let number = matches!(column, Column::Waybill | Column::Phone | Column::SenderPhone | Column::Postcode);
    let mut repaired = None;
    if dirty(cell, number, traits) {
        let mut clean = Zeroizing::new(String::with_capacity(cell.len()));
        let mut blank = false;
        for c in cell.chars() {
            if is_break(c) {
                blank = true;
                continue;
            }
            if is_invisible(c) || (number && (is_joiner(c) || is_direction(c))) {
                continue;
            }
            if is_no_text(c) {
                return Err(ExcelDamage::Character(c));
            }
            if std::mem::take(&mut blank) && !clean.is_empty() {
                clean.push(' ');
            }
            clean.push(match c {
                '\u{a0}' => ' ',
                '\u{ff01}'..='\u{ff5e}' if number => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                _ => c,
            });
        }
        let mut inner = clean.trim();
        if number {
            inner = inner.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(inner);
            inner = inner.trim_start_matches('\'');
            if let Some(whole) = inner.strip_suffix(".0")
                && whole.bytes().all(|byte| byte.is_ascii_digit())
            {
                inner = whole;
            }
        }
        if inner != cell {
            repaired = Some(Zeroizing::new(inner.to_owned()));
        }
        clean.zeroize();
    }
    let text = repaired.as_ref().map_or(cell, |text| text.as_str());
    if text.starts_with('#') && FAILED.contains(&text) {
        return Err(ExcelDamage::Formula);
    }
    if number {
        damage(text)?;
    } else if is_address(column)
        && may_be_date(text)
        && (is_scientific(text) || is_date(text) || is_short_date(text))
    {
        return Err(ExcelDamage::Text);
    }
    Ok(repaired)
}

/// What a formula that failed shows.
const FAILED: [&str; 11] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#DIV/0!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#BLOCKED!",
    "#GETTING_DATA",
];

/// Whether the whole text of a column can be no date: who it is for, and where.
const fn is_address(column: Column) -> bool {
    matches!(
        column,
        Column::Name
            | Column::Province
            | Column::City
            | Column::District
            | Column::Street
            | Column::Detail
            | Column::SenderName
            | Column::SenderProvince
            | Column::SenderCity
            | Column::SenderDistrict
            | Column::SenderStreet
            | Column::SenderDetail
    )
}

fn damage(text: &str) -> Result<(), ExcelDamage> {
    if is_scientific(text) {
        return Err(ExcelDamage::Scientific);
    }
    if is_date(text) {
        return Err(ExcelDamage::Date);
    }
    Ok(())
}

/// Checks that a phone of mainland China has not lost its leading zero, as `075526543299` does when Excel makes a number
/// of it. Suspect are ten or eleven digits that begin neither as a mobile number nor as a service number (400, 800, and
/// of eleven digits 95: the landlines of 0951 to 0955 have ten without their zero), nor as one of Hong Kong (852) or
/// Macau (853).
///
/// # Errors
/// [`ExcelDamage::Zero`]. The zero is not put back, since `75526543299` may be a foreign number as well.
pub fn domestic(phone: &str) -> Result<(), ExcelDamage> {
    let lost = matches!(phone.len(), 10 | 11)
        && phone.bytes().all(|byte| byte.is_ascii_digit())
        && !["0", "1", "400", "800"].iter().any(|known| phone.starts_with(known))
        && !(phone.len() == 11 && ["852", "853", "95"].iter().any(|code| phone.starts_with(code)));
    if lost { Err(ExcelDamage::Zero) } else { Ok(()) }
}

/// Checks that a postcode has not lost its leading zeros, as `02134` does when Excel makes a number of it.
///
/// # Errors
/// [`ExcelDamage::Postcode`]. The zeros are not put back: the country may be wrong as well.
pub fn postcode(country: Country, postcode: &str) -> Result<(), ExcelDamage> {
    let length: usize = match country.as_str() {
        "JP" => 7,
        "CN" | "RU" | "IN" | "SG" | "KZ" => 6,
        "US" | "DE" | "FR" | "ES" | "IT" | "KR" | "FI" | "MX" | "MY" | "TH" | "TR" | "UA" => 5,
        _ => return Ok(()),
    };
    let lost = !postcode.is_empty()
        && matches!(length - postcode.len().min(length), 1 | 2)
        && postcode.bytes().all(|byte| byte.is_ascii_digit());
    if lost { Err(ExcelDamage::Postcode) } else { Ok(()) }
}

/// Whether a cell may need [`repair`]: a quick test without allocation, since most cells do not.
fn dirty(cell: &str, number: bool, traits: Traits) -> bool {
    let marks = number && (cell.starts_with(['=', '\'']) || cell.ends_with(".0"));
    marks
        || (traits.may_be_dirty()
            && cell.chars().any(|c| {
                is_invisible(c)
                    || is_break(c)
                    || is_no_text(c)
                    || c == '\u{a0}'
                    || (number && (matches!(c, '\u{ff01}'..='\u{ff5e}') || is_joiner(c) || is_direction(c)))
            }))
}

/// Whether a text may be a date or a shortened number: a quick test, since few texts begin so.
fn may_be_date(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// White space of layout within a cell.
const fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// Characters that show nothing and mean nothing: they are removed.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}')
}

/// Zero-width joiner and non-joiner: Persian, Indic scripts and emoji are spelt with them, numbers are not.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Characters that turn the direction of the text after them. Phones copied from an address book are wrapped in them.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is none of a text: controls, of which XML forbids most; separators of lines and paragraphs, which
/// split the lines of a printer's or wedge scanner's protocol; what turns the direction of other text; and what stands for
/// a character that is lost.
fn is_no_text(c: char) -> bool {
    c.is_control() || is_direction(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffd}'..='\u{ffff}')
}

/// Whether a text is a number in scientific notation, as Excel writes long ones: `6.93217E+12`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let signed = exponent.starts_with('+');
    (mantissa.contains('.') || signed)
        && mantissa.split('.').all(digits)
        && digits(exponent.trim_start_matches(['+', '-']))
}

/// Whether a text is a date, with or without a time: `2026-11-24`, `2026/1/4`, `1月4日`.
fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let chinese = day.ends_with('日') && day.contains('月');
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    chinese || (parts.len() == 3 && year(parts[0]) && parts[1..].iter().all(|part| is_short(part)))
}

/// Whether a text is a date or a time as Excel shows them in other countries: `12-Mar`, `Mar-26`, `12/3/2026`, `8:30:00`.
/// A number such as `3-12` is not one: it is how units are written.
fn is_short_date(text: &str) -> bool {
    let month = |part: &str| {
        let known = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        known.iter().any(|month| part.eq_ignore_ascii_case(month))
    };
    let digits = |part: &str| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit());
    let day = text.split(' ').next().unwrap_or_default();
    match day.split(['-', '/']).collect::<Vec<_>>()[..] {
        [first, second] => (month(first) && digits(second)) || (is_short(first) && month(second)),
        [first, second, third] => {
            is_short(first) && (month(second) || is_short(second)) && third.len() == 4 && digits(third)
                || (is_short(first) && month(second) && is_short(third))
        }
        _ => text.split(':').count() == 3 && text.split(':').all(is_short),
    }
}

/// One or two digits.
fn is_short(part: &str) -> bool {
    matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Where a cell's bytes say that it is fine, all that is looked for is not there.
        #[test]
        fn the_quick_tests_of_a_cell_change_nothing(
            cell in "(#N/A|[0-9]{1,4}([-/.月][0-9Ee+日]{1,3}){0,3}|[0-9a-zE王路号.+'=\"/: \u{ff11}\u{200b}\u{202e}\u{a0}\n\u{7}-]{0,12})",
            column in 0..Column::COUNT,
        ) {
            let column = Column::all().nth(column).unwrap();
            let quick = repair_known(column, &cell, Traits::of(&cell));
            prop_assert_eq!(quick, repair_known(column, &cell, Traits::worst()));
        }
    }

    #[test]
    fn damage_of_one_meaning_is_repaired() {
        for (column, cell, meant) in [
            (Column::Phone, "１３８１２３４５６７８", "13812345678"),
            (Column::Phone, "'13812345678", "13812345678"),
            (Column::Phone, "=\"13812345678\"", "13812345678"),
            (Column::Phone, "13812345678.0", "13812345678"),
            (Column::Phone, "\u{202d}13812345678\u{202c}", "13812345678"),
            (Column::Phone, "13812345678\u{a0}", "13812345678"),
            (Column::Name, "王\u{200b}芳", "王芳"),
            (Column::Note, "门口\r\n\r\n左边", "门口 左边"),
            (Column::Goods, "书\t×1\n", "书 ×1"),
        ] {
            let repaired = repair(column, cell).unwrap().unwrap();
            assert_eq!(*repaired, meant, "{cell:?}");
            assert_eq!(repair(column, &repaired).unwrap(), None);
        }
    }

    #[test]
    fn damage_of_more_meanings_is_refused() {
        for (cell, damage) in [
            ("1.38123E+10", ExcelDamage::Scientific),
            ("1E+10", ExcelDamage::Scientific),
            ("2026-11-24", ExcelDamage::Date),
            ("2026/1/4 0:00", ExcelDamage::Date),
            ("1月4日", ExcelDamage::Date),
            ("#N/A", ExcelDamage::Formula),
        ] {
            assert_eq!(repair(Column::Phone, cell), Err(damage), "{cell}");
        }
        for phone in ["75526543299", "2165543210", "9516543210"] {
            assert_eq!(domestic(phone), Err(ExcelDamage::Zero), "{phone}");
        }
        for phone in
            ["075526543299", "13812345678", "4008123123", "85223456789", "95013123456", "65543210", "", "无"]
        {
            assert_eq!(domestic(phone), Ok(()), "{phone}");
        }
    }

    #[test]
    fn a_date_in_place_of_an_address_is_refused() {
        for cell in [
            "2026-03-12",
            "2026/3/12 0:00",
            "3月12日",
            "12-Mar",
            "Mar-26",
            "12/3/2026",
            "12-Mar-26",
            "8:30:00",
            "1.2E+15",
        ] {
            assert_eq!(repair(Column::Detail, cell), Err(ExcelDamage::Text), "{cell}");
            assert_eq!(repair(Column::Remark, cell).unwrap(), None, "{cell}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_by_name_in_every_column() {
        for c in [
            '\0', '\u{b}', '\u{1}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{2029}',
            '\u{fffd}', '\u{ffff}',
        ] {
            for column in
                [Column::Name, Column::Detail, Column::Goods, Column::Remark, Column::Routing, Column::Hub]
            {
                let refused = repair(column, &format!("a{c}b")).unwrap_err();
                assert_eq!(refused, ExcelDamage::Character(c));
                assert!(refused.to_string().contains(&format!("U+{:04X}", u32::from(c))), "{refused}");
            }
        }
    }

    #[test]
    fn postcodes_without_their_zeros_are_refused() {
        let country = |letters: &[u8; 2]| Country::new(*letters).unwrap();
        for (letters, cell) in
            [(b"CN", "10000"), (b"US", "2134"), (b"US", "501"), (b"DE", "1067"), (b"JP", "600001")]
        {
            assert_eq!(postcode(country(letters), cell), Err(ExcelDamage::Postcode), "{cell}");
        }
        for (letters, cell) in
            [(b"CN", "518000"), (b"CN", ""), (b"US", "02134"), (b"US", "02134-1001"), (b"GB", "1234")]
        {
            assert_eq!(postcode(country(letters), cell), Ok(()), "{cell}");
        }
    }

    #[test]
    fn what_is_whole_stays() {
        for (column, cell) in [
            (Column::Phone, "13812345678"),
            (Column::Phone, "0755-26543299"),
            (Column::Phone, "4008123123"),
            (Column::Waybill, "JD0087815325120"),
            (Column::Detail, "３栋'A座"),
            (Column::Note, "2026-11-24"),
            (Column::Detail, "3-12"),
            (Column::Detail, "12/3-4"),
            (Column::Detail, "1203"),
            (Column::Detail, "\u{645}\u{6cc}\u{200c}\u{62e}"),
        ] {
            assert_eq!(repair(column, cell).unwrap(), None, "{cell}");
        }
    }
}
