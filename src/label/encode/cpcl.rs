//! CPCL commands, for the mobile printers that couriers carry: the page as expanded graphics (`EG`, hexadecimal).
//!
//! A page is mostly white, and a Bluetooth connection slow, so only what has dots is sent: bands of a few rows, cut into
//! pieces where they are white.

use super::decimal::number;
use crate::label::canvas::Canvas;
use crate::label::compose::Composed;
use crate::label::page::Page;
use crate::label::settings::Media;
use std::borrow::Cow;
use std::ops::Range;

/// Rows of a band: few cut off more white, many need fewer commands.
const BAND: usize = 8;
/// White bytes that are worth a command more. So a label has less than half the bytes that whole bands would have.
const GAP: usize = 2;

/// Appends one label.
pub(super) fn append(label: &Composed<'_>, out: &mut Vec<u8>) {
    let page = label.page;
    let canvas = placed(label.canvas, page);
    // The first number moves fields to the right; the other two are the resolution that CPCL counts in, 200 for 203 dpi.
    let dpi = page.dpi.dots_per_inch() / 100 * 100;
    out.extend_from_slice(format!("! 0 {dpi} {dpi} {} 1\r\n", canvas.height()).as_bytes());
    out.extend_from_slice(format!("PAGE-WIDTH {}\r\n", canvas.width()).as_bytes());
    settings(page, out);
    let stride = canvas.stride();
    for (at, rows) in canvas.bits().chunks(BAND * stride.max(1)).enumerate() {
        let rows: Vec<&[u8]> = rows.chunks_exact(stride).collect();
        band(&rows, at * BAND, out);
    }
    if page.printer.media != Some(Media::Continuous) {
        out.extend_from_slice(b"FORM\r\n");
    }
    out.extend_from_slice(b"PRINT\r\n");
}

/// The dots of a band, in pieces between which there is enough white.
fn band(rows: &[&[u8]], y: usize, out: &mut Vec<u8>) {
    let stride = rows.first().map_or(0, |row| row.len());
    let is_inked = |at: usize| rows.iter().any(|row| row[at] != 0);
    let mut at = 0;
    while let Some(left) = (at..stride).find(|at| is_inked(*at)) {
        let mut end = left + 1;
        while let Some(next) = (end..stride.min(end + GAP)).find(|at| is_inked(*at)) {
            end = next + 1;
        }
        graphic(rows, left..end, y, out);
        at = end;
    }
}

/// Some columns of a band, without the white above and below.
fn graphic(rows: &[&[u8]], columns: Range<usize>, y: usize, out: &mut Vec<u8>) {
    let is_blank = |row: &&[u8]| row[columns.clone()].iter().all(|byte| *byte == 0);
    let top = rows.iter().take_while(|row| is_blank(row)).count();
    let end = rows.iter().rposition(|row| !is_blank(row)).map_or(top, |last| last + 1);
    out.extend_from_slice(b"EG");
    for value in [columns.len(), end - top, columns.start * 8, y + top] {
        out.push(b' ');
        number(value as i32, out);
    }
    out.push(b' ');
    for byte in rows[top..end].iter().flat_map(|row| &row[columns.clone()]) {
        out.extend([byte >> 4, byte & 15].map(|digit| b"0123456789ABCDEF"[usize::from(digit)]));
    }
    out.extend_from_slice(b"\r\n");
}

/// Darkness, speed, kind of paper, tear-off.
fn settings(page: Page, out: &mut Vec<u8>) {
    let printer = page.printer;
    let mut line = |text: String| out.extend_from_slice(format!("{text}\r\n").as_bytes());
    if let Some(darkness) = printer.darkness {
        line(format!("CONTRAST {}", (u32::from(darkness) * 3 + 50) / 100));
    }
    if let Some(speed) = printer.speed {
        line(format!("SPEED {}", speed.min(5)));
    }
    match printer.media {
        Some(Media::Gap) => line("GAP-SENSE".to_owned()),
        Some(Media::Mark) => line("BAR-SENSE".to_owned()),
        Some(Media::Continuous) | None => {}
    }
    if let Some(tear_off) = printer.tear_off_mm {
        // What is fed back before a label, or forth after it.
        let dots = page.dots(tear_off.abs());
        line(if tear_off < 0.0 { format!("PREFEED -{dots}") } else { format!("POSTFEED {dots}") });
    }
}

