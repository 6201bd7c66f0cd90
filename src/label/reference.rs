//! The same symbols from the `qrcode` crate: for sizes off the hot path, and as a test oracle.
//!
//! Uses only the crate's `bits`, `ec` and `canvas` modules. Its front end tries all eight mask patterns, which
//! takes fifty times as long.

use crate::symbol::{EcLevel, MaskPattern, Symbol, SymbolError, Version, capacity};
use qrcode::bits::Bits;
use qrcode::canvas::{self, Canvas};
use qrcode::{Color, ec, types::QrError};

/// As [`Symbol::encode`].
///
/// # Errors
/// As [`Symbol::encode`].
pub fn encode(
    text: &[u8],
    version: Version,
    level: EcLevel,
    mask: MaskPattern,
) -> Result<Symbol, SymbolError> {
    let too_long = || SymbolError::TooLong { chars: text.len(), capacity: capacity(version, level) };
    let outside = |byte: &u8| !matches!(byte, b'0'..=b'9' | b'A'..=b'Z') && !b" $%*+-./:".contains(byte);
    if text.len() > capacity(version, level) {
        return Err(too_long());
    }
    if let Some(at) = text.iter().position(outside) {
        return Err(SymbolError::NotAlphanumeric { at });
    }
    let modules = modules(text, version, level, mask).map_err(|_| too_long())?;
    let size = version.size();
    Ok(Symbol::from_modules(version, level, |x, y| modules[y * size + x] == Color::Dark))
}

fn modules(text: &[u8], version: Version, level: EcLevel, mask: MaskPattern) -> Result<Vec<Color>, QrError> {
    let version = qrcode::Version::Normal(i16::from(version.number()));
    let level = match level {
        EcLevel::L => qrcode::EcLevel::L,
        EcLevel::M => qrcode::EcLevel::M,
        EcLevel::Q => qrcode::EcLevel::Q,
        EcLevel::H => qrcode::EcLevel::H,
    };
    let mask = match mask.number() {
        0 => canvas::MaskPattern::Checkerboard,
        1 => canvas::MaskPattern::HorizontalLines,
        2 => canvas::MaskPattern::VerticalLines,
        3 => canvas::MaskPattern::DiagonalLines,
        4 => canvas::MaskPattern::LargeCheckerboard,
        5 => canvas::MaskPattern::Fields,
        6 => canvas::MaskPattern::Diamonds,
        _ => canvas::MaskPattern::Meadow,
    };
    let mut bits = Bits::new(version);
    bits.push_alphanumeric_data(text)?;
    bits.push_terminator(level)?;
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
    let mut drawn = Canvas::new(version, level);
    drawn.draw_all_functional_patterns();
    drawn.draw_data(&data, &correction);
    drawn.apply_mask(mask);
    Ok(drawn.into_colors())
}
