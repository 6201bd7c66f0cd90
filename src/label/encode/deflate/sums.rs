//! The Adler-32 checksum, combined from the checksums of rows. A row equal to the one above is not summed again.

use super::rows::PageRows;

/// The two sums of Adler-32 (RFC 1950, section 8), not reduced: a page cannot overflow a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) low: u64,
    pub(super) high: u64,
}

const ADLER: u64 = 65_521;

impl Sums {
    /// The sums of a row in its stream layout, starting from zero.
    pub(super) fn of(row: &[u8], rows: PageRows) -> Self {
        let mut adler = simd_adler32::Adler32::new();
        adler.write(row);
        let value = u64::from(adler.finish());
        let len = row.len() as u64;
        // Without the initial one of Adler-32, which the high sum counts once per byte.
        let (low, high) = (value % 65_536 + ADLER - 1, (value >> 16) + len * ADLER - len);
        match rows {
            PageRows::Ink => Self { low, high },
            // The sum over the complement of each byte.
            PageRows::Png => Self {
                low: (255 * len * ADLER - low) % ADLER + 255 * len % ADLER,
                high: 255 * (len * (len + 1) / 2) % ADLER + (ADLER * ADLER - high % ADLER),
            },
        }
    }

    /// Appends a row of `len` bytes whose sums are `row`.
    #[inline]
    pub(super) fn append(&mut self, row: &Self, len: usize, rows: PageRows) {
        let head = u64::from(rows == PageRows::Png);
        self.high += (len as u64 + head) * self.low + row.high;
        self.low += row.low;
        // Reduces where the next rows could overflow, which no label reaches.
        if self.high > 1 << 62 {
            (self.low, self.high) = (self.low % ADLER, self.high % ADLER);
        }
    }

    /// The final checksum of the stream.
    pub(super) fn value(&self) -> u32 {
        (((self.high % ADLER) << 16) | (self.low % ADLER)) as u32
    }
}
