//! TSPL: the page as one bitmap, in which 0 is black; on request the codes by the printer's own commands.

use crate::label::code128::{self, Step};
use crate::label::format::{Codes, without_codes};
use crate::label::{Bars, Canvas, Composed};
use std::fmt::Write;

/// One label, dot for dot.
#[must_use]
pub fn encode(label: &Composed<'_>, codes: Codes) -> Vec<u8> {
    // Characters that would end the string, or that the printer takes as a change of set.
    let bars = (codes == Codes::Native && !label.bars.text.contains(['"', '!', '\\']))
        .then(|| code128::steps(&label.bars.text))
        .flatten();
    let own = bars.as_ref().map(|_| without_codes(label));
    let canvas = own.as_ref().unwrap_or(label.canvas);
    let (width, height) = (label.page.width_mm, label.page.height_mm);
    let (stride, rows) = (canvas.stride(), canvas.height());
    let mut out = format!(
        "SIZE {width} mm,{height} mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n\
         BITMAP 0,0,{stride},{rows},0,"
    )
    .into_bytes();
    dots(canvas, &mut out);
    if let Some(steps) = bars {
        out.extend_from_slice(native(label, &steps).as_bytes());
    }
    out.extend_from_slice(b"\r\nPRINT 1,1\r\n");
    out
}

fn dots(canvas: &Canvas, out: &mut Vec<u8>) {
    out.extend(canvas.bits().iter().map(|byte| !byte));
}

/// Code 128 with the sets given (`128M`), and QR model 2 in manual mode: alphanumeric, with our mask.
fn native(label: &Composed<'_>, steps: &[Step]) -> String {
    let symbol = label.symbol;
    let mut out = String::from("\r\nBARCODE ");
    // Writing to a String cannot fail.
    let Bars { x, y, height, module, .. } = label.bars;
    let _ = write!(out, "{x},{y},\"128M\",{height},0,0,{module},{module},\"");
    for step in steps {
        let _ = match step {
            Step::StartB => out.write_str("!104"),
            Step::StartC => out.write_str("!105"),
            Step::ToB => out.write_str("!100"),
            Step::ToC => out.write_str("!099"),
            Step::Character(character) => out.write_char(*character),
            Step::Pair(pair) => write!(out, "{pair:02}"),
        };
    }
    let (level, dots, mask) = (symbol.choice.level, symbol.choice.dots, symbol.mask.number());
    let _ = write!(
        out,
        "\"\r\nQRCODE {},{},{level},{dots},M,0,M2,S{mask},\"A{}\"",
        symbol.x, symbol.y, symbol.text
    );
    out
}
