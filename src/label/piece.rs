//! Which of an order's parcels a label is for.

use std::fmt;

/// The place of a parcel among those of its order, such as 1/3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    at: u16,
    of: u16,
}

impl Piece {
    /// The place `at`, counted from 1, of `of`.
    #[must_use]
    pub const fn new(at: u16, of: u16) -> Option<Self> {
        if at >= 1 && at <= of { Some(Self { at, of }) } else { None }
    }

    /// The place, counted from 1.
    #[must_use]
    pub const fn at(self) -> u16 {
        self.at
    }

    /// The number of parcels.
    #[must_use]
    pub const fn of(self) -> u16 {
        self.of
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.at, self.of)
    }
}
