//! A typed line to the code that was scanned.

use super::damage::{WedgeDamage, damages};
use super::error::WedgeError;
use crate::payload::{PREFIX, Payload};

/// Characters before a code that a hand may have typed: few enough that a prefix inside another code's text, behind
/// the scheme of an address say, is not taken for ours.
pub const STRAY_MAX: usize = 4;

/// What a line was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WedgeLine {
    /// A payload's text, and what was undone to get it.
    Payload(String, WedgeDamage),
    /// The number of another code, which said that it is a Code 128 by its prefix.
    Waybill(String),
}

/// Reads a line.
///
/// # Errors
/// [`WedgeError`].
///
/// ```
/// use wayseal::read::wedge::{self, WedgeError};
///
/// assert_eq!(wedge::parse("]Q1https://example.com\r\n"), Err(WedgeError::NotOurs));
/// ```
pub fn parse(line: &str) -> Result<WedgeLine, WedgeError> {
    // A space may be the payload's last character; tabs and line ends are not in its alphabet.
    let line = line.trim_matches(['\r', '\n', '\t', '\0', '\u{2}', '\u{3}']);
    if line.is_empty() {
        return Err(WedgeError::Empty);
    }
    let whole = code(line);
    if whole.is_ok() {
        return whole;
    }
    // What was damaged may have been so by the key alone.
    let behind = line.char_indices().skip(1).take(STRAY_MAX).map(|(at, _)| code(&line[at..]));
    let told = |read: &Result<WedgeLine, WedgeError>| *read != Err(WedgeError::NotOurs);
    let (mut read, mut damaged) = (None, None);
    for code in behind.filter(told) {
        match code {
            Ok(_) => read = read.or(Some(code)),
            Err(_) => damaged = damaged.or(Some(code)),
        }
    }
    read.or(told(&whole).then_some(whole)).or(damaged).unwrap_or(Err(WedgeError::NotOurs))
}

/// Reads a code that begins where the text does.
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
        // A payload that is cut is damaged behind a key as without it; more than a touch is another code's text.
        assert!(matches!(parse(&format!("1{}", &text[..50])), Err(WedgeError::Damaged(_))));
        assert_eq!(parse(&format!("https://{text}")), Err(WedgeError::NotOurs));
    }

    #[test]
    fn other_lines_are_told_from_damaged_ones() {
        let text = payload(1);
        assert_eq!(parse("\r\n"), Err(WedgeError::Empty));
        assert_eq!(parse("https://example.com"), Err(WedgeError::NotOurs));
        assert_eq!(parse("]C0YT8800123456789\r"), Ok(WedgeLine::Waybill("YT8800123456789".into())));
        assert!(matches!(parse(&text[..50]), Err(WedgeError::Damaged(_))));
        assert!(matches!(parse(&text.replace(' ', "")), Err(WedgeError::Damaged(_)) | Ok(_)));
    }
}
