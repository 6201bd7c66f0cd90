//! Function patterns combined with the mask pattern, and the zig-zag placement of codewords.

use super::codewords::CodewordStream;
use super::{EcLevel, MaskPattern, SIZE_MAX, Version};

/// The modules of a symbol before its codewords.
pub(super) struct Pattern {
    /// Function patterns, format and version information; in the codeword area, the mask pattern.
    pub(super) rows: [u64; SIZE_MAX],
    /// A set bit marks a module of the codeword area.
    pub(super) free: [u64; SIZE_MAX],
    size: usize,
}

/// Generator polynomial of the format information's BCH code, and its XOR mask.
const FORMAT: (u32, u32) = (0x537, 0x5412);
/// Generator polynomial of the version information's Golay code.
const VERSION: u32 = 0x1f25;
/// Finder pattern, by row.
const FINDER: [u64; 7] = [0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111];
/// Alignment pattern, by row.
const ALIGNMENT: [u64; 5] = [0b11111, 0b10001, 0b10101, 0b10001, 0b11111];

/// Draws a complete symbol with a newly built pattern.
#[inline(never)]
pub(super) fn draw(
    version: Version,
    level: EcLevel,
    mask: MaskPattern,
    stream: &CodewordStream,
    rows: &mut [u64; SIZE_MAX],
) {
    Pattern::new(version, level, mask).place(stream, rows);
}

impl Pattern {
    pub(super) fn new(version: Version, level: EcLevel, mask: MaskPattern) -> Self {
        let size = version.size();
        let mut pattern = Self { rows: [0; SIZE_MAX], free: [0; SIZE_MAX], size };
        pattern.free[..size].fill(u64::MAX << (64 - size));
        pattern.timing();
        pattern.finders();
        pattern.alignments(version);
        pattern.format(level.format_bits() << 3 | u32::from(mask.number()));
        if version.number() >= 7 {
            pattern.version(u32::from(version.number()));
        }
        for y in 0..size {
            pattern.rows[y] ^= mask_row(mask, y) & pattern.free[y];
        }
        pattern
    }

    /// Places the codeword bits in the free modules: two columns at a time from the right, upwards and downwards
    /// alternately, the right module of a row before the left one.
    #[inline]
    pub(super) fn place(&self, stream: &CodewordStream, out: &mut [u64; SIZE_MAX]) {
        *out = self.rows;
        let mut bits = StreamBits { stream, at: 0, held: 0, count: 0 };
        let size = self.size;
        let (rows, free) = (&mut out[..size], &self.free[..size]);
        let mut upwards = true;
        // The column of the timing pattern is skipped, so pairs to its left shift by one.
        let pairs = (8..size).rev().step_by(2).chain([5, 3, 1]);
        for right in pairs {
            let shift = 63 - right;
            if upwards {
                let parts = rows.rchunks_mut(PART).zip(free.rchunks(PART));
                parts.for_each(|(rows, free)| bits.fill(rows, free, true, shift));
            } else {
                let parts = rows.chunks_mut(PART).zip(free.chunks(PART));
                parts.for_each(|(rows, free)| bits.fill(rows, free, false, shift));
            }
            upwards = !upwards;
        }
    }

    /// Sets `width` function modules from `(x, y)` to the right. The highest of `bits` is the leftmost module.
    fn put(&mut self, x: usize, y: usize, width: usize, bits: u64) {
        let shift = 64 - x - width;
        let place = ((1 << width) - 1) << shift;
        self.rows[y] = self.rows[y] & !place | bits << shift & place;
        self.free[y] &= !place;
    }

    fn timing(&mut self) {
        for i in 0..self.size {
            let dark = (i + 1) as u64 & 1;
            self.put(i, 6, 1, dark);
            self.put(6, i, 1, dark);
        }
    }

    /// The three finder patterns with their separators.
    fn finders(&mut self) {
        let far = self.size - 8;
        for (y, row) in FINDER.into_iter().chain([0]).enumerate() {
            self.put(0, y, 8, row << 1);
            self.put(far, y, 8, row);
            self.put(0, self.size - 1 - y, 8, row << 1);
        }
    }

