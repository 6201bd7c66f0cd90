//! Matches with the row above: their lengths and distance as bits, computed once per page.

use super::bits::Pair;
use super::code::{self, HuffmanSymbol, INK, WHITE};
use super::rows::PageRows;

/// The maximum distance of the format.
const DISTANCE_MAX: usize = 32_768;

/// Matches at a distance of one row, by length.
#[derive(Clone, Debug)]
pub(super) struct Matches {
    /// Length and distance bits of each match; zero bits for lengths below 3.
    pub(super) symbols: Vec<Pair>,
    /// Whether a row is short enough for a match.
    pub(super) reach: bool,
}

impl Matches {
    pub(super) fn new(stride: usize, rows: PageRows) -> Self {
        let (code, distance) = match rows {
            PageRows::Ink => (&INK, stride),
            PageRows::Png => (&WHITE, stride + 1),
        };
        let reach = distance <= DISTANCE_MAX;
        let distance = if reach { code::distance(distance) } else { HuffmanSymbol::NONE };
        let pair = |length: &HuffmanSymbol| match length.count {
            0 => Pair { bits: 0, count: 0 },
            count => {
                let bits = u64::from(length.bits) | u64::from(distance.bits) << count;
                Pair { bits, count: count + distance.count }
            }
        };
        Self { symbols: code.lengths.iter().map(pair).collect(), reach }
    }
}
