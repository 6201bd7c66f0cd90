//! Where an encoder writes: bits into a buffer, counted on when it is full so that an error can say how
//! much is too much, or only counted.

use crate::bytes::BitWriter;

/// Bits written or counted.
pub(super) struct Sink<'a> {
    out: Option<BitWriter<'a>>,
    bits: usize,
}

impl<'a> Sink<'a> {
    /// Counts only.
    pub(super) const fn counter() -> Self {
        Self { out: None, bits: 0 }
    }

    /// Writes to `out`, which it makes zero.
    pub(super) fn new(out: &'a mut [u8]) -> Self {
        Self { out: Some(BitWriter::new(out)), bits: 0 }
    }

    /// Appends the low `count` bits of `value`, at most 32.
    #[cfg_attr(not(feature = "host"), inline(never))]
    pub(super) fn put(&mut self, value: u32, count: u32) {
        self.bits += count as usize;
        if let Some(out) = &mut self.out
            && out.put(value, count).is_err()
        {
            self.out = None;
        }
    }

    /// Appends whole bytes, and a zero that ends them.
    #[cfg_attr(not(feature = "host"), inline(never))]
    pub(super) fn terminated(&mut self, bytes: &[u8]) {
        if self.out.is_none() {
            self.bits += 8 * (bytes.len() + 1);
            return;
        }
        for &byte in bytes {
            self.put(byte.into(), 8);
        }
        self.put(0, 8);
    }

    /// Appends `digits`, decimal ASCII: three in ten bits, a rest of two in seven or of one in four.
    pub(super) fn digits(&mut self, digits: &[u8]) {
        for group in digits.chunks(3) {
            let value = group.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
            self.put(value, GROUP_BITS[group.len()]);
        }
    }

    /// Bits so far, those that did not fit included.
    pub(super) const fn bits(&self) -> usize {
        self.bits
    }
}

/// Bits of a group of so many digits.
pub(super) const GROUP_BITS: [u32; 4] = [0, 4, 7, 10];
