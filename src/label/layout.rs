//! Where things go, top to bottom: carrier, routing code, hub, Code 128, recipient, sender, goods and
//! signature beside the QR, the carrier's line. All lengths are dots; type sizes are given at 203 dpi and
//! scaled.

use super::canvas::{Bitmap, Canvas};
use super::drawing::{Drawing, Rect};
use super::font::{Fonts, Weight};
use super::pen::{Align, Area, Block, Pen, Style};
use super::text::{self, Paragraph};
use super::{Bars, ComposeError, Content, Page, Placed, Template, Zone, code128};
use crate::summary::Masked;
use crate::symbol::{QUIET_ZONE, Symbol};

/// White at the edges, which not every printer reaches.
const MARGIN_MM: f32 = 2.0;
/// Modules of white around a QR code.
const QUIET: i32 = QUIET_ZONE as i32;

/// The zones of a page, each between two rules.
#[derive(Clone)]
pub(super) struct Zones {
    frame: Area,
    carrier: Area,
    routing: Area,
    hub: Area,
    barcode: Area,
    recipient: Area,
    sender: Option<Area>,
    /// Goods, remark and signature; the QR.
    notes: Area,
    signature: Option<Area>,
    symbol: Area,
    footer: Option<Area>,
}

/// How much room a label gives its sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// No sender is shown.
    None,
    /// Name, phone, and two lines of address on the smallest label.
    Usual,
    /// Two lines more, for an address that needs them: carrier, routing code and bars are a little lower, and
    /// the recipient keeps what it has.
    Ample,
}

impl Zones {
    pub(super) fn new(template: &Template, page: &Page, sender: Room) -> Self {
        let tall = page.height_mm as f32 - 2.0 * MARGIN_MM;
        // Millimetres that a zone needs, and its share of what is left over.
        let when = |shown: bool, zone| if shown { zone } else { (0.0, 0.0) };
        let sent = match sender {
            Room::None => (0.0, 0.0),
            Room::Usual => (12.5, 2.0),
            Room::Ample => (17.9, 4.0),
        };
        let plan = |[carrier, routing, barcode]: [(f32, f32); 3]| {
            [
                carrier,
                routing,
                when(template.hub, (6.5, 0.5)),
                barcode,
                (20.5, 4.0),
                sent,
                (39.0, 1.5),
                when(!template.footer.is_empty(), (4.5, 0.5)),
            ]
        };
        let needed = |plan: &[(f32, f32)]| plan.iter().map(|zone| zone.0).sum::<f32>();
        let (usual, low) =
            (plan([(9.5, 1.5), (14.5, 3.0), (17.5, 3.0)]), plan([(8.0, 1.0), (13.0, 2.0), (16.5, 2.0)]));
        let plan = if sender == Room::Ample || needed(&usual) > tall { low } else { usual };
        let need = needed(&plan);
        let shares: f32 = plan.iter().map(|zone| zone.1).sum();
        let left = page.dots(MARGIN_MM);
        let width = page.dots(page.width_mm as f32) - 2 * left;
        let mut top = MARGIN_MM;
        let zone = plan.map(|(least, share)| {
            let end = top + least + share * (tall - need).max(0.0) / shares;
            let (y, bottom) = (page.dots(top), page.dots(end));
            top = end;
            Area { x: left, y, width, height: bottom - y }
        });
        let [carrier, routing, hub, barcode, recipient, sent, bottom, footer] = zone;
        let frame = Area { x: left, y: carrier.y, width, height: footer.bottom() - carrier.y };
        let column = page.dots((template.symbol_mm + 8.0 * 0.8).max(34.5)).min(width * 3 / 5);
        let symbol = Area { x: bottom.right() - column, width: column, ..bottom };
        let notes = Area { width: width - column, ..bottom };
        let signing = page.dots(13.0).min(bottom.height / 2);
        let signature = (!template.signature.is_empty()).then(|| Area {
            y: notes.bottom() - signing,
            height: signing,
            ..notes
        });
        let notes = Area { height: notes.height - signature.map_or(0, |area| area.height), ..notes };
        Self {
            frame,
            carrier,
            routing,
            hub,
            barcode,
            recipient,
            sender: (sender != Room::None).then_some(sent),
            notes,
            signature,
            symbol,
            footer: (footer.height > 0).then_some(footer),
        }
    }

    /// Whether all of them are on the page.
    pub(super) fn fit(&self, page: &Page) -> bool {
        self.frame.bottom() <= page.dots(page.height_mm as f32 - MARGIN_MM)
    }
}

/// The column of the badges, as wide as the word needs.
fn badge_column(pen: &Pen<'_>) -> i32 {
    pen.px(72)
}

