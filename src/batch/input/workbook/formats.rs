//! Which number formats show a number as a date.

use super::number::NumberShown;

/// How a built-in format (ISO/IEC 29500-1, 18.8.30) shows numbers.
pub(super) const fn built_in(id: u16) -> NumberShown {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 | 22 => NumberShown::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => NumberShown::Date,
        _ => NumberShown::Number,
    }
}

/// How a format that the workbook defines shows numbers.
pub(super) fn custom(code: &str) -> NumberShown {
    let (mut quoted, mut bracket) = (false, 0_u32);
    let (mut date, mut zeros, mut other) = (false, 0_usize, false);
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            // The next character is shown, or a blank of its width.
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => bracket += 1,
            ']' => bracket = bracket.saturating_sub(1),
            // Hours, minutes and seconds that were counted; colours and conditions are in brackets too.
            'h' | 'H' | 'm' | 'M' | 's' | 'S' if bracket > 0 => {
                date |= code.len() < 24 && !code.contains("[Red")
            }
            _ if bracket > 0 => {}
            // Positive numbers come first; the other sections are for others.
            ';' => break,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => date = true,
            '0' => zeros += 1,
            _ => other = true,
        }
    }
    if code.eq_ignore_ascii_case("general") {
        return NumberShown::Number;
    }
    match (date, other, zeros) {
        (true, ..) => NumberShown::Date,
        // A postcode of five digits is a number in the format 00000.
        (false, false, 2..=20) => NumberShown::Padded(zeros as u8),
        _ => NumberShown::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers() {
        for code in [
            "yyyy-mm-dd",
            "m/d/yy h:mm",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy/m/d;@",
            "[h]:mm:ss",
            "mmm\\-yy",
            "d-mmm",
            "上午/下午h\"时\"mm\"分\"",
        ] {
            assert_eq!(custom(code), NumberShown::Date, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0 \"days\"",
            "[Red]0.00",
            "@",
            "0%",
            "_(* #,##0_);_(* (#,##0)",
            "0\\d",
            "[>100]0;0.0",
        ] {
            assert_eq!(custom(code), NumberShown::Number, "{code}");
        }
        assert_eq!(custom("00000"), NumberShown::Padded(5));
        assert_eq!(built_in(14), NumberShown::Date);
        assert_eq!(built_in(2), NumberShown::Number);
    }
}
