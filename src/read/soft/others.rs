//! Reads the content of a code that is not one of Wayseal's.
//!
//! In go data codewords that error correction gives; out comes what they hold, if segments, terminator and padding are as the standard
//! has them (ISO/IEC 18004, 7.4). That is what shows a false correction in a code of which no bit is known.

use crate::read::content::Content;
use crate::read::segments::{Segments, segments};
use crate::symbol::{EcLevel, Version};
use rxing::qrcode::common::{ErrorCorrectionLevel, Version as EngineVersion};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;

/// What data codewords hold, in whatever modes; `None` if they are not well formed, or hold nothing.
pub(super) fn content(data: &[u8], version: Version, level: EcLevel) -> Option<Content> {
    let segments = well_formed(data, version.number())?;
    let engine = EngineVersion::getVersionForNumber(u32::from(version.number())).ok()?;
    let level = match level {
        EcLevel::L => ErrorCorrectionLevel::L,
        EcLevel::M => ErrorCorrectionLevel::M,
        EcLevel::Q => ErrorCorrectionLevel::Q,
        EcLevel::H => ErrorCorrectionLevel::H,
    };
    let decoded = DecodeBitStream(data, engine, level).ok()?;
    let bytes = decoded.content().bytes();
    (decoded.isValid() && !bytes.is_empty()).then(|| Content::new(bytes.to_vec(), segments.runs))
}

/// The segments of data that ends with a terminator and padding.
fn well_formed(data: &[u8], version: u8) -> Option<Segments> {
    segments(data, version.into()).filter(|segments| segments.padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::segments::tests::codewords;

    /// `HI` and `7` in two modes, with terminator and padding.
    fn data() -> Vec<u8> {
        codewords(&[(0b0010, 4), (2, 9), (17 * 45 + 18, 11), (0b0001, 4), (1, 10), (7, 4), (0, 4)])
    }

    #[test]
    fn a_text_of_several_modes_is_read() {
        let version = Version::new(1).unwrap();
        let content = content(&data(), version, EcLevel::M).unwrap();
        assert_eq!(content.bytes(), b"HI7");
    }

    #[test]
    fn what_no_encoder_writes_is_no_text() {
        let version = Version::new(1).unwrap();
        let whole = data();
        // Padding, terminator, a length, a mode; and a text of no characters.
        for (at, change) in [(8, 0x01), (5, 0x20), (1, 0x40), (0, 0xe0)] {
            let mut changed = whole.clone();
            changed[at] ^= change;
            assert_eq!(content(&changed, version, EcLevel::M), None, "{at}");
        }
        assert_eq!(content(&[0x00, 0xec, 0x11], version, EcLevel::M), None);
        assert_eq!(content(&[], version, EcLevel::M), None);
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
            well_formed(&data, 1).is_some()
        });
        assert!(formed.count() < 300);
    }
}
