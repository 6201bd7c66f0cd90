//! A label laid out and not drawn, for printers that draw the codes by themselves: no page is made for it.

use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::drawing::Layer;
use crate::label::font::Fonts;
use crate::label::page::Page;

/// A label laid out and not drawn; borrowed from its composer until the next one.
#[non_exhaustive]
pub struct Sketch<'a> {
    /// What labels have in common, and which form that is.
    pub(in crate::label) form: Layer<'a>,
    pub(in crate::label) kind: usize,
    /// The day that stands on it.
    pub(in crate::label) day: &'a str,
    /// The label's own.
    pub(in crate::label) own: Layer<'a>,
    pub(in crate::label) fonts: &'a Fonts,
    pub(in crate::label) page: Page,
    /// Where the waybill's bar code stands.
    pub bars: &'a Bars,
    /// Where the QR code stands.
    pub symbol: &'a PlacedSymbol,
    /// Characters that no font had, each printed as a box.
    pub missing: usize,
}
