//! Zlib streams (RFC 1950, 1951) of a page's rows: what PNG, PDF and ZPL carry.
//!
//! On a page of text and modules four bytes in five equal those one row up. So a row is compared with the one
//! above in units of four bytes: what is equal goes into a match as far back as a row is long, on over the
//! ends of rows, and the rest into literals.
//!
//! ```text
//! row above   00 00 00 00 ff ff f0 00 00 00 00 0f ff ff f0 00 …
//! row         00 00 00 00 ff ff f0 00 00 00 01 8f ff ff f0 00 …
//!             └── on with the match ─┘└ literals ┘└─ match …
//! ```
//!
//! The Huffman code is constant, its lengths fitted once to such streams of made-up labels: nothing is counted,
//! there is one pass, and a page has one stream.

mod code;

use code::{Code, HEADER_REST, INK, Symbol, WHITE};

/// How a page's dots are written in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// As they are: a set bit is ink.
    Ink,
    /// As PNG has them: before each row a byte 0, for no filter, and a set bit is white.
    Png,
}

/// Bytes compared at a time.
pub const UNIT: usize = 4;
/// Units whose differences are found at once: what is pending before them and all of them is one match.
const CHUNK: usize = 32;
/// Longest match of the format.
const MATCH_MAX: usize = 258;
/// Farthest match of the format.
const DISTANCE_MAX: usize = 32_768;
/// More than one unit, or a match and its neighbours, takes.
const ROOM: usize = 32;
/// What the output grows by.
const STEP: usize = 8192;

/// Appends the zlib stream of `bits`, rows of `stride` bytes, to `out`.
pub fn compress(bits: &[u8], stride: usize, rows: Rows, out: &mut Vec<u8>) {
    let matches = Matches::new(stride, rows);
    let mut stream = Stream::new(out, &matches, rows);
    let mut above: &[u8] = &[];
    for row in bits.chunks_exact(stride.max(1)) {
        if row == above {
            stream.same(row);
        } else {
            stream.changed(row, above);
        }
        // A row that no match reaches back over is as the first one.
        above = if matches.reach { row } else { &[] };
    }
    stream.finish();
}

/// Which of at most [`CHUNK`] units differ, the first the lowest bit. Two at a time: a word of their differences has
/// its upper bits set where its halves are not zero.
fn differing(units: &[[u8; UNIT]], above: &[[u8; UNIT]]) -> u64 {
    const UPPER: u64 = 0x8000_0000_8000_0000;
    let word =
        |pair: &[[u8; UNIT]; 2]| u64::from_le_bytes(*pair.as_flattened().first_chunk().unwrap_or(&[0; 8]));
    let ((pairs, last), (pairs_above, last_above)) = (units.as_chunks::<2>(), above.as_chunks::<2>());
    let mut differing = 0u64;
    for (place, (pair, above)) in pairs.iter().zip(pairs_above).enumerate() {
        let change = word(pair) ^ word(above);
        let upper = (((change & !UPPER) + !UPPER) | change) & UPPER;
        differing |= (upper >> 31 & 1 | upper >> 62) << (2 * place);
    }
    if last != last_above {
        differing |= 1 << (2 * pairs.len());
    }
    differing
}

/// Matches one row back, by their length.
#[derive(Clone, Debug)]
struct Matches {
    /// Length and distance of each; of none no bits.
    symbols: Vec<Pair>,
    /// Whether a row is short enough for any.
    reach: bool,
}

/// Two symbols, one behind the other.
#[derive(Clone, Copy, Debug)]
struct Pair {
    bits: u64,
    count: u32,
}

impl Matches {
    fn new(stride: usize, rows: Rows) -> Self {
        let (code, distance) = match rows {
            Rows::Ink => (&INK, stride),
            Rows::Png => (&WHITE, stride + 1),
        };
        let reach = distance <= DISTANCE_MAX;
        let distance = if reach { code::distance(distance) } else { Symbol::NONE };
        let pair = |length: &Symbol| match length.count {
            0 => Pair { bits: 0, count: 0 },
            count => {
                let bits = u64::from(length.bits) | u64::from(distance.bits) << count;
                Pair { bits, count: count + distance.count }
            }
        };
        Self { symbols: code.lengths.iter().map(pair).collect(), reach }
    }
}

/// A zlib stream in the making.
struct Stream<'o> {
    writer: Writer<'o>,
    sums: Sums,
    /// Of the row last written.
    own: Sums,
    rows: Rows,
}

impl<'o> Stream<'o> {
    fn new(out: &'o mut Vec<u8>, matches: &'o Matches, rows: Rows) -> Self {
        // A window of 32 KiB, the fastest level (RFC 1950, 2.2).
        out.extend_from_slice(&[0x78, 0x01]);
        let writer = Writer::new(out, matches, rows);
        Self { writer, sums: Sums { low: 1, high: 0 }, own: Sums::default(), rows }
    }

