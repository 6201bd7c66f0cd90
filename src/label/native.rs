//! Printer's jobs in which the printer draws the two codes itself: what else stands on a label goes as rules and as
//! small pictures, a line of text each, so that no page is ever drawn.
//!
//! A label that is [alone](Job::alone) holds all of itself. In a [stream](Job::stream) a ZPL printer is given what
//! labels have in common once, as a stored format, and each glyph once, as a stored graphic, in a round of labels;
//! a label is then where they go. Each round begins with nothing stored, so that it is printed alike whatever was
//! before it, and takes at most [`ROOM`] of the printer's memory: what has none left goes with the label.

mod lines;
mod parts;
mod stored;

use super::canvas::Canvas;
use super::drawing::{Layer, Rect};
use super::font::Fonts;
use super::pen::Area;
use super::{Bars, Composed, FORMS, Page, Placed, tspl, zpl};
use lines::Lines;
use stored::Glyphs;

/// What a round may take of a printer's memory, in bytes.
pub const ROOM: usize = 512 * 1024;

/// A label laid out and not drawn; borrowed from its composer until the next one.
pub struct Sketch<'a> {
    /// What labels have in common, and which form that is.
    pub(super) form: Layer<'a>,
    pub(super) kind: usize,
    /// The day that stands on it.
    pub(super) day: &'a str,
    /// The label's own.
    pub(super) own: Layer<'a>,
    pub(super) fonts: &'a Fonts,
    pub(super) page: Page,
    /// Where the waybill's bar code stands.
    pub bars: &'a Bars,
    /// Where the QR code stands.
    pub symbol: &'a Placed,
    /// Characters that no font had, each printed as a box.
    pub missing: usize,
}

/// The command language of a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// ZPL II.
    Zpl,
    /// TSPL.
    Tspl,
}

/// Labels for one printer, of one template on one kind of page.
pub struct Job {
    language: Language,
    stores: bool,
    /// What labels of each form have in common.
    forms: [Option<Form>; FORMS],
    lines: Lines,
    glyphs: Glyphs,
    /// Rounds begun so far.
    round: u32,
    /// Bytes that the printer stores in this one.
    stored: usize,
    /// What it is to store before the label in the making.
    new: Vec<u8>,
    /// On which a picture is drawn.
    canvas: Canvas,
}

/// What labels have in common, as commands.
struct Form {
    /// The day on it.
    day: String,
    commands: Vec<u8>,
    boxes: Vec<Area>,
    /// The round in which the printer was last given it.
    round: u32,
}

impl Job {
    /// A job each of whose labels holds all of itself.
    #[must_use]
    pub fn alone(language: Language) -> Self {
        Self {
            language,
            stores: false,
            forms: [const { None }; FORMS],
            lines: Lines::default(),
            glyphs: Glyphs::default(),
            round: 1,
            stored: 0,
            new: Vec::new(),
            canvas: Canvas::new(0, 0),
        }
    }

    /// A job of labels that follow each other. What a TSPL printer stores are files, of which it holds few and which
    /// not every one prints: its labels stay whole.
    #[must_use]
    pub fn stream(language: Language) -> Self {
        Self { stores: language == Language::Zpl, ..Self::alone(language) }
    }

    /// Begins a round: labels from here on need nothing that was sent before.
    pub fn begin(&mut self) {
        self.round += 1;
        self.stored = 0;
    }

    /// Appends a label. None is appended, and the answer is false, if its waybill number has characters that the
    /// printer would take for commands.
    #[must_use]
    pub fn add(&mut self, label: &Sketch<'_>, out: &mut Vec<u8>) -> bool {
        let commands = match self.language {
            Language::Zpl => ['^', '~', '>', '\\'].as_slice(),
            Language::Tspl => &['"', '\\'],
        };
        if label.bars.text.contains(commands) {
            return false;
        }
        if self.stores {
            self.add_stored(label, out)
        } else {
            self.add_whole(label, out)
        }
        true
    }

    fn add_whole(&mut self, label: &Sketch<'_>, out: &mut Vec<u8>) {
        let (language, canvas) = (self.language, &mut self.canvas);
        language.open(out);
        let form = Form::of(&mut self.forms[label.kind], language, label, canvas);
        out.extend_from_slice(&form.commands);
        if !self.lines.add(language, label, &form.boxes, canvas, out) {
            let rules = parts::rules(&label.own, label.fonts, Some(label.bars));
            rules.iter().for_each(|rule| language.rule(rule, out));
            for group in parts::groups(&label.own, label.fonts, &rules, label.page) {
                language.draw(group, &[label.form, label.own], label.fonts, canvas, out);
            }
        }
        language.codes(label, out);
        language.close(out);
    }

    fn add_stored(&mut self, label: &Sketch<'_>, out: &mut Vec<u8>) {
        let (language, round) = (self.language, self.round);
        if self.stored == 0 {
            zpl::forget(out);
            // Not nothing, so that this is written once.
            self.stored = 1;
        }
        let canvas = &mut self.canvas;
        let form = Form::of(&mut self.forms[label.kind], language, label, canvas);
        if std::mem::replace(&mut form.round, round) != round {
            zpl::store_form(label.kind, &form.commands, out);
            self.stored += form.commands.len();
        }
        let start = out.len();
        zpl::recall_form(label.kind, out);
        for run in label.own.runs {
            let text = label.own.drawing.text(run).as_bytes();
            let mut glyphs = label.own.drawing.glyphs(run);
            while let Some(glyph) = glyphs.first() {
                let star = text.get(glyph.at as usize) == Some(&b'*');
                let row = if star { stored::row(glyphs, label.fonts) } else { 0 };
                glyphs = &glyphs[zpl::ROWS[row]..];
                let known = self.glyphs.of(glyph, row, label.fonts, canvas);
                if known.size == 0 {
                    continue;
                }
                let (x, y) = (run.x + glyph.x + known.area.x, run.baseline - glyph.y + known.area.y);
                let new = known.round != round;
                let room = !new || self.stored + known.size <= ROOM;
                let Some(recall) = known.recall.as_ref().filter(|_| x >= 0 && y >= 0 && room) else {
                    let area = Area { x, y, ..known.area }.within(&Area::of_page(label.page));
                    if area.width > 0 && area.height > 0 {
                        language.draw(area, &[label.own], label.fonts, canvas, out);
                    }
                    continue;
                };
                if new {
                    known.round = round;
                    self.stored += known.size;
                    self.new.extend_from_slice(&known.store);
                }
                zpl::recall_at(x, y, recall, out);
            }
        }
        language.codes(label, out);
        language.close(out);
        if !self.new.is_empty() {
            let behind = out.split_off(start);
            out.append(&mut self.new);
            out.extend_from_slice(&behind);
        }
    }
}

