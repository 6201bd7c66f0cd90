//! The label as a picture.
//!
//! [`Composer`] lays a label out on a page of printer dots; a back-end ([`png`], [`pdf`], [`svg`], [`zpl`],
//! [`tspl`]) writes the page. People reach a label only as a checked [`Summary`].
//!
//! Imports [`summary`](crate::summary) and [`symbol`](crate::symbol) only.

pub mod canvas;
pub mod code128;
pub mod font;
mod layout;
pub mod pdf;
pub mod png;
pub mod printer;
pub mod svg;
pub mod template;
pub mod tspl;
pub mod zpl;

pub use canvas::Canvas;
pub use layout::Line;
pub use template::{Template, TemplateError};

use crate::{summary::Summary, symbol::Symbol};
use font::Fonts;
use std::fmt;

/// What is printed on one label.
pub struct Content<'a> {
    /// The waybill number: ASCII, 10 to 22 characters.
    pub waybill: &'a str,
    /// The routing code, as in `755-A12-008`.
    pub routing: Option<&'a str>,
    /// The hub or station's name.
    pub hub: Option<&'a str>,
    /// The people, masked and checked.
    pub summary: &'a Summary,
    /// The sealed record.
    pub symbol: &'a Symbol,
    /// The label's handle, ten characters.
    pub handle: &'a str,
    /// What is in the parcel, or empty.
    pub goods: &'a str,
    /// A remark for the carrier, or empty.
    pub remark: &'a str,
    /// The day of sealing, as it is to be printed.
    pub day: &'a str,
}

/// Dots to the inch of a thermal printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dpi {
    /// 8 dots a millimetre.
    D203,
    /// 11.811 dots a millimetre.
    D300,
}

impl Dpi {
    /// Dots a millimetre.
    #[must_use]
    pub fn dots_per_mm(self) -> f32 {
        match self {
            Self::D203 => 8.0,
            Self::D300 => 300.0 / 25.4,
        }
    }
}

/// A sheet and the dots on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// Millimetres across.
    pub width_mm: u32,
    /// Millimetres down.
    pub height_mm: u32,
    /// The printer's resolution.
    pub dpi: Dpi,
}

impl Page {
    /// 76 × 130 mm.
    pub const SMALL: (u32, u32) = (76, 130);
    /// 100 × 150 mm, the default.
    pub const MEDIUM: (u32, u32) = (100, 150);
    /// 100 × 180 mm.
    pub const LARGE: (u32, u32) = (100, 180);

    /// A page of that many millimetres.
    #[must_use]
    pub fn new((width_mm, height_mm): (u32, u32), dpi: Dpi) -> Self {
        Self { width_mm, height_mm, dpi }
    }

    fn dots(&self, mm: f32) -> i32 {
        (mm * self.dpi.dots_per_mm()).round() as i32
    }
}

/// Why a label was not composed. Names the field, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComposeError {
    /// The waybill number is empty, has other characters than ASCII, or is too long for bars of two dots.
    Waybill,
    /// The field does not fit its zone at the smallest legible size.
    TooLong(&'static str),
    /// The symbol's modules would be smaller than 0.33 mm.
    Symbol,
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waybill => {
                f.write_str("the waybill number does not fit a Code 128 of this width: use a wider label")
            }
            Self::TooLong(field) => {
                write!(f, "{field} does not fit its zone: shorten it or use a larger label")
            }
            Self::Symbol => {
                f.write_str("the QR code's modules would be under 0.33 mm: set a larger symbol_mm")
            }
        }
    }
}

impl std::error::Error for ComposeError {}

/// A finished label; borrowed from its composer until the next one.
#[derive(Debug)]
pub struct Composed<'a> {
    /// The dots.
    pub canvas: &'a Canvas,
    /// The lines of text among them.
    pub texts: &'a [Line],
    /// The sheet.
    pub page: Page,
    /// Characters that no font had, each printed as a box.
    pub missing: usize,
}

/// Composes labels of one template on one kind of page.
pub struct Composer {
    template: Template,
    page: Page,
    fonts: Fonts,
    /// What every label of the template has in common.
    form: Canvas,
    form_texts: usize,
    canvas: Canvas,
    texts: Vec<Line>,
}

impl Composer {
    /// A composer with the embedded fonts and `extra` ones (whole font files) behind them.
    ///
    /// # Errors
    /// [`TemplateError`] if the page is too small, a text unsuitable or a font unreadable.
    pub fn new(template: &Template, page: Page, extra: Vec<Vec<u8>>) -> Result<Self, TemplateError> {
        template.check()?;
        if !(70..=210).contains(&page.width_mm) || !(120..=300).contains(&page.height_mm) {
            return Err(TemplateError::Size);
        }
        let mut fonts = Fonts::new(extra)
            .map_err(|_| TemplateError::Syntax("a font file is not TrueType or OpenType".into()))?;
        let (width, height) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        let mut form = Canvas::new(width as usize, height as usize);
        let mut texts = Vec::new();
        layout::form(&mut form, &mut fonts, template, &page, &mut texts);
        Ok(Self {
            template: template.clone(),
            page,
            fonts,
            canvas: form.clone(),
            form,
            form_texts: texts.len(),
            texts,
        })
    }

    /// Lays `content` out.
    ///
    /// # Errors
    /// [`ComposeError`] if something does not fit: nothing is ever cut.
    pub fn compose(&mut self, content: &Content<'_>) -> Result<Composed<'_>, ComposeError> {
        self.canvas.copy_from(&self.form);
        self.texts.truncate(self.form_texts);
        let missing = layout::fill(
            &mut self.canvas,
            &mut self.fonts,
            &self.template,
            &self.page,
            content,
            &mut self.texts,
        )?;
        Ok(Composed { canvas: &self.canvas, texts: &self.texts, page: self.page, missing })
    }
}
