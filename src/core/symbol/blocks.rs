//! The Reed–Solomon blocks of a symbol (ISO/IEC 18004, table 9).

use super::{EcLevel, Version};

/// The blocks of a version and level. The last `total % blocks` of them have one more data codeword.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks {
    /// Number of blocks.
    pub(super) count: usize,
    /// Error correction codewords in each block.
    pub(super) correction: usize,
    /// Data codewords in all blocks together.
    pub(super) data: usize,
}

/// Total codewords of a symbol, by version.
const CODEWORDS: [u16; 10] = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];

/// Error correction codewords in each block, by level and version.
const CORRECTION: [[u8; 10]; 4] = [
    [7, 10, 15, 20, 26, 18, 20, 24, 30, 18],
    [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
    [13, 22, 18, 26, 18, 24, 18, 22, 20, 24],
    [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
];

/// Number of blocks, by level and version.
const COUNT: [[u8; 10]; 4] = [
    [1, 1, 1, 1, 1, 2, 2, 2, 2, 4],
    [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
    [1, 1, 2, 2, 4, 4, 6, 6, 8, 8],
    [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
];

/// Most codewords of a symbol.
pub(super) const TOTAL_MAX: usize = 346;
/// Most data codewords of a symbol.
pub(super) const DATA_MAX: usize = 274;

impl Blocks {
    pub(super) const fn of(version: Version, level: EcLevel) -> Self {
        let at = version.0 as usize - 1;
        let count = COUNT[level as usize][at] as usize;
        let correction = CORRECTION[level as usize][at] as usize;
        Self { count, correction, data: CODEWORDS[at] as usize - count * correction }
    }

    /// The number of data codewords in a short block, and the number of short blocks.
    pub(super) const fn short(&self) -> (usize, usize) {
        (self.data / self.count, self.count - self.data % self.count)
    }
}