    /// An alignment pattern at each crossing of the version's coordinates, except the three that finder patterns
    /// occupy.
    fn alignments(&mut self, version: Version) {
        if version.number() == 1 {
            return;
        }
        let last = self.size - 7;
        let middle = if version.number() >= 7 { (6 + last) / 2 } else { last };
        for cy in [6, middle, last] {
            for cx in [6, middle, last] {
                if (cx, cy) == (6, 6) || (cx, cy) == (6, last) || (cx, cy) == (last, 6) {
                    continue;
                }
                for (y, row) in ALIGNMENT.into_iter().enumerate() {
                    self.put(cx - 2, cy - 2 + y, 5, row);
                }
            }
        }
    }

    /// Both copies of the format information, and the fixed dark module.
    fn format(&mut self, data: u32) {
        let bits = (data << 10 | remainder(data, FORMAT.0, 10)) ^ FORMAT.1;
        for i in 0..15 {
            let bit = u64::from(bits >> i & 1);
            let (x, y) = match i {
                0..6 => (8, i),
                6..8 => (8, i + 1),
                8 => (7, 8),
                _ => (14 - i, 8),
            };
            self.put(x, y, 1, bit);
            let (x, y) = if i < 8 { (self.size - 1 - i, 8) } else { (8, self.size - 15 + i) };
            self.put(x, y, 1, bit);
        }
        self.put(8, self.size - 8, 1, 1);
    }

    /// Both copies of the version information.
    fn version(&mut self, number: u32) {
        let bits = number << 12 | remainder(number, VERSION, 12);
        for i in 0..18 {
            let bit = u64::from(bits >> i & 1);
            let (far, near) = (self.size - 11 + i % 3, i / 3);
            self.put(far, near, 1, bit);
            self.put(near, far, 1, bit);
        }
    }
}

/// The remainder of `data`·x^`degree` divided by `generator` over GF(2).
fn remainder(data: u32, generator: u32, degree: u32) -> u32 {
    let mut rest = data << degree;
    for bit in (degree..32).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= generator << (bit - degree);
        }
    }
    rest
}

/// The mask pattern's modules in row `y`. Every pattern repeats after six columns.
pub(super) fn mask_row(mask: MaskPattern, y: usize) -> u64 {
    let mut period = 0;
    for x in 0..6 {
        let inverts = match mask.number() {
            0 => (x + y) % 2,
            1 => y % 2,
            2 => x % 3,
            3 => (x + y) % 3,
            4 => (y / 2 + x / 3) % 2,
            5 => x * y % 2 + x * y % 3,
            6 => (x * y % 2 + x * y % 3) % 2,
            _ => ((x + y) % 2 + x * y % 3) % 2,
        } == 0;
        period = period << 1 | u64::from(inverts);
    }
    (0..10).fold(0, |row, i| row | period << (58 - 6 * i))
}

/// The codewords as a bit stream in placement order; the lowest bit is next.
struct StreamBits<'s> {
    stream: &'s CodewordStream,
    at: usize,
    held: u64,
    count: usize,
}

/// Rows for which one word of bits suffices.
const PART: usize = 16;

impl StreamBits<'_> {
    /// Fills two columns of at most [`PART`] rows, up or down, the left one `shift` bits from the lowest.
    #[cfg_attr(feature = "fast", inline(always))]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn fill(&mut self, rows: &mut [u64], free: &[u64], upwards: bool, shift: usize) {
        if self.count < 32 {
            self.refill();
        }
        let (mut held, mut count) = (self.held, self.count);
        let mut module = |(row, free): (&mut u64, &u64)| {
            let free = free >> shift & 3;
            if free == 3 {
                // The first bit is the right module, which is the lower bit.
                *row ^= (held & 3) << shift;
                held >>= 2;
                count -= 2;
            } else if free > 0 {
                // A single module, on the right or on the left.
                *row ^= (held & 1) << (free >> 1) << shift;
                held >>= 1;
                count -= 1;
            }
        };
        let strip = rows.iter_mut().zip(free);
        if upwards {
            strip.rev().for_each(&mut module);
        } else {
            strip.for_each(&mut module);
        }
        (self.held, self.count) = (held, count);
    }

    #[inline(always)]
    fn refill(&mut self) {
        // In bounds: a word of zeros follows the codewords.
        let mut word = [0; 4];
        word.copy_from_slice(&self.stream[self.at..self.at + 4]);
        self.held |= u64::from(u32::from_be_bytes(word).reverse_bits()) << self.count;
        self.count += 32;
        self.at += 4;
    }
}
