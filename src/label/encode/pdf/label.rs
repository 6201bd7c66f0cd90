//! A label as the PDF writer needs it.

use crate::label::compose::Composed;
use crate::label::drawing::Drawing;
use crate::label::font::File;
use crate::label::page::Page;
use crate::symbol::Symbol;

/// A label detached from its composer, so that it can be sent to the thread that writes the file.
#[derive(Clone, Debug)]
pub struct PdfLabel {
    pub(super) drawing: Drawing,
    pub(super) fonts: Vec<File>,
    pub(super) page: Page,
    pub(super) modules: Symbol,
    /// The left and top edges of the symbol, and its dots per module.
    pub(super) symbol: [i32; 3],
    pub(super) dots: [f32; 2],
}

impl PdfLabel {
    /// Copies what a page needs of a label.
    #[must_use]
    pub fn new(label: &Composed<'_>) -> Self {
        let symbol = label.symbol;
        Self {
            drawing: label.drawing.clone(),
            fonts: label.fonts.to_vec(),
            page: label.page,
            modules: label.modules.clone(),
            symbol: [symbol.x, symbol.y, symbol.choice.dots as i32],
            dots: [label.canvas.width() as f32, label.canvas.height() as f32],
        }
    }
}
