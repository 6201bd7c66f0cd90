//! Composes labels one after another and reuses their memory.

use super::composed::Composed;
use super::form::Backdrop;
use super::sketch::Sketch;
use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::content::Content;
use crate::label::drawing::Drawing;
use crate::label::error::{ComposeError, Zone};
use crate::label::font::Fonts;
use crate::label::layout::{self, First, Room, Sheet};
use crate::label::page::Page;
use crate::label::symbol_alone::SymbolAlone;
use crate::label::template::{Template, TemplateError};
use crate::symbol::{self, Choice, EcLevel, MaskPattern, NoFit, Symbol, Version};
use std::sync::Arc;

/// Composes labels of one template on one page size.
pub struct Composer {
    template: Template,
    page: Page,
    fonts: Fonts,
    /// The parts shared by all labels of a [`Form`], each drawn when first needed.
    forms: [Option<Backdrop>; FORMS],
    first: First,
    canvas: Canvas,
    drawing: Drawing,
    bars: Bars,
    symbol: PlacedSymbol,
    modules: Option<Symbol>,
    /// Symbols chosen so far, by payload length and box. Payloads have only a few lengths.
    choices: Vec<(usize, u32, Choice)>,
    /// The symbol templates by version and level, each created at first use.
    symbols: Vec<symbol::SymbolTemplate>,
}

/// A form of label: the room for the sender, and what gets the room that both code and texts could use.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form {
    room: Room,
    first: First,
}

/// The number of forms.
pub(in crate::label) const FORMS: usize = 6;

impl Form {
    fn index(self) -> usize {
        self.room as usize + if self.first == First::Texts { FORMS / 2 } else { 0 }
    }
}

impl Composer {
    /// Creates a composer with the embedded fonts, then the template's, then the `extra` ones (whole font files).
    ///
    /// # Errors
    /// [`TemplateError`] if the page is too small, a template text is unsuitable or a font is unreadable.
    pub fn new(template: &Template, page: Page, extra: Vec<Arc<Vec<u8>>>) -> Result<Self, TemplateError> {
        template.check()?;
        if !page.is_usable() {
            return Err(TemplateError::Size);
        }
        let given = template.font_files().iter().cloned().chain(extra);
        let mut fonts = Fonts::new(given.collect()).map_err(TemplateError::Font)?;
        let mut form = |room, first| Backdrop::new(template, &page, &mut fonts, room, first);
        let mut both = |first| Ok([form(Room::None, first)?, form(Room::Usual, first)?]);
        // A template's own text may need the room that the code would have.
        let large = if template.gives_code_room() { both(First::Code).ok() } else { None };
        let (first, [none, usual]) = match large {
            Some(forms) => (First::Code, forms),
            None => (First::Texts, both(First::Texts)?),
        };
        let canvas = none.canvas.clone();
        let mut forms = [const { None }; FORMS];
        forms[Form { room: Room::None, first }.index()] = Some(none);
        forms[Form { room: Room::Usual, first }.index()] = Some(usual);
        Ok(Self {
            template: template.clone(),
            page,
            fonts,
            forms,
            first,
            canvas,
            drawing: Drawing::default(),
            bars: Bars::default(),
            symbol: PlacedSymbol::nothing(),
            modules: None,
            choices: Vec::new(),
            symbols: Vec::new(),
        })
    }

    /// The symbol for a payload of `chars` characters on a usual label: the version, level and dots per module with the best
    /// expected read rate in the box. A label whose texts need the room has a smaller one.
    ///
    /// # Errors
    /// [`NoFit`] if no readable symbol fits the box.
    pub fn choose(&self, chars: usize) -> Result<Choice, NoFit> {
        symbol::choose(chars, self.symbol_um(chars), self.page.dpi.dots_per_inch())
    }

    /// Side in micrometres of the box, quiet zone not included, for a symbol of `chars` characters on a usual label.
    #[must_use]
    pub fn symbol_um(&self, chars: usize) -> u32 {
        let room = if self.template.sender { Room::Usual } else { Room::None };
        let code = self.code_um(Form { room, first: self.first }, chars);
        code.unwrap_or_else(|| self.template.texts_first_um(chars))
    }

