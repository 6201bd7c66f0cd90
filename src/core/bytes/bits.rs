//! Bit strings, most significant bit first.

/// The bit string is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl core::fmt::Display for Full {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no room is left")
    }
}

impl core::error::Error for Full {}

/// Reads bits from a buffer, most significant first.
pub struct BitReader<'a> {
    bytes: &'a [u8],
    bits: usize,
}

impl<'a> BitReader<'a> {
    /// Reads from the first bit of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, bits: 0 }
    }

    /// Reads the next `count` bits, at most 32.
    ///
    /// # Errors
    /// [`Full`] if fewer are left; the position does not move then.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub fn take(&mut self, count: u32) -> Result<u32, Full> {
        debug_assert!(count <= 32);
        if count as usize > self.left() {
            return Err(Full);
        }
        #[cfg(any(target_pointer_width = "64", feature = "fast"))]
        if let Some(word) = self.word() {
            self.bits += count as usize;
            return Ok((word >> 32 >> (32 - count)) as u32);
        }
        let mut value = 0;
        for _ in 0..count {
            let bit = self.bytes[self.bits / 8] >> (7 - self.bits % 8) & 1;
            value = value << 1 | u32::from(bit);
            self.bits += 1;
        }
        Ok(value)
    }

    /// The next `count` bits, at most 32, without advancing. Bits after the end read as zero.
    #[cfg(feature = "fast")]
    #[must_use]
    pub fn peek(&self, count: u32) -> u32 {
        let word = self.word().unwrap_or_else(|| {
            let mut word = [0; 8];
            let rest = &self.bytes[self.bits / 8..];
            word[..rest.len()].copy_from_slice(rest);
            u64::from_be_bytes(word) << (self.bits % 8)
        });
        (word >> 32 >> (32 - count)) as u32
    }

    /// The next bits in a word, the first one at the top. At least 57 of them are valid. `None` near the end of the
    /// buffer, where fewer than eight bytes are left.
    #[cfg(any(target_pointer_width = "64", feature = "fast"))]
    fn word(&self) -> Option<u64> {
        let word = self.bytes[self.bits / 8..].first_chunk::<8>()?;
        Some(u64::from_be_bytes(*word) << (self.bits % 8))
    }

    /// Number of bits not yet read.
    #[must_use]
    pub fn left(&self) -> usize {
        self.bytes.len() * 8 - self.bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_in_their_order() {
        let bytes =
            [0b1000_1001, 0b0101_0101, 0b0101_0111, 0xff, 0xff, 0xff, 0b1111_1110, 0b1000_0000, 0x5a, 3];
        let mut reader = BitReader::new(&bytes);
        for (value, count) in [(1, 1), (0, 3), (0x2_5555, 18), (u32::MAX, 32), (0b10, 2), (0, 0), (0b1000, 4)]
        {
            assert_eq!(reader.take(count), Ok(value));
        }
        assert_eq!(reader.left(), 20);
        assert_eq!(reader.take(21), Err(Full));
        assert_eq!(reader.take(12), Ok(0x05a));
        #[cfg(feature = "fast")]
        assert_eq!((reader.peek(8), reader.peek(12), reader.left()), (3, 0x30, 8));
        assert_eq!(reader.take(8), Ok(3));
        assert_eq!(reader.take(1), Err(Full));
        assert_eq!(reader.take(0), Ok(0));
    }
}
