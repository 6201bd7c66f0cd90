//! The fixed structure of a symbol, for decoding: the positions of codewords and the values of function modules.

use super::blocks::Blocks;
use super::pattern::{Pattern, mask_row};
use super::{EcLevel, MaskPattern, SIZE_MAX, Version};

/// The modules of a version: function modules with their values, and the positions of the codeword bits in order.
pub struct ModuleGrid {
    fixed: [u64; SIZE_MAX],
    free: [u64; SIZE_MAX],
    size: usize,
}

impl ModuleGrid {
    /// The grid of a version.
    #[must_use]
    pub fn new(version: Version) -> Self {
        let pattern = Pattern::new(version, EcLevel::M, MaskPattern::DEFAULT);
        Self { fixed: pattern.rows, free: pattern.free, size: version.size() }
    }

    /// Whether the module is a function module and so part of no codeword.
    #[must_use]
    pub fn is_function(&self, x: usize, y: usize) -> bool {
        self.free[y] >> (63 - x) & 1 == 0
    }

    /// The value of a function module that is the same in every symbol of the version: finder, timing and alignment
    /// patterns and version information. `None` for the format information, which differs, and for codewords.
    #[must_use]
    pub fn fixed(&self, x: usize, y: usize) -> Option<bool> {
        let last = self.size - 1;
        let format =
            (y == 8 && x != 6 && (x < 9 || x + 8 > last)) || (x == 8 && y != 6 && (y < 9 || y + 7 > last));
        (self.is_function(x, y) && !format).then_some(self.fixed[y] >> (63 - x) & 1 == 1)
    }

    /// The positions (column, row) of the codeword bits, starting with the highest bit of the first codeword
    /// (ISO/IEC 18004, 7.7.3: two columns at a time from the right, upwards and downwards alternately).
    pub fn codeword_modules(&self) -> impl Iterator<Item = (u8, u8)> {
        let size = self.size;
        // The column of the timing pattern is skipped, so pairs to its left shift by one.
        let pairs = (8..size).rev().step_by(2).chain([5, 3, 1]).enumerate();
        pairs
            .flat_map(move |(turn, right)| {
                let upwards = turn % 2 == 0;
                (0..size).flat_map(move |row| {
                    let y = if upwards { size - 1 - row } else { row };
                    [(right, y), (right - 1, y)]
                })
            })
            .filter(|&(x, y)| !self.is_function(x, y))
            .map(|(x, y)| (x as u8, y as u8))
    }
}

/// The two copies of the format information of a level and mask: positions and values.
pub fn format_modules(
    version: Version,
    level: EcLevel,
    mask: MaskPattern,
) -> impl Iterator<Item = (u8, u8, bool)> {
    let pattern = Pattern::new(version, level, mask);
    let size = version.size();
    let near = (0..9).filter(|i| *i != 6);
    let far = size - 8..size;
    let row = near.clone().chain(far.clone()).map(|x| (x, 8));
    let column = near.filter(|y| *y != 8).chain(far.skip(1)).map(|y| (8, y));
    row.chain(column).map(move |(x, y)| (x as u8, y as u8, pattern.rows[y] >> (63 - x) & 1 == 1))
}

/// Whether `mask` inverts the module.
#[must_use]
pub fn inverts(mask: MaskPattern, x: usize, y: usize) -> bool {
    mask_row(mask, y) >> (63 - x) & 1 == 1
}

/// The codewords of one Reed–Solomon block, as positions in the interleaved stream.
pub struct CodewordBlock {
    blocks: Blocks,
    block: usize,
}

impl CodewordBlock {
    /// The blocks of a version and level.
    pub fn all(version: Version, level: EcLevel) -> impl Iterator<Item = Self> {
        (0..Blocks::of(version, level).count)
            .map(move |block| Self { blocks: Blocks::of(version, level), block })
    }

    /// The number of data codewords. The correction codewords follow them.
    #[must_use]
    pub const fn data(&self) -> usize {
        let (len, short) = self.blocks.short();
        if self.block >= short { len + 1 } else { len }
    }

    /// The positions of its codewords, data first.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        let Self { blocks: Blocks { count, correction, data, .. }, block } = *self;
        let (len, short) = self.blocks.short();
        let last = (block >= short).then(|| len * count + block - short);
        let data = (0..correction).map(move |i| i * count + block + data);
        (0..len).map(move |i| i * count + block).chain(last).chain(data)
    }
}
