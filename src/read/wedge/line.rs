//! Parses a typed line to the code that was scanned.

use super::damage::{WedgeDamage, damages, narrow};
use super::error::WedgeError;
use crate::payload::{PREFIX, Payload, SIZES, base45};

/// The most stray characters before a code. They are few, so that `WS1:` within another code's text, such as after
/// `https://`, is not taken for a label.
pub const STRAY_MAX: usize = 4;

/// The most characters after a code: a suffix that the scanner was set to send.
pub(super) const SUFFIX_MAX: usize = 3;

/// In the shortest run of characters that has one space on average, three.
const SPACE_EVERY: usize = 15;

/// The prefix without its shift key on the known keyboards.
const PREFIXES_UNSHIFTED: [&str; 11] =
    ["ws1;", "ws1ö", "ws1ñ", "ws1ò", "ws1ç", "ws1ø", "ws1æ", "ws1é", "ws1ů", "ws1ş", "цы1ж"];

/// The content of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WedgeLine {
    /// A payload's text, and the damage that was undone to get it.
    Payload(String, WedgeDamage),
    /// The text of a Code 128, recognised by its AIM prefix: a waybill number.
    Waybill(String),
}

/// Parses a line of one code.
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
    let narrowed = narrow(line);
    let input_method = narrowed != line;
    let read = strayed(&narrowed);
    match read {
        Ok(WedgeLine::Payload(text, damage)) => {
            Ok(WedgeLine::Payload(text, WedgeDamage { input_method, ..damage }))
        }
        Err(WedgeError::Damaged(damage)) => {
            Err(unrecoverable(&narrowed, WedgeDamage { input_method, ..damage }))
        }
        Err(WedgeError::NotOurs) if shift_was_lost(&narrowed) => unshifted(&narrowed),
        Err(WedgeError::NotOurs) if line.chars().any(|it| matches!(it, '\u{4e00}'..='\u{9fff}')) => {
            Err(WedgeError::InputMethod)
        }
        Err(WedgeError::NotOurs) if is_like_a_payload(&narrowed) => Err(WedgeError::UnknownLayout),
        read => read,
    }
}

