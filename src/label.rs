//! The label as a picture.
//!
//! [`Composer`] lays a label out on a page of printer dots and draws the symbol that reads best in the
//! template's box; [`Format::encode`] writes the page by one of the back-ends. People reach a label only as
//! a checked [`Summary`].
//!
//! Imports [`summary`](crate::summary) and [`symbol`] only.

pub mod canvas;
pub mod code128;
mod crc16;
mod deflate;
pub mod drawing;
pub mod font;
pub mod format;
mod layout;
pub mod logo;
pub mod native;
pub mod pdf;
mod pen;
pub mod png;
pub mod printer;
pub mod reference;
pub mod selftest;
pub mod svg;
pub mod template;
pub mod text;
pub mod tspl;
pub mod zpl;

pub use canvas::Canvas;
pub use drawing::Drawing;
pub use format::{Codes, Format};
pub use native::{Job, Sketch};
pub use template::{Template, TemplateError};

use crate::summary::{Shown, Summary};
use crate::symbol::{self, Choice, Level, Mask, NoFit, Symbol, SymbolError, Version};
use font::Fonts;
use layout::Room;
use pen::Pen;
use std::{fmt, sync::Arc};

/// What is printed on one label.
pub struct Content<'a> {
    /// The waybill number: ASCII, 10 to 22 characters.
    pub waybill: &'a str,
    /// The routing code, as in `755-A12-008`.
    pub routing: Option<Shown<'a>>,
    /// The hub or station's name.
    pub hub: Option<Shown<'a>>,
    /// The people, masked and checked.
    pub summary: &'a Summary,
    /// The sealed record: the text of the QR code.
    pub payload: &'a str,
    /// The label's handle, ten characters.
    pub handle: &'a str,
    /// What is in the parcel, or empty.
    pub goods: Shown<'a>,
    /// A remark for the carrier, or empty.
    pub remark: Shown<'a>,
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
    /// Of the number on the printer's data sheet.
    #[must_use]
    pub const fn of(dots_per_inch: u32) -> Option<Self> {
        match dots_per_inch {
            203 => Some(Self::D203),
            300 => Some(Self::D300),
            _ => None,
        }
    }

    /// The number on the printer's data sheet.
    #[must_use]
    pub fn dots_per_inch(self) -> u32 {
        match self {
            Self::D203 => 203,
            Self::D300 => 300,
        }
    }

    /// A length given in dots of 203 to the inch, rounded to the nearest.
    fn scale(self, at_203: i32) -> i32 {
        match self {
            Self::D203 => at_203,
            // 203 dots stand for 203.2, eight a millimetre.
            Self::D300 => (at_203 * 3750 + 1270).div_euclid(2540),
        }
    }

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

    /// Whether all zones of a label have room on it.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        (70..=210).contains(&self.width_mm) && (125..=300).contains(&self.height_mm)
    }

    /// Width and height in millimetres, as in `100x150`.
    #[must_use]
    pub fn size(text: &str) -> Option<(u32, u32)> {
        let (width, height) = text.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }

    fn dots(&self, mm: f32) -> i32 {
        (mm * self.dpi.dots_per_mm()).round() as i32
    }
}

/// A zone whose text is of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Zone {
    /// The routing code.
    Routing,
    /// Hub or station.
    Hub,
    /// The masked recipient.
    Recipient,
    /// The masked sender.
    Sender,
    /// What is in the parcel.
    Goods,
    /// The remark.
    Remark,
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Routing => "the routing code",
            Self::Hub => "the hub",
            Self::Recipient => "the recipient",
            Self::Sender => "the sender",
            Self::Goods => "goods",
            Self::Remark => "the remark",
        })
    }
}

