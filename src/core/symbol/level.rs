//! Error correction levels.

use core::fmt;

/// An error correction level. Each variant gives the approximate share of a symbol that can be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EcLevel {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

impl EcLevel {
    /// All levels, the weakest first.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    /// The letter in ASCII.
    #[must_use]
    pub const fn letter(self) -> u8 {
        match self {
            Self::L => b'L',
            Self::M => b'M',
            Self::Q => b'Q',
            Self::H => b'H',
        }
    }

    /// The two bits of the format information (ISO/IEC 18004, table 12).
    pub(super) const fn format_bits(self) -> u32 {
        match self {
            Self::L => 0b01,
            Self::M => 0b00,
            Self::Q => 0b11,
            Self::H => 0b10,
        }
    }
}

impl fmt::Display for EcLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::L => "L",
            Self::M => "M",
            Self::Q => "Q",
            Self::H => "H",
        })
    }
}
