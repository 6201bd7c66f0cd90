//! The symbol through the stages of the `qrcode` crate: bits, error correction, canvas, one mask.

use super::{Level, SIZE_MAX, Symbol, capacity};
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::types::Color;
use qrcode::{EcLevel, Version, ec};
use std::fmt;

/// The mask of every symbol: `x mod 3 = 0` inverts, number 2 of ISO/IEC 18004 table 10.
const MASK: MaskPattern = MaskPattern::VerticalLines;

/// Text that a symbol does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolError {
    /// A character outside the alphanumeric mode.
    Character,
    /// More characters than the version holds at the level.
    TooLong,
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Character => "the text holds a character outside the QR code's alphanumeric mode",
            Self::TooLong => "the text is longer than the QR code's version and level hold",
        })
    }
}

impl std::error::Error for SymbolError {}

impl Symbol {
    /// The symbol of a text in alphanumeric mode.
    ///
    /// # Errors
    /// [`SymbolError`].
    pub fn encode(text: &[u8], version: u8, level: Level) -> Result<Self, SymbolError> {
        if text.len() > capacity(version, level) {
            return Err(SymbolError::TooLong);
        }
        if !text.iter().all(|byte| is_alphanumeric(*byte)) {
            return Err(SymbolError::Character);
        }
        let number = Version::Normal(i16::from(version));
        let correction = match level {
            Level::L => EcLevel::L,
            Level::M => EcLevel::M,
            Level::Q => EcLevel::Q,
            Level::H => EcLevel::H,
        };
        let canvas = draw(text, number, correction).map_err(|_| SymbolError::TooLong)?;
        let mut rows = [0; SIZE_MAX];
        let size = 17 + 4 * usize::from(version);
        for (place, color) in canvas.into_colors().into_iter().enumerate() {
            rows[place / size] |= u64::from(color == Color::Dark) << (63 - place % size);
        }
        Ok(Self { rows, version, level })
    }
}

fn draw(text: &[u8], version: Version, level: EcLevel) -> qrcode::QrResult<Canvas> {
    let mut bits = Bits::new(version);
    bits.push_alphanumeric_data(text)?;
    bits.push_terminator(level)?;
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MASK);
    Ok(canvas)
}

/// The alphabet of the alphanumeric mode (ISO/IEC 18004, table 5), which is Base45's.
fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" $%*+-./:".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_square_with_three_finders() {
        let symbol = Symbol::encode(b"WS1:ABC", 6, Level::M).unwrap();
        assert_eq!(symbol.size(), 41);
        let finder = [0x7f, 0x41, 0x5d, 0x5d, 0x5d, 0x41, 0x7f];
        for (x, y) in [(0, 0), (34, 0), (0, 34)] {
            for (row, bits) in finder.iter().enumerate() {
                assert_eq!(symbol.rows()[y + row] >> (57 - x) & 0x7f, *bits);
            }
        }
    }

    #[test]
    fn what_a_symbol_does_not_hold_is_refused() {
        assert_eq!(Symbol::encode(&[b'A'; 155], 6, Level::M), Err(SymbolError::TooLong));
        assert_eq!(Symbol::encode(b"abc", 6, Level::M), Err(SymbolError::Character));
        for version in 1..=10 {
            for level in [Level::L, Level::M, Level::Q, Level::H] {
                let full = vec![b'Z'; capacity(version, level)];
                assert!(Symbol::encode(&full, version, level).is_ok(), "{version} {level:?}");
            }
        }
    }
}
