//! Countries by their two letters.

/// A country, ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub(super) [u8; 2]);

impl Country {
    /// China, which needs no byte of its own in a record.
    pub const CN: Self = Self(*b"CN");

    /// Two upper-case ASCII letters.
    #[must_use]
    pub const fn new(code: [u8; 2]) -> Option<Self> {
        if code[0].is_ascii_uppercase() && code[1].is_ascii_uppercase() { Some(Self(code)) } else { None }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Two ASCII letters, by construction.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}