    /// A row that equals the one above.
    #[inline]
    fn same(&mut self, row: &[u8]) {
        self.writer.head();
        self.writer.equal(row);
        self.sums.append(&self.own, row.len(), self.rows);
    }

    /// A row that differs from the one above; none above, and it differs everywhere.
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

/// The bits of the stream, as far as they are decided.
struct Writer<'o> {
    out: &'o mut Vec<u8>,
    at: usize,
    bits: Bits,
    rows: Rows,
    code: &'static Code,
    matches: &'o Matches,
    /// Bytes that equal those above and are not written yet: none, or at least three.
    pending: usize,
}

impl<'o> Writer<'o> {
    fn new(out: &'o mut Vec<u8>, matches: &'o Matches, rows: Rows) -> Self {
        let code = match rows {
            Rows::Ink => &INK,
            Rows::Png => &WHITE,
        };
        let [header @ .., last] = &code.header;
        out.extend_from_slice(header);
        let at = out.len();
        let bits = Bits { held: u64::from(*last), count: HEADER_REST };
        Self { out, at, bits, rows, code, matches, pending: 0 }
    }

    /// A row that differs from the one above; none above, and it differs everywhere.
    fn changed(&mut self, row: &[u8], above: &[u8]) {
        self.reserve((row.len() / UNIT + 2) * ROOM);
        self.head();
        let (units, tail) = row.as_chunks::<UNIT>();
        if above.is_empty() {
            self.write_pending();
            let (code, mut bits) = (self.code, self.bits);
            let none = Pair { bits: 0, count: 0 };
            let room = &mut self.out[self.at..];
            let end = units.iter().fold(0, |at, unit| bits.unit(none, *unit, code, room, at));
            (self.at, self.bits) = (self.at + end, bits);
            return self.literals(tail);
        }
        let (units_above, tail_above) = above.as_chunks::<UNIT>();
        for (units, above) in units.chunks(CHUNK).zip(units_above.chunks(CHUNK)) {
            let mut differing = differing(units, above);
            if self.pending > MATCH_MAX - UNIT * CHUNK {
                self.write_all_but_last();
            }
            // What changes at every unit is kept out of memory.
            let (code, matches) = (self.code, self.matches.symbols.as_slice());
            let (mut bits, mut pending, mut at, mut done) = (self.bits, self.pending, 0, 0);
            let room = &mut self.out[self.at..];
            while differing != 0 {
                let place = differing.trailing_zeros() as usize;
                differing &= differing - 1;
                let (Some(unit), Some(before)) =
                    (units.get(place), matches.get(pending + UNIT * (place - done)))
                else {
                    break;
                };
                (pending, done) = (0, place + 1);
                at = bits.unit(*before, *unit, code, room, at);
            }
            (self.at, self.bits) = (self.at + at, bits);
            self.pending = pending + UNIT * (units.len() - done);
        }
        if tail == tail_above {
            self.equal(tail);
        } else {
            self.write_pending();
            self.literals(tail);
        }
    }

    /// The byte before a row.
    #[inline]
    fn head(&mut self) {
        if self.rows == Rows::Png {
            if self.pending > 0 {
                self.pending += 1;
            } else {
                self.reserve(ROOM);
                self.push(self.code.no_filter);
                self.flush();
            }
        }
    }

    /// Bytes that equal those above.
    fn equal(&mut self, bytes: &[u8]) {
        if self.pending + bytes.len() >= 3 {
            self.pending += bytes.len();
        } else {
            self.reserve(ROOM);
            self.literals(bytes);
        }
    }

    /// At most three bytes.
    fn literals(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.push(self.code.literals[usize::from(*byte)]));
        self.flush();
    }

    /// Writes what is pending as matches.
    fn write_pending(&mut self) {
        if self.pending > MATCH_MAX {
            self.write_all_but_last();
        }
        self.bits.push_pair(self.matches.symbols[self.pending]);
        self.flush();
        self.pending = 0;
    }

    #[cold]
    #[inline(never)]
    fn write_all_but_last(&mut self) {
        let room = self.out.len() - self.at;
        // What is left is short enough for a chunk of a row to be added, and long enough for a match.
        while self.pending > 6 {
            let length = MATCH_MAX.min(self.pending - 3);
            self.reserve(2 * ROOM);
            self.bits.push_pair(self.matches.symbols[length]);
            self.flush();
            self.pending -= length;
        }
        // That of the caller went into the above.
        self.reserve(room);
    }

    fn finish(mut self) -> &'o mut Vec<u8> {
        self.reserve(2 * ROOM);
        self.write_pending();
        self.push(self.code.end);
        // The last byte is filled with zeros.
        self.bits.count = self.bits.count.next_multiple_of(8);
        self.flush();
        self.out.truncate(self.at);
        self.out
    }

    fn push(&mut self, symbol: Symbol) {
        self.bits.push(symbol);
    }

    fn flush(&mut self) {
        self.at = self.bits.flush(self.out, self.at);
    }

    /// Makes room for so many bytes.
    #[inline]
    fn reserve(&mut self, bytes: usize) {
        if self.out.len() - self.at < bytes {
            self.out.resize(self.at + bytes.max(STEP), 0);
        }
    }
}