    /// Side in micrometres of the code's box on a form where it goes first; `None` if texts do, or if it would be smaller.
    fn code_um(&self, form: Form, chars: usize) -> Option<u32> {
        let dots = u64::try_from(self.forms[form.index()].as_ref()?.zones.code?).ok()?;
        // Rounded up, so that it holds as many dots.
        let um = (dots * 25_400).div_ceil(u64::from(self.page.dpi.dots_per_inch()));
        u32::try_from(um).ok().filter(|um| *um >= self.template.texts_first_um(chars))
    }

    /// The cached choice for a payload length in a box, or a new one.
    fn chosen(&mut self, chars: usize, box_um: u32) -> Result<Choice, ComposeError> {
        let known = |(length, side, _): &&(usize, u32, Choice)| (*length, *side) == (chars, box_um);
        if let Some((_, _, choice)) = self.choices.iter().find(known) {
            return Ok(*choice);
        }
        let dpi = self.page.dpi.dots_per_inch();
        let choice = symbol::choose(chars, box_um, dpi).map_err(ComposeError::NoFit)?;
        self.choices.push((chars, box_um, choice));
        Ok(choice)
    }

    /// The symbol of a payload by itself, as it is on a usual label.
    ///
    /// # Errors
    /// [`ComposeError`] if the payload fits no symbol in the box.
    pub fn symbol(&mut self, payload: &str) -> Result<SymbolAlone, ComposeError> {
        let choice = self.chosen(payload.len(), self.symbol_um(payload.len()))?;
        let shared = shared(&mut self.symbols, choice.version, choice.level);
        let modules = shared.encode(payload.as_bytes()).map_err(ComposeError::Payload)?;
        Ok(SymbolAlone::new(choice, modules, self.page))
    }

    /// Composes `content` as dots and vectors.
    ///
    /// # Errors
    /// [`ComposeError`] if something does not fit. Text is never cut.
    pub fn compose(&mut self, content: &Content<'_>) -> Result<Composed<'_>, ComposeError> {
        self.paint(content, None)
    }

    /// Composes `content` with a symbol that the caller chose, for comparisons.
    ///
    /// # Errors
    /// As [`compose`](Self::compose).
    pub fn compose_with(
        &mut self,
        content: &Content<'_>,
        choice: Choice,
    ) -> Result<Composed<'_>, ComposeError> {
        self.paint(content, Some(choice))
    }

