//! TSPL commands. Either the page is one bitmap, in which 0 is black, or lines are bitmaps, rules are bars, and the
//! printer draws the codes.

use super::decimal::number;
use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::compose::Composed;
use crate::label::drawing::Rect;
use crate::label::page::Page;

/// Appends one label as a bitmap of all dots.
pub(super) fn append(label: &Composed<'_>, out: &mut Vec<u8>) {
    let canvas = label.canvas;
    page(label.page, out);
    out.extend_from_slice(b"BITMAP 0,0");
    head(canvas, out);
    out.extend(canvas.bits().iter().map(|byte| !byte));
    out.extend_from_slice(b"\r\nPRINT 1,1\r\n");
}

/// The size of the sheet, and an empty image buffer.
pub(super) fn page(page: Page, out: &mut Vec<u8>) {
    out.extend_from_slice(b"SIZE ");
    number(page.width_mm as i32, out);
    out.extend_from_slice(b" mm,");
    number(page.height_mm as i32, out);
    out.extend_from_slice(b" mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n");
}

/// A black rectangle.
pub(super) fn rule(rule: &Rect, out: &mut Vec<u8>) {
    out.extend_from_slice(b"BAR ");
    numbers([rule.x, rule.y, rule.width, rule.height], out);
    out.extend_from_slice(b"\r\n");
}

/// A bitmap in which a set bit is white. Its position is written before it.
pub(super) fn picture(picture: &Canvas, out: &mut Vec<u8>) {
    head(picture, out);
    out.extend_from_slice(picture.bits());
    out.extend_from_slice(b"\r\n");
}

/// Starts a bitmap.
fn head(picture: &Canvas, out: &mut Vec<u8>) {
    out.push(b',');
    numbers([picture.stride() as i32, picture.height() as i32], out);
    out.extend_from_slice(b",0,");
}

/// Code 128 with automatic code sets, and QR model 2 in automatic mode with the fixed mask pattern.
pub(super) fn codes(bars: &Bars, symbol: &PlacedSymbol, out: &mut Vec<u8>) {
    out.extend_from_slice(b"BARCODE ");
    numbers([bars.x, bars.y], out);
    out.extend_from_slice(b",\"128\",");
    numbers([bars.height, 0, 0, bars.module, bars.module], out);
    out.extend_from_slice(b",\"");
    out.extend_from_slice(bars.text.as_bytes());
    out.extend_from_slice(b"\"\r\nQRCODE ");
    numbers([symbol.x, symbol.y], out);
    out.push(b',');
    out.push(symbol.choice.level.letter());
    out.push(b',');
    number(symbol.choice.dots as i32, out);
    out.extend_from_slice(b",A,0,M2,S");
    number(i32::from(symbol.mask.number()), out);
    out.extend_from_slice(b",\"");
    out.extend_from_slice(symbol.text.as_bytes());
    out.extend_from_slice(b"\"\r\n");
}

/// Numbers separated by commas.
fn numbers<const N: usize>(list: [i32; N], out: &mut Vec<u8>) {
    for (at, one) in list.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        number(one, out);
    }
}
