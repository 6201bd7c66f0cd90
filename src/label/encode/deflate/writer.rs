//! Writes rows as literals and matches.

use super::bits::{PackedBits, Pair, UNIT};
use super::code::{Code, HEADER_REST, HuffmanSymbol, INK, WHITE};
use super::matches::Matches;
use super::rows::PageRows;

/// Units compared at once. Pending bytes and a whole chunk of equal units fit one match.
const CHUNK: usize = 32;
/// Maximum match length of the format.
const MATCH_MAX: usize = 258;
/// Upper bound in bytes for one unit, or of a match with its neighbours.
const ROOM: usize = 32;
/// Growth step of the output.
const STEP: usize = 8192;

/// The bit stream of literals and matches.
pub(super) struct BitSink<'o> {
    out: &'o mut Vec<u8>,
    at: usize,
    bits: PackedBits,
    rows: PageRows,
    code: &'static Code,
    matches: &'o Matches,
    /// Pending bytes that equal those above: none, or at least three.
    pending: usize,
}

impl<'o> BitSink<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, matches: &'o Matches, rows: PageRows) -> Self {
        let code = match rows {
            PageRows::Ink => &INK,
            PageRows::Png => &WHITE,
        };
        let [header @ .., last] = &code.header;
        out.extend_from_slice(header);
        let at = out.len();
        let bits = PackedBits { held: u64::from(*last), count: HEADER_REST };
        Self { out, at, bits, rows, code, matches, pending: 0 }
    }

    /// Appends a row that differs from the one above, or the first row.
    pub(super) fn changed(&mut self, row: &[u8], above: &[u8]) {
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
            // Local copies, so that values which change per unit stay in registers.
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

    /// Appends the filter byte before a row.
    #[inline]
    pub(super) fn head(&mut self) {
        if self.rows == PageRows::Png {
            if self.pending > 0 {
                self.pending += 1;
            } else {
                self.reserve(ROOM);
                self.push(self.code.no_filter);
                self.flush();
            }
        }
    }

    /// Appends bytes that equal those above.
    pub(super) fn equal(&mut self, bytes: &[u8]) {
        if self.pending + bytes.len() >= 3 {
            self.pending += bytes.len();
        } else {
            self.reserve(ROOM);
            self.literals(bytes);
        }
    }

    /// Appends at most three bytes.
    fn literals(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.push(self.code.literals[usize::from(*byte)]));
        self.flush();
    }

    /// Writes the pending bytes as matches.
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
        // The remainder leaves room for a chunk of a row, and is long enough for a match.
        while self.pending > 6 {
            let length = MATCH_MAX.min(self.pending - 3);
            self.reserve(2 * ROOM);
            self.bits.push_pair(self.matches.symbols[length]);
            self.flush();
            self.pending -= length;
        }
        // The caller's row is now the row above.
        self.reserve(room);
    }

    /// Ends the block. The rest of its last byte is zero.
    pub(super) fn finish(mut self) -> &'o mut Vec<u8> {
        self.reserve(2 * ROOM);
        self.write_pending();
        self.push(self.code.end);
        // Pad the last byte with zeros.
        self.bits.count = self.bits.count.next_multiple_of(8);
        self.flush();
        self.out.truncate(self.at);
        self.out
    }

    fn push(&mut self, symbol: HuffmanSymbol) {
        self.bits.push(symbol);
    }

    fn flush(&mut self) {
        self.at = self.bits.flush(self.out, self.at);
    }

    /// Grows the output so that `bytes` more bytes fit.
    #[inline]
    fn reserve(&mut self, bytes: usize) {
        if self.out.len() - self.at < bytes {
            self.out.resize(self.at + bytes.max(STEP), 0);
        }
    }
}

/// A bit mask of which of at most [`CHUNK`] units differ, the first unit in the lowest bit. Works on two units at a
/// time: the upper bits of a word of differences are set where its halves are not zero.
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
