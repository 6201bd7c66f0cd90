//! Versions: the sizes of symbols, 21 to 57 modules.

use core::fmt;

/// Modules per side of the largest symbol, version 10.
pub const SIZE_MAX: usize = Version::MAX.size();

/// A version, which fixes the size of a symbol: 21 modules for version 1, 4 more for each further one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub(super) u8);

impl Version {
    /// The smallest version.
    pub const MIN: Self = Self(1);
    /// The largest supported version. A row of it fits one 64-bit word.
    pub const MAX: Self = Self(10);

    /// Version `number`, from 1 to 10.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= Self::MIN.0 && number <= Self::MAX.0 { Some(Self(number)) } else { None }
    }

    /// All supported versions, the smallest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + Clone {
        (Self::MIN.0..=Self::MAX.0).map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Modules per side, without the quiet zone.
    #[must_use]
    pub const fn size(self) -> usize {
        17 + 4 * self.0 as usize
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}