/// Draws what all labels of a template share; the key of a text that does not fit, if one does not.
pub(super) fn form(pen: &mut Pen<'_>, zones: &Zones, template: &Template) -> Result<(), &'static str> {
    let thick = pen.px(2);
    let rule = |pen: &mut Pen<'_>, area: Area| {
        pen.fill(Area { y: area.y - thick / 2, height: thick, ..area }, true);
    };
    for area in [zones.routing, zones.hub, zones.barcode, zones.recipient] {
        rule(pen, area);
    }
    for area in zones.sender.iter().chain(&zones.signature).chain(&zones.footer) {
        rule(pen, *area);
    }
    let bottom = Area { width: zones.frame.width, ..zones.notes };
    rule(pen, bottom);
    border(pen, zones.frame);
    let column = Area { x: zones.symbol.x - thick / 2, width: thick, ..zones.symbol };
    pen.fill(column, true);

    let pad = pen.px(14);
    let carrier = zones.carrier.inset(pad, 0);
    let badge = if template.badge.is_empty() { 0 } else { badge_right(pen, carrier, &template.badge) };
    let mut left = carrier.x;
    if let Some(logo) = template.logo() {
        let height = carrier.height - 2 * pen.px(10);
        let dots = logo.scaled(height, carrier.width / 3);
        let y = carrier.middle() - dots.height / 2;
        if let Some(canvas) = &mut pen.canvas {
            canvas.blit(&dots.bitmap, left, y, true);
        }
        let logo_x = left;
        left += dots.width + pad;
        pen.drawing.set_picture(dots, logo_x, y);
    }
    let room = carrier.right() - badge - left;
    let px =
        pen.one_line(&template.carrier, room, &[50, 44, 38, 32, 28, 24], Weight::Bold).ok_or("carrier")?;
    pen.text((left, room), carrier.middle(), &template.carrier, Style::bold(px, Align::Left));

    badge_left(pen, zones.recipient, &template.recipient_badge, true)?;
    if let Some(sender) = zones.sender {
        badge_left(pen, sender, &template.sender_badge, false)?;
    }
    if let Some(area) = zones.signature {
        let area = area.inset(pad, pen.px(8));
        let sizes = [24, 22, 20, 18];
        let px = pen.one_line(&template.signature, area.width, &sizes, Weight::Regular).ok_or("signature")?;
        pen.text((area.x, area.width), area.y + px / 2, &template.signature, Style::regular(px, Align::Left));
    }
    if let Some(area) = zones.footer {
        let area = area.inset(pad, 0);
        let sizes = [24, 22, 20, 18];
        let px = pen.one_line(&template.footer, area.width, &sizes, Weight::Regular).ok_or("footer")?;
        pen.text((area.x, area.width), area.middle(), &template.footer, Style::regular(px, Align::Middle));
    }
    Ok(())
}

/// Draws the day of sealing, which a day's labels share, at the right of the hub's zone; returns the room it takes.
pub(super) fn day(pen: &mut Pen<'_>, zones: &Zones, template: &Template, day: &str) -> i32 {
    if !template.hub {
        return 0;
    }
    let area = zones.hub.inset(pen.px(14), 0);
    let px = pen.px(28);
    pen.text((area.x, area.width), area.middle(), day, Style::bold(px, Align::Right))
}

fn border(pen: &mut Pen<'_>, frame: Area) {
    let thick = pen.px(3);
    let Area { x, y, width, height } = frame;
    pen.fill(Area { x, y, width, height: thick }, true);
    pen.fill(Area { x, y: y + height - thick, width, height: thick }, true);
    pen.fill(Area { x, y, width: thick, height }, true);
    pen.fill(Area { x: x + width - thick, y, width: thick, height }, true);
}

/// The badge at the right of the carrier's zone, white on black; returns the room it takes.
fn badge_right(pen: &mut Pen<'_>, zone: Area, word: &str) -> i32 {
    let (px, pad, high) = (pen.px(34), pen.px(12), pen.px(52).min(zone.height));
    let wide = pen.width(word, px, Weight::Bold) + 2 * pad;
    let area = Area { x: zone.right() - wide, y: zone.middle() - high / 2, width: wide, height: high };
    pen.fill(area, true);
    pen.text((area.x, wide), area.middle(), word, Style::bold(px, Align::Middle).white());
    wide + pad
}

