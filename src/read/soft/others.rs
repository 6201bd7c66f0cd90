//! Reads the text of a code that is not one of Wayseal's.
//!
//! In go data codewords that error correction gives; out comes a text, if segments, terminator and padding are as the standard
//! has them (ISO/IEC 18004, 7.4). That is what shows a false correction in a code of which no bit is known.

use crate::read::plain_text::text_of;
use crate::symbol::{EcLevel, Version};
use rxing::qrcode::common::{ErrorCorrectionLevel, Version as EngineVersion};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;

/// The text of data codewords, in whatever modes; `None` if they are not well formed, or have no text.
pub(super) fn text(data: &[u8], version: Version, level: EcLevel) -> Option<String> {
    if !well_formed(data, version.number() < 10) {
        return None;
    }
    let engine = EngineVersion::getVersionForNumber(u32::from(version.number())).ok()?;
    let level = match level {
        EcLevel::L => ErrorCorrectionLevel::L,
        EcLevel::M => ErrorCorrectionLevel::M,
        EcLevel::Q => ErrorCorrectionLevel::Q,
        EcLevel::H => ErrorCorrectionLevel::H,
    };
    let decoded = DecodeBitStream(data, engine, level).ok()?;
    Some(text_of(&decoded)).filter(|text| decoded.isValid() && !text.is_empty())
}

/// A cursor on bits, the highest of a byte first.
struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        8 * self.data.len() - self.at
    }

    /// The next bits as a number; `None` if there are fewer.
    fn take(&mut self, count: usize) -> Option<usize> {
        if self.left() < count {
            return None;
        }
        let bits = self.at..self.at + count;
        self.at = bits.end;
        Some(bits.fold(0, |sum, at| sum << 1 | usize::from(self.data[at / 8] >> (7 - at % 8) & 1)))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        let within = self.left() >= count;
        self.at += count;
        within.then_some(())
    }
}

/// Whether there are whole segments, a terminator of zeros, and padding; `small` is for versions below 10.
fn well_formed(data: &[u8], small: bool) -> bool {
    let mut bits = Bits { data, at: 0 };
    loop {
        if bits.left() < 4 {
            return bits.take(bits.left()) == Some(0);
        }
        match bits.take(4) {
            Some(0) => return padded(&mut bits),
            Some(mode) if segment(&mut bits, mode, small).is_some() => {}
            _ => return false,
        }
    }
}

/// Skips the segment after a mode's indicator; `None` if it ends after the data, or there is no such mode.
fn segment(bits: &mut Bits<'_>, mode: usize, small: bool) -> Option<()> {
    let length = |bits: &mut Bits<'_>, few: usize, many: usize| bits.take(if small { few } else { many });
    let rest = match mode {
        // Digits in threes, characters in pairs, bytes, Kanji.
        0b0001 => {
            let count = length(bits, 10, 12)?;
            10 * (count / 3) + [0, 4, 7][count % 3]
        }
        0b0010 => {
            let count = length(bits, 9, 11)?;
            11 * (count / 2) + 6 * (count % 2)
        }
        0b0100 => 8 * length(bits, 8, 16)?,
        0b1000 => 13 * length(bits, 8, 10)?,
        // An interpretation of one to three bytes, by the ones before the first zero.
        0b0111 => match bits.take(8)? {
            0..0x80 => 0,
            0x80..0xc0 => 8,
            0xc0..0xe0 => 16,
            _ => return None,
        },
        // A part of several symbols; GS1 and AIM; Hanzi, whose subset comes first.
        0b0011 => 16,
        0b0101 => 0,
        0b1001 => 8,
        0b1101 => {
            bits.skip(4)?;
            13 * length(bits, 8, 10)?
        }
        _ => return None,
    };
    bits.skip(rest)
}

/// Whether zeros up to a whole byte and then the two bytes of padding in turn are all that is left.
fn padded(bits: &mut Bits<'_>) -> bool {
    let to_byte = bits.left() % 8;
    if bits.take(to_byte) != Some(0) {
        return false;
    }
    let pads = [0xec, 0x11].into_iter().cycle();
    bits.data[bits.at / 8..].iter().zip(pads).all(|(byte, pad)| *byte == pad)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `HI` and `7` in two modes, with terminator and padding.
    fn data() -> Vec<u8> {
        let fields: [(usize, usize); 7] =
            [(0b0010, 4), (2, 9), (17 * 45 + 18, 11), (0b0001, 4), (1, 10), (7, 4), (0, 4)];
        let mut bits: Vec<bool> = fields
            .iter()
            .flat_map(|&(value, count)| (0..count).rev().map(move |bit| value >> bit & 1 == 1))
            .collect();
        bits.resize(bits.len().next_multiple_of(8), false);
        let mut data: Vec<u8> =
            bits.chunks(8).map(|bits| bits.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit))).collect();
        data.extend([0xec, 0x11, 0xec]);
        data
    }

    #[test]
    fn a_text_of_several_modes_is_read() {
        let version = Version::new(1).unwrap();
        assert_eq!(text(&data(), version, EcLevel::M).as_deref(), Some("HI7"));
    }

    #[test]
    fn what_no_encoder_writes_is_no_text() {
        let version = Version::new(1).unwrap();
        let whole = data();
        // Padding, terminator, a length, a mode; and a text of no characters.
        for (at, change) in [(8, 0x01), (5, 0x20), (1, 0x40), (0, 0xe0)] {
            let mut changed = whole.clone();
            changed[at] ^= change;
            assert_eq!(text(&changed, version, EcLevel::M), None, "{at}");
        }
        assert_eq!(text(&[0x00, 0xec, 0x11], version, EcLevel::M), None);
        assert_eq!(text(&[], version, EcLevel::M), None);
    }

    #[test]
    fn random_data_is_seldom_well_formed() {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let formed = (0..100_000).filter(|_| {
            let data: Vec<u8> = (0..34).map(|_| next()).collect();
            well_formed(&data, true)
        });
        assert!(formed.count() < 300);
    }
}
