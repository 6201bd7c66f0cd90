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
use crate::label::layout::{self, Room, Sheet};
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
    /// The parts shared by all labels: without a sender, with one, and with a sender whose address is long. The
    /// last is drawn when first needed.
    forms: Vec<Backdrop>,
    canvas: Canvas,
    drawing: Drawing,
    bars: Bars,
    symbol: PlacedSymbol,
    modules: Option<Symbol>,
    /// Symbols chosen so far, by payload length. Payloads have only a few lengths.
    choices: Vec<(usize, Choice)>,
    /// The symbol templates by version and level, each created at first use.
    symbols: Vec<symbol::SymbolTemplate>,
}

/// The index of the last form, with the most room for the sender.
const AMPLE: usize = 2;
/// The number of forms.
pub(in crate::label) const FORMS: usize = AMPLE + 1;

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
        let mut form = |sender| Backdrop::new(template, &page, &mut fonts, sender);
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
            symbol: PlacedSymbol::nothing(),
            modules: None,
            choices: Vec::new(),
            symbols: Vec::new(),
        })
    }

    /// The symbol for a payload of `chars` characters: the version, level and dots per module with the best
    /// expected read rate in the template's box.
    ///
    /// # Errors
    /// [`NoFit`] if no readable symbol fits the box.
    pub fn choose(&self, chars: usize) -> Result<Choice, NoFit> {
        symbol::choose(chars, self.template.symbol_um(chars), self.page.dpi.dots_per_inch())
    }

    /// The cached choice for a payload length, or a new one.
    fn chosen(&mut self, chars: usize) -> Result<Choice, ComposeError> {
        if let Some((_, choice)) = self.choices.iter().find(|(known, _)| *known == chars) {
            return Ok(*choice);
        }
        let choice = self.choose(chars).map_err(ComposeError::NoFit)?;
        self.choices.push((chars, choice));
        Ok(choice)
    }

    /// The symbol of a payload by itself, as it is on a label.
    ///
    /// # Errors
    /// [`ComposeError`] if the payload fits no symbol in the template's box.
    pub fn symbol(&mut self, payload: &str) -> Result<SymbolAlone, ComposeError> {
        let choice = self.chosen(payload.len())?;
        let shared = shared(&mut self.symbols, choice.version, choice.level);
        let modules = shared.encode(payload.as_bytes()).map_err(ComposeError::Payload)?;
        Ok(SymbolAlone::new(choice, modules, self.page))
    }

    /// Composes `content` as dots and vectors.
    ///
    /// # Errors
    /// [`ComposeError`] if something does not fit. Text is never cut.
    pub fn compose(&mut self, content: &Content<'_>) -> Result<Composed<'_>, ComposeError> {
        let choice = self.chosen(content.payload.len())?;
        self.compose_with(content, choice)
    }

    /// Composes `content` as vectors only, for a [`PrintJob`](crate::label::PrintJob) whose printer draws the codes itself.
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
            let mut sheet = Sheet { canvas: None, drawing, bars, symbol };
            let on = (&self.template, &self.page, &form.zones, form.day_width);
            match layout::fill(&mut sheet, &mut self.fonts, on, content) {
                Err(error) => kind = self.roomier_form(kind, error)?,
                Ok(missing) => break (kind, form.missing + missing),
            }
        };
        let codes = [self.bars.kept_clear(), self.symbol.kept_clear()];
        self.drawing.keep_off(&self.fonts, codes);
        self.forms[form].drawing.keep_off(&self.fonts, codes);
        let form = &self.forms[form];
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

    /// Composes `content` with a symbol that the caller chose, for comparisons.
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
            let mut sheet = Sheet {
                canvas: Some((&mut self.canvas, &modules)),
                drawing: &mut self.drawing,
                bars: &mut self.bars,
                symbol: &mut self.symbol,
            };
            let on = (&self.template, &self.page, &form.zones, form.day_width);
            match layout::fill(&mut sheet, &mut self.fonts, on, content) {
                Err(error) => kind = self.roomier_form(kind, error)?,
                Ok(missing) => break form.missing + missing,
            }
        };
        let codes = [self.bars.kept_clear(), self.symbol.kept_clear()];
        self.drawing.keep_off(&self.fonts, codes);
        self.drawing.paint_given(&self.fonts, &mut self.canvas);
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
    /// The index of a label's usual form.
    fn kind(&self, content: &Content<'_>) -> usize {
        usize::from(self.template.sender && content.summary.sender().is_some())
    }

    /// The index of a form with more room for the zone that did not fit, or `error`.
    fn roomier_form(&mut self, tried: usize, error: ComposeError) -> Result<usize, ComposeError> {
        let ample = tried + 1;
        if error != ComposeError::TooLong(Zone::Sender) || ample > AMPLE {
            return Err(error);
        }
        if self.forms.len() == ample {
            let form = Backdrop::new(&self.template, &self.page, &mut self.fonts, Room::Ample);
            self.forms.push(form.map_err(|_| error)?);
        }
        if !self.forms[ample].zones.fit(&self.page) {
            return Err(error);
        }
        Ok(ample)
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