/// The page, moved and turned as the settings say: CPCL has no command for either that holds for graphics.
fn placed(canvas: &Canvas, page: Page) -> Cow<'_, Canvas> {
    let [right, down] = page.printer.offset_mm.unwrap_or_default().map(|mm| page.dots(mm));
    if (right, down) == (0, 0) && !page.printer.is_turned() {
        return Cow::Borrowed(canvas);
    }
    let (width, height) = (canvas.width(), canvas.height());
    let mut moved = Canvas::new(width, height);
    for (row, y) in canvas.bits().chunks_exact(canvas.stride().max(1)).zip(0..) {
        for x in (0..width).filter(|x| row[x / 8] << (x % 8) & 0x80 != 0) {
            let (x, y) = if page.printer.is_turned() {
                ((width - 1 - x) as i32, height as i32 - 1 - y)
            } else {
                (x as i32, y)
            };
            moved.fill(x + right, y + down, 1, 1, true);
        }
    }
    Cow::Owned(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::page::Dpi;
    use crate::label::selftest::TestLabel;
    use crate::label::settings::PrinterSettings;

    /// Draws a job, as a printer would.
    fn drawn(job: &[u8]) -> Canvas {
        let text = std::str::from_utf8(job).unwrap();
        let mut lines = text.split("\r\n");
        let head: Vec<&str> = lines.next().unwrap().split(' ').collect();
        assert_eq!((head[0], head[1], head[5]), ("!", "0", "1"));
        let width = lines.next().unwrap().strip_prefix("PAGE-WIDTH ").unwrap().parse().unwrap();
        let mut page = Canvas::new(width, head[4].parse().unwrap());
        for line in lines.filter(|line| line.starts_with("EG ")) {
            let words: Vec<&str> = line.split(' ').collect();
            let [across, tall, x, y] = [1, 2, 3, 4].map(|word| words[word].parse::<usize>().unwrap());
            assert_eq!(words[5].len(), across * tall * 2);
            for (at, digit) in words[5].chars().enumerate() {
                let digit = digit.to_digit(16).unwrap();
                for bit in (0..4).filter(|bit| digit << bit & 8 != 0) {
                    let (column, row) = (at % (across * 2) * 4 + bit, at / (across * 2));
                    page.fill((x + column) as i32, (y + row) as i32, 1, 1, true);
                }
            }
        }
        page
    }

    fn job(page: Page) -> (Vec<u8>, Canvas) {
        let label = TestLabel::new(page).unwrap();
        let mut out = Vec::new();
        append(&label.composed(), &mut out);
        (out, label.composed().canvas.clone())
    }

    #[test]
    fn a_job_has_every_dot_of_the_page_and_no_other() {
        for (size, dpi) in [(Page::SMALL, Dpi::D203), (Page::MEDIUM, Dpi::D203), (Page::LARGE, Dpi::D300)] {
            let (out, canvas) = job(Page::new(size, dpi));
            assert!(drawn(&out) == canvas, "{size:?}");
            assert!(out.ends_with(b"FORM\r\nPRINT\r\n"));
        }
    }

    #[test]
    fn a_page_is_moved_and_turned_dot_by_dot() {
        let mut page = Page::new(Page::MEDIUM, Dpi::D203);
        page.printer = PrinterSettings { offset_mm: Some([-1.0, 2.0]), ..PrinterSettings::default() };
        let (out, canvas) = job(page);
        let dot = |canvas: &Canvas, x: usize, y: usize| {
            canvas.bits()[y * canvas.stride() + x / 8] << (x % 8) & 0x80 != 0
        };
        let moved = drawn(&out);
        for (x, y) in [(8, 0), (400, 300), (799, 1183), (100, 900)] {
            assert_eq!(dot(&moved, x - 8, y + 16), dot(&canvas, x, y), "{x}, {y}");
        }
        page.printer = PrinterSettings {
            rotation: Some(180),
            media: Some(Media::Continuous),
            ..PrinterSettings::default()
        };
        let (out, canvas) = job(page);
        let turned = drawn(&out);
        for y in (0..1200).step_by(7) {
            for x in (0..800).step_by(3) {
                assert_eq!(dot(&turned, 799 - x, 1199 - y), dot(&canvas, x, y), "{x}, {y}");
            }
        }
        assert!(!out.windows(4).any(|word| word == b"FORM"));
    }
}
