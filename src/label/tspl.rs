//! TSPL: the page as one bitmap, in which 0 is black; on request the codes by the printer's own commands.

use crate::label::format::{Codes, without_codes};
use crate::label::{Bars, Canvas, Composed};

/// One label, dot for dot.
#[must_use]
pub fn encode(label: &Composed<'_>, codes: Codes) -> Vec<u8> {
    // A character that would end the string is left to dots.
    let native_codes = codes == Codes::Native && !label.bars.text.contains(['"', '\\']);
    let own = native_codes.then(|| without_codes(label));
    let canvas = own.as_ref().unwrap_or(label.canvas);
    let (width, height) = (label.page.width_mm, label.page.height_mm);
    let (stride, rows) = (canvas.stride(), canvas.height());
    let mut out = format!(
        "SIZE {width} mm,{height} mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n\
         BITMAP 0,0,{stride},{rows},0,"
    )
    .into_bytes();
    dots(canvas, &mut out);
    if native_codes {
        out.extend_from_slice(native(label).as_bytes());
    }
    out.extend_from_slice(b"\r\nPRINT 1,1\r\n");
    out
}

fn dots(canvas: &Canvas, out: &mut Vec<u8>) {
    out.extend(canvas.bits().iter().map(|byte| !byte));
}

/// Code 128 that changes sets by itself, and QR model 2 in automatic mode with our mask.
fn native(label: &Composed<'_>) -> String {
    let Bars { x, y, height, module, text, .. } = label.bars;
    let symbol = label.symbol;
    let (level, dots, mask) = (symbol.choice.level, symbol.choice.dots, symbol.mask.number());
    format!(
        "\r\nBARCODE {x},{y},\"128\",{height},0,0,{module},{module},\"{text}\"\
         \r\nQRCODE {},{},{level},{dots},A,0,M2,S{mask},\"{}\"",
        symbol.x, symbol.y, symbol.text
    )
}
