//! A label's own content, drawn on top of the shared parts.

use super::zones::Zones;
use super::{codes, parcel, person};
use crate::label::area::Area;
use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::content::Content;
use crate::label::drawing::Drawing;
use crate::label::error::{ComposeError, Zone};
use crate::label::font::{Fonts, Weight};
use crate::label::page::Page;
use crate::label::pen::{Align, Pen, Style};
use crate::label::template::Template;
use crate::symbol::Symbol;

/// The targets of drawing, and the positions of the codes for the back-ends. Without a canvas, the codes are
/// recorded but not drawn.
pub(in crate::label) struct Sheet<'a> {
    pub(in crate::label) canvas: Option<(&'a mut Canvas, &'a Symbol)>,
    pub(in crate::label) drawing: &'a mut Drawing,
    pub(in crate::label) bars: &'a mut Bars,
    pub(in crate::label) symbol: &'a mut PlacedSymbol,
}

/// Draws a label's own content. `day` is the width that the date takes. Returns the number of missing characters.
pub(in crate::label) fn fill(
    sheet: &mut Sheet<'_>,
    fonts: &mut Fonts,
    (template, page, zones, day): (&Template, &Page, &Zones, i32),
    content: &Content<'_>,
) -> Result<usize, ComposeError> {
    let (canvas, modules) = sheet.canvas.take().unzip();
    let pen = &mut Pen { canvas, drawing: sheet.drawing, fonts, page, missing: 0 };
    routing(pen, zones, template, content)?;
    hub(pen, zones, template, content, day)?;
    codes::barcode(pen, zones, content.waybill, sheet.bars)?;
    let sizes = [44, 40, 36, 32, 28, 24, 22, 20];
    person::person(pen, zones.recipient, content.summary.recipient(), &sizes, Zone::Recipient)?;
    if let (Some(area), Some(sender)) = (zones.sender, content.summary.sender()) {
        person::person(pen, area, sender, &[34, 32, 30, 28, 26, 24, 22, 20], Zone::Sender)?;
    }
    codes::symbol(pen, zones, content, modules, sheet.symbol)?;
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
    // A digit is 0.73 em high, an ideograph 0.92 em.
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

fn notes(
    pen: &mut Pen<'_>,
    zones: &Zones,
    template: &Template,
    content: &Content<'_>,
) -> Result<(), ComposeError> {
    let pad = pen.px(14);
    let mut area = parcel::terms(pen, zones.notes.inset(pad, pad * 2 / 3), template, content)?;
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
