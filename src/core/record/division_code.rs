//! The six-digit division code of GB/T 2260.

/// A GB/T 2260 division code: six digits, 20 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(u32);

impl DivisionCode {
    /// `code`, if it has at most six digits.
    #[must_use]
    pub const fn new(code: u32) -> Option<Self> {
        if code <= 999_999 { Some(Self(code)) } else { None }
    }

    /// The code as a number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}
