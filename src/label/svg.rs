//! SVG 1.1: rules, bars and modules as vectors, in dots; text as runs of the dots that a printer sets, so
//! that it looks the same without the font.

use crate::label::{Page, canvas::Canvas};
use std::fmt::Write;

/// The page as an SVG file: one path, a rectangle for each run of black dots.
#[must_use]
pub fn encode(canvas: &Canvas, page: &Page) -> String {
    let (width, height) = (canvas.width(), canvas.height());
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {width} {height}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/><path d=\"",
        page.width_mm, page.height_mm
    );
    for (y, row) in canvas.bits().chunks_exact(canvas.stride().max(1)).enumerate() {
        let mut x = 0;
        while x < width {
            let black = |x: usize| row[x / 8] << (x % 8) & 0x80 != 0;
            let length = (x..width).take_while(|x| black(*x)).count();
            if length > 0 {
                // Writing to a String cannot fail.
                let _ = write!(out, "M{x} {y}h{length}v1h-{length}z");
            }
            x += length + 1;
        }
    }
    out.push_str("\"/></svg>\n");
    out
}
