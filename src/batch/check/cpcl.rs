//! CPCL commands to dots: the page as pieces of expanded graphics.

use super::numbers::{side, whole};
use crate::label::Canvas;
use crate::label::canvas::Bitmap;

/// Commands that set the printer, and draw nothing.
const SETTINGS: [&[u8]; 7] =
    [b"CONTRAST ", b"SPEED ", b"GAP-SENSE", b"BAR-SENSE", b"PREFEED ", b"POSTFEED ", b"FORM"];

/// The dots of a label; `None` if a command is not one of ours.
pub(super) fn drawn(job: &[u8]) -> Option<Canvas> {
    let mut lines = job.strip_suffix(b"\r\n")?.split(|byte| *byte == b'\n').map(|line| {
        // Each line but the last has its carriage return still.
        line.strip_suffix(b"\r").unwrap_or(line)
    });
    let mut head = lines.next()?.split(|byte| *byte == b' ');
    let mut next = || head.next();
    let (b"!", b"0") = (next()?, next()?) else { return None };
    let (across, down) = (whole(next()?)?, whole(next()?)?);
    let (height, b"1") = (side(whole(next()?)?)?, next()?) else { return None };
    if across != down || next().is_some() {
        return None;
    }
    let width = side(whole(lines.next()?.strip_prefix(b"PAGE-WIDTH ")?)?)?;
    let mut canvas = Canvas::new(width, height);
    let mut printed = false;
    for line in lines {
        if printed {
            return None;
        }
        if let Some(piece) = line.strip_prefix(b"EG ") {
            let (bitmap, x, y) = graphic(piece)?;
            canvas.blit(&bitmap, x, y, true);
        } else if line == b"PRINT" {
            printed = true;
        } else if !SETTINGS.iter().any(|name| line.starts_with(name)) {
            return None;
        }
    }
    printed.then_some(canvas)
}

/// A piece: bytes a row, rows, left, top, and two hexadecimal digits a byte.
fn graphic(piece: &[u8]) -> Option<(Bitmap, i32, i32)> {
    let mut words = piece.split(|byte| *byte == b' ');
    let mut number = || whole(words.next()?);
    let (stride, rows, x, y) = (side(number()?)?, side(number()?)?, number()?, number()?);
    let digits = words.next()?;
    if words.next().is_some() || digits.len() != stride * rows * 2 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bits = digits.chunks_exact(2).map(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8));
    let mut bitmap = Bitmap::default();
    (bitmap.stride, bitmap.bits) = (stride, bits.collect::<Option<_>>()?);
    Some((bitmap, x, y))
}
