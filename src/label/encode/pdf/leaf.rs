//! What a page needs of a label.

use crate::label::compose::Composed;
use crate::label::drawing::Drawing;
use crate::label::font::File;
use crate::label::page::Page;
use crate::symbol::Symbol;

/// A label apart from its composer, to be sent to the thread that writes the book.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub(super) drawing: Drawing,
    pub(super) fonts: Vec<File>,
    pub(super) page: Page,
    pub(super) modules: Symbol,
    /// The symbol's left and upper edges and its dots to a module.
    pub(super) symbol: [i32; 3],
    pub(super) dots: [f32; 2],
}

impl Leaf {
    /// A copy of what a page needs of a label.
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