/// The badge of a person at the left of a zone: white on black, or black in a frame.
fn badge_left(pen: &mut Pen<'_>, zone: Area, word: &str, filled: bool) -> Result<(), &'static str> {
    let column = badge_column(pen);
    let side = pen.px(52);
    // A longer word than 收 or TO has a wider badge.
    let width = if word.chars().count() > 2 { column - pen.px(16) } else { side };
    let top = zone.y + pen.px(12);
    let area = Area { x: zone.x + (column - width) / 2, y: top, width, height: side };
    let sizes = [40, 36, 32, 28, 24, 20, 18, 16];
    let px = pen.one_line(word, width - pen.px(8), &sizes, Weight::Bold).ok_or("badge")?;
    pen.fill(area, true);
    let style = Style::bold(px, Align::Middle);
    let style = if filled {
        style.white()
    } else {
        pen.fill(area.inset(pen.px(3), pen.px(3)), false);
        style
    };
    pen.text((area.x, area.width), area.middle(), word, style);
    Ok(())
}

/// What a label is drawn on, and what is noted of its codes for the back-ends. Without a canvas the codes are
/// noted and not drawn.
pub(super) struct Sheet<'a> {
    pub(super) canvas: Option<(&'a mut Canvas, &'a Symbol)>,
    pub(super) drawing: &'a mut Drawing,
    pub(super) bars: &'a mut Bars,
    pub(super) symbol: &'a mut Placed,
}

/// Draws one label's own content beside a day of that width; returns how many characters were missing.
pub(super) fn fill(
    sheet: &mut Sheet<'_>,
    fonts: &mut Fonts,
    (template, page, zones, day): (&Template, &Page, &Zones, i32),
    content: &Content<'_>,
) -> Result<usize, ComposeError> {
    let (canvas, modules) = sheet.canvas.take().unzip();
    let pen = &mut Pen { canvas, drawing: sheet.drawing, fonts, page, missing: 0 };
    routing(pen, zones, template, content)?;
    hub(pen, zones, template, content, day)?;
    barcode(pen, zones, content.waybill, sheet.bars)?;
    let sizes = [44, 40, 36, 32, 28, 24, 22, 20];
    person(pen, zones.recipient, content.summary.recipient(), &sizes, Zone::Recipient)?;
    if let (Some(area), Some(sender)) = (zones.sender, content.summary.sender()) {
        person(pen, area, sender, &[34, 32, 30, 28, 26, 24, 22, 20], Zone::Sender)?;
    }
    symbol(pen, zones, content, modules, sheet.symbol)?;
    notes(pen, zones, template, content)?;
    Ok(pen.missing)
}

fn routing(
    pen: &mut Pen<'_>,
    zones: &Zones,
    template: &Template,
    content: &Content<'_>,
) -> Result<(), ComposeError> {
    let area = zones.routing.inset(pen.px(14), 0);
    let code = content.routing.as_deref().filter(|code| !code.is_empty()).unwrap_or(&template.no_routing);
    // A digit is 0.73 em high, an ideograph 0.92.
    let tallest = if code.is_ascii() { area.height * 11 / 10 } else { area.height * 4 / 5 };
    let sizes = [128, 120, 112, 104, 96, 88, 80, 72, 64, 56, 48, 40];
    let low = sizes.iter().position(|size| pen.px(*size) <= tallest).unwrap_or(sizes.len());
    let px = pen.one_line(code, area.width, &sizes[low..], Weight::Bold);
    let px = px.ok_or(ComposeError::TooLong(Zone::Routing))?;
    pen.text((area.x, area.width), area.middle(), code, Style::bold(px, Align::Middle));
    Ok(())
}

fn hub(
    pen: &mut Pen<'_>,
    zones: &Zones,
    template: &Template,
    content: &Content<'_>,
    day: i32,
) -> Result<(), ComposeError> {
    let Some(hub) = content.hub.as_deref().filter(|_| template.hub) else { return Ok(()) };
    let area = zones.hub.inset(pen.px(14), 0);
    let room = area.width - day - pen.px(24);
    let sizes = [36, 32, 28, 26, 24, 22, 20];
    let px = pen.one_line(hub, room, &sizes, Weight::Bold).ok_or(ComposeError::TooLong(Zone::Hub))?;
    pen.text((area.x, room), area.middle(), hub, Style::bold(px, Align::Start));
    Ok(())
}

