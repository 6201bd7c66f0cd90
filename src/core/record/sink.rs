//! Where an encoder writes: bits into a buffer, counted on when it is full so that an error can say how
//! much is too much, or only counted.

/// Bits written or counted.
pub(super) struct Sink<'a> {
    /// What is left of the buffer, if anything is to be written to it.
    out: Option<&'a mut [u8]>,
    /// The last bits, of which a word was not full; more significant ones are of no meaning.
    held: u64,
    bits: usize,
}

/// Bytes of a word, which is written at once.
const WORD: usize = 4;

impl<'a> Sink<'a> {
    /// Counts only.
    pub(super) const fn counter() -> Self {
        Self { out: None, held: 0, bits: 0 }
    }

    /// Writes to `out`, which it makes zero.
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

    /// Writes the first bytes of `word`, or nothing any more where they do not fit.
    #[inline]
    fn write(&mut self, word: u32, bytes: usize) {
        if let Some(out) = self.out.take()
            && let Some((now, rest)) = out.split_at_mut_checked(bytes)
        {
            now.copy_from_slice(&word.to_be_bytes()[..bytes]);
            self.out = Some(rest);
        }
    }

    /// Appends whole bytes, and a zero that ends them.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn terminated(&mut self, bytes: &[u8]) {
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

    /// Writes what is still held, and returns the bits.
    pub(super) fn finish(mut self) -> usize {
        let held = self.bits as u32 % 32;
        if held > 0 {
            self.write((self.held << (32 - held)) as u32, held.div_ceil(8) as usize);
        }
        self.bits
    }
}

/// Bits of a group of so many digits.
pub(super) const GROUP_BITS: [u32; 4] = [0, 4, 7, 10];
