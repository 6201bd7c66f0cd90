//! How likely a word is in an encoding of the Cyrillic script.

use super::characters::CYRILLIC;
use super::evidence::IMPOSSIBLE;

/// The evidence of a capital letter followed by lower-case ones.
const CAPITALISED: f32 = 1.5;

/// The evidence of a word: by how frequent its letters are, and whether its capitals are where capitals are.
pub(super) fn weigh(text: &str) -> f32 {
    let (mut sum, mut letters, mut capitals, mut lower_before) = (0.0, 0_u32, 0_u32, false);
    for c in text.chars() {
        if c.is_ascii() {
            // Letters of two scripts in one word.
            if c.is_ascii_alphabetic() {
                return IMPOSSIBLE;
            }
            continue;
        }
        if matches!(c, '№' | '«' | '»' | '–' | '—' | '“' | '”' | '’' | '\u{a0}') {
            continue;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        let Some((_, tenths)) = CYRILLIC.iter().find(|(letter, _)| *letter == lower) else {
            return IMPOSSIBLE;
        };
        if c != lower {
            if lower_before {
                return IMPOSSIBLE;
            }
            capitals += 1;
        }
        lower_before = c == lower;
        letters += 1;
        sum += f32::from(*tenths) / 10.0;
    }
    // A letter that is rare in a language is common in some street's name: one word alone refutes little.
    let sum = sum.max(IMPOSSIBLE / 2.0);
    if capitals == 1 && letters >= 3 && lower_before { sum + CAPITALISED } else { sum }
}