/// Why a label was not composed. Names the field, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ComposeError {
    /// The waybill number is empty, has other characters than ASCII, or is too long for bars of two dots.
    Waybill,
    /// The text of this zone does not fit it at the smallest legible size.
    TooLong(Zone),
    /// The template's box holds no readable symbol of this payload.
    NoFit(NoFit),
    /// The payload cannot be said by a QR code's alphanumeric mode.
    Payload(SymbolError),
    /// The symbol with its quiet zone is larger than its zone on this page.
    Symbol,
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waybill => {
                f.write_str("the waybill number does not fit a Code 128 of this width: use a wider label")
            }
            Self::TooLong(zone) => {
                write!(f, "{zone} does not fit its zone: shorten it or use a larger label")
            }
            Self::NoFit(error) => write!(f, "the QR code: {error}"),
            Self::Payload(error) => write!(f, "the QR code: {error}"),
            Self::Symbol => f.write_str(
                "the QR code and its quiet zone do not fit: use a larger label or a smaller symbol_mm",
            ),
        }
    }
}

impl std::error::Error for ComposeError {}

/// A finished label; borrowed from its composer until the next one.
#[derive(Debug)]
pub struct Composed<'a> {
    /// The dots.
    pub canvas: &'a Canvas,
    /// The same as rectangles and text, but for the symbol.
    pub drawing: &'a Drawing,
    /// The files of the fonts that the text is set in.
    pub fonts: &'a [font::File],
    glyphs: &'a Fonts,
    /// The sheet.
    pub page: Page,
    /// Where the waybill's bar code stands.
    pub bars: &'a Bars,
    /// Where the QR code stands.
    pub symbol: &'a Placed,
    /// Its modules.
    pub modules: &'a Symbol,
    /// Characters that no font had, each printed as a box.
    pub missing: usize,
}

/// A Code 128 on a page.
#[derive(Debug, Default)]
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
pub struct Placed {
    /// Left edge, quiet zone not counted, in dots.
    pub x: i32,
    /// Upper edge, in dots.
    pub y: i32,
    /// Version, level and dots to a module.
    pub choice: Choice,
    /// The mask.
    pub mask: Mask,
    /// What it says.
    pub text: String,
}

/// Composes labels of one template on one kind of page.
pub struct Composer {
    template: Template,
    page: Page,
    fonts: Fonts,
    /// What every label has in common: of those without a sender, of those with one, and, from the first that
    /// needs it, of those whose sender has a long address.
    forms: Vec<Form>,
    canvas: Canvas,
    drawing: Drawing,
    bars: Bars,
    symbol: Placed,
    modules: Option<Symbol>,
    /// Symbols chosen so far, by the length of what they say: payloads have few.
    choices: Vec<(usize, Choice)>,
    /// What the symbols of one version and level share, made at the first of them.
    symbols: Vec<symbol::Template>,
}

/// The place of the last form: with ample room for the sender.
const AMPLE: usize = 2;
/// How many forms there are.
const FORMS: usize = AMPLE + 1;

/// What the labels of a template have in common, and those of a day.
struct Form {
    zones: layout::Zones,
    /// The template's own.
    blank: (Canvas, Drawing),
    /// The same with the day.
    canvas: Canvas,
    drawing: Drawing,
    day: String,
    /// Dots that the day takes.
    day_width: i32,
    /// Characters of the day that no font had.
    missing: usize,
}

impl Form {
    fn new(template: &Template, page: &Page, fonts: &mut Fonts, sender: Room) -> Result<Self, TemplateError> {
        let zones = layout::Zones::new(template, page, sender);
        let (width, height) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        let mut canvas = Canvas::new(width as usize, height as usize);
        let mut drawing = Drawing::default();
        let mut pen = Pen { canvas: Some(&mut canvas), drawing: &mut drawing, fonts, page, missing: 0 };
        layout::form(&mut pen, &zones, template).map_err(TemplateError::TooLong)?;
        let blank = (canvas.clone(), drawing.clone());
        Ok(Self { zones, blank, canvas, drawing, day: String::new(), day_width: 0, missing: 0 })
    }

