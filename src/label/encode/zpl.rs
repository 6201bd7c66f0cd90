//! ZPL II commands. Either the page is a sequence of graphic fields below Zebra's size limit, compressed (`:Z64:`),
//! or lines are small graphics, rules are boxes, and the printer draws the codes.

use super::decimal::{DIGITS, digits, number};
use super::deflate::{self, PageRows};
use crate::label::canvas::Canvas;
use crate::label::codes::{Bars, PlacedSymbol};
use crate::label::compose::Composed;
use crate::label::drawing::Rect;
use crate::label::font::GlyphKey;
use crate::label::page::Page;
use crate::label::settings::Media;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use crc::{CRC_16_XMODEM, Crc, Table};

/// One less than the most bytes of a `^GF`.
const BAND_MAX: usize = 99_998;
/// The CRC of compressed graphics, with sixteen tables.
static CHECKSUM: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_XMODEM);

/// Appends one label as a bitmap of all dots.
pub(super) fn append(label: &Composed<'_>, out: &mut Vec<u8>) {
    let canvas = label.canvas;
    let stride = canvas.stride();
    let rows = BAND_MAX / stride.max(1);
    out.extend_from_slice(b"^XA");
    page(label.page, out);
    for (band, bytes) in canvas.bits().chunks(rows * stride).enumerate() {
        out.extend_from_slice(b"^FO0,");
        number((band * rows) as i32, out);
        graphic(bytes.len(), stride, out);
        z64(bytes, stride, out);
        out.extend_from_slice(b"^FS\n");
    }
    out.extend_from_slice(b"^XZ\n");
}

/// Starts a graphic of `bytes` bytes. Its position is written before it.
fn graphic(size: usize, stride: usize, out: &mut Vec<u8>) {
    for (before, value) in [("^GFA,", size), (",", size), (",", stride)] {
        out.extend_from_slice(before.as_bytes());
        number(value as i32, out);
    }
    out.push(b',');
}

/// Compressed dots in Base64, with the checksum.
fn z64(bits: &[u8], stride: usize, out: &mut Vec<u8>) {
    let mut packed = Vec::new();
    deflate::compress(bits, stride, PageRows::Ink, &mut packed);
    out.extend_from_slice(b":Z64:");
    let start = out.len();
    out.resize(start + packed.len().div_ceil(3) * 4, 0);
    // The reserved space is exactly that long.
    let _fits = STANDARD.encode_slice(&packed, &mut out[start..]);
    let check = CHECKSUM.checksum(&out[start..]);
    out.extend_from_slice(format!(":{check:04X}").as_bytes());
}

/// The size of the sheet.
pub(super) fn page(page: Page, out: &mut Vec<u8>) {
    out.extend_from_slice(b"^PW");
    number(page.dots(page.width_mm as f32), out);
    out.extend_from_slice(b"^LL");
    number(page.dots(page.height_mm as f32), out);
    out.extend_from_slice(b"^LH0,0\n");
    settings(page, out);
}

/// Darkness, speed, kind of paper, position: only what is set.
fn settings(page: Page, out: &mut Vec<u8>) {
    let printer = page.printer;
    let mut commands = String::new();
    if let Some(darkness) = printer.darkness {
        commands += &format!("~SD{:02}", (u32::from(darkness) * 30 + 50) / 100);
    }
    if let Some(tear_off) = printer.tear_off_mm {
        // A sign and three digits, at most 120 dots.
        let dots = page.dots(tear_off).clamp(-120, 120);
        commands += &format!("~TA{}{:03}", if dots < 0 { "-" } else { "" }, dots.abs());
    }
    if let Some(speed) = printer.speed {
        commands += &format!("^PR{speed},{speed},{speed}");
    }
    match printer.media {
        Some(Media::Gap) => commands += "^MNY",
        Some(Media::Mark) => commands += "^MNM",
        Some(Media::Continuous) => commands += "^MNN",
        None => {}
    }
    if let Some([right, down]) = printer.offset_mm {
        // `^LS` shifts to the left.
        commands += &format!("^LS{}^LT{}", -page.dots(right), page.dots(down).clamp(-120, 120));
    }
    match printer.rotation {
        Some(180) => commands += "^POI",
        Some(_) => commands += "^PON",
        None => {}
    }
    if !commands.is_empty() {
        out.extend_from_slice(commands.as_bytes());
        out.push(b'\n');
    }
}

/// A filled box: its border is as thick as the shorter side.
pub(super) fn rule(rule: &Rect, out: &mut Vec<u8>) {
    for (command, value) in [
        ("^FO", rule.x),
        (",", rule.y),
        ("^GB", rule.width),
        (",", rule.height),
        (",", rule.width.min(rule.height)),
    ] {
        out.extend_from_slice(command.as_bytes());
        number(value, out);
    }
    out.extend_from_slice(b"^FS\n");
}

