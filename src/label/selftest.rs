//! A test label for a printer: its margins, every dot column, the density, the smallest readable module, and a ruler. It
//! contains no personal data.

use super::area::Area;
use super::canvas::Canvas;
use super::code128;
use super::codes::{Bars, PlacedSymbol};
use super::compose::Composed;
use super::drawing::Drawing;
use super::font::{BadFont, Fonts, Weight};
use super::page::Page;
use super::pen::{Align, Pen, Style};
use super::settings::PrinterSettings;
use crate::symbol::{Choice, EcLevel, MaskPattern, Symbol, Version};

/// The text of the largest code. The smaller ones have the same with their own number of dots.
pub const CODE: &str = "WAYSEAL TEST 5 DOTS";
/// The text of the bar code.
pub const BARS: &str = "TEST0123456789";

/// A test label.
pub struct TestLabel {
    page: Page,
    canvas: Canvas,
    drawing: Drawing,
    fonts: Fonts,
    bars: Bars,
    symbol: PlacedSymbol,
    modules: Symbol,
}

impl TestLabel {
    /// The test label for a page.
    ///
    /// # Errors
    /// [`BadFont`] if an embedded font is damaged; otherwise none.
    pub fn new(page: Page) -> Result<Self, BadFont> {
        let mut fonts = Fonts::new(Vec::new())?;
        let (width, height) = (page.dots(page.width_mm as f32), page.dots(page.height_mm as f32));
        let mut canvas = Canvas::new(width as usize, height as usize);
        let mut drawing = Drawing::default();
        let mut pen = Pen {
            canvas: Some(&mut canvas),
            drawing: &mut drawing,
            fonts: &mut fonts,
            page: &page,
            missing: 0,
        };
        edges(&mut pen, width, height);
        let mm = |mm: f32| page.dots(mm);
        let (left, room) = (mm(8.0), width - mm(16.0));
        let title =
            format!("WAYSEAL {} × {} mm, {} dpi", page.width_mm, page.height_mm, page.dpi.dots_per_inch());
        heading(&mut pen, (left, room), mm(9.0), &title);
        heading(&mut pen, (left, room), mm(16.0), "1 dot columns: every step must be there");
        columns(&mut pen, Area { x: left, y: mm(19.0), width: room, height: mm(16.0) });
        heading(&mut pen, (left, room), mm(39.0), "2 density: stripes of 1, 2, 3, 4 dots stay apart");
        density(&mut pen, Area { x: left, y: mm(42.0), width: room, height: mm(12.0) });
        heading(&mut pen, (left, room), mm(58.0), "3 bar code");
        let bars = barcode(&mut pen, Area { x: left, y: mm(61.0), width: room, height: mm(11.0) });
        heading(&mut pen, (left, room), mm(76.0), "4 smallest readable module, in dots");
        let (symbol, modules) = codes(&mut pen, Area { x: left, y: mm(80.0), width: room, height: mm(20.0) });
        heading(
            &mut pen,
            (left, room),
            mm(106.0),
            "5 position: frames are 0, 1, 2 mm from the edge; ruler in mm",
        );
        ruler(&mut pen, Area { x: left, y: mm(108.0), width: room.min(mm(60.0)), height: mm(3.0) });
        heading(&mut pen, (left, room), mm(119.0), &set(page.printer));
        Ok(Self { page, canvas, drawing, fonts, bars, symbol, modules })
    }

    /// The label, ready for a back-end.
    #[must_use]
    pub fn composed(&self) -> Composed<'_> {
        Composed {
            canvas: &self.canvas,
            drawing: &self.drawing,
            fonts: self.fonts.files(),
            glyphs: &self.fonts,
            page: self.page,
            bars: &self.bars,
            symbol: &self.symbol,
            modules: &self.modules,
            missing: 0,
        }
    }
}

/// What is set of the printer, to be compared with a label of other settings.
fn set(printer: PrinterSettings) -> String {
    let mut text = "6 set:".to_owned();
    let mut say = |what: Option<String>| text.extend(what.map(|what| format!(" {what}")));
    say(printer.darkness.map(|heat| format!("darkness {heat} %")));
    say(printer.speed.map(|speed| format!("speed {speed} in/s")));
    say(printer.media.map(|media| format!("{media:?}").to_lowercase()));
    say(printer.gap_mm.map(|gap| format!("{gap} mm")));
    say(printer.offset_mm.map(|[right, down]| format!("offset {right}, {down} mm")));
    say(printer.rotation.map(|degrees| format!("rotation {degrees}")));
    say(printer.tear_off_mm.map(|mm| format!("tear-off {mm} mm")));
    if printer == PrinterSettings::default() {
        text += " nothing, the printer's own";
    }
    text
}

/// Millimetres, each fifth longer, each tenth with its number.
fn ruler(pen: &mut Pen<'_>, area: Area) {
    let (thin, px) = (pen.px(1), pen.px(16));
    for mm in 0.. {
        let x = pen.page.dots(mm as f32);
        if x > area.width {
            break;
        }
        let height = if mm % 5 == 0 { area.height } else { area.height / 2 };
        pen.fill(Area { x: area.x + x, y: area.y, width: thin, height }, true);
        if mm % 10 == 0 {
            let (room, below) = (pen.px(60), area.y + area.height + px);
            let span = (area.x + x - room / 2, room);
            pen.text(span, below, &mm.to_string(), Style::regular(px, Align::Middle));
        }
    }
}

