//! The self-test of a scanner: a code whose scan shows the host's keyboard layout and caps lock.

use super::damage::{WedgeDamage, damages, narrow};
use crate::payload::base45;

/// The text of the self-test's code: every character that a payload may have, between two words.
#[must_use]
pub fn test_text() -> String {
    let alphabet = std::str::from_utf8(base45::ALPHABET).unwrap_or_default();
    format!("WS1 TEST {alphabet} END")
}

/// The damage found in a scan of the self-test's code; `None` if the line is not that code.
#[must_use]
pub fn test(line: &str) -> Option<WedgeDamage> {
    let line = line.trim_matches(['\r', '\n', '\t', '\0', '\u{2}', '\u{3}']);
    let narrowed = narrow(line);
    let input_method = narrowed != line;
    let found = damages().find(|damage| {
        let prefix = damage.layout.typed("]Q1", damage.caps_lock);
        let typed = narrowed.strip_prefix(prefix.as_str()).unwrap_or(&narrowed);
        damage.layout.undo(typed, damage.caps_lock).is_some_and(|text| text == test_text())
    });
    found.map(|damage| WedgeDamage { input_method, ..damage })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_self_test_names_each_layout() {
        for damage in damages() {
            let line = damage.layout.typed(&test_text(), damage.caps_lock) + "\r";
            // Base45 looks the same on a UK keyboard.
            let named = test(&line).unwrap();
            assert_eq!(named.layout.typed(&test_text(), named.caps_lock), line.trim_end());
        }
        assert_eq!(test("WS1 TEST"), None);
    }
}