    /// Becomes that of a day, if it is another's.
    fn date(&mut self, day: &str, template: &Template, page: &Page, fonts: &mut Fonts) {
        if self.day == day {
            return;
        }
        let (canvas, drawing) = &self.blank;
        self.canvas.copy_from(canvas);
        self.drawing.copy_from(drawing);
        let (canvas, drawing) = (Some(&mut self.canvas), &mut self.drawing);
        let mut pen = Pen { canvas, drawing, fonts, page, missing: 0 };
        self.day_width = layout::day(&mut pen, &self.zones, template, day);
        self.missing = pen.missing;
        day.clone_into(&mut self.day);
    }
}

impl Composer {
    /// A composer with the embedded fonts, then the template's, then `extra` ones (whole font files).
    ///
    /// # Errors
    /// [`TemplateError`] if the page is too small, a text unsuitable or a font unreadable.
    pub fn new(template: &Template, page: Page, extra: Vec<Arc<Vec<u8>>>) -> Result<Self, TemplateError> {
        template.check()?;
        if !page.is_usable() {
            return Err(TemplateError::Size);
        }
        let given = template.font_files().iter().cloned().chain(extra);
        let mut fonts = Fonts::new(given.collect()).map_err(|_| TemplateError::Font)?;
        let mut form = |sender| Form::new(template, &page, &mut fonts, sender);
        let forms = vec![form(Room::None)?, form(Room::Usual)?];
        let canvas = forms[0].canvas.clone();
        Ok(Self {
            template: template.clone(),
            page,
            fonts,
            forms,
            canvas,
            drawing: Drawing::default(),
            bars: Bars::default(),
            symbol: Placed::nothing(),
            modules: None,
            choices: Vec::new(),
            symbols: Vec::new(),
        })
    }

    /// The symbol for a payload of `chars` characters: version, level and dots a module with the best read
    /// rate in the template's box.
    ///
    /// # Errors
    /// [`NoFit`] if the box holds no readable one.
    pub fn choose(&self, chars: usize) -> Result<Choice, NoFit> {
        symbol::choose(chars, self.template.symbol_um(chars), self.page.dpi.dots_per_inch())
    }

    /// The choice for a payload of that length, made before or now.
    fn chosen(&mut self, chars: usize) -> Result<Choice, ComposeError> {
        if let Some((_, choice)) = self.choices.iter().find(|(known, _)| *known == chars) {
            return Ok(*choice);
        }
        let choice = self.choose(chars).map_err(ComposeError::NoFit)?;
        self.choices.push((chars, choice));
        Ok(choice)
    }

