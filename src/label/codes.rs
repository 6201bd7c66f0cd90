//! Where the two codes of a label are, for back-ends and printers that draw them by themselves.

use crate::symbol::{Choice, EcLevel, MaskPattern, Version};

/// A Code 128 on a page.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Bars {
    /// Left edge of the first bar, in dots.
    pub x: i32,
    /// Upper edge, in dots.
    pub y: i32,
    /// Dots across, quiet zones not counted.
    pub width: i32,
    /// Dots down.
    pub height: i32,
    /// Dots of the narrowest bar.
    pub module: i32,
    /// What it says.
    pub text: String,
}

/// A QR code on a page.
#[derive(Debug)]
#[non_exhaustive]
pub struct PlacedSymbol {
    /// Left edge, quiet zone not counted, in dots.
    pub x: i32,
    /// Upper edge, in dots.
    pub y: i32,
    /// Version, level and dots to a module.
    pub choice: Choice,
    /// The mask.
    pub mask: MaskPattern,
    /// What it says.
    pub text: String,
}

impl PlacedSymbol {
    /// Takes another choice and text, in the room that it has.
    pub(super) fn says(&mut self, choice: Choice, text: &str) {
        self.choice = choice;
        self.text.clear();
        self.text.push_str(text);
    }

    /// No symbol yet.
    pub(super) fn nothing() -> Self {
        let (version, level) = (Version::MIN, EcLevel::L);
        let choice = Choice { version, level, dots: 0, module_um: 0, score: 0 };
        Self { x: 0, y: 0, choice, mask: MaskPattern::DEFAULT, text: String::new() }
    }
}
