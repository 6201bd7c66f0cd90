//! Parses what a scanner sent in one go: a code, copies of it, or both codes of a label.

use super::damage::{WedgeDamage, narrow};
use super::error::WedgeError;
use super::line::{SUFFIX_MAX, WedgeLine, parse};
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
    let mut number = None;
    let mut error = None;
    for part in keys
        .split(['\r', '\n', '\t', '\0', '\u{1d}', '\u{2}', '\u{3}'])
        .filter(|part| !part.trim().is_empty())
    {
        let parsed = parse(part);
        match parsed {
            Ok(WedgeLine::Payload(text, damage)) => labels.push((text, damage)),
            Ok(WedgeLine::Waybill(found)) if !found.contains(PREFIX) => {
                number = Some(bare(&found).to_owned());
            }
            Err(WedgeError::NotOurs) if is_number(part) => number = Some(bare(part).to_owned()),
            parsed => {
                let (glued, beside) = unglued(part);
                if glued.is_empty() {
                    error = error.or(Some(parsed.err().unwrap_or(WedgeError::NotOurs)));
                }
                labels.extend(glued);
                number = beside.or(number);
            }
        }
    }
    labels.dedup_by(|a, b| a.0 == b.0);
    match (labels.len(), number, error) {
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

/// A number without the signs that a scanner is set to send after each code.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let end = text.trim_end_matches(|end: char| end.is_ascii_punctuation() && end != '-');
    if text.chars().count() - end.chars().count() <= SUFFIX_MAX { end } else { text }
}

/// Whether a text may be a waybill number, whatever the layout.
fn is_number(text: &str) -> bool {
    let text = narrow(bare(text)).to_uppercase();
    Waybill::parse(&text).is_ok()
}

/// The payloads and the number that were glued together, with no more between them than a scanner sends before and after each code.
fn unglued(part: &str) -> (Vec<(String, WedgeDamage)>, Option<String>) {
    let characters: Vec<char> = narrow(part).chars().collect();
    let (mut payloads, mut number) = (Vec::new(), None);
    if unglue(&characters, &mut payloads, &mut number) {
        return (payloads, number);
    }
    // A label's bar code may come first.
    let text: String = characters.iter().collect();
    if let Some((first, rest)) = text.find(PREFIX).map(|at| text.split_at(at)) {
        let first = first
            .trim_end_matches(|aim: char| ('0'..='6').contains(&aim))
            .strip_suffix("]Q")
            .unwrap_or(first);
        let rest: Vec<char> = rest.chars().collect();
        payloads.clear();
        number = None;
        if unglue(&rest, &mut payloads, &mut number)
            && let Some(own) = payloads.last().and_then(|(last, _)| bar_code(first, last))
        {
            return (payloads, Some(own));
        }
    }
    (Vec::new(), None)
}

/// Takes payloads off the start; whether that explains the whole text. A payload's start may look like a shorter payload, so
/// that a length counts only if what follows it is explained as well.
fn unglue(text: &[char], payloads: &mut Vec<(String, WedgeDamage)>, number: &mut Option<String>) -> bool {
    let before = payloads.len();
    let most = if before == 0 { 0 } else { SUFFIX_MAX.min(text.len()) };
    for rest in (0..=most).map(|suffix| &text[suffix..]) {
        if let Some((last, _)) = payloads.last() {
            if rest.is_empty() {
                return true;
            }
            if let Some(found) = bar_code(&rest.iter().collect::<String>(), last) {
                *number = Some(found);
                return true;
            }
        }
        let aim = if matches!(rest, [']', 'Q', '0'..='6', ..]) { 3 } else { 0 };
        let lengths = SIZES.map(|size| aim + PREFIX.len() + base45::encoded_len(size));
        for len in lengths.into_iter().rev().filter(|len| *len <= rest.len()) {
            let start: String = rest[..len].iter().collect();
            let Ok(WedgeLine::Payload(payload, damage)) = parse(&start) else { continue };
            payloads.push((payload, damage));
            if unglue(&rest[len..], payloads, number) {
                return true;
            }
            payloads.truncate(before);
        }
    }
    false
}

/// The number in a text that is glued to a label, if it is that of a bar code: one that says so, or repeats what the label claims.
fn bar_code(text: &str, label: &str) -> Option<String> {
    let text = text.trim_start_matches("]Q1").trim();
    if let Some(named) = ["]C0", "]C1"].iter().find_map(|kind| text.strip_prefix(kind)) {
        return Some(
            named.trim_end_matches(|end: char| !end.is_ascii_alphanumeric() && end != '-').to_owned(),
        );
    }
    let own = claimed(label)?;
    let around = text.strip_suffix(own.as_str()).or_else(|| text.strip_prefix(own.as_str()))?;
    let is_sent =
        around.chars().count() <= SUFFIX_MAX && !around.contains(|key: char| key.is_ascii_alphanumeric());
    is_sent.then_some(own)
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
    fn what_a_scanner_sends_around_each_code_is_no_part_of_it() {
        for seed in 0..4 {
            let text = payload(seed);
            let number = claimed(&text).unwrap();
            for (before, after) in [("]Q1", ""), ("", ";"), ("]Q1", "\\r"), ("", "#;"), ("]Q1", "END")] {
                let one = format!("{before}{text}{after}");
                for copies in 1..4 {
                    assert_eq!(read(&one.repeat(copies)), (text.clone(), None), "{before} {after} {copies}");
                }
                for between in ["", ";", ", ", "|"] {
                    let keys = format!("{one}{between}{number}");
                    if after.len() + between.len() <= SUFFIX_MAX {
                        assert_eq!(read(&keys), (text.clone(), Some(number.clone())), "{keys}");
                    }
                    let keys = format!("]C0{number}{between}{one}");
                    assert_eq!(read(&keys), (text.clone(), Some(number.clone())), "{keys}");
                }
            }
            assert_eq!(read(&format!("{number};{text};")), (text.clone(), Some(number.clone())));
            let alone =
                |keys: &str| assert_eq!(burst(keys), Ok(Burst::BarCode("YT8800000000001".into())), "{keys}");
            for keys in ["YT8800000000001;", "]C0YT8800000000001#", "YT8800000000001\\r\\n"] {
                alone(keys);
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
