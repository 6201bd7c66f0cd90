//! Country codes.

use crate::error::{Field, SealError};
use core::{fmt, str::FromStr};

/// A country, ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub(super) [u8; 2]);

impl Country {
    /// China. A record stores it without a byte of its own.
    pub const CN: Self = Self(*b"CN");

    /// From two upper-case ASCII letters; `None` for anything else.
    #[must_use]
    pub const fn new(code: [u8; 2]) -> Option<Self> {
        if code[0].is_ascii_uppercase() && code[1].is_ascii_uppercase() { Some(Self(code)) } else { None }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Two ASCII letters by construction, so this cannot fail.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = SealError;

    /// From two upper-case ASCII letters.
    fn from_str(text: &str) -> Result<Self, SealError> {
        text.as_bytes().try_into().ok().and_then(Self::new).ok_or(SealError::Form(Field::Country))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_upper_case_letters() {
        assert_eq!("DE".parse::<Country>().map(|country| country.to_string()), Ok("DE".to_owned()));
        for text in ["", "D", "de", "DEU", "D1", "ÄÖ"] {
            assert_eq!(text.parse::<Country>(), Err(SealError::Form(Field::Country)), "{text}");
        }
    }
}
