//! Splits a file of labels into labels, and reads which label is which.
//!
//! In goes a file as `wayseal seal` writes it, in ZPL, TSPL or CPCL; out come [`JobLabel`]s in order. A label's waybill number
//! is read from its own bar code: from the command if the printer draws it, else from the dots. A label of a ZPL stream
//! may recall what was stored before it, so it is given with that.

use crate::label::Format;
use crate::payload::Waybill;
use crate::read::code128;
use crate::read::image::Gray;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::ops::Range;

/// The largest page that is looked at, in dots.
const DOTS_MAX: usize = 4096 * 8192;

/// A file of labels.
#[derive(Debug)]
#[non_exhaustive]
pub struct PrintFile {
    /// The printer's language.
    pub language: Format,
    /// The labels in order.
    pub labels: Vec<JobLabel>,
}

/// A label within a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobLabel {
    /// Its commands, what is stored just before it included.
    pub commands: Range<usize>,
    /// What it may recall: ranges of store commands before it, not those in its own range.
    pub stored: Vec<Range<usize>>,
}

impl PrintFile {
    /// Splits a file; `None` if it is not in a printer's language.
    #[must_use]
    pub fn parse(file: &[u8]) -> Option<Self> {
        let head = file.trim_ascii_start();
        let (language, labels) = if head.starts_with(b"^XA") || head.starts_with(b"~DG") {
            (Format::Zpl, zpl(file))
        } else if head.starts_with(b"SIZE ") {
            (Format::Tspl, by_print(file, b"PRINT "))
        } else if head.starts_with(b"! ") {
            (Format::Cpcl, by_print(file, b"PRINT"))
        } else {
            return None;
        };
        Some(Self { language, labels })
    }

    /// The waybill number of a label, if its bar code can be read.
    #[must_use]
    pub fn waybill(&self, file: &[u8], label: &JobLabel) -> Option<Waybill> {
        let commands = &file[label.commands.clone()];
        let text = match self.language {
            Format::Zpl => match zpl_bar_code(commands) {
                Some(text) => Some(text),
                None => code128::read(&zpl_picture(commands)?),
            },
            Format::Tspl => match tspl_bar_code(commands) {
                Some(text) => Some(text),
                None => code128::read(&tspl_picture(commands)?),
            },
            Format::Cpcl => code128::read(&cpcl_picture(commands)?),
            Format::Png | Format::Svg | Format::Pdf => None,
        };
        Waybill::parse(&text?).ok()
    }
}

/// Formats end with `^XZ`; `~DG` and formats that store something are no labels.
fn zpl(file: &[u8]) -> Vec<JobLabel> {
    let mut labels = Vec::new();
    let (mut at, mut begin) = (0, 0);
    // What the printer has stored: from earlier labels, and since the last of them.
    let (mut stored, mut fresh): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    while at < file.len() {
        let rest = &file[at..];
        let end = if rest.starts_with(b"~DG") {
            at + find(rest, b"\n").map_or(rest.len(), |end| end + 1)
        } else if rest.starts_with(b"^XA") {
            let mut end = at + find(rest, b"^XZ").map_or(rest.len(), |end| end + 3);
            while end < file.len() && matches!(file[end], b'\r' | b'\n') {
                end += 1;
            }
            end
        } else {
            at += 1;
            continue;
        };
        let piece = &file[at..end];
        if piece.starts_with(FORGET) {
            stored.clear();
            fresh.clear();
            fresh.push(begin..end);
        } else if piece.starts_with(b"~DG") || piece.starts_with(b"^XA^DF") {
            fresh.push(begin..end);
        } else {
            let from = fresh.first().map_or(begin, |first| first.start);
            labels.push(JobLabel { commands: from..end, stored: stored.clone() });
            stored.append(&mut fresh);
        }
        (at, begin) = (end, end);
    }
    labels
}

/// Begins what deletes everything stored before.
pub(super) const FORGET: &[u8] = b"^XA^ID";

/// What a label of a ZPL stream stores before it is drawn.
pub(super) fn stores(label: &[u8]) -> &[u8] {
    find(label, b"^XA^XFR:").map_or(&[], |at| &label[..at])
}

/// A label is everything up to `PRINT`; bitmaps within it are raw bytes and are stepped over.
fn by_print(file: &[u8], print: &[u8]) -> Vec<JobLabel> {
    let mut labels = Vec::new();
    let (mut at, mut begin) = (0, 0);
    while at < file.len() {
        let rest = &file[at..];
        if let Some(bitmap) = TsplBitmap::parse(rest) {
            at += bitmap.bits.end.min(rest.len());
            continue;
        }
        let end = at + find(rest, b"\n").map_or(rest.len(), |end| end + 1);
        if rest.starts_with(print) {
            labels.push(JobLabel { commands: begin..end, stored: Vec::new() });
            begin = end;
        }
        at = end;
    }
    labels
}

/// The text of a `^BC`.
fn zpl_bar_code(commands: &[u8]) -> Option<String> {
    let at = find(commands, b"^BC")?;
    between(&commands[at..], b"^FD", b"^FS")
}

