//! Repairs what Excel and input methods do to cells, or refuses the cell.
//!
//! In goes a cell with its column; out comes the repaired text, or nothing if the cell is fine. A cell is repaired only if
//! it can have one meaning. A rounded number, a date or a failed formula has lost its meaning and is refused: a label to a
//! guessed address or phone is worse than none.

use super::columns::Column;
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
    /// A landline number without its leading zero, or a foreign number without its country code.
    #[error(
        "not a phone number of mainland China: Excel may have cut off the leading zero of an area code, or the + and country \
         code are missing; format the column as text and enter it again"
    )]
    Zero,
}

/// The repaired cell, or `None` if it needs no repair. Removed are text marks (`'`, `="…"`), invisible characters and a
/// `.0` after a number; full-width digits become ASCII.
///
/// # Errors
/// [`ExcelDamage`] if the cell's meaning is lost.
pub fn repair(column: Column, cell: &str) -> Result<Option<Zeroizing<String>>, ExcelDamage> {
    if cell.is_empty() {
        return Ok(None);
    }
    let number = matches!(column, Column::Waybill | Column::Phone | Column::SenderPhone | Column::Postcode);
    let mut repaired = None;
    if dirty(cell, number) {
        let mut clean = Zeroizing::new(String::with_capacity(cell.len()));
        clean.extend(cell.chars().filter(|c| !is_invisible(*c)).map(|c| match c {
            '\u{a0}' => ' ',
            '\u{ff01}'..='\u{ff5e}' if number => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        }));
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
    if matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#NAME?" | "#NUM!" | "#DIV/0!" | "#NULL!") {
        return Err(ExcelDamage::Formula);
    }
    if number {
        damage(text)?;
    }
    Ok(repaired)
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

/// Whether a cell may need [`repair`]: a quick test without allocation, since most cells do not.
fn dirty(cell: &str, number: bool) -> bool {
    let marks = number && (cell.starts_with(['=', '\'']) || cell.ends_with(".0"));
    // In UTF-8 invisible characters and full-width digits begin with these bytes.
    marks
        || (cell.bytes().any(|byte| matches!(byte, 0xc2 | 0xe2 | 0xef))
            && cell.chars().any(|c| {
                is_invisible(c) || c == '\u{a0}' || (number && matches!(c, '\u{ff01}'..='\u{ff5e}'))
            }))
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
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
    let short = |part: &&str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    chinese || (parts.len() == 3 && year(parts[0]) && parts[1..].iter().all(short))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_is_whole_stays() {
        for (column, cell) in [
            (Column::Phone, "13812345678"),
            (Column::Phone, "0755-26543299"),
            (Column::Phone, "4008123123"),
            (Column::Waybill, "JD0087815325120"),
            (Column::Detail, "３栋'A座"),
            (Column::Detail, "2026-11-24"),
        ] {
            assert_eq!(repair(column, cell).unwrap(), None, "{cell}");
        }
    }
}
