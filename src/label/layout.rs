//! Where things go, top to bottom: carrier, routing code, hub, Code 128, recipient, sender, goods beside the
//! QR, signature. All lengths are dots; type sizes are given at 203 dpi and scaled.

use crate::label::{
    Bars, ComposeError, Content, Page, Placed, Template,
    canvas::{Bitmap, Canvas},
    code128,
    font::{Fonts, Weight},
};
use crate::summary::Masked;
use crate::symbol::{QUIET_ZONE, Symbol};

const MARGIN_MM: f32 = 2.5;
/// Modules of white around a QR code.
const QUIET: i32 = QUIET_ZONE as i32;

/// Upper edge and height of each zone.
struct Zones {
    left: i32,
    right: i32,
    carrier: (i32, i32),
    routing: (i32, i32),
    hub: (i32, i32),
    barcode: (i32, i32),
    recipient: (i32, i32),
    sender: (i32, i32),
    bottom: (i32, i32),
    signature: (i32, i32),
    symbol_left: i32,
}

impl Zones {
    fn new(template: &Template, page: &Page) -> Self {
        let height = page.height_mm as f32 - 3.0;
        // Millimetres that a zone needs, and its share of what is left over.
        let sender = if template.sender { (12.5, 2.0) } else { (0.0, 0.0) };
        let plan =
            [(9.0, 1.5), (13.0, 3.0), (6.5, 0.5), (17.0, 3.0), (20.5, 4.0), sender, (38.5, 2.0), (7.5, 1.0)];
        let need: f32 = plan.iter().map(|zone| zone.0).sum();
        let shares: f32 = plan.iter().map(|zone| zone.1).sum();
        let mut top = 1.5;
        let zone = plan.map(|(least, share)| {
            let end = top + least + share * (height - need).max(0.0) / shares;
            let span = (page.dots(top), page.dots(end) - page.dots(top));
            top = end;
            span
        });
        let [carrier, routing, hub, barcode, recipient, sender, bottom, signature] = zone;
        let (left, right) = (page.dots(MARGIN_MM), page.dots(page.width_mm as f32 - MARGIN_MM));
        let box_mm = (template.symbol_mm + 8.0 * 0.8).max(34.0);
        let symbol_left = right - page.dots(box_mm);
        Self {
            left,
            right,
            carrier,
            routing,
            hub,
            barcode,
            recipient,
            sender,
            bottom,
            signature,
            symbol_left,
        }
    }
}

/// A line of text as it was set, for back-ends that keep text.
#[derive(Clone, Debug)]
pub struct Line {
    /// Left edge, in dots.
    pub x: i32,
    /// Baseline, in dots from the top.
    pub baseline: i32,
    /// Dots to the em.
    pub px: i32,
    /// Dots across.
    pub width: i32,
    /// The text.
    pub text: String,
}

/// What a label is drawn on, and what is noted of it for the back-ends.
pub(super) struct Sheet<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) texts: &'a mut Vec<Line>,
    pub(super) bars: &'a mut Bars,
    pub(super) symbol: &'a mut Placed,
}

/// A brush: the page, its fonts, and how many characters were missing.
struct Pen<'a> {
    canvas: &'a mut Canvas,
    fonts: &'a mut Fonts,
    page: &'a Page,
    texts: &'a mut Vec<Line>,
    missing: usize,
}