    /// Lays `content` out.
    ///
    /// # Errors
    /// [`ComposeError`] if something does not fit: nothing is ever cut.
    pub fn compose(&mut self, content: &Content<'_>) -> Result<Composed<'_>, ComposeError> {
        let choice = self.chosen(content.payload.len())?;
        self.compose_with(content, choice)
    }

    /// Lays `content` out without drawing it, for a [`Job`] of a printer that draws the codes itself.
    ///
    /// # Errors
    /// As [`compose`](Self::compose).
    pub fn sketch(&mut self, content: &Content<'_>) -> Result<Sketch<'_>, ComposeError> {
        let choice = self.chosen(content.payload.len())?;
        self.symbol.says(choice, content.payload);
        let mut kind = self.kind(content);
        let (form, missing) = loop {
            self.drawing.clear();
            self.forms[kind].date(content.day, &self.template, &self.page, &mut self.fonts);
            let form = &self.forms[kind];
            let (drawing, bars, symbol) = (&mut self.drawing, &mut self.bars, &mut self.symbol);
            let mut sheet = layout::Sheet { canvas: None, drawing, bars, symbol };
            let on = (&self.template, &self.page, &form.zones, form.day_width);
            match layout::fill(&mut sheet, &mut self.fonts, on, content) {
                Err(error) => kind = self.ampler(kind, error)?,
                Ok(missing) => break (&self.forms[kind], form.missing + missing),
            }
        };
        Ok(Sketch {
            form: form.drawing.whole(),
            kind,
            day: &form.day,
            own: self.drawing.whole(),
            fonts: &self.fonts,
            page: self.page,
            bars: &self.bars,
            symbol: &self.symbol,
            missing,
        })
    }

    /// Lays `content` out with a symbol that the caller chose, for comparisons.
    ///
    /// # Errors
    /// As [`compose`](Self::compose).
    pub fn compose_with(
        &mut self,
        content: &Content<'_>,
        choice: Choice,
    ) -> Result<Composed<'_>, ComposeError> {
        let shared = shared(&mut self.symbols, choice.version, choice.level);
        let modules = shared.encode(content.payload.as_bytes()).map_err(ComposeError::Payload)?;
        self.symbol.says(choice, content.payload);
        let mut kind = self.kind(content);
        let missing = loop {
            self.forms[kind].date(content.day, &self.template, &self.page, &mut self.fonts);
            let form = &self.forms[kind];
            self.canvas.copy_from(&form.canvas);
            self.drawing.copy_from(&form.drawing);
            let mut sheet = layout::Sheet {
                canvas: Some((&mut self.canvas, &modules)),
                drawing: &mut self.drawing,
                bars: &mut self.bars,
                symbol: &mut self.symbol,
            };
            let on = (&self.template, &self.page, &form.zones, form.day_width);
            match layout::fill(&mut sheet, &mut self.fonts, on, content) {
                Err(error) => kind = self.ampler(kind, error)?,
                Ok(missing) => break form.missing + missing,
            }
        };
        let modules = &*self.modules.insert(modules);
        Ok(Composed {
            canvas: &self.canvas,
            drawing: &self.drawing,
            fonts: self.fonts.files(),
            glyphs: &self.fonts,
            page: self.page,
            bars: &self.bars,
            symbol: &self.symbol,
            modules,
            missing,
        })
    }
}

impl Composer {
    /// The form of a label, as most have it.
    fn kind(&self, content: &Content<'_>) -> usize {
        usize::from(self.template.sender && content.summary.sender().is_some())
    }

    /// The form with more room for what did not fit the one tried.
    fn ampler(&mut self, tried: usize, error: ComposeError) -> Result<usize, ComposeError> {
        let ample = tried + 1;
        if error != ComposeError::TooLong(Zone::Sender) || ample > AMPLE {
            return Err(error);
        }
        if self.forms.len() == ample {
            let form = Form::new(&self.template, &self.page, &mut self.fonts, Room::Ample);
            self.forms.push(form.map_err(|_| error)?);
        }
        if !self.forms[ample].zones.fit(&self.page) {
            return Err(error);
        }
        Ok(ample)
    }
}

impl Placed {
    fn says(&mut self, choice: Choice, text: &str) {
        self.choice = choice;
        self.text.clear();
        self.text.push_str(text);
    }

    /// No symbol yet.
    fn nothing() -> Self {
        let (version, level) = (Version::MIN, Level::L);
        let choice = Choice { version, level, dots: 0, module_um: 0, score: 0 };
        Self { x: 0, y: 0, choice, mask: Mask::DEFAULT, text: String::new() }
    }
}

/// The template of a version and level, among those made before or new.
fn shared(made: &mut Vec<symbol::Template>, version: Version, level: Level) -> &symbol::Template {
    let found = made.iter().position(|one| one.version() == version && one.level() == level);
    let at = found.unwrap_or_else(|| {
        made.push(symbol::Template::new(version, level, Mask::DEFAULT));
        made.len() - 1
    });
    &made[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_scaled_to_the_nearest_dot() {
        for length in 0..2000 {
            for dpi in [Dpi::D203, Dpi::D300] {
                let exact = (length as f32 * dpi.dots_per_mm() / 8.0).round() as i32;
                assert_eq!(dpi.scale(length), exact, "{length} at {dpi:?}");
            }
        }
    }
}
