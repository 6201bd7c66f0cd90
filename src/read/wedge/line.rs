//! Parses a typed line to the code that was scanned.

use super::damage::{WedgeDamage, damages};
use super::error::WedgeError;
use crate::payload::{PREFIX, Payload};

/// The most stray characters before a code. They are few, so that `WS1:` within another code's text, such as after
/// `https://`, is not taken for a label.
pub const STRAY_MAX: usize = 4;

/// The content of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WedgeLine {
    /// A payload's text, and the damage that was undone to get it.
    Payload(String, WedgeDamage),
    /// The text of a Code 128, recognised by its AIM prefix: a waybill number.
    Waybill(String),
}

/// Parses a line.
///
/// # Errors
/// [`WedgeError`] if the line is not, or not unambiguously, a Wayseal code or a Code 128.
///
/// ```
/// use wayseal::read::wedge::{self, WedgeError};
///
/// assert_eq!(wedge::parse("]Q1https://example.com\r\n"), Err(WedgeError::NotOurs));
/// ```
pub fn parse(line: &str) -> Result<WedgeLine, WedgeError> {
    // Spaces are kept, since a payload may end with one; tabs, line ends and STX/ETX are not in its alphabet.
    let line = line.trim_matches(['\r', '\n', '\t', '\0', '\u{2}', '\u{3}']);
    if line.is_empty() {
        return Err(WedgeError::Empty);
    }
    let whole = code(line);
    if whole.is_ok() {
        return whole;
    }
    // A stray key alone may make a line look damaged: try again after each of the first characters.
    let shortened = line.char_indices().skip(1).take(STRAY_MAX).map(|(at, _)| code(&line[at..]));
    let ours = |read: &Result<WedgeLine, WedgeError>| *read != Err(WedgeError::NotOurs);
    let (mut read, mut damaged) = (None, None);
    for code in shortened.filter(ours) {
        match code {
            Ok(_) => read = read.or(Some(code)),
            Err(_) => damaged = damaged.or(Some(code)),
        }
    }
    read.or(ours(&whole).then_some(whole)).or(damaged).unwrap_or(Err(WedgeError::NotOurs))
}

/// Parses a code that begins at the start of the text.
fn code(line: &str) -> Result<WedgeLine, WedgeError> {
    for kind in ["]C0", "]C1", "]C2"] {
        if let Some(number) = line.strip_prefix(kind) {
            return Ok(WedgeLine::Waybill(number.trim().to_owned()));
        }
    }
    let mut found: Option<(String, WedgeDamage)> = None;
    let mut began = None;
    for damage in damages() {
        let typed = |text: &str| damage.layout.typed(text, damage.caps_lock);
        let body = ["]Q0", "]Q1", "]Q2", "]Q3", "]Q4", "]Q5", "]Q6"]
            .iter()
            .find_map(|kind| line.strip_prefix(typed(kind).as_str()))
            .unwrap_or(line);
        if !body.starts_with(&typed(PREFIX)) {
            continue;
        }
        began.get_or_insert(damage);
        let Some(text) = damage.layout.undo(body, damage.caps_lock) else { continue };
        if Payload::parse(text.as_bytes()).is_err() {
            continue;
        }
        match &found {
            Some((other, before)) if *other != text => {
                return Err(WedgeError::Ambiguous(before.layout, damage.layout));
            }
            Some(_) => {}
            None => found = Some((text, damage)),
        }
    }
    match (found, began) {
        (Some((text, damage)), _) => Ok(WedgeLine::Payload(text, damage)),
        (None, Some(damage)) => Err(WedgeError::Damaged(damage)),
        (None, None) => Err(WedgeError::NotOurs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::{SIZES, base45};
    use crate::read::wedge::KeyboardLayout;

    /// A payload that uses the whole alphabet.
    fn payload(seed: u8) -> String {
        let mut bytes = vec![0; SIZES[1]];
        // Generation, class and numbers are free; the waybill is `YT` and 13 digits.
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = (i as u8).wrapping_mul(37) ^ (i as u8 >> 1) ^ seed;
        }
        bytes[7] = bytes[7] & 0xf0 | 1;
        bytes[8..14].copy_from_slice(&8_800_123_456_789u64.to_be_bytes()[2..]);
        let mut text = [0; 320];
        let len = base45::encode(&bytes, &mut text);
        let text = format!("{PREFIX}{}", std::str::from_utf8(&text[..len]).unwrap());
        assert!(Payload::parse(text.as_bytes()).is_ok());
        text
    }

    #[test]
    fn every_layout_is_named_and_undone_or_said_to_be_ambiguous() {
        let mut undone = 0;
        for seed in 0..20 {
            let text = payload(seed);
            for damage in damages() {
                for (prefix, suffix) in [("", "\r\n"), ("]Q1", "\t"), ("", "")] {
                    let line = format!("{prefix}{text}");
                    let line = damage.layout.typed(&line, damage.caps_lock) + suffix;
                    match parse(&line) {
                        Ok(WedgeLine::Payload(read, _)) => {
                            assert_eq!(read, text, "{damage}");
                            undone += 1;
                        }
                        Err(WedgeError::Ambiguous(..)) => {}
                        other => panic!("{damage}: {other:?}"),
                    }
                }
            }
        }
        assert!(undone > 20 * 3 * 2 * (KeyboardLayout::ALL.len() - 2), "{undone}");
    }

    #[test]
    fn keys_touched_before_a_scan_do_not_spoil_it() {
        let text = payload(3);
        for stray in ["1", "0", " ", "12", "3 1", "é", "WS1:", "]", "]Q1", "WS1"] {
            for aim in ["", "]Q1"] {
                let read = parse(&format!("{stray}{aim}{text}\r\n"));
                assert_eq!(
                    read,
                    Ok(WedgeLine::Payload(text.clone(), WedgeDamage::default())),
                    "{stray}{aim}"
                );
            }
            let number = parse(&format!("{stray}]C0YT8800123456789\r"));
            assert_eq!(number, Ok(WedgeLine::Waybill("YT8800123456789".into())), "{stray}");
        }
        // The host's own layout has the key elsewhere, and the payload too.
        let damage = WedgeDamage { layout: KeyboardLayout::German, caps_lock: true };
        let line = format!("1{}", damage.layout.typed(&text, true));
        assert_eq!(parse(&line), Ok(WedgeLine::Payload(text.clone(), damage)));
        // A truncated payload is damaged with a stray key and without; more characters than that are another code's text.
        assert!(matches!(parse(&format!("1{}", &text[..50])), Err(WedgeError::Damaged(_))));
        assert_eq!(parse(&format!("https://{text}")), Err(WedgeError::NotOurs));
    }

    #[test]
    fn other_lines_are_distinguished_from_damaged_ones() {
        let text = payload(1);
        assert_eq!(parse("\r\n"), Err(WedgeError::Empty));
        assert_eq!(parse("https://example.com"), Err(WedgeError::NotOurs));
        assert_eq!(parse("]C0YT8800123456789\r"), Ok(WedgeLine::Waybill("YT8800123456789".into())));
        assert!(matches!(parse(&text[..50]), Err(WedgeError::Damaged(_))));
        assert!(matches!(parse(&text.replace(' ', "")), Err(WedgeError::Damaged(_)) | Ok(_)));
    }
}