    /// Composes `content` as vectors only, for a [`PrintJob`](crate::label::PrintJob) whose printer draws the codes itself.
    ///
    /// # Errors
    /// As [`compose`](Self::compose).
    pub fn sketch(&mut self, content: &Content<'_>) -> Result<Sketch<'_>, ComposeError> {
        let mut form = self.usual(content);
        let missing = loop {
            let tried = self.prepare(form, content, None).and_then(|()| self.lay_out(form, content, None));
            match tried {
                Err(error) => form = self.next(form, error)?,
                Ok(missing) => break missing,
            }
        };
        let kind = form.index();
        let codes = [self.bars.kept_clear(), self.symbol.kept_clear()];
        self.drawing.keep_off(&self.fonts, codes);
        let Some(form) = &mut self.forms[kind] else { return Err(ComposeError::Symbol) };
        form.drawing.keep_off(&self.fonts, codes);
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

    fn paint(&mut self, content: &Content<'_>, given: Option<Choice>) -> Result<Composed<'_>, ComposeError> {
        let mut form = self.usual(content);
        let (modules, missing) = loop {
            let tried = self.prepare(form, content, given).and_then(|()| {
                let Choice { version, level, .. } = self.symbol.choice;
                let shared = shared(&mut self.symbols, version, level);
                let modules = shared.encode(content.payload.as_bytes()).map_err(ComposeError::Payload)?;
                let missing = self.lay_out(form, content, Some(&modules))?;
                Ok((modules, missing))
            });
            match tried {
                Err(error) => form = self.next(form, error)?,
                Ok(done) => break done,
            }
        };
        let codes = [self.bars.kept_clear(), self.symbol.kept_clear()];
        self.drawing.keep_off(&self.fonts, codes);
        self.drawing.paint_given(&self.fonts, &mut self.canvas);
        Ok(Composed {
            canvas: &self.canvas,
            drawing: &self.drawing,
            fonts: self.fonts.files(),
            glyphs: &self.fonts,
            page: self.page,
            bars: &self.bars,
            symbol: &self.symbol,
            modules: self.modules.insert(modules),
            missing,
        })
    }
}

impl Composer {
    /// The form that a label has if its texts fit.
    fn usual(&self, content: &Content<'_>) -> Form {
        let sender = self.template.sender && content.summary.sender().is_some();
        Form { room: if sender { Room::Usual } else { Room::None }, first: self.first }
    }

    /// Makes a form ready: its day, and the symbol of the label in the form's box.
    fn prepare(
        &mut self,
        form: Form,
        content: &Content<'_>,
        given: Option<Choice>,
    ) -> Result<(), ComposeError> {
        let chars = content.payload.len();
        let choice = match (given, form.first) {
            (Some(choice), _) => choice,
            (None, First::Code) => {
                // In a smaller box than where texts go first, the code gains nothing.
                let side = self.code_um(form, chars).ok_or(ComposeError::Symbol)?;
                self.chosen(chars, side)?
            }
            (None, First::Texts) => self.chosen(chars, self.template.texts_first_um(chars))?,
        };
        self.symbol.says(choice, content.payload);
        if let Some(backdrop) = &mut self.forms[form.index()] {
            backdrop.date(content.day, &self.template, &self.page, &mut self.fonts);
        }
        Ok(())
    }

    /// Lays out a label's own content on a form; with modules also as dots. Returns the number of missing characters.
    fn lay_out(
        &mut self,
        form: Form,
        content: &Content<'_>,
        modules: Option<&Symbol>,
    ) -> Result<usize, ComposeError> {
        let form = self.forms[form.index()].as_ref().ok_or(ComposeError::Symbol)?;
        if modules.is_some() {
            self.canvas.copy_from(&form.canvas);
            self.drawing.copy_from(&form.drawing);
        } else {
            self.drawing.clear();
        }
        let mut sheet = Sheet {
            canvas: modules.map(|modules| (&mut self.canvas, modules)),
            drawing: &mut self.drawing,
            bars: &mut self.bars,
            symbol: &mut self.symbol,
        };
        let on = (&self.template, &self.page, &form.zones, form.day_width);
        Ok(form.missing + layout::fill(&mut sheet, &mut self.fonts, on, content)?)
    }

    /// The form to try after one on which something did not fit, or `error` if there is none.
    ///
    /// Where texts go first, a label has room for all that the smallest legible size allows: whatever the code takes, no text
    /// is lost to it.
    fn next(&mut self, tried: Form, error: ComposeError) -> Result<Form, ComposeError> {
        let ample = Form { room: Room::Ample, ..tried };
        if tried.room == Room::Usual && error == ComposeError::TooLong(Zone::Sender) && self.has(ample) {
            return Ok(ample);
        }
        let is_of_texts = matches!(error, ComposeError::TooLong(_));
        let is_of_code = matches!(error, ComposeError::Symbol | ComposeError::NoFit(_));
        let room = if tried.room == Room::Ample && is_of_texts { Room::Usual } else { tried.room };
        let texts = Form { room, first: First::Texts };
        let more = tried.first == First::Code && (is_of_texts || is_of_code) && self.has(texts);
        more.then_some(texts).ok_or(error)
    }

    /// Whether there is a form on this page; draws it, if it is the first time that it is needed.
    fn has(&mut self, form: Form) -> bool {
        let backdrop = &mut self.forms[form.index()];
        if backdrop.is_none() {
            *backdrop =
                Backdrop::new(&self.template, &self.page, &mut self.fonts, form.room, form.first).ok();
        }
        backdrop.as_ref().is_some_and(|backdrop| backdrop.zones.fit(&self.page))
    }
}

/// The cached symbol template of a version and level, or a new one.
fn shared(
    made: &mut Vec<symbol::SymbolTemplate>,
    version: Version,
    level: EcLevel,
) -> &symbol::SymbolTemplate {
    let found = made.iter().position(|one| one.version() == version && one.level() == level);
    let at = found.unwrap_or_else(|| {
        made.push(symbol::SymbolTemplate::new(version, level, MaskPattern::DEFAULT));
        made.len() - 1
    });
    &made[at]
}
