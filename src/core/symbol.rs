//! Payload text to QR modules, without a heap.
//!
//! Imports nothing of this crate: a symbol sees no record and no key.
//!
//! QR Code model 2 of ISO/IEC 18004, versions 1 to 10, alphanumeric mode, one mask that the caller fixes.
//! A payload is ciphertext and looks random under every mask, so the search for the best of eight, most of
//! the usual time, buys nothing.
//!
//! ```text
//! text → data codewords → + Reed–Solomon → interleaved → zig-zag onto the template → modules
//! ```
//!
//! ```
//! use wayseal_core::symbol::{Level, Mask, Template, Version, choose};
//!
//! let choice = choose(154, 26_000, 203).unwrap();
//! let template = Template::new(choice.version, choice.level, Mask::DEFAULT);
//! let symbol = template.encode(b"WS1:ABC").unwrap();
//! assert_eq!(symbol.size(), choice.version.size());
//! assert!(symbol.is_dark(0, 0));
//! ```

mod blocks;
mod choose;
mod codewords;
mod correction;
pub mod grid;
mod pattern;
mod template;

pub use choose::{
    Choice, Considered, MODULE_MIN_UM, NoFit, QUIET_ZONE, Unfit, candidates, choose, considered, least_dots,
};
pub use codewords::capacity;
pub use template::Template;

use core::fmt;

/// Modules along a side of the largest symbol, version 10.
pub const SIZE_MAX: usize = Version::MAX.size();

/// A finished symbol: its modules, quiet zone not included.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    rows: [u64; SIZE_MAX],
    version: Version,
    level: Level,
}

impl Symbol {
    /// Encodes `text` once. [`Template`] is faster for many symbols of one kind.
    ///
    /// # Errors
    /// [`SymbolError`] for a text that is too long or that alphanumeric mode cannot say.
    pub fn encode(text: &[u8], version: Version, level: Level, mask: Mask) -> Result<Self, SymbolError> {
        // Codewords first: the tables of the correction are off the stack before the pattern is on it.
        let stream = codewords::once(text, version, level);
        // By reference: a move would leave a second copy on the stack.
        let stream = stream.as_ref().map_err(|error| *error)?;
        let mut symbol = Self { rows: [0; SIZE_MAX], version, level };
        pattern::draw(version, level, mask, stream, &mut symbol.rows);
        Ok(symbol)
    }

    /// A symbol of another encoder: `dark` says of a column and row, from the top left, whether they are.
    #[must_use]
    pub fn from_modules(version: Version, level: Level, dark: impl Fn(usize, usize) -> bool) -> Self {
        let mut rows = [0; SIZE_MAX];
        for (y, row) in rows.iter_mut().enumerate().take(version.size()) {
            *row = (0..version.size()).filter(|x| dark(*x, y)).fold(0, |row, x| row | 1 << (63 - x));
        }
        Self { rows, version, level }
    }

    /// Modules along a side.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.version.size()
    }

    /// Whether the module in column `x` and row `y`, counted from the top left, is dark. Light outside.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size() && self.rows().get(y).is_some_and(|row| row >> (63 - x) & 1 == 1)
    }

    /// The rows from the top, [`size`](Self::size) of them; the highest bit is the leftmost module, one is
    /// dark, and the bits beyond the size are zero.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.rows[..self.version.size()]
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The error correction level.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Symbol({}-{})", self.version, self.level)
    }
}

/// A version: the size of a symbol, 21 modules for the first and 4 more for each further one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The smallest.
    pub const MIN: Self = Self(1);
    /// The largest that is supported: a row fits into a word.
    pub const MAX: Self = Self(10);

    /// Version `number`, from 1 to 10.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= Self::MIN.0 && number <= Self::MAX.0 { Some(Self(number)) } else { None }
    }

    /// Every version that is supported, the smallest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + Clone {
        (Self::MIN.0..=Self::MAX.0).map(Self)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Modules along a side, quiet zone not counted.
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

/// An error correction level, and about how much of a symbol may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

impl Level {
    /// All four, the weakest first.
    pub const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    /// Its letter, in ASCII.
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
    const fn format_bits(self) -> u32 {
        match self {
            Self::L => 0b01,
            Self::M => 0b00,
            Self::Q => 0b11,
            Self::H => 0b10,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::L => "L",
            Self::M => "M",
            Self::Q => "Q",
            Self::H => "H",
        })
    }
}

/// A data mask pattern reference, 0 to 7 (ISO/IEC 18004, table 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(u8);

impl Mask {
    /// Mask 2, vertical bars three modules apart: of the fixed ones the least penalty on payloads.
    pub const DEFAULT: Self = Self(2);

    /// Mask `number`, from 0 to 7.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number < 8 { Some(Self(number)) } else { None }
    }

    /// All eight.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        (0..8).map(Self)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl Default for Mask {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Why a text is no symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolError {
    /// The text is longer than the symbol holds.
    TooLong {
        /// Characters given.
        chars: usize,
        /// Characters that fit into this version and level.
        capacity: usize,
    },
    /// A byte that is none of alphanumeric mode's `0-9A-Z $%*+-./:`.
    NotAlphanumeric {
        /// Its position, from 0.
        at: usize,
    },
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { chars, capacity } => {
                write!(f, "{chars} characters, and the symbol holds {capacity}: take a larger version")
            }
            Self::NotAlphanumeric { at } => {
                write!(f, "character {at} is none of 0-9 A-Z space $%*+-./: that a symbol holds")
            }
        }
    }
}

impl core::error::Error for SymbolError {}
