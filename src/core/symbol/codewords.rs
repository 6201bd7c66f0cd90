//! Encoding of a text to the codewords of a symbol, error correction included, in placement order.

use super::blocks::{Blocks, DATA_MAX, TOTAL_MAX};
use super::correction::Generator;
use super::{EcLevel, SymbolError, Version};
use crate::bytes::alphanumeric::{NONE, value};

/// Codewords in placement order, followed by zeros: the remainder bits are zero, and consumers read whole words.
pub(super) type CodewordStream = [u8; TOTAL_MAX.next_multiple_of(8) + 8];

/// Mode indicator of the alphanumeric mode, four bits.
const MODE: u64 = 0b0010;
/// Pad codewords, used alternately.
const PADS: [u8; 2] = [0xec, 0x11];
/// Capacity of a symbol in alphanumeric characters.
#[must_use]
pub const fn capacity(version: Version, level: EcLevel) -> usize {
    let bits = 8 * Blocks::of(version, level).data - 4 - count_bits(version);
    // Eleven bits per pair, six for a single last character.
    bits / 11 * 2 + (bits % 11 >= 6) as usize
}

/// Bits of the character count indicator (ISO/IEC 18004, table 3).
const fn count_bits(version: Version) -> usize {
    if version.number() < 10 { 9 } else { 11 }
}

/// [`stream`] with its own generator, in a separate stack frame.
#[inline(never)]
pub(super) fn once(text: &[u8], version: Version, level: EcLevel) -> Result<CodewordStream, SymbolError> {
    let generator = Generator::new(Blocks::of(version, level).correction);
    stream(text, version, level, &generator)
}

/// The codewords of `text`. The degree of `generator` is the number of correction codewords of a block.
#[inline]
pub(super) fn stream(
    text: &[u8],
    version: Version,
    level: EcLevel,
    generator: &Generator,
) -> Result<CodewordStream, SymbolError> {
    let capacity = capacity(version, level);
    if text.len() > capacity {
        return Err(SymbolError::TooLong { chars: text.len(), capacity });
    }
    let blocks = Blocks::of(version, level);
    let mut data = [0; DATA_MAX + 8];
    fill(text, version, &mut data[..blocks.data + 8])?;
    Ok(interleave(&data[..blocks.data], blocks, generator))
}

/// Writes mode, count, characters, terminator and pads. The last eight bytes of `data` are scratch space for a word
/// write and not part of the result.
#[inline]
fn fill(text: &[u8], version: Version, data: &mut [u8]) -> Result<(), SymbolError> {
    let mut writer = CodewordWriter { data, at: 0, held: 0, count: 0 };
    writer.push(MODE, 4);
    writer.push(text.len() as u64, count_bits(version));
    let mut bad = 0;
    let mut pairs = text.chunks_exact(2);
    for pair in &mut pairs {
        let (first, second) = (value(pair[0]), value(pair[1]));
        bad |= first | second;
        writer.push(u64::from(first) * 45 + u64::from(second), 11);
    }
    if let [last] = *pairs.remainder() {
        bad |= value(last);
        writer.push(u64::from(value(last)), 6);
    }
    // Valid values are below 64; NONE is above.
    if bad >= 64 {
        let at = text.iter().position(|&byte| value(byte) == NONE).unwrap_or(0);
        return Err(SymbolError::NotAlphanumeric { at });
    }
    writer.finish();
    Ok(())
}

/// Writes bits into bytes, the most significant first.
struct CodewordWriter<'d> {
    data: &'d mut [u8],
    at: usize,
    held: u64,
    count: usize,
}

impl CodewordWriter<'_> {
    /// Appends the low `bits` bits of `value`, at most 32.
    #[inline]
    fn push(&mut self, value: u64, bits: usize) {
        self.held = self.held << bits | value & ((1 << bits) - 1);
        self.count += bits;
        if self.count >= 32 {
            self.count -= 32;
            // In bounds: the capacity was checked, and eight scratch bytes follow it.
            let word = (self.held >> self.count) as u32;
            self.data[self.at..self.at + 4].copy_from_slice(&word.to_be_bytes());
            self.at += 4;
        }
    }

    /// Writes the terminator if there is room, zeros up to the next byte, and the pads.
    fn finish(self) {
        let end = self.data.len() - 8;
        let used = 8 * self.at + self.count;
        let bytes = (used + 4).min(8 * end).div_ceil(8);
        let word = self.held << (63 - self.count) << 1;
        self.data[self.at..self.at + 8].copy_from_slice(&word.to_be_bytes());
        for (pad, byte) in self.data[bytes..end].iter_mut().enumerate() {
            *byte = PADS[pad & 1];
        }
    }
}

/// Splits the data into blocks, appends the correction of each, and interleaves them.
#[inline]
fn interleave(data: &[u8], blocks: Blocks, generator: &Generator) -> CodewordStream {
    let Blocks { count, correction, .. } = blocks;
    let (len, short) = blocks.short();
    let mut stream: CodewordStream = [0; TOTAL_MAX.next_multiple_of(8) + 8];
    let mut rest = data;
    for block in 0..count {
        let (own, after) = rest.split_at(len + usize::from(block >= short));
        rest = after;
        for (slot, &byte) in stream[block..].iter_mut().step_by(count).zip(&own[..len]) {
            *slot = byte;
        }
        if block >= short {
            stream[len * count + block - short] = own[len];
        }
        let codewords = generator.remainder(own);
        let slots = stream[data.len() + block..].iter_mut().step_by(count);
        for (slot, &byte) in slots.zip(&codewords[..correction]) {
            *slot = byte;
        }
    }
    stream
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_are_those_of_the_standard() {
        // ISO/IEC 18004, table 7.
        let expected = [
            [25, 20, 16, 10],
            [47, 38, 29, 20],
            [77, 61, 47, 35],
            [114, 90, 67, 50],
            [154, 122, 87, 64],
            [195, 154, 108, 84],
            [224, 178, 125, 93],
            [279, 221, 157, 122],
            [335, 262, 189, 143],
            [395, 311, 221, 174],
        ];
        for (version, row) in Version::all().zip(expected) {
            for (level, chars) in EcLevel::ALL.into_iter().zip(row) {
                assert_eq!(capacity(version, level), chars, "{version}-{level}");
            }
        }
    }

    #[test]
    fn a_text_of_the_standard() {
        // ISO/IEC 18004, 7.4.4: AC-42 is 0010 000000101 00111001110 11100111001 000010.
        let mut data = [0; 26 + 8];
        fill(b"AC-42", Version::MIN, &mut data).unwrap();
        let bits = 0x40_539d_ce42u64;
        assert_eq!(data[..6], (bits << (64 - 41)).to_be_bytes()[..6]);
        assert_eq!(data[6..9], [0xec, 0x11, 0xec]);
    }
}
