//! The same symbols by the `qrcode` crate: for sizes off the hot path, and the oracle of the tests.
//!
//! Of the crate only `bits`, `ec` and `canvas` are used: its front end searches all eight masks, which takes
//! fifty times as long.

use crate::symbol::{Level, Mask, Symbol, SymbolError, Version, capacity};
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, ec, types::QrError};

/// As [`Symbol::encode`].
///
/// # Errors
/// As [`Symbol::encode`].
pub fn encode(text: &[u8], version: Version, level: Level, mask: Mask) -> Result<Symbol, SymbolError> {
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

fn modules(text: &[u8], version: Version, level: Level, mask: Mask) -> Result<Vec<Color>, QrError> {
    let version = qrcode::Version::Normal(i16::from(version.number()));
    let level = match level {
        Level::L => EcLevel::L,
        Level::M => EcLevel::M,
        Level::Q => EcLevel::Q,
        Level::H => EcLevel::H,
    };
    let mask = match mask.number() {
        0 => MaskPattern::Checkerboard,
        1 => MaskPattern::HorizontalLines,
        2 => MaskPattern::VerticalLines,
        3 => MaskPattern::DiagonalLines,
        4 => MaskPattern::LargeCheckerboard,
        5 => MaskPattern::Fields,
        6 => MaskPattern::Diamonds,
        _ => MaskPattern::Meadow,
    };
    let mut bits = Bits::new(version);
    bits.push_alphanumeric_data(text)?;
    bits.push_terminator(level)?;
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(mask);
    Ok(canvas.into_colors())
}
