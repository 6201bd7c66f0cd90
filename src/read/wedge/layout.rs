//! Keyboard layouts: which characters the keys of a US keyboard give on a host with another layout.
//!
//! Only the characters of a payload and of AIM prefixes are covered.

use std::fmt;

/// A host's keyboard layout. Scanners are taken to press the keys of a US keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyboardLayout {
    /// US, the scanner's own. The UK layout has the characters of a payload on the same keys.
    #[default]
    Us,
    /// French AZERTY.
    French,
    /// Belgian AZERTY.
    Belgian,
    /// German QWERTZ.
    German,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Swedish and Finnish.
    Swedish,
    /// Turkish Q.
    Turkish,
    /// Japanese, JIS.
    Japanese,
}

/// Pairs of the character meant and the character typed.
type Moves = &'static [(char, char)];

/// The characters of a payload, and `]` of AIM prefixes, that are on other keys of an AZERTY keyboard.
const AZERTY: [(char, char); 16] = [
    ('A', 'Q'),
    ('Q', 'A'),
    ('W', 'Z'),
    ('Z', 'W'),
    ('M', '?'),
    (':', 'M'),
    ('1', '&'),
    ('2', 'é'),
    ('3', '"'),
    ('4', '\''),
    ('5', '('),
    ('7', 'è'),
    ('9', 'ç'),
    ('0', 'à'),
    ('.', ':'),
    (']', '$'),
];

impl KeyboardLayout {
    /// Every layout, the scanner's own first.
    pub const ALL: [Self; 9] = [
        Self::Us,
        Self::French,
        Self::Belgian,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Swedish,
        Self::Turkish,
        Self::Japanese,
    ];

    /// The differences from the US layout: those shared with other layouts, and the layout's own.
    fn moved(self) -> (Moves, Moves) {
        match self {
            Self::Us => (&[], &[]),
            Self::French => (
                &AZERTY,
                &[('6', '-'), ('8', '_'), ('-', ')'), ('/', '!'), ('$', '4'), ('%', '5'), ('*', '8')],
            ),
            Self::Belgian => (
                &AZERTY,
                &[
                    ('6', '§'),
                    ('8', '!'),
                    ('-', ')'),
                    ('/', '='),
                    ('$', '4'),
                    ('%', '5'),
                    ('*', '8'),
                    ('+', '_'),
                ],
            ),
            Self::German => (
                &[('Y', 'Z'), ('Z', 'Y')],
                &[(':', 'Ö'), ('-', 'ß'), ('/', '-'), ('*', '('), ('+', '`'), (']', '+')],
            ),
            Self::Spanish => {
                (&[], &[(':', 'Ñ'), ('-', '\''), ('/', '-'), ('*', '('), ('+', '¿'), (']', '+')])
            }
            Self::Italian => {
                (&[], &[(':', 'ç'), ('-', '\''), ('/', '-'), ('*', '('), ('+', '^'), (']', '+')])
            }
            Self::Swedish => {
                (&[], &[(':', 'Ö'), ('-', '+'), ('/', '-'), ('*', '('), ('+', '`'), ('$', '¤'), (']', '¨')])
            }
            Self::Turkish => (
                &[],
                &[
                    (':', 'Ş'),
                    ('-', '*'),
                    ('/', '.'),
                    ('.', 'ç'),
                    ('*', '('),
                    ('+', '_'),
                    ('$', '+'),
                    (']', 'ü'),
                ],
            ),
            Self::Japanese => (&[], &[(':', '+'), ('*', '('), ('+', '~'), (']', '[')]),
        }
    }

    /// The text that a host with this layout receives when the scanner types `text`.
    #[must_use]
    pub fn typed(self, text: &str, caps_lock: bool) -> String {
        let (shared, own) = self.moved();
        let type_one = |meant: char| {
            let moved = shared.iter().chain(own).find(|pair| pair.0 == meant);
            let typed = moved.map_or(meant, |pair| pair.1);
            if caps_lock && typed.is_ascii_uppercase() { typed.to_ascii_lowercase() } else { typed }
        };
        text.chars().map(type_one).collect()
    }

    /// The text meant, given the text received; `None` if a character cannot come from a payload.
    #[must_use]
    pub fn undo(self, typed: &str, caps_lock: bool) -> Option<String> {
        let (shared, own) = self.moved();
        let undo_one = |typed: char| {
            if caps_lock && typed.is_ascii_uppercase() {
                return None;
            }
            let upper = if caps_lock { typed.to_ascii_uppercase() } else { typed };
            match shared.iter().chain(own).find(|pair| pair.1 == upper) {
                Some(pair) => Some(pair.0),
                // A character that has moved cannot be typed by its usual key.
                None => (!shared.iter().chain(own).any(|pair| pair.0 == upper) && upper.is_ascii())
                    .then_some(upper),
            }
        };
        typed.chars().map(undo_one).collect()
    }
}

impl fmt::Display for KeyboardLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Us => "US or UK",
            Self::French => "French (AZERTY)",
            Self::Belgian => "Belgian (AZERTY)",
            Self::German => "German (QWERTZ)",
            Self::Spanish => "Spanish",
            Self::Italian => "Italian",
            Self::Swedish => "Swedish or Finnish",
            Self::Turkish => "Turkish (Q)",
            Self::Japanese => "Japanese (JIS)",
        })
    }
}