impl Pen<'_> {
    /// A type size given at 203 dpi.
    fn px(&self, at_203: i32) -> i32 {
        (at_203 as f32 * self.page.dpi.dots_per_mm() / 8.0).round() as i32
    }

    fn width(&mut self, text: &str, px: i32, weight: Weight) -> i32 {
        let weight = self.face(text, weight);
        self.fonts.width(text, px as u16, weight)
    }

    /// Sets `text` from `x`, centred on the line whose middle is `middle`; returns where it ends.
    fn text(&mut self, mut x: i32, middle: i32, text: &str, px: i32, weight: Weight, black: bool) -> i32 {
        let weight = self.face(text, weight);
        // The middle of an ideograph is 0.38 em above the baseline.
        let baseline = middle + px * 38 / 100;
        let from = x;
        for character in text.chars() {
            let glyph = self.fonts.glyph(character, px as u16, weight);
            self.missing += usize::from(glyph.missing);
            self.canvas.blit(&glyph.bitmap, x + glyph.left, baseline - glyph.top, black);
            x += glyph.advance;
        }
        self.texts.push(Line { x: from, baseline, px, width: x - from, text: text.to_owned() });
        x
    }

    fn face(&mut self, text: &str, weight: Weight) -> Weight {
        if weight == Weight::Bold { self.fonts.bold_for(text) } else { weight }
    }

    /// The largest of `sizes` (at 203 dpi) at which one line of `text` fits `width`.
    fn one_line(&mut self, text: &str, width: i32, sizes: &[i32], weight: Weight) -> Option<i32> {
        sizes.iter().find_map(|size| {
            let px = self.px(*size);
            (self.width(text, px, weight) <= width).then_some(px)
        })
    }

    /// Sets `text` in a box at the largest of `sizes` at which its lines fit; returns the height taken, `None` if none does.
    fn block(&mut self, text: &str, area: [i32; 4], sizes: &[i32]) -> Option<i32> {
        let [x, y, width, height] = area;
        for (step, size) in sizes.iter().enumerate() {
            let px = self.px(*size);
            let leading = px * 5 / 4;
            let lines = lines(self.fonts, text, px, width);
            // One character alone on the last line looks like a mistake, if a smaller size avoids it.
            let orphan = |lines: &[&str]| {
                lines.len() > 1 && lines.last().is_some_and(|line| line.chars().nth(1).is_none())
            };
            if step + 1 < sizes.len() && lines.as_deref().is_some_and(orphan) {
                continue;
            }
            if let Some(lines) = lines.filter(|lines| lines.len() as i32 * leading <= height + px / 4) {
                for (line, row) in lines.iter().zip(0..) {
                    self.text(x, y + px / 2 + row * leading, line, px, Weight::Regular, true);
                }
                return Some(lines.len() as i32 * leading);
            }
        }
        None
    }

    fn rule(&mut self, x: i32, y: i32, width: i32) {
        let thick = self.px(2);
        self.canvas.fill(x, y, width, thick, true);
    }

    fn badge(&mut self, x: i32, zone: (i32, i32), word: &str) {
        let side = self.px(52);
        let y = zone.0 + self.px(12);
        let px = self.px(38);
        self.canvas.fill(x, y, side, side, true);
        // Cut corners, so that it reads as a stamp and not as a module.
        for (cx, cy) in [(x, y), (x + side - 4, y), (x, y + side - 4), (x + side - 4, y + side - 4)] {
            self.canvas.fill(cx, cy, 4, 4, false);
        }
        let width = self.width(word, px, Weight::Bold);
        self.text(x + (side - width) / 2, y + side / 2, word, px, Weight::Bold, false);
    }
}

/// Draws what all labels of a template share.
pub(super) fn form(
    canvas: &mut Canvas,
    fonts: &mut Fonts,
    template: &Template,
    page: &Page,
    texts: &mut Vec<Line>,
) {
    let zones = Zones::new(template, page);
    let pen = &mut Pen { canvas, fonts, page, texts, missing: 0 };
    let width = zones.right - zones.left;
    for (y, height) in [zones.carrier, zones.routing, zones.hub, zones.barcode, zones.recipient, zones.bottom]
    {
        pen.rule(zones.left, y + height, width);
    }
    if template.sender {
        pen.rule(zones.left, zones.sender.0 + zones.sender.1, width);
        pen.badge(zones.left, zones.sender, "寄");
    }
    pen.badge(zones.left, zones.recipient, "收");
    let thick = pen.px(2);
    pen.canvas.fill(zones.symbol_left, zones.bottom.0, thick, zones.bottom.1, true);

    let middle = zones.carrier.0 + zones.carrier.1 / 2;
    let px = pen.px(34);
    let (pad, badge) = (pen.px(12), pen.width(&template.badge, px, Weight::Bold));
    let high = pen.px(52);
    let badge_left = zones.right - badge - 2 * pad;
    pen.canvas.fill(badge_left, middle - high / 2, badge + 2 * pad, high, true);
    pen.text(badge_left + pad, middle, &template.badge, px, Weight::Bold, false);
    let room = badge_left - zones.left - pad;
    let px = pen.one_line(&template.carrier, room, &[48, 40, 32, 24], Weight::Bold).unwrap_or(px / 2);
    pen.text(zones.left, middle, &template.carrier, px, Weight::Bold, true);

    let middle = zones.signature.0 + zones.signature.1 / 2;
    let px = pen.px(24);
    pen.text(zones.left, middle, &template.signature, px, Weight::Regular, true);
    if let Some(px) = pen.one_line(&template.footer, width * 11 / 20, &[22, 20, 18, 16], Weight::Regular) {
        let long = pen.width(&template.footer, px, Weight::Regular);
        pen.text(zones.right - long, middle, &template.footer, px, Weight::Regular, true);
    }
}