/// Parses a code with a few stray characters before it.
fn strayed(line: &str) -> Result<WedgeLine, WedgeError> {
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
        let (text, rest) = damage.layout.undo_start(body, damage.caps_lock);
        if !text.starts_with(PREFIX) {
            continue;
        }
        began.get_or_insert(damage);
        let Some(text) = whole(text, rest) else { continue };
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

/// The payload's text at the start of a text that `rest` more characters follow: all of it but a suffix, if that is a
/// payload. Payloads have few lengths, so that a suffix is known from them.
fn whole(text: String, rest: usize) -> Option<String> {
    let fits = |len: &usize| *len <= text.len() && text.len() - len + rest <= SUFFIX_MAX;
    let lengths = SIZES.map(|size| PREFIX.len() + base45::encoded_len(size));
    let len = lengths.into_iter().find(fits)?;
    Payload::parse(&text.as_bytes()[..len]).is_ok().then(|| text[..len].to_owned())
}

/// What else is known of a text that begins like a payload and is none.
fn unrecoverable(line: &str, damage: WedgeDamage) -> WedgeError {
    let length = line.chars().count();
    let whole = SIZES.map(|size| PREFIX.len() + base45::encoded_len(size));
    // A payload of the least size without a space is one in fifteen; one that is short by its spaces alone is rarer.
    let short =
        whole.into_iter().any(|whole| (1..=whole / SPACE_EVERY).contains(&whole.saturating_sub(length)));
    if short && !line.contains(' ') { WedgeError::SpacesLost } else { WedgeError::Damaged(damage) }
}

/// Whether a line may be a payload through a keyboard that is not known: it has the length of one, letters of one case, and signs
/// among them. The text of another code is rarely all of it; that of a link is not.
fn is_like_a_payload(line: &str) -> bool {
    let line = line.strip_prefix("]Q1").unwrap_or(line);
    let length = line.chars().count();
    let fits = |size: usize| {
        let whole = PREFIX.len() + base45::encoded_len(size);
        // Each accent key may have joined two characters to one.
        (whole.saturating_sub(whole / SPACE_EVERY)..=whole + SUFFIX_MAX).contains(&length)
    };
    let is_of_one_case = !line.chars().any(char::is_lowercase) || !line.chars().any(char::is_uppercase);
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let letters = line.chars().filter(|key| key.is_alphabetic()).count();
    let others = length - digits - letters;
    SIZES.into_iter().any(fits)
        && is_of_one_case
        && letters >= length / 3
        && others >= length / 20
        && !line.contains("//")
}

/// Whether a line begins as the prefix does without its shift key, on any keyboard.
fn shift_was_lost(line: &str) -> bool {
    let starts = |text: &str| PREFIXES_UNSHIFTED.iter().any(|prefix| text.starts_with(prefix));
    line.char_indices().take(STRAY_MAX + 1).any(|(at, _)| starts(&line[at..]))
}

/// The payload of a line without shift, if no character of it can be two.
fn unshifted(line: &str) -> Result<WedgeLine, WedgeError> {
    let shifted = |key: char| match key {
        '4' | '5' | '8' => None,
        ';' => Some(':'),
        '=' => Some('+'),
        'a'..='z' => Some(key.to_ascii_uppercase()),
        _ => Some(key),
    };
    let text = line.chars().map(shifted).collect::<Option<String>>();
    match text.map(|text| strayed(&text)) {
        Some(Ok(read)) => Ok(read),
        _ => Err(WedgeError::ShiftLost),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::read::wedge::KeyboardLayout;

    /// A payload that uses the whole alphabet.
    pub fn payload(seed: u8) -> String {
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
        let damage = WedgeDamage { layout: KeyboardLayout::German, caps_lock: true, input_method: false };
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
    }

    #[test]
    fn a_keyboard_that_is_not_known_is_said_to_be_one() {
        // Hungarian, Croatian and Ukrainian keys, and Greek letters.
        let layouts: [&[(char, char)]; 4] = [
            &[('Y', 'Z'), ('Z', 'Y'), (':', 'É'), ('-', 'Ü'), ('/', '-'), ('*', '('), ('+', 'Ó'), ('0', 'Ö')],
            &[('Y', 'Z'), ('Z', 'Y'), (':', 'Č'), ('-', '\''), ('/', '-'), ('*', '('), ('+', '*')],
            &[('W', 'Ц'), ('S', 'І'), (':', 'Ж'), ('A', 'Ф'), ('D', 'В'), ('B', 'И'), ('.', 'Ю')],
            &[('W', 'Σ'), ('S', 'Σ'), (':', '¨'), ('A', 'Α'), ('D', 'Δ'), ('B', 'Β'), ('G', 'Γ')],
        ];
        for seed in 0..20 {
            let text = payload(seed);
            for layout in layouts {
                let one = |key: char| layout.iter().find(|pair| pair.0 == key).map_or(key, |pair| pair.1);
                let typed: String = text.chars().map(one).collect();
                for line in [typed.clone(), format!("]Q1{typed}\r"), typed.to_lowercase()] {
                    let read = parse(&line);
                    let is_said = matches!(
                        read,
                        Err(WedgeError::UnknownLayout | WedgeError::ShiftLost | WedgeError::Damaged(_))
                    );
                    assert!(is_said, "{line}: {read:?}");
                }
            }
        }
        // Other codes are what they are.
        let link = format!("HTTPS://EXAMPLE.COM/{}", "A1B2-C3".repeat(14));
        let words = "Scan this code for the terms of our shop, valid until the end of the year. ".repeat(2);
        for other in [link.as_str(), &words, &"0123456789".repeat(12), "WIFI:S:Guest;T:WPA;P:1234;;"] {
            assert_eq!(parse(other), Err(WedgeError::NotOurs), "{other}");
        }
    }

    /// A payload's text as a full width input method gives it.
    fn wide(text: &str) -> String {
        let one = |key: char| match key {
            ' ' => '\u{3000}',
            _ => char::from_u32(u32::from(key) + 0xfee0).unwrap(),
        };
        text.chars().map(one).collect()
    }

    #[test]
    fn full_width_and_chinese_punctuation_are_undone() {
        for seed in 0..20 {
            let text = payload(seed);
            let chinese: String = text
                .chars()
                .map(|key| match key {
                    ':' => '：',
                    '.' => '。',
                    '/' => '、',
                    '$' => '￥',
                    _ => key,
                })
                .collect();
            let damage = WedgeDamage { input_method: true, ..WedgeDamage::default() };
            for line in [wide(&text), chinese] {
                assert_eq!(parse(&line), Ok(WedgeLine::Payload(text.clone(), damage)));
            }
        }
        assert_eq!(parse("我是一:的 7"), Err(WedgeError::InputMethod));
    }

    #[test]
    fn an_accent_joined_to_the_letter_after_it_is_undone() {
        // Of a hundred payloads many have a plus before a letter that takes an accent.
        let mut joined = 0;
        for seed in 0..100 {
            let text = payload(seed);
            for (layout, dead, pairs) in [
                (KeyboardLayout::Norwegian, '`', ["AÀ", "EÈ", "IÌ", "OÒ", "UÙ"]),
                (KeyboardLayout::Czech, 'ˇ', ["CČ", "EĚ", "RŘ", "SŠ", "TŤ"]),
            ] {
                let mut line = layout.typed(&text, false);
                for pair in pairs {
                    let mut pair = pair.chars();
                    let (letter, join) = (pair.next().unwrap(), pair.next().unwrap());
                    line = line.replace(&format!("{dead}{letter}"), &join.to_string());
                }
                joined += usize::from(line != layout.typed(&text, false));
                match parse(&line) {
                    Ok(WedgeLine::Payload(read, _)) => assert_eq!(read, text),
                    Err(WedgeError::Ambiguous(..)) => {}
                    other => panic!("{layout}: {other:?}"),
                }
            }
        }
        assert!(joined > 20, "{joined}");
    }

    #[test]
    fn what_cannot_be_undone_is_named() {
        let mut removed = 0;
        for seed in 0..40 {
            let text = payload(seed);
            let unshifted: String = text
                .chars()
                .map(|key| match key {
                    ':' => ';',
                    '$' => '4',
                    '%' => '5',
                    '*' => '8',
                    '+' => '=',
                    _ => key.to_ascii_lowercase(),
                })
                .collect();
            assert_eq!(parse(&unshifted), Err(WedgeError::ShiftLost));
            if text.contains(' ') {
                removed += 1;
                assert_eq!(parse(&text.replace(' ', "")), Err(WedgeError::SpacesLost));
            }
            // A suffix that a payload cannot have, and some that it can.
            for suffix in [";", "#", "$", "END", ";\r\n"] {
                let read = parse(&format!("{text}{suffix}"));
                assert_eq!(read, Ok(WedgeLine::Payload(text.clone(), WedgeDamage::default())), "{suffix}");
            }
        }
        assert!(removed > 30, "{removed}");
    }
}