/// Bits that are no whole byte yet.
#[derive(Clone, Copy)]
struct Bits {
    held: u64,
    count: u32,
}

impl Bits {
    #[inline(always)]
    fn push(&mut self, symbol: Symbol) {
        self.held |= u64::from(symbol.bits) << self.count;
        self.count += symbol.count;
    }

    /// Writes whole bytes at `at` and returns where the next go; fewer than eight bits stay.
    #[inline(always)]
    fn flush(&mut self, out: &mut [u8], at: usize) -> usize {
        if let Some(room) = out.get_mut(at..).and_then(|room| room.first_chunk_mut::<8>()) {
            *room = self.held.to_le_bytes();
        }
        let bytes = self.count / 8;
        self.held >>= bytes * 8;
        self.count %= 8;
        at + bytes as usize
    }

    #[inline(always)]
    fn push_pair(&mut self, pair: Pair) {
        self.held |= pair.bits << self.count;
        self.count += pair.count;
    }

    /// A match, or none, and four literals.
    #[inline(always)]
    fn unit(&mut self, before: Pair, unit: [u8; UNIT], code: &Code, out: &mut [u8], at: usize) -> usize {
        self.push_pair(before);
        // The four are put together beside what is held, and added to it at once.
        let [a, b, c, d] = unit.map(|byte| code.literals[usize::from(byte)]);
        let (low, high) = (a.bits | b.bits << a.count, c.bits | d.bits << c.count);
        let half = a.count + b.count;
        let (bits, count) = (u64::from(low) | u64::from(high) << half, half + c.count + d.count);
        // Four long literals behind a far match: hardly ever.
        let at = if self.count + count < u64::BITS { at } else { self.flush(out, at) };
        self.held |= bits << self.count;
        self.count += count;
        self.flush(out, at)
    }
}

/// The two sums of Adler-32 (RFC 1950, section 8), not reduced: pages are far below what a word holds.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    low: u64,
    high: u64,
}

const ADLER: u64 = 65_521;

impl Sums {
    /// The sums of a row as it stands in the stream, from nothing.
    fn of(row: &[u8], rows: Rows) -> Self {
        let mut adler = simd_adler32::Adler32::new();
        adler.write(row);
        let value = u64::from(adler.finish());
        let len = row.len() as u64;
        // Without the one that Adler-32 begins with, which the high sum counts at each byte.
        let (low, high) = (value % 65_536 + ADLER - 1, (value >> 16) + len * ADLER - len);
        match rows {
            Rows::Ink => Self { low, high },
            // Of the complement of each byte.
            Rows::Png => Self {
                low: (255 * len * ADLER - low) % ADLER + 255 * len % ADLER,
                high: 255 * (len * (len + 1) / 2) % ADLER + (ADLER * ADLER - high % ADLER),
            },
        }
    }

    /// Appends a row of `len` bytes whose sums are `row`.
    #[inline]
    fn append(&mut self, row: &Self, len: usize, rows: Rows) {
        let head = u64::from(rows == Rows::Png);
        self.high += (len as u64 + head) * self.low + row.high;
        self.low += row.low;
        // Reduced where the next rows could overflow: never on a label.
        if self.high > 1 << 62 {
            (self.low, self.high) = (self.low % ADLER, self.high % ADLER);
        }
    }

    fn value(&self) -> u32 {
        (((self.high % ADLER) << 16) | (self.low % ADLER)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The stream as it stands before compression.
    fn stream(bits: &[u8], stride: usize, rows: Rows) -> Vec<u8> {
        let row = |row: &[u8]| match rows {
            Rows::Ink => row.to_vec(),
            Rows::Png => [0].into_iter().chain(row.iter().map(|byte| !byte)).collect(),
        };
        bits.chunks_exact(stride).flat_map(row).collect()
    }

    fn round_trip(bits: &[u8], stride: usize) {
        for rows in [Rows::Ink, Rows::Png] {
            let mut out = vec![7, 7];
            compress(bits, stride, rows, &mut out);
            // What refuses a code that is not whole, a match from before the start, and a wrong sum.
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
            // Rows that repeat, differ in one place, are of one byte, or are noise.
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
