//! ZPL II: the page as graphic fields, in bands under Zebra's limit, compressed (`:Z64:`).

use crate::label::canvas::Canvas;
use std::fmt::Write;

/// Bytes a `^GF` may have, less one.
const BAND_MAX: usize = 99_998;

/// One label, dot for dot.
#[must_use]
pub fn encode(canvas: &Canvas) -> Vec<u8> {
    let stride = canvas.stride();
    let rows = BAND_MAX / stride.max(1);
    let mut out = format!("^XA^PW{}^LL{}^LH0,0", canvas.width(), canvas.height());
    for (band, bytes) in canvas.bits().chunks(rows * stride).enumerate() {
        let packed = base64(&fdeflate::compress_to_vec(bytes));
        let (y, size, check) = (band * rows, bytes.len(), crc16(packed.as_bytes()));
        // Writing to a String cannot fail.
        let _ = write!(out, "\n^FO0,{y}^GFA,{size},{size},{stride},:Z64:{packed}:{check:04X}^FS");
    }
    out.push_str("\n^XZ\n");
    out.into_bytes()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (word >> (18 - 6 * digit) & 63) as usize;
            out.push(if digit > chunk.len() { '=' } else { char::from(DIGITS[value]) });
        }
    }
    out
}

/// CRC-16/XMODEM: polynomial 1021, start 0.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc: u16, _| {
                if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_match_their_standards() {
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
        assert_eq!(base64(b"fooba"), "Zm9vYmE=");
        assert_eq!(base64(b"foob"), "Zm9vYg==");
        assert_eq!(crc16(b"123456789"), 0x31C3);
    }

    #[test]
    fn a_page_over_the_limit_goes_in_bands() {
        let zpl = String::from_utf8(encode(&Canvas::new(800, 1200))).unwrap();
        assert_eq!(zpl.matches("^GFA,").count(), 2);
        assert!(zpl.contains("^FO0,999^GFA,20100,20100,100,"));
    }
}
