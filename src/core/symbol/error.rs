//! The error of encoding a text as a symbol.

use core::fmt;

/// Why a text cannot be encoded as a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SymbolError {
    /// The text is longer than the symbol holds.
    TooLong {
        /// Length of the text in characters.
        chars: usize,
        /// Capacity of this version and level in characters.
        capacity: usize,
    },
    /// A byte outside the alphanumeric alphabet `0-9A-Z $%*+-./:`.
    NotAlphanumeric {
        /// Its position, counted from 0.
        at: usize,
    },
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { chars, capacity } => {
                write!(f, "the text has {chars} characters; the symbol holds at most {capacity}")
            }
            Self::NotAlphanumeric { at } => {
                write!(
                    f,
                    "the byte at position {at} is not in the alphanumeric alphabet 0-9 A-Z space $%*+-./:"
                )
            }
        }
    }
}

impl core::error::Error for SymbolError {}
