//! TSPL commands to dots, and to the texts of the codes that a printer draws.

use super::numbers::{list, side};
use super::texts::CodeTexts;
use crate::label::Canvas;
use crate::label::canvas::Bitmap;

/// A command: a line, or a bitmap with its place.
enum TsplCommand<'a> {
    Line(&'a [u8]),
    Bitmap([i32; 2], Bitmap),
}

/// The commands of a job; `None` in place of what is not one.
fn commands(mut job: &[u8]) -> impl Iterator<Item = Option<TsplCommand<'_>>> {
    std::iter::from_fn(move || {
        if job.is_empty() {
            return None;
        }
        let command = next(&mut job);
        if command.is_none() {
            job = &[];
        }
        Some(command)
    })
}

fn next<'a>(job: &mut &'a [u8]) -> Option<TsplCommand<'a>> {
    let Some(rest) = job.strip_prefix(b"BITMAP ") else {
        let end = job.windows(2).position(|two| two == b"\r\n")?;
        let line = &job[..end];
        *job = &job[end + 2..];
        return Some(TsplCommand::Line(line));
    };
    let end = rest.iter().enumerate().filter(|(_, byte)| **byte == b',').nth(4)?.0;
    let [x, y, stride, height, 0] = list::<5>(&rest[..end])? else { return None };
    let (stride, height) = (side(stride)?, side(height)?);
    let (bits, tail) = rest[end + 1..].split_at_checked(stride * height)?;
    *job = tail.strip_prefix(b"\r\n")?;
    let mut bitmap = Bitmap::default();
    // A set bit is white.
    (bitmap.stride, bitmap.bits) = (stride, bits.iter().map(|byte| !byte).collect());
    Some(TsplCommand::Bitmap([x, y], bitmap))
}

/// The dots of a label without codes of the printer's; `None` if a command is not one of ours.
pub(super) fn drawn(job: &[u8]) -> Option<Canvas> {
    let (mut canvas, mut printed) = (None::<Canvas>, false);
    for command in commands(job) {
        match command? {
            TsplCommand::Bitmap([0, 0], bitmap) if canvas.is_none() => {
                let (width, height) = (bitmap.stride * 8, bitmap.bits.len() / bitmap.stride);
                let page = canvas.insert(Canvas::new(width, height));
                page.blit(&bitmap, 0, 0, true);
            }
            TsplCommand::Bitmap(..) => return None,
            TsplCommand::Line(b"PRINT 1,1") => printed = true,
            TsplCommand::Line(line) if is_page(line) => {}
            TsplCommand::Line(_) => return None,
        }
    }
    canvas.filter(|_| printed)
}

/// The texts of the codes that the printer draws; `None` if a command is not one of ours, or there is not one code of each kind.
pub(super) fn codes(job: &[u8]) -> Option<CodeTexts> {
    let (mut qr, mut bars) = (Vec::new(), Vec::new());
    for command in commands(job) {
        let TsplCommand::Line(line) = command? else { continue };
        if let Some(rest) = line.strip_prefix(b"QRCODE ") {
            qr.push(quoted(rest)?);
        } else if let Some(rest) = line.strip_prefix(b"BARCODE ") {
            bars.push(quoted(rest)?);
        } else if !(is_page(line) || line.starts_with(b"BAR ") || line == b"PRINT 1,1") {
            return None;
        }
    }
    CodeTexts::one_each(qr, bars)
}

fn is_page(line: &[u8]) -> bool {
    let settings = [&b"BLINE "[..], b"SHIFT ", b"DENSITY ", b"SPEED ", b"SET TEAR ON", b"OFFSET "];
    let page = [&b"SIZE "[..], b"GAP ", b"DIRECTION ", b"REFERENCE "];
    page.iter().chain(&settings).any(|name| line.starts_with(name)) || line == b"CLS"
}

/// The last text in quotes of a command.
fn quoted(rest: &[u8]) -> Option<Vec<u8>> {
    let text = rest.strip_suffix(b"\"")?;
    let start = text.iter().rposition(|byte| *byte == b'"')?;
    Some(text[start + 1..].to_vec())
}