fn barcode(pen: &mut Pen<'_>, zones: &Zones, waybill: &str, placed: &mut Bars) -> Result<(), ComposeError> {
    let area = zones.barcode;
    let modules = code128::modules(waybill).ok_or(ComposeError::Waybill)? as i32;
    // From 0.25 mm, which every scanner reads, to 0.5, beyond which bars only take room.
    let (least, most) = (pen.px(2), pen.px(4));
    let frame = pen.px(3);
    let module = ((area.width - 2 * frame) / (modules + 2 * code128::QUIET as i32)).min(most);
    if module < least {
        return Err(ComposeError::Waybill);
    }
    let number = pen.px(32);
    let top = area.y + pen.px(12);
    let tall = area.height - pen.px(12) - number - pen.px(10);
    let across = modules * module;
    let x = area.x + (area.width - across) / 2;
    (placed.x, placed.y, placed.width, placed.height, placed.module) = (x, top, across, tall, module);
    placed.text.clear();
    placed.text.push_str(waybill);
    if let Some(canvas) = &mut pen.canvas
        && let Some(bars) = code128::encode(waybill)
    {
        let runs = || bars.iter().map(|width| i32::from(*width) * module);
        let mut left = x;
        for (width, black) in runs().zip([true, false].into_iter().cycle()) {
            if black {
                pen.drawing.rect(Rect { x: left, y: top, width, height: tall, black });
            }
            left += width;
        }
        let mut picture = Bitmap::new(across.max(0) as usize);
        let dots = runs().map(|width| width as usize).zip([true, false].into_iter().cycle());
        picture.push(dots);
        canvas.repeat(&picture, x, top, tall.max(0) as usize);
    }
    // In groups of four from the right, as people read numbers out.
    let mut spaced = String::with_capacity(waybill.len() * 5 / 4 + 1);
    for (at, character) in waybill.char_indices() {
        if at > 0 && (waybill.len() - at).is_multiple_of(4) {
            spaced.push(' ');
        }
        spaced.push(character);
    }
    let middle = top + tall + pen.px(4) + number / 2;
    pen.text((area.x, area.width), middle, &spaced, Style::bold(number, Align::Middle));
    Ok(())
}

/// Name and phone, large, and under them the address: the largest name beside which the address keeps
/// three fifths of its size, or else any.
fn person(
    pen: &mut Pen<'_>,
    zone: Area,
    person: &Masked,
    sizes: &[i32],
    who: Zone,
) -> Result<(), ComposeError> {
    // Taken out once: a text of fixed capacity is looked through each time it is.
    let (person, address) = ((&*person.name, &*person.phone), &*person.address);
    let pad = pen.px(10);
    let left = zone.x + badge_column(pen);
    let area = Area { x: left, width: zone.right() - left - pen.px(14), ..zone }.inset(0, pad);
    for (size, least) in
        sizes.iter().map(|size| (*size, *size * 3 / 5)).chain(sizes.iter().map(|size| (*size, 0)))
    {
        let Some(head) = Head::fit(pen, person, area, pen.px(size)) else { continue };
        let room = Area { y: area.y + head.height, height: area.height - head.height, ..area };
        let smaller = (20..=(size - 6).max(20)).rev().step_by(2).filter(|size| *size >= least.min(36));
        let Some(address) = pen.fit(address, room, &smaller.collect::<Vec<_>>(), Weight::Regular) else {
            continue;
        };
        head.draw(pen, person, area);
        pen.set(&address, room);
        return Ok(());
    }
    Err(ComposeError::TooLong(who))
}

/// How name and phone stand.
struct Head<'t> {
    px: i32,
    height: i32,
    /// The lines of a name that leaves no room beside it for the phone, which then has a line of its own.
    stacked: Option<Block<'t>>,
}

impl<'t> Head<'t> {
    fn fit(pen: &mut Pen<'_>, (name, phone): (&'t str, &str), area: Area, px: i32) -> Option<Self> {
        let width = pen.width(name, px, Weight::Bold) + pen.width(phone, px, Weight::Bold);
        if width + Self::gap(pen) <= area.width {
            let num = if text::is_simple(name) { 22 } else { 26 };
            return Some(Self { px, height: px * num / 16, stacked: None });
        }
        // A name of many words: not before it is small, and then in two lines at most.
        if px > pen.px(28) || pen.width(phone, px, Weight::Bold) > area.width {
            return None;
        }
        let name =
            pen.fit_at(&Paragraph::new(name), Area { height: px * 3, ..area }, px, Weight::Bold, true)?;
        Some(Self { px, height: name.height + px * 5 / 4, stacked: Some(name) })
    }

    fn gap(pen: &Pen<'_>) -> i32 {
        pen.px(28)
    }

    fn draw(&self, pen: &mut Pen<'_>, (name, phone): (&str, &str), area: Area) {
        let (px, gap) = (self.px, Self::gap(pen));
        let rtl = text::is_rtl(name);
        let (span, align) = ((area.x, area.width), if rtl { Align::Right } else { Align::Left });
        if let Some(name) = &self.stacked {
            pen.set(name, area);
            pen.text(span, area.y + name.height + px / 2, phone, Style::bold(px, align));
            return;
        }
        let middle = area.y + self.height * 7 / 16;
        let name = pen.text(span, middle, name, Style::bold(px, align));
        let rest = (if rtl { area.x } else { area.x + name + gap }, area.width - name - gap);
        pen.text(rest, middle, phone, Style::bold(px, align));
    }
}

