//! Identifiers in a key path: the generation, the tier, and range-checked numbers of regions, sites and sealers.

use core::fmt;

/// The generation of the root. A label carries its lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(bool);

impl Generation {
    /// Even generations: 0, 2, 4 …
    pub const EVEN: Self = Self(false);
    /// Odd generations: 1, 3, 5 …
    pub const ODD: Self = Self(true);

    /// The bit in the header.
    #[must_use]
    pub const fn bit(self) -> u8 {
        self.0 as u8
    }
}

/// From the number of a generation: its lowest bit.
impl From<u32> for Generation {
    fn from(number: u32) -> Self {
        Self(number % 2 == 1)
    }
}

/// Which section of a label a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Opens nothing: keys the salts of one sealer.
    Origin = 0,
    /// Opens the recipient's name, address and note.
    Delivery = 1,
    /// Opens the recipient's phone and the sender's phone and name.
    Contact = 2,
}

impl Tier {
    /// The identifier in commands and grants.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Delivery => "delivery",
            Self::Contact => "contact",
        }
    }
}

impl TryFrom<u8> for Tier {
    type Error = OutOfRange;

    fn try_from(number: u8) -> Result<Self, OutOfRange> {
        match number {
            0 => Ok(Self::Origin),
            1 => Ok(Self::Delivery),
            2 => Ok(Self::Contact),
            _ => Err(OutOfRange),
        }
    }
}

/// A number above the maximum of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number exceeds the maximum of its type")
    }
}

impl core::error::Error for OutOfRange {}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $type:ty, $bits:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) $type);

        impl $name {
            /// The largest number.
            pub const MAX: $type = (1 << $bits) - 1;

            /// `number`, if it is at most [`Self::MAX`].
            #[must_use]
            pub const fn new(number: $type) -> Option<Self> {
                if number <= Self::MAX { Some(Self(number)) } else { None }
            }

            /// The number.
            #[must_use]
            pub const fn number(self) -> $type {
                self.0
            }
        }

        impl TryFrom<$type> for $name {
            type Error = OutOfRange;

            fn try_from(number: $type) -> Result<Self, OutOfRange> {
                Self::new(number).ok_or(OutOfRange)
            }
        }
    };
}
number!(
    /// A region of the carrier's network. 12 bits.
    Region, u16, 12
);
number!(
    /// A site of a region, such as a delivery station. 12 bits.
    Site, u16, 12
);

number!(
    /// A sealer's own number. 24 bits. Only the authority and the sealer know it.
    SealerId, u32, 24
);
number!(
    /// The sealer's number as a label shows it. 24 bits, different at each site and on each day.
    Alias, u32, 24
);