impl Form {
    /// That of a label, kept from the last one of its kind and day or made now.
    fn of<'f>(
        kept: &'f mut Option<Self>,
        language: Language,
        label: &Sketch<'_>,
        canvas: &mut Canvas,
    ) -> &'f mut Self {
        let fits = kept.take().filter(|form| form.day == label.day);
        kept.insert(fits.unwrap_or_else(|| Self::new(language, label, canvas)))
    }

    fn new(language: Language, label: &Sketch<'_>, canvas: &mut Canvas) -> Self {
        let (fonts, page) = (label.fonts, label.page);
        let mut commands = Vec::new();
        language.page(page, &mut commands);
        let rules = parts::rules(&label.form, fonts, None);
        rules.iter().for_each(|rule| language.rule(rule, &mut commands));
        let mut boxes: Vec<Area> = rules.iter().map(Area::of).collect();
        for group in parts::groups(&label.form, fonts, &rules, page) {
            language.draw(group, &[label.form], fonts, canvas, &mut commands);
            boxes.push(group);
        }
        Self { day: label.day.to_owned(), commands, boxes, round: 0 }
    }
}

impl Language {
    fn open(self, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => out.extend_from_slice(b"^XA"),
            Self::Tspl => {}
        }
    }

    fn page(self, page: Page, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::page(page, out),
            Self::Tspl => tspl::page(page, out),
        }
    }

    fn rule(self, rule: &Rect, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::rule(rule, out),
            Self::Tspl => tspl::rule(rule, out),
        }
    }

    /// Where the next picture goes.
    fn at(self, x: i32, y: i32, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Zpl => b"^FO",
            Self::Tspl => b"BITMAP ",
        });
        number(x, out);
        out.push(b',');
        number(y, out);
    }

    /// Draws on `canvas` what the layers have in a box, and appends that as a picture in its place.
    fn draw(self, area: Area, layers: &[Layer<'_>], fonts: &Fonts, canvas: &mut Canvas, out: &mut Vec<u8>) {
        parts::draw(area, layers, fonts, self.black(), canvas);
        self.at(area.x, area.y, out);
        self.picture(canvas, out);
    }

    /// Whether a bit that is set is black, in its pictures.
    fn black(self) -> bool {
        match self {
            Self::Zpl => true,
            Self::Tspl => false,
        }
    }

    fn picture(self, picture: &Canvas, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::picture(picture, out),
            Self::Tspl => tspl::picture(picture, out),
        }
    }

    fn codes(self, label: &Sketch<'_>, out: &mut Vec<u8>) {
        match self {
            Self::Zpl => zpl::codes(label.bars, label.symbol, out),
            Self::Tspl => tspl::codes(label.bars, label.symbol, out),
        }
    }

    fn close(self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Zpl => b"^XZ\n",
            Self::Tspl => b"PRINT 1,1\r\n",
        });
    }
}

/// Appends a finished label as a job of its own; nothing, and the answer is false, if its waybill number has characters
/// that are commands.
pub(super) fn append(label: &Composed<'_>, language: Language, out: &mut Vec<u8>) -> bool {
    let [form, own] = label.drawing.layers();
    let (fonts, page, bars, symbol) = (label.glyphs, label.page, label.bars, label.symbol);
    let sketch = Sketch { form, kind: 0, day: "", own, fonts, page, bars, symbol, missing: label.missing };
    Job::alone(language).add(&sketch, out)
}

/// Bytes of the longest number.
pub(super) const DIGITS: usize = 11;

/// Appends a number in decimal.
pub(super) fn number(number: i32, out: &mut Vec<u8>) {
    let mut written = [0; DIGITS];
    let len = digits(number, &mut written, 0);
    out.extend_from_slice(&written[..len]);
}

/// Writes a number in decimal at `at`, where it has room; returns where it ends.
#[inline]
pub(super) fn digits(number: i32, out: &mut [u8], mut at: usize) -> usize {
    // A place on a label, a hundred times each: two digits at once, the first of them written only if it counts.
    if let Ok(number @ 10..10_000) = usize::try_from(number) {
        let (high, low) = (&PAIRS[number / 100], &PAIRS[number % 100]);
        if number >= 1000 {
            out[at] = high[0];
            at += 1;
        }
        if number >= 100 {
            out[at] = high[1];
            at += 1;
        }
        out[at..at + 2].copy_from_slice(low);
        return at + 2;
    }
    if number < 0 {
        out[at] = b'-';
        at += 1;
    }
    let mut rest = number.unsigned_abs();
    let end = at + rest.checked_ilog10().unwrap_or(0) as usize + 1;
    for digit in out[at..end].iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    end
}

/// The numbers below a hundred in two digits.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

#[cfg(test)]
mod tests;
