//! Recognises UTF-16 without a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// UTF-16 by its zero bytes, which no text of another encoding has. `None` if there are none, or both orders of bytes
/// are text.
pub(super) fn without_mark(start: &[u8]) -> Option<&'static Encoding> {
    if !start.contains(&0) {
        return None;
    }
    match (is_text(start, u16::from_le_bytes), is_text(start, u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the units are text with a line break and a separator, as every table has, or begin as an object does.
fn is_text(start: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let units = start.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let (mut breaks, mut separators) = (false, false);
    let mut decoded = char::decode_utf16(units).enumerate().peekable();
    while let Some((at, character)) = decoded.next() {
        match character {
            Ok('\n' | '\r') => breaks = true,
            Ok(',' | ';' | '\t' | '|') => separators = true,
            Ok('{') if at == 0 => (breaks, separators) = (true, true),
            Ok(c) if c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}') => {
                return false;
            }
            // Half a character at the end of the window.
            Err(_) if decoded.peek().is_some() => return false,
            Ok(_) | Err(_) => {}
        }
    }
    breaks && separators
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_are_recognised_and_other_zeros_are_not() {
        for text in ["a,b\n1,2\n", "运单号,网点\r\nYT1,甲\r\n", "{\"姓名\":\"王芳\"}"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().copied().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units.iter().copied().flat_map(u16::to_be_bytes).collect();
            assert_eq!(without_mark(&little), Some(UTF_16LE), "{text}");
            assert_eq!(without_mark(&big), Some(UTF_16BE), "{text}");
        }
        for other in [&b"a,b\n"[..], b"a\0,b\0\n1,2\n", b"\0\0\0\0", b"\x7fELF\0\x01\0\x02"] {
            assert_eq!(without_mark(other), None, "{other:?}");
        }
    }
}
