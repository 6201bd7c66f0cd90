//! What a scanner sends around a code's text.

/// Line ends, tabs, and the bytes by which serial scanners frame a text. None of them is in the alphabet of Base45; spaces are.
const AROUND: [char; 6] = ['\r', '\n', '\t', '\0', '\u{2}', '\u{3}'];

/// A code's text without what a scanner sends around it: line ends, tabs, frames, and the AIM prefix (ISO/IEC 15424), which is `]`, a letter
/// for the symbology and a digit. The letter is the second value: `Q` for a QR code, `C` for a Code 128.
///
/// Nothing else is changed. A text that a keyboard layout altered is undone by `wayseal::read::wedge`.
///
/// ```
/// use wayseal_core::payload::scanned;
/// assert_eq!(scanned("]Q1WS1:PY7\r\n"), ("WS1:PY7", Some('Q')));
/// assert_eq!(scanned("\u{2}]C0SF1234567890123\u{3}"), ("SF1234567890123", Some('C')));
/// assert_eq!(scanned("WS1:PY7 "), ("WS1:PY7 ", None));
/// ```
#[must_use]
pub fn scanned(line: &str) -> (&str, Option<char>) {
    let text = line.trim_matches(AROUND);
    match text.as_bytes() {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_digit() => {
            // Three bytes of ASCII, so that the rest begins at a character.
            (text.get(3..).unwrap_or_default(), Some(char::from(*letter)))
        }
        _ => (text, None),
    }
}
