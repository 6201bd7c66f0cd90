//! Why a text is no symbol.

use core::fmt;

/// Why a text is no symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
