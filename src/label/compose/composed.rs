//! A label that is finished: its dots, and the same as vectors, for the back-ends.

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
    /// The same as rectangles and text, but for the symbol.
    pub drawing: &'a Drawing,
    /// The files of the fonts that the text is set in.
    pub fonts: &'a [File],
    pub(in crate::label) glyphs: &'a Fonts,
    /// The sheet.
    pub page: Page,
    /// Where the waybill's bar code stands.
    pub bars: &'a Bars,
    /// Where the QR code stands.
    pub symbol: &'a PlacedSymbol,
    /// Its modules.
    pub modules: &'a Symbol,
    /// Characters that no font had, each printed as a box.
    pub missing: usize,
}