fn heading(pen: &mut Pen<'_>, span: (i32, i32), y: i32, text: &str) {
    let px = pen.one_line(text, span.1, &[30, 28, 26, 24, 22, 20, 18], Weight::Regular).unwrap_or(16);
    pen.text(span, y, text, Style::regular(px, Align::Left));
}

/// Frames one dot wide at 0, 1 and 2 mm from the edge, with ticks every 10 mm.
fn edges(pen: &mut Pen<'_>, width: i32, height: i32) {
    for inset in [0.0, 1.0, 2.0].map(|mm| pen.page.dots(mm)) {
        let area = Area { x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset };
        let Area { x, y, width, height } = area;
        for side in [
            Area { height: 1, ..area },
            Area { y: y + height - 1, height: 1, ..area },
            Area { width: 1, ..area },
            Area { x: x + width - 1, width: 1, ..area },
        ] {
            pen.fill(side, true);
        }
    }
    let (thick, long) = (pen.px(2), pen.page.dots(4.0));
    for mm in (10..pen.page.width_mm as u32).step_by(10) {
        let x = pen.page.dots(mm as f32);
        pen.fill(Area { x, y: 0, width: thick, height: long }, true);
        pen.fill(Area { x, y: height - long, width: thick, height: long }, true);
    }
    for mm in (10..pen.page.height_mm as u32).step_by(10) {
        let y = pen.page.dots(mm as f32);
        pen.fill(Area { x: 0, y, width: long, height: thick }, true);
        pen.fill(Area { x: width - long, y, width: long, height: thick }, true);
    }
}

/// A staircase with one step per dot of the print head: a dead dot is a missing step.
fn columns(pen: &mut Pen<'_>, area: Area) {
    let steps = 16;
    let height = area.height / steps;
    for x in 0..area.width {
        let y = area.y + x % steps * height;
        pen.fill(Area { x: area.x + x, y, width: 1, height }, true);
    }
}

/// Horizontal and vertical stripes and a black field. Too much heat closes the gaps; too little leaves the field
/// grey.
fn density(pen: &mut Pen<'_>, area: Area) {
    let field = area.width / 5;
    for dots in 1..=4 {
        let at = Area { x: area.x + (dots - 1) * field, width: field - pen.px(8), ..area };
        for step in (0..at.width / 2 - dots).step_by(2 * dots as usize) {
            pen.fill(Area { x: at.x + step, width: dots, ..at }, true);
        }
        for step in (0..at.height - dots).step_by(2 * dots as usize) {
            let x = at.x + at.width / 2;
            pen.fill(Area { x, y: at.y + step, width: at.width / 2, height: dots }, true);
        }
    }
    pen.fill(Area { x: area.x + 4 * field, width: field - pen.px(8), ..area }, true);
}

fn barcode(pen: &mut Pen<'_>, area: Area) -> Bars {
    let widths = code128::encode(BARS).unwrap_or_default();
    let module = pen.px(2);
    let mut x = area.x + code128::QUIET as i32 * module;
    let mut bars =
        Bars { x, y: area.y, height: area.height, module, text: BARS.to_owned(), ..Bars::default() };
    for (width, black) in widths.iter().zip([true, false].into_iter().cycle()) {
        let width = i32::from(*width) * module;
        if black {
            pen.fill(Area { x, width, ..area }, true);
        }
        x += width;
    }
    bars.width = x - bars.x;
    bars
}

/// QR codes of 2 to 5 dots per module, each stating its number. What a scanner reads, this printer can print.
fn codes(pen: &mut Pen<'_>, area: Area) -> (PlacedSymbol, Symbol) {
    let (version, level) = (Version::MIN, EcLevel::M);
    let mut x = area.x + pen.px(20);
    let mut last = None;
    for dots in 2..=5_u32 {
        let text = CODE.replace('5', &dots.to_string());
        let Ok(symbol) = Symbol::encode(text.as_bytes(), version, level, MaskPattern::DEFAULT) else {
            continue;
        };
        let module = dots as i32;
        let side = symbol.size() as i32 * module;
        if dots == 5 {
            let dpi = pen.page.dpi.dots_per_inch();
            let choice = Choice { version, level, dots, module_um: dots * 25_400 / dpi, score: 0 };
            last = Some((
                PlacedSymbol { x, y: area.y, choice, mask: MaskPattern::DEFAULT, text },
                symbol.clone(),
            ));
        }
        for (row, y) in symbol.rows().iter().zip(0..) {
            for column in (0..symbol.size()).filter(|column| row >> (63 - column) & 1 == 1) {
                let at = Area {
                    x: x + column as i32 * module,
                    y: area.y + y * module,
                    width: module,
                    height: module,
                };
                // Back-ends that keep vectors draw the last code from its modules.
                if dots == 5 {
                    if let Some(canvas) = &mut pen.canvas {
                        canvas.fill(at.x, at.y, at.width, at.height, true);
                    }
                } else {
                    pen.fill(at, true);
                }
            }
        }
        let px = pen.px(26);
        pen.text((x, side), area.y + side + px, &dots.to_string(), Style::bold(px, Align::Middle));
        x += side + 8 * module;
    }
    last.unwrap_or_else(|| unreachable!("version 1 at M holds twenty characters"))
}
