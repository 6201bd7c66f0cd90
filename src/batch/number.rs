//! A waybill number as a cell holds it: normalised, or refused with the forms that exist.

use super::columns::Column;
use super::excel::{ExcelDamage, repair};
use crate::error::SealError;
use crate::payload::Waybill;
use thiserror::Error;
use zeroize::Zeroizing;

/// Why a cell has no waybill number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NumberError {
    /// Excel has damaged it.
    #[error(transparent)]
    Excel(#[from] ExcelDamage),
    /// It is empty or a placeholder.
    #[error("{0}; correct it")]
    Seal(#[from] SealError),
    /// It is not of a number's form.
    #[error(transparent)]
    Form(#[from] NumberFault),
}

/// Why a text is no waybill number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NumberFault {
    /// It has this many characters.
    #[error("has {0} characters; {FORMS}")]
    Length(usize),
    /// The character at this place, counted from 1, is not of a waybill number.
    #[error("has at place {0} a character that no waybill number has; {FORMS}")]
    Character(usize),
}

/// The forms of waybill numbers, as a message names them.
pub const FORMS: &str = "a waybill number is 6 to 34 of 0-9 A-Z -, such as SF, YT, JD or JT with 13 digits, DPK with 12, LP with 14, \
                         JDV with a letter and 11, two letters with 9 digits and two letters, 1Z with 16, or 6 to 24 digits";

/// The waybill number of a cell. Lower case, blanks, full-width characters, dashes that a word processor wrote, a leading `#`
/// and an apostrophe are normalised.
///
/// # Errors
/// [`NumberError`]: damaged by Excel, empty, a placeholder, or not of a number's form.
pub fn number(cell: &str) -> Result<Waybill, NumberError> {
    let repaired = repair(Column::Waybill, cell)?;
    let cell = repaired.as_ref().map_or(cell, |text| text.as_str());
    if let Ok(waybill) = Waybill::parse(cell) {
        return Ok(waybill);
    }
    let text = normalised(cell);
    Waybill::parse(&text).map_err(|error| match fault(&text) {
        Some(fault) if !text.is_empty() => fault.into(),
        _ => error.into(),
    })
}

/// A waybill number that is typed, on the command line or at a scanner.
#[must_use]
pub fn typed(text: &str) -> Option<Waybill> {
    number(text).ok()
}

fn normalised(cell: &str) -> Zeroizing<String> {
    let kept = |c: &char| {
        !matches!(
            c,
            ' ' | '\t' | '\u{a0}' | '\u{2000}'
                ..='\u{200b}' | '\u{202f}' | '\u{3000}' | '\'' | '’' | '‘' | '`'
        )
    };
    let mut text = Zeroizing::new(String::with_capacity(cell.len()));
    for c in cell.trim().trim_start_matches(['#', '＃']).chars().filter(kept) {
        match c {
            '\u{ff01}'..='\u{ff5e}' => {
                text.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_uppercase());
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
            c => text.push(c.to_ascii_uppercase()),
        }
    }
    text
}

fn fault(text: &str) -> Option<NumberFault> {
    let odd = text.chars().position(|c| !matches!(c, '0'..='9' | 'A'..='Z' | '-'));
    if let Some(at) = odd {
        return Some(NumberFault::Character(at + 1));
    }
    let length = text.chars().count();
    (!(6..=34).contains(&length)).then_some(NumberFault::Length(length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Field;

    #[test]
    fn what_people_and_programs_add_to_a_number_is_taken_off() {
        for cell in [
            "SF1390004216500",
            "sf1390004216500",
            " SF1390004216500 ",
            "#SF1390004216500",
            "＃sf1390004216500",
            "SF 1390 0042 16500",
            "SF1390004216500\u{3000}",
            "'SF1390004216500",
            "＇SF1390004216500",
            "ＳＦ１３９０００４２１６５００",
            "=\"SF1390004216500\"",
        ] {
            assert_eq!(&*number(cell).unwrap().text(), "SF1390004216500", "{cell}");
        }
        assert_eq!(&*number("jd0012345678901–1－3—").unwrap().text(), "JD0012345678901-1-3-");
    }

    #[test]
    fn a_malformed_number_is_told_what_is_wrong_and_which_forms_exist() {
        let reason = |cell| number(cell).unwrap_err();
        assert!(matches!(reason("12345"), NumberError::Form(NumberFault::Length(5))));
        assert!(matches!(
            reason("SF1390004216500,SF1390004216501"),
            NumberError::Form(NumberFault::Character(16))
        ));
        assert!(matches!(reason("运单123456"), NumberError::Form(NumberFault::Character(1))));
        assert!(matches!(
            reason("SF1390004216500123456789012345678901"),
            NumberError::Form(NumberFault::Length(36))
        ));
        assert!(matches!(reason("  "), NumberError::Seal(SealError::Empty(Field::Waybill))));
        assert!(matches!(reason("000000000000"), NumberError::Seal(SealError::Dummy)));
        assert!(matches!(reason("6.93217E+12"), NumberError::Excel(_)));
        assert!(reason("12345").to_string().contains("SF, YT, JD or JT with 13 digits"));
    }
}
