//! Parses what a scanner sent in one go: a code, copies of it, or both codes of a label.

use super::damage::{WedgeDamage, narrow};
use super::error::WedgeError;
use super::line::{WedgeLine, parse};
use crate::payload::{PREFIX, Payload, SIZES, Waybill, base45};

/// What one burst of keys carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Burst {
    /// The QR code of one label.
    Label {
        /// The payload's text.
        text: String,
        /// What was undone to get it.
        damage: WedgeDamage,
        /// The bar code that came with it, as it was typed.
        bar_code: Option<String>,
    },
    /// A bar code alone, as it was typed: which layout it went through shows the QR code of the same label.
    BarCode(String),
}

/// Parses a burst: its parts are separated by line ends and tabs, real or written out as `\r\n`, or glued together.
///
/// # Errors
/// [`WedgeError`]: no code of a label, or the codes of several.
pub fn burst(keys: &str) -> Result<Burst, WedgeError> {
    let keys = ["\\r", "\\n", "\\t"].into_iter().fold(keys.to_owned(), |keys, end| keys.replace(end, "\n"));
    let mut labels: Vec<(String, WedgeDamage)> = Vec::new();
    let mut bar_code = None;
    let mut error = None;
    for part in keys
        .split(['\r', '\n', '\t', '\0', '\u{1d}', '\u{2}', '\u{3}'])
        .filter(|part| !part.trim().is_empty())
    {
        let parsed = parse(part);
        match parsed {
            Ok(WedgeLine::Payload(text, damage)) => labels.push((text, damage)),
            Ok(WedgeLine::Waybill(number)) => bar_code = Some(number),
            Err(WedgeError::NotOurs) if is_number(part) => bar_code = Some(part.trim().to_owned()),
            Err(found) => {
                let (glued, number) = unglued(part);
                if glued.is_empty() {
                    error = error.or(Some(found));
                }
                labels.extend(glued);
                bar_code = number.or(bar_code);
            }
        }
    }
    labels.dedup_by(|a, b| a.0 == b.0);
    match (labels.len(), bar_code, error) {
        (2.., ..) => Err(WedgeError::Several),
        (1, bar_code, _) => {
            let (text, damage) = labels.remove(0);
            Ok(Burst::Label { text, damage, bar_code })
        }
        (_, _, Some(error)) => Err(error),
        (_, Some(number), None) => Ok(Burst::BarCode(number)),
        (_, None, None) => Err(WedgeError::Empty),
    }
}

/// Whether a text may be a waybill number, whatever the layout.
fn is_number(text: &str) -> bool {
    let text = narrow(text.trim()).to_uppercase();
    Waybill::parse(&text).is_ok()
}

/// The payloads and the number that were glued together without anything between them.
fn unglued(part: &str) -> (Vec<(String, WedgeDamage)>, Option<String>) {
    let characters: Vec<char> = narrow(part).chars().collect();
    let (mut payloads, mut number) = (Vec::new(), None);
    if !unglue(&characters, &mut payloads, &mut number) {
        payloads.clear();
    }
    (payloads, number)
}

/// Takes payloads off the start; whether that explains the whole text. A payload's start may look like a shorter payload, so
/// that a length counts only if what follows it is explained as well.
fn unglue(text: &[char], payloads: &mut Vec<(String, WedgeDamage)>, number: &mut Option<String>) -> bool {
    let before = payloads.len();
    if let Some((last, _)) = payloads.last() {
        let rest: String = text.iter().collect();
        // A number is the label's bar code if it says so, or repeats what the label claims.
        let named = ["]C0", "]C1"].iter().find_map(|kind| rest.strip_prefix(kind));
        let own = || Some(rest.trim()).filter(|rest| claimed(last).as_deref() == Some(rest));
        if let Some(found) = named.or_else(own) {
            *number = Some(found.trim().to_owned());
            return true;
        }
        if text.is_empty() {
            return true;
        }
    }
    let lengths = SIZES.map(|size| PREFIX.len() + base45::encoded_len(size));
    for len in lengths.into_iter().rev().filter(|len| *len <= text.len()) {
        let start: String = text[..len].iter().collect();
        let Ok(WedgeLine::Payload(payload, damage)) = parse(&start) else { continue };
        payloads.push((payload, damage));
        if unglue(&text[len..], payloads, number) {
            return true;
        }
        payloads.truncate(before);
    }
    false
}

fn claimed(text: &str) -> Option<String> {
    Some(Payload::parse(text.as_bytes()).ok()?.header().waybill.text().to_string())
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::payload;
    use super::*;
    use crate::read::wedge::KeyboardLayout;

    fn read(keys: &str) -> (String, Option<String>) {
        match burst(keys) {
            Ok(Burst::Label { text, bar_code, .. }) => (text, bar_code),
            other => panic!("{keys:?}: {other:?}"),
        }
    }

    #[test]
    fn copies_of_a_code_are_one_label_however_they_come() {
        for seed in 0..20 {
            let text = payload(seed);
            for between in ["", "\r\n", "\t", "\\r\\n", "\r", "\u{3}\u{2}"] {
                for copies in 1..4 {
                    let keys = vec![text.as_str(); copies].join(between) + "\\r\\n";
                    assert_eq!(read(&keys), (text.clone(), None), "{copies} {between:?}");
                }
            }
        }
    }

    #[test]
    fn both_codes_of_a_label_are_one_burst() {
        let text = payload(5);
        let number = claimed(&text).unwrap();
        for keys in [
            format!("{text}\t{number}"),
            format!("{number}\t{text}\r"),
            format!("{text}\\n{number}\\n"),
            format!("{text}{number}"),
            format!("{text}]C0{number}"),
        ] {
            assert_eq!(read(&keys), (text.clone(), Some(number.clone())), "{keys}");
        }
        // Another's number that is glued on may be the rest of a longer payload, unless it says what it is.
        assert!(burst(&format!("{text}YT8800000000001")).is_err());
        assert_eq!(read(&format!("{text}\tYT8800000000001")).1.as_deref(), Some("YT8800000000001"));
        assert_eq!(burst(" YT8800000000001\r"), Ok(Burst::BarCode("YT8800000000001".into())));
        assert_eq!(burst("\r\n"), Err(WedgeError::Empty));
    }

    #[test]
    fn two_labels_at_once_open_neither() {
        let (one, other) = (payload(1), payload(2));
        for between in ["", "\t", "\r"] {
            assert_eq!(burst(&format!("{one}{between}{other}")), Err(WedgeError::Several));
        }
        // Half a label is none.
        assert!(matches!(burst(&one[..60]), Err(WedgeError::Damaged(_))));
    }

    #[test]
    fn a_bar_code_is_typed_in_the_layout_that_its_label_shows() {
        let text = payload(7);
        let typed = KeyboardLayout::German.typed(&text, false);
        let keys = format!("{typed}\t{}", KeyboardLayout::German.typed("YZ8800000000001", false));
        match burst(&keys) {
            Ok(Burst::Label { damage, bar_code, .. }) => {
                assert_eq!(bar_code.as_deref(), Some("ZY8800000000001"));
                assert_eq!(damage.undo("ZY8800000000001").as_deref(), Some("YZ8800000000001"));
            }
            other => assert!(matches!(other, Err(WedgeError::Ambiguous(..))), "{other:?}"),
        }
    }
}
