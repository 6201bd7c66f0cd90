//! A phone as it is dialled: the main number, and its extension.
//!
//! Platforms give virtual numbers that ring the recipient for some days: a main number that many share, and an extension
//! of one to eight digits. A record holds both in one string, with a hyphen between them.

use core::fmt;

/// Most digits of an extension.
const EXTENSION_MAX: usize = 8;

/// The parts of a phone. Shows nothing in `Debug`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PhoneNumber<'a> {
    /// The number that is dialled first.
    pub main: &'a str,
    /// The digits that are dialled once it answers.
    pub extension: Option<&'a str>,
}

impl<'a> PhoneNumber<'a> {
    /// Splits a phone at its last hyphen, if digits of a whole number stand before it: `0755-26543210` has no extension.
    ///
    /// ```
    /// use wayseal_core::record::PhoneNumber;
    /// let phone = PhoneNumber::of("13812345678-1234");
    /// assert_eq!((phone.main, phone.extension), ("13812345678", Some("1234")));
    /// assert_eq!(phone.tel().to_string(), "tel:13812345678,,1234");
    /// ```
    #[must_use]
    pub fn of(phone: &'a str) -> Self {
        match phone.rsplit_once('-') {
            Some((main, extension)) if is_whole(main) && is_extension(extension) => {
                Self { main, extension: Some(extension) }
            }
            _ => Self { main: phone, extension: None },
        }
    }

    /// The URI by which a telephone dials it (RFC 3966): each comma is a pause before the extension.
    #[must_use]
    pub const fn tel(self) -> TelUri<'a> {
        TelUri(self)
    }
}

impl fmt::Debug for PhoneNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber { .. }")
    }
}

/// The `tel:` URI of a phone.
#[derive(Clone, Copy)]
pub struct TelUri<'a>(PhoneNumber<'a>);

impl fmt::Display for TelUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tel:")?;
        for (at, c) in self.0.main.char_indices() {
            if c.is_ascii_digit() || at == 0 && c == '+' {
                fmt::Write::write_char(f, c)?;
            }
        }
        if let Some(extension) = self.0.extension {
            write!(f, ",,{extension}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for TelUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TelUri { .. }")
    }
}

/// Whether a text has the digits of a whole number: ten at least without the code of a country, eleven with it.
fn is_whole(text: &str) -> bool {
    let number = text.strip_prefix("00").or_else(|| text.strip_prefix('+'));
    let fewest = if number.is_some() { 11 } else { 10 };
    number.unwrap_or(text).bytes().filter(u8::is_ascii_digit).count() >= fewest
}

fn is_extension(text: &str) -> bool {
    (1..=EXTENSION_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_what_follows_a_whole_number() {
        for (phone, main, extension) in [
            ("13812345678-1234", "13812345678", Some("1234")),
            ("95013123456789-1", "95013123456789", Some("1")),
            ("0755-26543210-8012", "0755-26543210", Some("8012")),
            ("4001234567-12345678", "4001234567", Some("12345678")),
            ("+1 480-555-0142-77", "+1 480-555-0142", Some("77")),
            ("0755-26543210", "0755-26543210", None),
            ("+55 11 91234-5678", "+55 11 91234-5678", None),
            ("0055 11 91234-5678", "0055 11 91234-5678", None),
            ("0507-1234-5678", "0507-1234-5678", None),
            ("13812345678-123456789", "13812345678-123456789", None),
            ("13812345678-", "13812345678-", None),
            ("", "", None),
        ] {
            let read = PhoneNumber::of(phone);
            assert_eq!((read.main, read.extension), (main, extension), "{phone}");
        }
    }
}
