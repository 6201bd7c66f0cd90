//! The encoder's output: a bit writer over a buffer. A full buffer does not stop it: the count
//! goes on, so that the error can say by how much the record is too long.

/// A bit writer.
pub(super) struct Sink<'a> {
    /// The rest of the buffer; `None` once something does not fit.
    out: Option<&'a mut [u8]>,
    /// Pending bits that do not fill a word yet, in the low bits. Higher bits are garbage.
    held: u64,
    bits: usize,
}

/// Bytes in a word. Output is written one word at a time.
const WORD: usize = 4;

impl<'a> Sink<'a> {
    /// A sink that writes to `out`, which is zeroed first.
    pub(super) fn new(out: &'a mut [u8]) -> Self {
        out.fill(0);
        Self { out: Some(out), held: 0, bits: 0 }
    }

    /// Appends the low `count` bits of `value`, at most 32.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn put(&mut self, value: u32, count: u32) {
        let held = self.bits as u32 % 32 + count;
        self.held = self.held << count | u64::from(value) & ((1 << count) - 1);
        self.bits += count as usize;
        if held >= 32 {
            self.write((self.held >> (held - 32)) as u32, WORD);
        }
    }

    /// Appends the low `count` bits of `value`, at most 64.
    pub(super) fn put_wide(&mut self, value: u64, count: u32) {
        let high = count.saturating_sub(32);
        self.put((value >> 32) as u32, high);
        self.put(value as u32, count - high);
    }

    /// Writes the first `bytes` of `word`. Once something does not fit, writes nothing more.
    #[inline]
    fn write(&mut self, word: u32, bytes: usize) {
        if let Some(out) = self.out.take()
            && let Some((now, rest)) = out.split_at_mut_checked(bytes)
        {
            now.copy_from_slice(&word.to_be_bytes()[..bytes]);
            self.out = Some(rest);
        }
    }

    /// Appends bytes, followed by a terminating zero.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn terminated(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.put(byte.into(), 8);
        }
        self.put(0, 8);
    }

    /// Appends decimal ASCII digits: three per ten bits, a rest of two in seven bits or of one in four.
    pub(super) fn digits(&mut self, digits: &[u8]) {
        for group in digits.chunks(3) {
            let value = group.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
            self.put(value, GROUP_BITS[group.len()]);
        }
    }

    /// Writes the pending bits, and returns the total number of bits.
    pub(super) fn finish(mut self) -> usize {
        let held = self.bits as u32 % 32;
        if held > 0 {
            self.write((self.held << (32 - held)) as u32, held.div_ceil(8) as usize);
        }
        self.bits
    }
}

/// The number of bits for a group of `digits` digits.
pub(super) const GROUP_BITS: [u32; 4] = [0, 4, 7, 10];