/// A bitmap. Its position is written before it.
pub(in crate::label) fn picture(picture: &Canvas, out: &mut Vec<u8>) {
    let (bits, stride) = (picture.bits(), picture.stride());
    graphic(bits.len(), stride, out);
    let start = out.len();
    hex(bits, stride, out);
    // Choose the shorter encoding: a compressed bitmap has 200 characters of overhead.
    if out.len() - start > 400 {
        let mut packed = Vec::new();
        z64(bits, stride, &mut packed);
        if packed.len() < out.len() - start {
            out.truncate(start);
            out.extend_from_slice(&packed);
        }
    }
    out.extend_from_slice(b"^FS\n");
}

/// Code 128 in automatic mode, and QR model 2. The `^FD` of a QR code begins with the level and `A,` for automatic
/// mode; without it the printer would interpret the first characters of the text. Printers shift a QR code down by
/// the height that `^BY` sets, ten dots by default.
pub(super) fn codes(bars: &Bars, symbol: &PlacedSymbol, out: &mut Vec<u8>) {
    const LOWER: i32 = 10;
    let level = symbol.choice.level.letter();
    for (command, value) in
        [("^FO", bars.x), (",", bars.y), ("^BY", bars.module), (",2,", bars.height), ("^BCN,", bars.height)]
    {
        out.extend_from_slice(command.as_bytes());
        number(value, out);
    }
    out.extend_from_slice(b",N,N,N,A^FD");
    out.extend_from_slice(bars.text.as_bytes());
    let mask = i32::from(symbol.mask.number());
    out.extend_from_slice(b"^FS\n^FO");
    number(symbol.x, out);
    out.push(b',');
    number(symbol.y - LOWER, out);
    out.extend_from_slice(b"^BY2,2,10^BQN,2,");
    number(symbol.choice.dots as i32, out);
    out.extend_from_slice(&[b',', level, b',']);
    number(mask, out);
    out.extend_from_slice(&[b'^', b'F', b'D', level, b'A', b',']);
    out.extend_from_slice(symbol.text.as_bytes());
    out.extend_from_slice(b"^FS");
}

/// Deletes what an earlier job stored; only names with our prefix.
pub(super) fn forget(out: &mut Vec<u8>) {
    out.extend_from_slice(b"^XA^IDR:WS*.GRF^FS^XZ\n");
}

/// Stores the shared parts of labels as a format.
pub(super) fn store_form(kind: usize, commands: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"^XA^DFR:");
    form_name(kind, out);
    out.extend_from_slice(b"^FS\n");
    out.extend_from_slice(commands);
    out.extend_from_slice(b"^XZ\n");
}

/// Starts a label with the stored format.
pub(super) fn recall_form(kind: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"^XA^XFR:");
    form_name(kind, out);
    out.extend_from_slice(b"^FS\n");
}

fn form_name(kind: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"WSFORM");
    number(kind as i32, out);
    out.extend_from_slice(b".ZPL");
}

/// The name of a stored glyph or row of it ([`ROWS`] gives the lengths): `WS` and six characters of 36. `None` if
/// the glyph does not fit this name.
pub(super) fn name(key: GlyphKey, row: usize) -> Option<[u8; 8]> {
    let (face, px) = (u32::from(key.face) + 1, u32::from(key.px));
    // Faces count from 1, so that 0 stands for missing characters, whose face number is the largest.
    let face = if key.face == u8::MAX { 0 } else { face };
    if face >= 8 || px >= 512 || row >= ROWS.len() {
        return None;
    }
    let mut number =
        ((row as u32) << 13 | face << 10 | px << 1 | u32::from(key.heavy)) << 16 | u32::from(key.id);
    let mut name = *b"WS000000";
    for letter in name[2..].iter_mut().rev() {
        *letter = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number as usize % 36];
        number /= 36;
    }
    Some(name)
}

/// The possible lengths of a stored row of glyphs. Two bits of the name select one.
pub(super) const ROWS: [usize; 4] = [1, 3, 4, 7];

/// Stores a bitmap.
pub(super) fn store(name: &[u8; 8], picture: &Canvas, out: &mut Vec<u8>) {
    out.extend_from_slice(b"~DGR:");
    out.extend_from_slice(name);
    out.extend_from_slice(b".GRF,");
    number(picture.bits().len() as i32, out);
    out.push(b',');
    number(picture.stride() as i32, out);
    out.push(b',');
    hex(picture.bits(), picture.stride(), out);
    out.push(b'\n');
}

