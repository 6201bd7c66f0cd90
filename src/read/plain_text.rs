//! Bytes as text: what is no UTF-8 in them stands as codes.

use rxing::common::cpp_essentials::DecoderResult;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The bytes as text; each that is no part of UTF-8 stands as its code, `\xb0`. A label's text is ASCII, so that no text with a
/// code in it is a label's, nor is it one byte for another.
#[must_use]
pub fn coded(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(2 * bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _never = write!(text, "\\x{byte:02x}");
        }
    }
    Cow::Owned(text)
}

/// The text of a code, as a [ladder](super::ladder) shows it. All of ours are ASCII; another's bytes that are no UTF-8 stand as codes, since
/// the engine's own text would bring the tables of a dozen character sets into each program.
pub(super) fn text_of(decoded: &DecoderResult<bool>) -> String {
    coded(decoded.content().bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_shown_byte_by_byte() {
        // 深 in UTF-8; 中 in GBK; a sequence that is cut off; U+FFFD itself, which is text.
        assert_eq!(coded("深圳".as_bytes()), "深圳");
        assert_eq!(coded(b"a\xd6\xd0b"), "a\\xd6\\xd0b");
        assert_eq!(coded(b"\xe6\xb7"), "\\xe6\\xb7");
        assert_eq!(coded("\u{fffd}".as_bytes()), "\u{fffd}");
        assert_eq!(coded(b""), "");
        for byte in 0x80..=0xff_u8 {
            assert_eq!(coded(&[byte]), format!("\\x{byte:02x}"));
        }
    }
}
