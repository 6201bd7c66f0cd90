//! Compresses a page's rows to a zlib stream: header, one block, and checksum.

use super::matches::Matches;
use super::rows::PageRows;
use super::sums::Sums;
use super::writer::BitSink;

/// Appends the zlib stream of `bits`, rows of `stride` bytes, to `out`.
pub(in crate::label::encode) fn compress(bits: &[u8], stride: usize, rows: PageRows, out: &mut Vec<u8>) {
    let matches = Matches::new(stride, rows);
    let mut stream = DeflateStream::new(out, &matches, rows);
    let mut above: &[u8] = &[];
    for row in bits.chunks_exact(stride.max(1)) {
        if row == above {
            stream.same(row);
        } else {
            stream.changed(row, above);
        }
        // Rows longer than the maximum distance cannot be matched: each is encoded like the first.
        above = if matches.reach { row } else { &[] };
    }
    stream.finish();
}

/// A zlib stream in progress.
struct DeflateStream<'o> {
    writer: BitSink<'o>,
    sums: Sums,
    /// The sums of the row written last.
    own: Sums,
    rows: PageRows,
}

impl<'o> DeflateStream<'o> {
    fn new(out: &'o mut Vec<u8>, matches: &'o Matches, rows: PageRows) -> Self {
        // A window of 32 KiB, the fastest level (RFC 1950, 2.2).
        out.extend_from_slice(&[0x78, 0x01]);
        let writer = BitSink::new(out, matches, rows);
        Self { writer, sums: Sums { low: 1, high: 0 }, own: Sums::default(), rows }
    }

    /// Appends a row equal to the one above.
    #[inline]
    fn same(&mut self, row: &[u8]) {
        self.writer.head();
        self.writer.equal(row);
        self.sums.append(&self.own, row.len(), self.rows);
    }

    /// Appends a row that differs from the one above, or the first row.
    #[inline]
    fn changed(&mut self, row: &[u8], above: &[u8]) {
        self.writer.changed(row, above);
        self.own = Sums::of(row, self.rows);
        self.sums.append(&self.own, row.len(), self.rows);
    }

    fn finish(self) {
        let out = self.writer.finish();
        out.extend_from_slice(&self.sums.value().to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The uncompressed stream.
    fn stream(bits: &[u8], stride: usize, rows: PageRows) -> Vec<u8> {
        let row = |row: &[u8]| match rows {
            PageRows::Ink => row.to_vec(),
            PageRows::Png => [0].into_iter().chain(row.iter().map(|byte| !byte)).collect(),
        };
        bits.chunks_exact(stride).flat_map(row).collect()
    }

    fn round_trip(bits: &[u8], stride: usize) {
        for rows in [PageRows::Ink, PageRows::Png] {
            let mut out = vec![7, 7];
            compress(bits, stride, rows, &mut out);
            // A decoder that rejects incomplete codes, matches before the start, and a wrong checksum.
            let back = fdeflate::decompress_to_vec(&out[2..]);
            assert!(back.unwrap() == stream(bits, stride, rows), "{rows:?}, rows of {stride}");
            assert_eq!(out[..2], [7, 7]);
        }
    }

    proptest! {
        #[test]
        fn any_page_comes_back(
            stride in 1..300usize,
            rows in prop::collection::vec((0..4u8, any::<u8>(), any::<prop::sample::Index>()), 0..40),
        ) {
            // Rows that repeat, that differ in one place, of a single byte, and of noise.
            let mut page: Vec<u8> = Vec::new();
            let mut row = vec![0u8; stride];
            for (kind, byte, at) in rows {
                match kind {
                    0 => {}
                    1 => row[at.index(stride)] ^= byte,
                    2 => row.fill(byte),
                    _ => row.iter_mut().zip(0u32..).for_each(|(b, i)| *b = (i * 97 + u32::from(byte)) as u8),
                }
                page.extend_from_slice(&row);
            }
            round_trip(&page, stride);
        }
    }

    #[test]
    fn long_runs_and_wide_rows_come_back() {
        for (stride, height) in
            [(100, 1200), (310, 3543), (1, 5000), (3, 259), (32_767, 3), (32_768, 3), (40_000, 3)]
        {
            let mut page = vec![0xff; stride * height];
            round_trip(&page, stride);
            page[stride * height / 2] = 0x3c;
            page[0] = 0;
            round_trip(&page, stride);
        }
        round_trip(&[], 100);
    }
}
