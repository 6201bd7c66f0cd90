//! What a path of the tree is made of: generation, tier, and range-checked numbers of regions, sites and sealers.

use core::fmt;

/// The generation of the root, of which a label carries one bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(bool);

impl Generation {
    /// Generations 0, 2, 4 …
    pub const EVEN: Self = Self(false);
    /// Generations 1, 3, 5 …
    pub const ODD: Self = Self(true);

    /// The bit.
    #[must_use]
    pub const fn bit(self) -> u8 {
        self.0 as u8
    }
}

/// The bit of a generation's number.
impl From<u32> for Generation {
    fn from(number: u32) -> Self {
        Self(number % 2 == 1)
    }
}

/// What a key of the tree opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Nothing: it keys the salts of one sealer.
    Origin = 0,
    /// Recipient's name, address and note.
    Delivery = 1,
    /// Recipient's phone, and the sender's phone and name.
    Contact = 2,
}

impl Tier {
    /// The name, as commands and grants spell it.
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

/// A number that no tier, region, site, sealer or alias has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number is larger than the largest of its kind")
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

            /// `number` if it is not over [`Self::MAX`].
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
    /// A region of the carrier's network: 12 bits.
    Region, u16, 12
);
number!(
    /// A site, such as a delivery station, of a region: 12 bits.
    Site, u16, 12
);

number!(
    /// A sealer's own number: 24 bits. Known to the authority and to the sealer.
    SealerId, u32, 24
);
number!(
    /// What a label shows of its sealer: 24 bits, another at each site and on each day.
    Alias, u32, 24
);
