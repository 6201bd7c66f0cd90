//! What a reader knows of a symbol before it has read it: where codewords lie, and what is always there.

use super::blocks::Blocks;
use super::pattern::Pattern;
use super::{Level, Mask, SIZE_MAX, Version};

/// The modules of a version: fixed ones with their value, and the places of the codewords' bits in order.
pub(crate) struct Grid {
    fixed: [u64; SIZE_MAX],
    free: [u64; SIZE_MAX],
    order: Vec<(u8, u8)>,
    size: usize,
}

impl Grid {
    /// The grid of a version.
    pub(crate) fn new(version: Version) -> Self {
        let pattern = Pattern::new(version, Level::M, Mask::DEFAULT);
        let size = version.size();
        let mut order = Vec::with_capacity(size * size);
        let mut upwards = true;
        for right in (8..size).rev().step_by(2).chain([5, 3, 1]) {
            for row in 0..size {
                let y = if upwards { size - 1 - row } else { row };
                for x in [right, right - 1] {
                    if pattern.free[y] >> (63 - x) & 1 == 1 {
                        order.push((x as u8, y as u8));
                    }
                }
            }
            upwards = !upwards;
        }
        Self { fixed: pattern.rows, free: pattern.free, order, size }
    }

    /// Whether the module belongs to no codeword.
    pub(crate) fn is_function(&self, x: usize, y: usize) -> bool {
        self.free[y] >> (63 - x) & 1 == 0
    }

    /// Whether a function module is dark, if every symbol of the version has it so: finders, timing,
    /// alignment and version information, and not the format information, which differs.
    pub(crate) fn fixed(&self, x: usize, y: usize) -> Option<bool> {
        let last = self.size - 1;
        let format =
            (y == 8 && x != 6 && (x < 9 || x + 8 > last)) || (x == 8 && y != 6 && (y < 9 || y + 7 > last));
        (self.is_function(x, y) && !format).then_some(self.fixed[y] >> (63 - x) & 1 == 1)
    }

    /// The modules of the codewords' bits, column and row, the highest bit of the first codeword first.
    pub(crate) fn order(&self) -> &[(u8, u8)] {
        &self.order
    }
}

/// The format information of a level and mask: its two copies, as places and whether they are dark.
pub(crate) fn format(version: Version, level: Level, mask: Mask) -> Vec<(u8, u8, bool)> {
    let pattern = Pattern::new(version, level, mask);
    let size = version.size();
    let near = (0..9).filter(|i| *i != 6);
    let far = size - 8..size;
    let row = near.clone().chain(far.clone()).map(|x| (x, 8));
    let column = near.filter(|y| *y != 8).chain(far.skip(1)).map(|y| (8, y));
    row.chain(column).map(|(x, y)| (x as u8, y as u8, pattern.rows[y] >> (63 - x) & 1 == 1)).collect()
}

/// Whether `mask` inverts the module.
pub(crate) fn inverts(mask: Mask, x: usize, y: usize) -> bool {
    super::pattern::mask_row(mask, y) >> (63 - x) & 1 == 1
}

/// Codewords of one block: the places in the stream, the data first, and how many are data.
pub(crate) struct Block {
    /// Places in the order of placement.
    pub(crate) places: Vec<usize>,
    /// How many of them are data.
    pub(crate) data: usize,
}

/// The blocks of a version and level.
pub(crate) fn blocks(version: Version, level: Level) -> Vec<Block> {
    let all = Blocks::of(version, level);
    let (len, short) = all.short();
    (0..all.count)
        .map(|block| {
            let mut places: Vec<usize> = (0..len).map(|i| i * all.count + block).collect();
            if block >= short {
                places.push(len * all.count + block - short);
            }
            let data = places.len();
            places.extend((0..all.correction).map(|i| all.data + i * all.count + block));
            Block { places, data }
        })
        .collect()
}