/// The command that prints a stored bitmap. The position is written before it.
pub(super) type Recall = [u8; b"^XGR:WS000000.GRF^FS\n".len()];

/// Prints a stored graphic by name. Printers default to `R:` without a device name, but not every renderer does.
pub(super) fn recall(name: &[u8; 8]) -> Recall {
    let mut recall = *b"^XGR:WS000000.GRF^FS\n";
    recall[b"^XGR:".len()..][..name.len()].copy_from_slice(name);
    recall
}

/// Prints a stored graphic at a position. Hot: a label has a hundred of these. Writes a fixed maximum length at
/// once and truncates to the actual length.
#[inline]
pub(super) fn recall_at(x: i32, y: i32, recall: &Recall, out: &mut Vec<u8>) {
    const HEAD: &[u8] = b"^FO";
    const LONGEST: usize = HEAD.len() + 2 * DIGITS + 1 + size_of::<Recall>();
    let mut command = [0; LONGEST];
    command[..HEAD.len()].copy_from_slice(HEAD);
    let at = digits(x, &mut command, HEAD.len()).min(HEAD.len() + DIGITS);
    command[at] = b',';
    let at = digits(y, &mut command, at + 1).min(LONGEST - size_of::<Recall>());
    let end = at + size_of::<Recall>();
    command[at..end].copy_from_slice(recall);
    let start = out.len();
    out.extend_from_slice(&command);
    out.truncate(start + end);
}

/// Dots in hexadecimal with ZPL's compression: a repeat count before a digit, a comma for trailing zeros, a colon
/// for a row equal to the one above.
fn hex(bits: &[u8], stride: usize, out: &mut Vec<u8>) {
    let mut above: Option<&[u8]> = None;
    for row in bits.chunks_exact(stride.max(1)) {
        if above.replace(row) == Some(row) {
            out.push(b':');
            continue;
        }
        let digit = |at: usize| if at.is_multiple_of(2) { row[at / 2] >> 4 } else { row[at / 2] & 15 };
        let digits = row.len() * 2;
        let end = (0..digits).rev().find(|at| digit(*at) != 0).map_or(0, |last| last + 1);
        let mut at = 0;
        while at < end {
            let run = (at..end).take_while(|next| digit(*next) == digit(at)).count();
            count(run, out);
            out.push(b"0123456789ABCDEF"[usize::from(digit(at))]);
            at += run;
        }
        if end < digits {
            out.push(b',');
        }
    }
}

/// The repeat count of the next digit: nothing for one, `G` to `Y` for one to nineteen, `g` to `z` for multiples of
/// twenty.
fn count(mut run: usize, out: &mut Vec<u8>) {
    if run < 2 {
        return;
    }
    while run >= 20 {
        let twenties = (run / 20).min(20);
        out.push(b'f' + twenties as u8);
        run -= twenties * 20;
    }
    if run > 0 {
        out.push(b'F' + run as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_is_set_and_nothing_else() {
        use crate::label::page::Dpi;
        use crate::label::settings::PrinterSettings;
        let head = |printer| {
            let mut out = Vec::new();
            page(Page { printer, ..Page::new((101.6, 152.4), Dpi::D203) }, &mut out);
            String::from_utf8(out).unwrap()
        };
        let usual = "^PW813^LL1219^LH0,0\n";
        assert_eq!(head(PrinterSettings::default()), usual);
        let printer = PrinterSettings {
            darkness: Some(60),
            speed: Some(4),
            media: Some(Media::Mark),
            offset_mm: Some([-1.0, 2.5]),
            rotation: Some(180),
            tear_off_mm: Some(-1.5),
            ..PrinterSettings::default()
        };
        assert_eq!(head(printer), format!("{usual}~SD18~TA-012^PR4,4,4^MNM^LS8^LT20^POI\n"));
    }

    #[test]
    fn compressed_graphics_end_with_the_sum_of_their_base64() {
        let mut out = Vec::new();
        z64(&[0x5A; 300], 10, &mut out);
        let text = String::from_utf8(out).unwrap();
        let [packed, check] = text.strip_prefix(":Z64:").unwrap().split(':').collect::<Vec<_>>()[..] else {
            panic!("{text}");
        };
        // CRC-16/XMODEM, bitwise: polynomial 1021, initial value 0.
        let sum = packed.bytes().fold(0_u16, |sum, byte| {
            (0..8).fold(sum ^ u16::from(byte) << 8, |sum, _| (sum << 1) ^ ((sum >> 15) * 0x1021))
        });
        assert_eq!(check, format!("{sum:04X}"));
        assert_eq!(STANDARD.decode(packed).unwrap()[..2], [0x78, 0x01], "a zlib stream");
    }
}
