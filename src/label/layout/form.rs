//! The parts that all labels of a template share, and those that a day's labels share.

use super::zones::Zones;
use crate::label::area::Area;
use crate::label::font::Weight;
use crate::label::pen::{Align, Pen, Style};
use crate::label::template::Template;

/// Draws what all labels of a template share. The error is the key of a template text that does not fit.
pub(in crate::label) fn form(
    pen: &mut Pen<'_>,
    zones: &Zones,
    template: &Template,
) -> Result<(), &'static str> {
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

/// Draws the day of sealing at the right of the hub's zone; returns the width it takes.
pub(in crate::label) fn day(pen: &mut Pen<'_>, zones: &Zones, template: &Template, day: &str) -> i32 {
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

/// Draws the badge at the right of the carrier's zone, white on black; returns the width it takes.
fn badge_right(pen: &mut Pen<'_>, zone: Area, word: &str) -> i32 {
    let (px, pad, high) = (pen.px(34), pen.px(12), pen.px(52).min(zone.height));
    let wide = pen.width(word, px, Weight::Bold) + 2 * pad;
    let area = Area { x: zone.right() - wide, y: zone.middle() - high / 2, width: wide, height: high };
    pen.fill(area, true);
    pen.text((area.x, wide), area.middle(), word, Style::bold(px, Align::Middle).white());
    wide + pad
}

/// Draws a person's badge at the left of a zone: white on black, or black in a frame.
fn badge_left(pen: &mut Pen<'_>, zone: Area, word: &str, filled: bool) -> Result<(), &'static str> {
    let column = badge_column(pen);
    let side = pen.px(52);
    // A word longer than 收 or TO needs a wider badge.
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

/// The column of the badges, as wide as the word needs.
pub(super) fn badge_column(pen: &Pen<'_>) -> i32 {
    pen.px(72)
}