/// Draws one label's own content; returns how many characters were missing.
pub(super) fn fill(
    sheet: &mut Sheet<'_>,
    fonts: &mut Fonts,
    template: &Template,
    page: &Page,
    content: &Content<'_>,
    modules: &Symbol,
) -> Result<usize, ComposeError> {
    let zones = Zones::new(template, page);
    let pen = &mut Pen { canvas: sheet.canvas, fonts, page, texts: sheet.texts, missing: 0 };
    let width = zones.right - zones.left;

    let routing = content.routing.filter(|code| !code.is_empty()).unwrap_or(&template.no_routing);
    let sizes = [112, 104, 96, 88, 80, 72, 64, 56, 48, 40];
    let px = pen
        .one_line(routing, width, &sizes, Weight::Bold)
        .ok_or(ComposeError::TooLong("the routing code"))?;
    let px = px.min(zones.routing.1 * 9 / 10);
    let long = pen.width(routing, px, Weight::Bold);
    let middle = zones.routing.0 + zones.routing.1 / 2;
    pen.text(zones.left + (width - long) / 2, middle, routing, px, Weight::Bold, true);

    let middle = zones.hub.0 + zones.hub.1 / 2;
    let px = pen.px(28);
    let day = pen.width(content.day, px, Weight::Bold);
    pen.text(zones.right - day, middle, content.day, px, Weight::Bold, true);
    if let Some(hub) = content.hub {
        let room = width - day - pen.px(24);
        let px = pen
            .one_line(hub, room, &[36, 32, 28, 24, 20], Weight::Bold)
            .ok_or(ComposeError::TooLong("the hub"))?;
        pen.text(zones.left, middle, hub, px, Weight::Bold, true);
    }

    barcode(pen, &zones, content.waybill, sheet.bars)?;
    person(
        pen,
        zones.recipient,
        &zones,
        content.summary.recipient(),
        &[44, 40, 36, 32, 28, 24, 22, 20],
        "the recipient",
    )?;
    if let Some(sender) = content.summary.sender().filter(|_| template.sender) {
        person(pen, zones.sender, &zones, sender, &[32, 28, 26, 24, 22, 20], "the sender")?;
    }
    symbol(pen, &zones, content, modules, sheet.symbol)?;

    let pad = pen.px(12);
    let (y, height) = (zones.bottom.0 + pad, zones.bottom.1 - pad);
    let room = zones.symbol_left - zones.left - pad;
    let note =
        |label: &str, text: &str| if text.is_empty() { String::new() } else { format!("{label}：{text}") };
    let sizes = [28, 26, 24, 22, 20];
    let goods = pen.block(&note("品名", content.goods), [zones.left, y, room, height * 2 / 5], &sizes);
    let goods = goods.ok_or(ComposeError::TooLong("goods"))?;
    let y = y + goods + if goods > 0 { pad } else { 0 };
    let room = [zones.left, y, room, zones.bottom.0 + height - y];
    pen.block(&note("备注", content.remark), room, &sizes).ok_or(ComposeError::TooLong("the remark"))?;
    Ok(pen.missing)
}

fn barcode(pen: &mut Pen<'_>, zones: &Zones, waybill: &str, placed: &mut Bars) -> Result<(), ComposeError> {
    let bars = code128::encode(waybill).ok_or(ComposeError::Waybill)?;
    let modules = bars.iter().map(|width| i32::from(*width)).sum::<i32>() + 2 * code128::QUIET as i32;
    // From 0.25 mm, which every scanner reads, to 0.5, beyond which bars only take room.
    let (least, most) = (pen.px(2), pen.px(4));
    let module = (pen.canvas.width() as i32 / modules).min(most);
    if module < least {
        return Err(ComposeError::Waybill);
    }
    let (y, height) = zones.barcode;
    let number = pen.px(32);
    let top = y + pen.px(14);
    let tall = height - pen.px(14) - number - pen.px(12);
    let across = (modules - 2 * code128::QUIET as i32) * module;
    let mut x = (pen.canvas.width() as i32 - across) / 2;
    (placed.x, placed.y, placed.width, placed.height, placed.module) = (x, top, across, tall, module);
    placed.text.clear();
    placed.text.push_str(waybill);
    for (width, black) in bars.iter().zip([true, false].into_iter().cycle()) {
        let width = i32::from(*width) * module;
        if black {
            pen.canvas.fill(x, top, width, tall, true);
        }
        x += width;
    }
    // In groups of four from the right, as people read numbers out.
    let spaced = waybill
        .char_indices()
        .flat_map(|(at, c)| {
            (at > 0 && (waybill.len() - at).is_multiple_of(4)).then_some(' ').into_iter().chain([c])
        })
        .collect::<String>();
    let long = pen.width(&spaced, number, Weight::Bold);
    let middle = top + tall + pen.px(4) + number / 2;
    pen.text((zones.left + zones.right - long) / 2, middle, &spaced, number, Weight::Bold, true);
    Ok(())
}

