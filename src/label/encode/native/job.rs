//! A printer job: appends labels, and tracks what the printer has stored.

use super::language::PrinterLanguage;
use super::lines::NativeLines;
use super::parts;
use super::stored::{self, Glyphs};
use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::compose::{Composed, FORMS, Sketch};
use crate::label::drawing::Rect;
use crate::label::encode::zpl;

/// Most bytes of printer memory that a round may use.
pub const ROOM: usize = 512 * 1024;

/// A job for one printer: labels of one template on one page size.
pub struct PrintJob {
    language: PrinterLanguage,
    stores: bool,
    /// The shared parts, by form.
    forms: [Option<StoredForm>; FORMS],
    lines: NativeLines,
    glyphs: Glyphs,
    /// Number of rounds started.
    round: u32,
    /// Bytes that the printer has stored in this round.
    stored: usize,
    /// Store commands to send before the current label.
    new: Vec<u8>,
    /// Scratch canvas for bitmaps.
    canvas: Canvas,
}

/// The shared parts of labels, as commands.
struct StoredForm {
    /// The day in it.
    day: String,
    commands: Vec<u8>,
    boxes: Vec<Area>,
    /// The round in which the printer last stored it.
    round: u32,
}

impl PrintJob {
    /// A job whose labels are self-contained.
    #[must_use]
    pub fn alone(language: PrinterLanguage) -> Self {
        Self {
            language,
            stores: false,
            forms: [const { None }; FORMS],
            lines: NativeLines::default(),
            glyphs: Glyphs::default(),
            round: 1,
            stored: 0,
            new: Vec::new(),
            canvas: Canvas::new(0, 0),
        }
    }

    /// A job of consecutive labels that share stored graphics. TSPL printers store graphics as files, hold few of
    /// them, and do not all print them, so TSPL labels stay self-contained.
    #[must_use]
    pub fn stream(language: PrinterLanguage) -> Self {
        Self { stores: language == PrinterLanguage::Zpl, ..Self::alone(language) }
    }

    /// Starts a round: the following labels do not depend on anything sent before.
    pub fn begin(&mut self) {
        self.round += 1;
        self.stored = 0;
    }

    /// Appends a label. Appends nothing and returns false if its waybill number contains characters that the
    /// printer would interpret as commands.
    #[must_use]
    pub fn add(&mut self, label: &Sketch<'_>, out: &mut Vec<u8>) -> bool {
        let commands = match self.language {
            PrinterLanguage::Zpl => ['^', '~', '>', '\\'].as_slice(),
            PrinterLanguage::Tspl => &['"', '\\'],
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
        let form = StoredForm::of(&mut self.forms[label.kind], language, label, canvas);
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
            // Not empty, so that it is rendered only once.
            self.stored = 1;
        }
        let canvas = &mut self.canvas;
        let form = StoredForm::of(&mut self.forms[label.kind], language, label, canvas);
        if std::mem::replace(&mut form.round, round) != round {
            zpl::store_form(label.kind, &form.commands, out);
            self.stored += form.commands.len();
        }
        let start = out.len();
        zpl::recall_form(label.kind, out);
        for run in label.own.runs {
            if run.clip.is_some() {
                if let Some(area) = parts::ink(&label.own, label.fonts, run) {
                    let area = area.within(&Area::of_page(label.page));
                    if area.width > 0 && area.height > 0 {
                        language.draw(area, &[label.own.only(run)], label.fonts, canvas, out);
                    }
                }
                continue;
            }
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
            let after = out.split_off(start);
            out.append(&mut self.new);
            out.extend_from_slice(&after);
        }
    }
}

impl StoredForm {
    /// The shared part for a label: the cached one of its form and day, or a new one.
    fn of<'f>(
        kept: &'f mut Option<Self>,
        language: PrinterLanguage,
        label: &Sketch<'_>,
        canvas: &mut Canvas,
    ) -> &'f mut Self {
        // What a given font may reach depends on the codes of each label.
        let fits = kept.take().filter(|form| form.day == label.day && !label.form.has_given());
        kept.insert(fits.unwrap_or_else(|| Self::new(language, label, canvas)))
    }

    fn new(language: PrinterLanguage, label: &Sketch<'_>, canvas: &mut Canvas) -> Self {
        let (fonts, page) = (label.fonts, label.page);
        let mut commands = Vec::new();
        language.page(page, &mut commands);
        let rules = parts::rules(&label.form, fonts, None);
        rules.iter().for_each(|rule| language.rule(rule, &mut commands));
        let mut boxes: Vec<Area> = rules.iter().map(Rect::area).collect();
        for group in parts::groups(&label.form, fonts, &rules, page) {
            language.draw(group, &[label.form], fonts, canvas, &mut commands);
            boxes.push(group);
        }
        Self { day: label.day.to_owned(), commands, boxes, round: 0 }
    }
}

/// Appends a finished label as its own job. Appends nothing and returns false if its waybill number contains
/// characters that the printer would interpret as commands.
pub(in crate::label::encode) fn append(
    label: &Composed<'_>,
    language: PrinterLanguage,
    out: &mut Vec<u8>,
) -> bool {
    let [form, own] = label.drawing.layers();
    let (fonts, page, bars, symbol) = (label.glyphs, label.page, label.bars, label.symbol);
    let sketch = Sketch { form, kind: 0, day: "", own, fonts, page, bars, symbol, missing: label.missing };
    PrintJob::alone(language).add(&sketch, out)
}
