//! Payload text to QR modules (ISO/IEC 18004).
//!
//! Imports nothing of this crate: it sees no record and no key.
//!
//! Only the alphanumeric mode is used, and one fixed mask: the text is ciphertext, so no mask of the eight
//! suits it better than another, and trying all eight costs ten times the rest.

mod choice;
#[cfg(feature = "host")]
mod modules;

pub use choice::{Choice, NoFit, candidates, capacity, choose};
#[cfg(feature = "host")]
pub use modules::SymbolError;

/// Modules a side of the largest symbol, version 10.
pub const SIZE_MAX: usize = 57;

/// The largest version used.
pub const VERSION_MAX: u8 = 10;

/// How much of a symbol may be destroyed and still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

/// A QR symbol: its modules, without the quiet zone of four that belongs around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    rows: [u64; SIZE_MAX],
    version: u8,
    level: Level,
}

impl Symbol {
    /// Modules a side: 17 + 4 × version.
    #[must_use]
    pub const fn size(&self) -> usize {
        17 + 4 * self.version as usize
    }

    /// The rows from the top; the leftmost module is bit 63, dark is one.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.rows[..self.size()]
    }

    /// Whether a module is dark; outside the symbol none is.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size() && y < self.size() && self.rows[y] >> (63 - x) & 1 == 1
    }

    /// The version, 1 to 10.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The level of error correction.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }
}
