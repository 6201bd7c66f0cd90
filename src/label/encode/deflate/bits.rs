//! A bit writer for the stream.

use super::code::{Code, HuffmanSymbol};

/// Bytes compared at a time.
pub(super) const UNIT: usize = 4;

/// Two symbols combined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) bits: u64,
    pub(super) count: u32,
}

/// Pending bits that do not fill a byte yet.
#[derive(Clone, Copy)]
pub(super) struct PackedBits {
    pub(super) held: u64,
    pub(super) count: u32,
}

impl PackedBits {
    #[inline(always)]
    pub(super) fn push(&mut self, symbol: HuffmanSymbol) {
        self.held |= u64::from(symbol.bits) << self.count;
        self.count += symbol.count;
    }

    /// Writes the complete bytes at index `at` and returns the next index. Fewer than eight bits stay pending.
    #[inline(always)]
    pub(super) fn flush(&mut self, out: &mut [u8], at: usize) -> usize {
        if let Some(room) = out.get_mut(at..).and_then(|room| room.first_chunk_mut::<8>()) {
            *room = self.held.to_le_bytes();
        }
        let bytes = self.count / 8;
        self.held >>= bytes * 8;
        self.count %= 8;
        at + bytes as usize
    }

    #[inline(always)]
    pub(super) fn push_pair(&mut self, pair: Pair) {
        self.held |= pair.bits << self.count;
        self.count += pair.count;
    }

    /// Appends an optional match and four literals.
    #[inline(always)]
    pub(super) fn unit(
        &mut self,
        before: Pair,
        unit: [u8; UNIT],
        code: &Code,
        out: &mut [u8],
        at: usize,
    ) -> usize {
        self.push_pair(before);
        // The four are combined first and added to the pending bits in one step.
        let [a, b, c, d] = unit.map(|byte| code.literals[usize::from(byte)]);
        let (low, high) = (a.bits | b.bits << a.count, c.bits | d.bits << c.count);
        let half = a.count + b.count;
        let (bits, count) = (u64::from(low) | u64::from(high) << half, half + c.count + d.count);
        // Rare: four long literals after a distant match.
        let at = if self.count + count < u64::BITS { at } else { self.flush(out, at) };
        self.held |= bits << self.count;
        self.count += count;
        self.flush(out, at)
    }
}
