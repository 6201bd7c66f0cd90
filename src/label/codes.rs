//! The positions of a label's bar code and QR code, for back-ends and printers that draw these themselves.

use super::area::Area;
use super::code128;
use crate::symbol::{Choice, EcLevel, MaskPattern, QUIET_ZONE, Version};

/// A Code 128 on a page.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Bars {
    /// Left edge of the first bar, in dots.
    pub x: i32,
    /// Top edge, in dots.
    pub y: i32,
    /// Width in dots, without quiet zones.
    pub width: i32,
    /// Height in dots.
    pub height: i32,
    /// Width in dots of the narrowest bar.
    pub module: i32,
    /// The encoded text.
    pub text: String,
}

/// A QR code on a page.
#[derive(Debug)]
#[non_exhaustive]
pub struct PlacedSymbol {
    /// Left edge without the quiet zone, in dots.
    pub x: i32,
    /// Top edge without the quiet zone, in dots.
    pub y: i32,
    /// Version, level and dots per module.
    pub choice: Choice,
    /// The mask pattern.
    pub mask: MaskPattern,
    /// The encoded text.
    pub text: String,
}

impl Bars {
    /// The bars with the quiet zones beside them.
    pub(super) fn kept_clear(&self) -> Area {
        let quiet = code128::QUIET as i32 * self.module;
        Area { x: self.x - quiet, y: self.y, width: self.width + 2 * quiet, height: self.height }
    }
}

impl PlacedSymbol {
    /// The symbol with its quiet zone.
    pub(super) fn kept_clear(&self) -> Area {
        let (dots, side) = (self.choice.dots as i32, self.choice.side_dots() as i32);
        let quiet = QUIET_ZONE as i32 * dots;
        Area { x: self.x - quiet, y: self.y - quiet, width: side + 2 * quiet, height: side + 2 * quiet }
    }

    /// Sets another choice and text, and reuses the memory.
    pub(super) fn says(&mut self, choice: Choice, text: &str) {
        self.choice = choice;
        self.text.clear();
        self.text.push_str(text);
    }

    /// A placeholder before the first label.
    pub(super) fn nothing() -> Self {
        let (version, level) = (Version::MIN, EcLevel::L);
        let choice = Choice { version, level, dots: 0, module_um: 0, score: 0 };
        Self { x: 0, y: 0, choice, mask: MaskPattern::DEFAULT, text: String::new() }
    }
}
