//! A masked person: a badge, name and phone, and the address below.

use super::form::badge_column;
use crate::label::area::Area;
use crate::label::error::{ComposeError, Zone};
use crate::label::font::Weight;
use crate::label::pen::{Align, Pen, Style, TextBlock};
use crate::label::text::{self, Paragraph};
use crate::summary::Masked;

/// Draws name and phone in a large size, and the address below. Chooses the largest name size at which the address
/// keeps three fifths of the name's size, or else any size that fits.
pub(super) fn person(
    pen: &mut Pen<'_>,
    zone: Area,
    person: &Masked,
    sizes: &[i32],
    who: Zone,
) -> Result<(), ComposeError> {
    // Copied once: each access to a fixed-capacity text scans it.
    let (person, address) = ((&*person.name, &*person.phone), &*person.address);
    let pad = pen.px(10);
    let left = zone.x + badge_column(pen);
    let area = Area { x: left, width: zone.right() - left - pen.px(14), ..zone }.inset(0, pad);
    for (size, least) in
        sizes.iter().map(|size| (*size, *size * 3 / 5)).chain(sizes.iter().map(|size| (*size, 0)))
    {
        let Some(head) = PersonHead::fit(pen, person, area, pen.px(size)) else { continue };
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

/// The arrangement of name and phone.
struct PersonHead<'t> {
    px: i32,
    height: i32,
    /// The lines of a name that leaves no room for the phone, which then gets its own line.
    stacked: Option<TextBlock<'t>>,
}

impl<'t> PersonHead<'t> {
    fn fit(pen: &mut Pen<'_>, (name, phone): (&'t str, &str), area: Area, px: i32) -> Option<Self> {
        let width = pen.width(name, px, Weight::Bold) + pen.width(phone, px, Weight::Bold);
        if width + Self::gap(pen) <= area.width {
            let num = if text::is_simple(name) { 22 } else { 26 };
            return Some(Self { px, height: px * num / 16, stacked: None });
        }
        // A name of many words is reduced to a small size first, and then broken into at most two lines.
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
