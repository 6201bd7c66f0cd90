//! TSPL: the page as one bitmap. Its 0 is black.

use crate::label::{Page, canvas::Canvas};

/// One label, dot for dot.
#[must_use]
pub fn encode(canvas: &Canvas, page: &Page) -> Vec<u8> {
    let (width, height, stride, rows) = (page.width_mm, page.height_mm, canvas.stride(), canvas.height());
    let mut out = format!(
        "SIZE {width} mm,{height} mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,{stride},{rows},0,"
    )
    .into_bytes();
    out.extend(canvas.bits().iter().map(|byte| !byte));
    out.extend_from_slice(b"\r\nPRINT 1,1\r\n");
    out
}