/// The text of a `BARCODE`: its last argument.
fn tspl_bar_code(commands: &[u8]) -> Option<String> {
    let at = find(commands, b"BARCODE ")?;
    let line = &commands[at..at + find(&commands[at..], b"\r\n")?];
    let line = line.strip_suffix(b"\"")?;
    let start = line.iter().rposition(|byte| *byte == b'"')? + 1;
    String::from_utf8(line[start..].to_vec()).ok()
}

fn between(text: &[u8], before: &[u8], after: &[u8]) -> Option<String> {
    let start = find(text, before)? + before.len();
    let end = start + find(&text[start..], after)?;
    String::from_utf8(text[start..end].to_vec()).ok()
}

/// The page of graphic fields that follow one another downwards.
fn zpl_picture(commands: &[u8]) -> Option<Gray> {
    let (mut bits, mut across) = (Vec::new(), 0);
    let mut rest = commands;
    while let Some(at) = find(rest, b"^GFA,") {
        let mut numbers = rest[at + b"^GFA,".len()..].splitn(4, |byte| *byte == b',');
        let (_, size, stride) = (numbers.next()?, decimal(numbers.next()?)?, decimal(numbers.next()?)?);
        let data = numbers.next()?.strip_prefix(b":Z64:")?;
        let end = find(data, b":")?;
        if stride == 0
            || size % stride != 0
            || (across != 0 && across != stride)
            || bits.len() + size > DOTS_MAX / 8
        {
            return None;
        }
        let packed = STANDARD.decode(&data[..end]).ok()?;
        let raw = fdeflate::decompress_to_vec_bounded(&packed, size).ok()?;
        (raw.len() == size).then(|| bits.extend_from_slice(&raw))?;
        across = stride;
        rest = &data[end..];
    }
    gray(&bits, across, true)
}

fn tspl_picture(commands: &[u8]) -> Option<Gray> {
    let at = find(commands, b"BITMAP 0,0,")?;
    let bitmap = TsplBitmap::parse(&commands[at..])?;
    gray(commands[at..].get(bitmap.bits)?, bitmap.stride, false)
}

/// The page of expanded graphics.
fn cpcl_picture(commands: &[u8]) -> Option<Gray> {
    let text = std::str::from_utf8(commands).ok()?;
    let mut lines = text.trim_start().split("\r\n");
    let height: usize = lines.next()?.split(' ').nth(4)?.parse().ok()?;
    let width: usize = lines.next()?.strip_prefix("PAGE-WIDTH ")?.parse().ok()?;
    let stride = width.div_ceil(8);
    let mut bits = vec![0; stride.checked_mul(height).filter(|size| *size <= DOTS_MAX / 8)?];
    for line in lines.filter_map(|line| line.strip_prefix("EG ")) {
        let words: Vec<&str> = line.split(' ').collect();
        let [across, tall, x, y] =
            [0, 1, 2, 3].map(|word| words.get(word).and_then(|word| word.parse::<usize>().ok()));
        let (across, tall, left, top) = (across?, tall?, x? / 8, y?);
        let hex = words.get(4)?.as_bytes();
        if across == 0 || left + across > stride || top + tall > height || hex.len() != across * tall * 2 {
            return None;
        }
        let mut drawn = vec![0; across * tall];
        for (at, byte) in base16ct::mixed::decode(hex, &mut drawn).ok()?.iter().enumerate() {
            bits[(top + at / across) * stride + left + at % across] |= byte;
        }
    }
    gray(&bits, stride, true)
}

/// A `BITMAP` command.
struct TsplBitmap {
    stride: usize,
    bits: Range<usize>,
}

impl TsplBitmap {
    fn parse(rest: &[u8]) -> Option<Self> {
        let rest = rest.strip_prefix(b"BITMAP ")?;
        let mut numbers = [0; 5];
        let mut at = 0;
        for number in &mut numbers {
            let end = at + find(rest.get(at..at + 12.min(rest.len() - at))?, b",")?;
            *number = decimal(&rest[at..end])?;
            at = end + 1;
        }
        let [_, _, stride, height, _] = numbers;
        let size = stride.checked_mul(height).filter(|size| *size <= DOTS_MAX / 8)?;
        let start = b"BITMAP ".len() + at;
        Some(Self { stride, bits: start..start + size })
    }
}

/// Grey pixels from dots; `black` is the bit of a black dot.
fn gray(bits: &[u8], stride: usize, black: bool) -> Option<Gray> {
    if stride == 0 || bits.is_empty() {
        return None;
    }
    let (width, height) = (stride * 8, bits.len() / stride);
    let dot = |at: usize| (bits[at / width * stride + at % width / 8] << (at % 8) & 0x80 != 0) == black;
    let pixels = (0..width * height).map(|at| if dot(at) { 0 } else { 255 }).collect();
    Some(Gray { width: width as u32, height: height as u32, pixels })
}

fn decimal(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, what)
}
