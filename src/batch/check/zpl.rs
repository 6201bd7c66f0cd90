//! ZPL II commands to dots, and to the texts of the codes that a printer draws.

use super::numbers::{list, side, whole};
use super::texts::CodeTexts;
use crate::label::Canvas;
use crate::label::canvas::Bitmap;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use crc::{CRC_16_XMODEM, Crc, NoTable};

/// Commands that set the printer, and draw nothing.
const SETTINGS: [&[u8]; 7] = [b"SD", b"TA", b"PR", b"MN", b"LS", b"LT", b"PO"];

/// The commands of a job: two letters after `^` or `~`, and what follows up to the next command.
fn commands(job: &[u8]) -> impl Iterator<Item = Option<(&[u8], &[u8])>> {
    let is_sign = |byte: &u8| matches!(byte, b'^' | b'~');
    let clean = job.first().is_none_or(is_sign);
    let parts = job.split(is_sign).skip(1).map(|part| part.split_at_checked(2));
    std::iter::once(if clean { None } else { Some(None) }).flatten().chain(parts)
}

/// The dots of a label without codes of the printer's; `None` if a command is not one of ours.
pub(super) fn drawn(job: &[u8]) -> Option<Canvas> {
    let (mut width, mut canvas, mut at, mut ended) = (0, None, None, false);
    for command in commands(job) {
        let (name, rest) = command?;
        let rest = rest.trim_ascii_end();
        match name {
            b"XA" | b"FS" if rest.is_empty() && !ended => {}
            b"LH" if rest == b"0,0" => {}
            name if SETTINGS.contains(&name) => {}
            b"PW" => width = side(whole(rest)?)?,
            b"LL" => canvas = Some(Canvas::new(width, side(whole(rest)?)?)),
            b"FO" => at = Some(list::<2>(rest)?),
            b"GF" => {
                let [x, y] = at.take()?;
                canvas.as_mut()?.blit(&graphic(rest)?, x, y, true);
            }
            b"XZ" if rest.is_empty() => ended = true,
            _ => return None,
        }
    }
    canvas.filter(|_| ended)
}

/// The texts of the codes that the printer draws; `None` if a command is not one of ours, or there is not one code of each kind.
pub(super) fn codes(job: &[u8]) -> Option<CodeTexts> {
    let (mut open, mut qr, mut bars) = (None, Vec::new(), Vec::new());
    for command in commands(job) {
        let (name, rest) = command?;
        let line = rest.trim_ascii_end();
        match name {
            b"XA" | b"XZ" | b"FS" | b"XF" | b"XG" | b"DF" | b"DG" | b"ID" | b"PW" | b"LL" | b"LH" | b"FO"
            | b"GB" | b"BY" => {}
            name if SETTINGS.contains(&name) => {}
            b"GF" => drop(graphic(line)?),
            b"BQ" | b"BC" => open = Some((name, line)),
            // A field is its text as it is: a line end would be part of it.
            b"FD" => match open.take()? {
                (b"BQ", settings) => qr.push(rest.strip_prefix(&level(settings)?[..])?.to_vec()),
                _ => bars.push(rest.to_vec()),
            },
            _ => return None,
        }
    }
    CodeTexts::one_each(qr, bars)
}

/// What the field of a QR code begins with: its level, and `A,` for automatic mode.
fn level(settings: &[u8]) -> Option<[u8; 3]> {
    let level = settings.split(|byte| *byte == b',').nth(3)?;
    if let [level] = level { Some([*level, b'A', b',']) } else { None }
}

/// A graphic field's dots: `A,bytes,bytes,bytes a row,` and the data.
fn graphic(field: &[u8]) -> Option<Bitmap> {
    let mut parts = field.splitn(5, |byte| *byte == b',');
    let mut next = || parts.next();
    if next()? != b"A" {
        return None;
    }
    let (total, same, stride) = (whole(next()?)?, whole(next()?)?, side(whole(next()?)?)?);
    let (data, total) = (next()?, usize::try_from(total).ok()?);
    if same as usize != total || !total.is_multiple_of(stride) {
        return None;
    }
    let bits = match data.strip_prefix(b":Z64:") {
        Some(packed) => unpacked(packed, total)?,
        None => unrolled(data, total, stride)?,
    };
    let mut bitmap = Bitmap::default();
    (bitmap.stride, bitmap.bits) = (stride, bits);
    Some(bitmap).filter(|bitmap| bitmap.bits.len() == total)
}

/// Dots compressed by zlib in Base64, with the CRC of the Base64.
fn unpacked(packed: &[u8], total: usize) -> Option<Vec<u8>> {
    let end = packed.len().checked_sub(5).filter(|end| packed[*end] == b':')?;
    let (text, check) = (&packed[..end], &packed[end + 1..]);
    let sum = Crc::<u16, NoTable>::new(&CRC_16_XMODEM).checksum(text);
    if check != format!("{sum:04X}").as_bytes() {
        return None;
    }
    fdeflate::decompress_to_vec_bounded(&STANDARD.decode(text).ok()?, total).ok()
}

/// Dots in hexadecimal: `G` to `Y` and `g` to `z` repeat the next digit, a comma ends a row, a colon repeats one.
fn unrolled(data: &[u8], total: usize, stride: usize) -> Option<Vec<u8>> {
    let (mut digits, mut run) = (Vec::with_capacity(total * 2), 0);
    for byte in data {
        match byte {
            b'G'..=b'Y' => run += usize::from(byte - b'F'),
            b'g'..=b'z' => run += usize::from(byte - b'f') * 20,
            // A row of zeros is a comma alone.
            b',' => digits.resize((digits.len() + 1).next_multiple_of(stride * 2), 0),
            b':' => {
                let above = digits.len().checked_sub(stride * 2)?;
                digits.extend_from_within(above..);
            }
            digit => {
                let value = char::from(*digit).to_digit(16)? as u8;
                digits.resize(digits.len() + run.max(1), value);
                run = 0;
            }
        }
        if digits.len() > total * 2 {
            return None;
        }
    }
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
