//! TSPL commands. Either the page is one bitmap, in which 0 is black, or lines are bitmaps, rules are bars, and the
//! printer draws the codes.

use super::decimal::number;
use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::compose::Composed;
use crate::label::drawing::Rect;
use crate::label::page::Page;
use crate::label::settings::Media;

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
    let printer = page.printer;
    let mut line = |text: String| out.extend_from_slice(format!("{text}\r\n").as_bytes());
    line(format!("SIZE {} mm,{} mm", page.width_mm, page.height_mm));
    line(match (printer.media, printer.gap_mm) {
        (None | Some(Media::Gap), gap) => format!("GAP {} mm,0 mm", gap.unwrap_or(2.0)),
        (Some(Media::Mark), mark) => format!("BLINE {} mm,0 mm", mark.unwrap_or(3.0)),
        (Some(Media::Continuous), _) => "GAP 0 mm,0 mm".to_owned(),
    });
    line(format!("DIRECTION {}", u8::from(!printer.is_turned())));
    let [right, down] = printer.offset_mm.unwrap_or_default().map(|mm| page.dots(mm));
    // A reference point lies on the label; what goes beyond its edge is shifted.
    if right < 0 || down < 0 {
        line(format!("REFERENCE 0,0\r\nSHIFT {right},{down}"));
    } else {
        line(format!("REFERENCE {right},{down}"));
    }
    if let Some(darkness) = printer.darkness {
        line(format!("DENSITY {}", (u32::from(darkness) * 15 + 50) / 100));
    }
    if let Some(speed) = printer.speed {
        line(format!("SPEED {speed}"));
    }
    if let Some(tear_off) = printer.tear_off_mm {
        line(format!("SET TEAR ON\r\nOFFSET {tear_off} mm"));
    }
    line("CLS".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::page::Dpi;
    use crate::label::settings::PrinterSettings;

    fn head(size: (f64, f64), printer: PrinterSettings) -> String {
        let mut out = Vec::new();
        page(Page { printer, ..Page::new(size, Dpi::D203) }, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_says_what_is_set_and_nothing_else() {
        let usual = "SIZE 100 mm,150 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n";
        assert_eq!(head((100.0, 150.0), PrinterSettings::default()), usual);
        let printer = PrinterSettings {
            darkness: Some(60),
            speed: Some(4),
            media: Some(Media::Mark),
            offset_mm: Some([1.0, 2.5]),
            rotation: Some(180),
            tear_off_mm: Some(2.5),
            ..PrinterSettings::default()
        };
        let set = "SIZE 101.6 mm,152.4 mm\r\nBLINE 3 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 8,20\r\nDENSITY 9\r\n\
                   SPEED 4\r\nSET TEAR ON\r\nOFFSET 2.5 mm\r\nCLS\r\n";
        assert_eq!(head((101.6, 152.4), printer), set);
        let shifted = PrinterSettings { offset_mm: Some([-1.0, 0.0]), ..PrinterSettings::default() };
        assert!(head((100.0, 150.0), shifted).contains("REFERENCE 0,0\r\nSHIFT -8,0\r\n"));
    }
}
