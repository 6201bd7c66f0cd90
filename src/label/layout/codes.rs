//! The two codes: the bar code with the number below it, and the QR code with the handle below it.

use super::zones::{HANDLE, RULE, Zones};
use crate::label::canvas::{Bitmap, Canvas};
use crate::label::code128;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::content::Content;
use crate::label::drawing::Rect;
use crate::label::error::ComposeError;
use crate::label::font::Weight;
use crate::label::pen::{Align, Pen, Style};
use crate::symbol::{QUIET_ZONE, Symbol};

/// Width of the QR quiet zone in modules.
const QUIET: i32 = QUIET_ZONE as i32;

/// Sizes of the waybill number below its bars, in dots at 203 dpi, down to the smallest legible one.
const NUMBER: [i32; 7] = [32, 30, 28, 26, 24, 22, 20];

/// Draws the bar code and the waybill number, centred in their zone.
pub(super) fn barcode(
    pen: &mut Pen<'_>,
    zones: &Zones,
    waybill: &str,
    placed: &mut Bars,
) -> Result<(), ComposeError> {
    let area = zones.barcode;
    let modules = code128::modules(waybill).ok_or(ComposeError::Waybill)? as i32;
    // From 0.25 mm, which every scanner reads, to 0.5 mm. Wider bars only use up space.
    let (least, most) = (pen.px(2), pen.px(4));
    let frame = pen.px(3);
    let module = ((area.width - 2 * frame) / (modules + 2 * code128::QUIET as i32)).min(most);
    if module < least {
        let beside = 2 * (frame + area.x);
        let dots = (modules + 2 * code128::QUIET as i32) * least + beside;
        return Err(ComposeError::Bars {
            least_mm: (dots as f32 / pen.page.dpi.dots_per_mm()).ceil() as u32,
        });
    }
    let number = pen.px(NUMBER[0]);
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
    // Groups of four from the right, as people read numbers aloud.
    let mut spaced = String::with_capacity(waybill.len() * 5 / 4 + 1);
    for (at, character) in waybill.char_indices() {
        if at > 0 && (waybill.len() - at).is_multiple_of(4) {
            spaced.push(' ');
        }
        spaced.push(character);
    }
    let middle = top + tall + pen.px(4) + number / 2;
    // A pair of digits takes the room of one letter in the bars, and of two in the text.
    let room = area.width - 2 * pen.px(6);
    let size = pen.one_line(&spaced, room, &NUMBER, Weight::Bold).ok_or(ComposeError::Waybill)?;
    pen.text((area.x, area.width), middle, &spaced, Style::bold(size, Align::Middle));
    Ok(())
}

/// Draws the symbol centred in its zone, and the handle below its quiet zone.
pub(super) fn symbol(
    pen: &mut Pen<'_>,
    zones: &Zones,
    content: &Content<'_>,
    modules: Option<&Symbol>,
    placed: &mut PlacedSymbol,
) -> Result<(), ComposeError> {
    let zone = zones.symbol;
    let dots = placed.choice.dots as i32;
    let side = placed.choice.side_dots() as i32;
    let quiet = QUIET * dots;
    let px = pen.px(HANDLE);
    let rule = pen.px(RULE);
    // Aligned to a whole byte, so that rows are copied without shifting.
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
    // Midway between the quiet zone and the rule below it.
    let under = top + side + quiet;
    let middle = under + ((zone.bottom() - rule - under - px) / 2).min(px / 3) + px / 2;
    pen.text((x, side), middle, content.handle, Style::bold(px, Align::Middle));
    Ok(())
}

/// Paints the modules as squares of `dots` dots; eight modules take `dots` bytes.
fn paint(symbol: &Symbol, dots: usize, canvas: &mut Canvas, (x, y): (i32, i32)) {
    const WIDEST: usize = u128::BITS as usize / 8;
    if dots == 0 {
        return;
    }
    // Four modules as dots, at the top of the lower half of a word.
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
