//! Data mask patterns of a symbol. They are unrelated to the masking of personal data.

/// A data mask pattern, 0 to 7 (ISO/IEC 18004, table 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaskPattern(u8);

impl MaskPattern {
    /// Pattern 2, vertical bars three modules apart. Of the eight it has the lowest mean penalty on payloads.
    pub const DEFAULT: Self = Self(2);

    /// The pattern `number`, from 0 to 7.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number < 8 { Some(Self(number)) } else { None }
    }

    /// All eight patterns.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        (0..8).map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl Default for MaskPattern {
    fn default() -> Self {
        Self::DEFAULT
    }
}
