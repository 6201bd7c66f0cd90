//! A label as vectors only, for printers that draw the codes themselves. No page is rasterised for it.

use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::drawing::Layer;
use crate::label::font::Fonts;
use crate::label::page::Page;

/// A label laid out as vectors. Borrowed from its composer until the next label.
#[non_exhaustive]
pub struct Sketch<'a> {
    /// The parts shared with other labels, and the index of that form.
    pub(in crate::label) form: Layer<'a>,
    pub(in crate::label) kind: usize,
    /// The printed day.
    pub(in crate::label) day: &'a str,
    /// The label's own content.
    pub(in crate::label) own: Layer<'a>,
    pub(in crate::label) fonts: &'a Fonts,
    pub(in crate::label) page: Page,
    /// The position of the waybill's bar code.
    pub bars: &'a Bars,
    /// The position of the QR code.
    pub symbol: &'a PlacedSymbol,
    /// Number of characters that no font has, each printed as a box.
    pub missing: usize,
}