/// The symbol in the middle of its zone, the handle under its quiet zone.
fn symbol(
    pen: &mut Pen<'_>,
    zones: &Zones,
    content: &Content<'_>,
    modules: Option<&Symbol>,
    placed: &mut Placed,
) -> Result<(), ComposeError> {
    let zone = zones.symbol;
    let dots = placed.choice.dots as i32;
    let side = placed.choice.side_dots() as i32;
    let quiet = QUIET * dots;
    let px = pen.px(26);
    let rule = pen.px(3);
    // On a whole byte, so that its rows are copied and not shifted.
    let x = (zone.x + (zone.width - side) / 2 + 4) & !7;
    let free = zone.height - side - px;
    let top = zone.y + (free * 2 / 5).max(quiet + rule).min(free - quiet - px / 4);
    let clear = x - quiet >= zone.x + rule
        && x + side + quiet <= zone.right() - rule
        && top - quiet >= zone.y + rule
        && top + side + quiet + px <= zone.bottom() - rule;
    if !clear {
        return Err(ComposeError::Symbol);
    }
    (placed.x, placed.y) = (x, top);
    if let (Some(canvas), Some(modules)) = (&mut pen.canvas, modules) {
        paint(modules, dots as usize, canvas, (x, top));
    }
    // Midway between the quiet zone and the rule below.
    let under = top + side + quiet;
    let middle = under + ((zone.bottom() - rule - under - px) / 2).min(px / 3) + px / 2;
    pen.text((x, side), middle, content.handle, Style::bold(px, Align::Middle));
    Ok(())
}

fn notes(
    pen: &mut Pen<'_>,
    zones: &Zones,
    template: &Template,
    content: &Content<'_>,
) -> Result<(), ComposeError> {
    let pad = pen.px(14);
    let mut area = zones.notes.inset(pad, pad * 2 / 3);
    let fields = [
        (template.goods, &template.goods_label, &*content.goods, Zone::Goods, 2),
        (template.remark, &template.remark_label, &*content.remark, Zone::Remark, 1),
    ];
    for (shown, label, text, what, share) in fields {
        if !shown || text.is_empty() {
            continue;
        }
        let said = format!("{label}{text}");
        let room = Area { height: area.height / share, ..area };
        let block = pen.fit(&said, room, &[28, 26, 24, 22, 20, 18], Weight::Regular);
        let block = block.ok_or(ComposeError::TooLong(what))?;
        pen.set(&block, room);
        let taken = block.height + pad / 2;
        area = Area { y: area.y + taken, height: area.height - taken, ..area };
    }
    Ok(())
}

/// Paints the modules, each a square of `dots`: eight of them are `dots` bytes.
fn paint(symbol: &Symbol, dots: usize, canvas: &mut Canvas, (x, y): (i32, i32)) {
    const WIDEST: usize = u128::BITS as usize / 8;
    if dots == 0 {
        return;
    }
    // Four modules as dots, from the top of the lower half of a word down.
    let spread: [u128; 16] = std::array::from_fn(|modules| {
        let black = (1 << dots.min(WIDEST)) - 1;
        (0..4).filter(|at| modules >> at & 1 == 1).map(|at| black << (at * dots.min(WIDEST))).sum()
    });
    let mut picture = Bitmap::new(symbol.size() * dots);
    for (row, y) in symbol.rows().iter().zip((y..).step_by(dots.max(1))) {
        picture.bits.clear();
        if dots > WIDEST {
            picture.push((0..symbol.size()).map(|x| (dots, row >> (63 - x) & 1 == 1)));
        } else {
            for eight in row.to_be_bytes().into_iter().take(symbol.size().div_ceil(8)) {
                let both = [eight >> 4, eight & 15].map(|four| spread[usize::from(four)]);
                let word = both[0] << (4 * dots) | both[1];
                let bytes = (word << (u128::BITS as usize - 8 * dots)).to_be_bytes();
                picture.bits.extend_from_slice(&bytes);
                picture.bits.truncate(picture.bits.len() + dots - WIDEST);
            }
            picture.bits.truncate(picture.stride);
        }
        canvas.repeat(&picture, x, y, dots);
    }
}
