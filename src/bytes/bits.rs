//! Bit strings, most significant bit first.

/// The string has no room, or no bits, left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// Appends bits to a caller's buffer, most significant first.
pub struct BitWriter<'a> {
    out: &'a mut [u8],
    bits: usize,
}

impl<'a> BitWriter<'a> {
    /// Writes from the first bit of `out`, which it makes zero.
    pub fn new(out: &'a mut [u8]) -> Self {
        out.fill(0);
        Self { out, bits: 0 }
    }

    /// Appends the low `count` bits of `value`, at most 32.
    ///
    /// # Errors
    /// [`Full`] if they do not fit; nothing is written then.
    pub fn put(&mut self, value: u32, count: u32) -> Result<(), Full> {
        debug_assert!(count <= 32);
        if self.bits + count as usize > self.out.len() * 8 {
            return Err(Full);
        }
        // A host writes a word at a time; what follows is zero.
        #[cfg(target_pointer_width = "64")]
        if let Some(word) = self.out[self.bits / 8..].first_chunk_mut::<8>() {
            let value = u64::from(value) & ((1 << count) - 1);
            let shift = 64 - (self.bits % 8) as u32 - count;
            *word = (u64::from_be_bytes(*word) | value << shift).to_be_bytes();
            self.bits += count as usize;
            return Ok(());
        }
        let mut left = count;
        while left > 0 {
            let room = 8 - (self.bits % 8) as u32;
            let take = room.min(left);
            let chunk = (value >> (left - take)) & ((1 << take) - 1);
            self.out[self.bits / 8] |= (chunk as u8) << (room - take);
            self.bits += take as usize;
            left -= take;
        }
        Ok(())
    }

    /// Bits written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits == 0
    }
}

/// Takes bits from a buffer, most significant first.
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

    /// Takes the next `count` bits, at most 32.
    ///
    /// # Errors
    /// [`Full`] if fewer are left; none is taken then.
    pub fn take(&mut self, count: u32) -> Result<u32, Full> {
        debug_assert!(count <= 32);
        if count as usize > self.left() {
            return Err(Full);
        }
        let mut value = 0;
        let mut left = count;
        while left > 0 {
            let room = 8 - (self.bits % 8) as u32;
            let take = room.min(left);
            let chunk = (u32::from(self.bytes[self.bits / 8]) >> (room - take)) & ((1 << take) - 1);
            value = value << take | chunk;
            self.bits += take as usize;
            left -= take;
        }
        Ok(value)
    }

    /// Bits not yet taken.
    #[must_use]
    pub fn left(&self) -> usize {
        self.bytes.len() * 8 - self.bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_as_they_went_in() {
        let mut buffer = [0xffu8; 9];
        let mut writer = BitWriter::new(&mut buffer);
        for (value, count) in [(1, 1), (0, 3), (0x2_5555, 18), (u32::MAX, 32), (5, 3)] {
            writer.put(value, count).unwrap();
        }
        assert_eq!(writer.len(), 57);
        assert_eq!(writer.put(0xffff, 16), Err(Full));
        let mut reader = BitReader::new(&buffer);
        for (value, count) in [(1, 1), (0, 3), (0x2_5555, 18), (u32::MAX, 32), (5, 3), (0, 15)] {
            assert_eq!(reader.take(count), Ok(value));
        }
        assert_eq!(reader.take(1), Err(Full));
    }
}
