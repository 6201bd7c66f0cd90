//! A finished label as dots and as vectors, the input of the back-ends.

use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::drawing::Drawing;
use crate::label::font::{File, Fonts};
use crate::label::page::Page;
use crate::symbol::Symbol;

/// A finished label; borrowed from its composer until the next one.
#[derive(Debug)]
#[non_exhaustive]
pub struct Composed<'a> {
    /// The dots.
    pub canvas: &'a Canvas,
    /// The same as rectangles and text, without the QR symbol.
    pub drawing: &'a Drawing,
    /// The font files that the text uses.
    pub fonts: &'a [File],
    pub(in crate::label) glyphs: &'a Fonts,
    /// The sheet.
    pub page: Page,
    /// The position of the waybill's bar code.
    pub bars: &'a Bars,
    /// The position of the QR code.
    pub symbol: &'a PlacedSymbol,
    /// The modules of the QR code.
    pub modules: &'a Symbol,
    /// Number of characters that no font has, each printed as a box.
    pub missing: usize,
}