fn person(
    pen: &mut Pen<'_>,
    zone: (i32, i32),
    zones: &Zones,
    person: &Masked,
    sizes: &[i32],
    who: &'static str,
) -> Result<(), ComposeError> {
    let (pad, gap) = (pen.px(10), pen.px(24));
    let left = zones.left + pen.px(68);
    let room = zones.right - left;
    let line = format!("{}  {}", &*person.name, &*person.phone);
    let too_long = ComposeError::TooLong(who);
    let head = match pen.one_line(&line, room - gap, sizes, Weight::Bold) {
        Some(px) => {
            let middle = zone.0 + pad + px / 2;
            let x = pen.text(left, middle, &person.name, px, Weight::Bold, true);
            pen.text(x + gap, middle, &person.phone, px, Weight::Bold, true);
            px * 11 / 8
        }
        // A name of many words takes the line, and the phone the next.
        None => {
            let px = pen.px(22);
            pen.block(&person.name, [left, zone.0 + pad, room, px * 5 / 2], &[22, 20]).ok_or(too_long)?;
            pen.block(&person.phone, [left, zone.0 + pad + px * 5 / 2, room, px * 5 / 4], &[22, 20])
                .ok_or(too_long)?;
            px * 15 / 4
        }
    };
    let area = [left, zone.0 + pad + head, room, zone.1 - 2 * pad - head];
    let smaller: Vec<i32> = sizes.iter().map(|size| (*size - 4).max(20)).collect();
    pen.block(&person.address, area, &smaller).map(drop).ok_or(too_long)
}

fn symbol(
    pen: &mut Pen<'_>,
    zones: &Zones,
    content: &Content<'_>,
    symbol: &Symbol,
    placed: &mut Placed,
) -> Result<(), ComposeError> {
    let dots = placed.choice.dots as i32;
    let side = placed.choice.side_dots() as i32;
    let px = pen.px(24);
    let (y, height) = zones.bottom;
    let centre = (zones.symbol_left + zones.right) / 2 + pen.px(1);
    // On a whole byte, so that its rows are copied and not shifted.
    let x = (centre - side / 2) & !7;
    let top = y + ((height - side - px) / 2).max(QUIET * dots + pen.px(2));
    if x - QUIET * dots <= zones.symbol_left || top + side + QUIET * dots + px > y + height {
        return Err(ComposeError::Symbol);
    }
    (placed.x, placed.y) = (x, top);
    let rows = modules(symbol, dots as usize);
    for (row, line) in rows.iter().zip(0..) {
        for dot in 0..dots {
            pen.canvas.blit(row, x, top + line * dots + dot, true);
        }
    }
    let long = pen.width(content.handle, px, Weight::Bold);
    pen.text(
        x + (side - long) / 2,
        top + side + QUIET * dots + px / 2,
        content.handle,
        px,
        Weight::Bold,
        true,
    );
    Ok(())
}

/// Each row of modules as a row of dots.
fn modules(symbol: &Symbol, dots: usize) -> Vec<Bitmap> {
    let stride = (symbol.size() * dots).div_ceil(8);
    let widen = |row: &u64| {
        let mut bits = vec![0; stride];
        for at in (0..symbol.size() * dots).filter(|at| row >> (63 - at / dots) & 1 == 1) {
            bits[at / 8] |= 0x80 >> (at % 8);
        }
        Bitmap { stride, bits }
    };
    symbol.rows().iter().map(widen).collect()
}

/// `text` in lines of at most `width` dots: broken at spaces, between ideographs, after punctuation; `None`
/// if a single word is wider than a line.
fn lines<'t>(fonts: &mut Fonts, text: &'t str, px: i32, width: i32) -> Option<Vec<&'t str>> {
    let mut lines = Vec::new();
    let (mut start, mut long) = (0, 0);
    // The last place to break before, and the width up to it.
    let mut place = None;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, character)) {
            place = Some((at, long));
        }
        long += fonts.glyph(character, px as u16, Weight::Regular).advance;
        before = Some(character);
        if long > width && character != ' ' {
            let (at, head) = place.take()?;
            lines.push(text[start..at].trim());
            start = at;
            long -= head;
        }
    }
    let rest = text[start..].trim();
    if !rest.is_empty() {
        lines.push(rest);
    }
    (long <= width || lines.is_empty()).then_some(lines)
}

/// Ideographs may stand on either side of a break, closing punctuation not at the head of a line, opening
/// not at its end, and a mask's stars stay with what they follow (after UAX #14).
fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| ('\u{2E80}'..='\u{FFEF}').contains(&c) || c >= '\u{20000}';
    let closes = "，。、；：！？）】》」』〕,.;:!?)]}*·%".contains(after);
    let opens = "（【《「『〔([{".contains(before);
    !closes && !opens && (before == ' ' || before == '-' || before == ',' || wide(before) || wide(after))
}
