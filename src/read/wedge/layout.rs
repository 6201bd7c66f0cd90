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
    /// Russian, ЙЦУКЕН.
    Russian,
    /// Danish.
    Danish,
    /// Norwegian.
    Norwegian,
    /// Portuguese, of Portugal.
    Portuguese,
    /// Brazilian, ABNT2.
    Brazilian,
    /// Swiss, QWERTZ with German letters.
    Swiss,
    /// Czech, QWERTZ.
    Czech,
    /// Canadian, French.
    Canadian,
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

/// Y and Z, which a QWERTZ keyboard exchanges.
const QWERTZ: [(char, char); 2] = [('Y', 'Z'), ('Z', 'Y')];

/// Letters and punctuation of a Russian keyboard.
const RUSSIAN: [(char, char); 31] = [
    ('Q', 'Й'),
    ('W', 'Ц'),
    ('E', 'У'),
    ('R', 'К'),
    ('T', 'Е'),
    ('Y', 'Н'),
    ('U', 'Г'),
    ('I', 'Ш'),
    ('O', 'Щ'),
    ('P', 'З'),
    ('A', 'Ф'),
    ('S', 'Ы'),
    ('D', 'В'),
    ('F', 'А'),
    ('G', 'П'),
    ('H', 'Р'),
    ('J', 'О'),
    ('K', 'Л'),
    ('L', 'Д'),
    ('Z', 'Я'),
    ('X', 'Ч'),
    ('C', 'С'),
    ('V', 'М'),
    ('B', 'И'),
    ('N', 'Т'),
    ('M', 'Ь'),
    (':', 'Ж'),
    ('.', 'ю'),
    ('/', '.'),
    ('$', ';'),
    (']', 'ъ'),
];

/// Digits and punctuation of a Czech keyboard.
const CZECH: [(char, char); 18] = [
    ('1', '+'),
    ('2', 'ě'),
    ('3', 'š'),
    ('4', 'č'),
    ('5', 'ř'),
    ('6', 'ž'),
    ('7', 'ý'),
    ('8', 'á'),
    ('9', 'í'),
    ('0', 'é'),
    ('$', '4'),
    ('%', '5'),
    ('*', '8'),
    (':', '"'),
    ('-', '='),
    ('/', '-'),
    ('+', 'ˇ'),
    (']', ')'),
];

impl KeyboardLayout {
    /// Every layout, the scanner's own first.
    pub const ALL: [Self; 17] = [
        Self::Us,
        Self::French,
        Self::Belgian,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Swedish,
        Self::Turkish,
        Self::Japanese,
        Self::Russian,
        Self::Danish,
        Self::Norwegian,
        Self::Portuguese,
        Self::Brazilian,
        Self::Swiss,
        Self::Czech,
        Self::Canadian,
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
            Self::German => {
                (&QWERTZ, &[(':', 'Ö'), ('-', 'ß'), ('/', '-'), ('*', '('), ('+', '`'), (']', '+')])
            }
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
            Self::Russian => (&RUSSIAN, &[]),
            Self::Danish => {
                (&[], &[(':', 'Æ'), ('-', '+'), ('/', '-'), ('*', '('), ('+', '`'), ('$', '¤'), (']', '¨')])
            }
            Self::Norwegian => {
                (&[], &[(':', 'Ø'), ('-', '+'), ('/', '-'), ('*', '('), ('+', '`'), ('$', '¤'), (']', '¨')])
            }
            Self::Portuguese => {
                (&[], &[(':', 'Ç'), ('-', '\''), ('/', '-'), ('*', '('), ('+', '»'), (']', '´')])
            }
            Self::Brazilian => (&[], &[(':', 'Ç'), ('/', ';'), (']', '[')]),
            Self::Swiss => (
                &QWERTZ,
                &[(':', 'é'), ('-', '\''), ('/', '-'), ('*', '('), ('+', '`'), ('$', 'ç'), (']', '¨')],
            ),
            Self::Czech => (&CZECH, &QWERTZ),
            // The key gives a small letter by the standard; some hosts give a capital.
            Self::Canadian => (&[], &[('/', 'É'), ('/', 'é'), (']', 'ç')]),
        }
    }

    /// The text that a host with this layout receives when the scanner types `text`.
    #[must_use]
    pub fn typed(self, text: &str, caps_lock: bool) -> String {
        let (shared, own) = self.moved();
        let type_one = |meant: char| {
            let moved = shared.iter().chain(own).find(|pair| pair.0 == meant);
            let typed = moved.map_or(meant, |pair| pair.1);
            match typed {
                'A'..='Z' if caps_lock => typed.to_ascii_lowercase(),
                _ if caps_lock && matches!(self, Self::Russian | Self::Czech) => swapped(typed),
                _ => typed,
            }
        };
        text.chars().map(type_one).collect()
    }

    /// The text meant, given the text received; `None` if a character cannot come from a payload.
    #[must_use]
    pub fn undo(self, typed: &str, caps_lock: bool) -> Option<String> {
        let keys = self.keys(typed, caps_lock);
        keys.into_iter().map(|key| self.undo_one(key, caps_lock)).collect()
    }

    /// The text meant up to the first character that cannot come from a payload, and how many keys follow it.
    pub(super) fn undo_start(self, typed: &str, caps_lock: bool) -> (String, usize) {
        let keys = self.keys(typed, caps_lock);
        let text: String = keys.iter().map_while(|key| self.undo_one(*key, caps_lock)).collect();
        let rest = keys.len() - text.chars().count();
        (text, rest)
    }

    /// The keys pressed: a host joins an accent and the letter after it to one character.
    fn keys(self, typed: &str, caps_lock: bool) -> Vec<char> {
        let (shared, own) = self.moved();
        let dead = shared.iter().chain(own).find(|pair| pair.0 == '+').map(|pair| pair.1);
        let mut keys = Vec::with_capacity(typed.len());
        for character in typed.chars() {
            let joined = if caps_lock { swapped(character) } else { character };
            match dead.and_then(|dead| Some((dead, under(dead, joined)?))) {
                Some((dead, letter)) => keys.extend([dead, if caps_lock { swapped(letter) } else { letter }]),
                None => keys.push(character),
            }
        }
        keys
    }

    fn undo_one(self, typed: char, caps_lock: bool) -> Option<char> {
        if caps_lock && typed.is_ascii_uppercase() {
            return None;
        }
        let (shared, own) = self.moved();
        let pairs = || shared.iter().chain(own);
        let upper = if caps_lock { typed.to_ascii_uppercase() } else { typed };
        // Hosts differ in whether caps lock changes letters that are not of ASCII.
        let other = if caps_lock { swapped(typed) } else { typed };
        match pairs().find(|pair| pair.1 == upper).or_else(|| pairs().find(|pair| pair.1 == other)) {
            Some(pair) => Some(pair.0),
            // A character that has moved cannot be typed by its usual key.
            None => (!pairs().any(|pair| pair.0 == upper) && upper.is_ascii()).then_some(upper),
        }
    }
}

/// A letter in the other case, if it has one of a single character.
fn swapped(letter: char) -> char {
    let other: Vec<char> =
        if letter.is_uppercase() { letter.to_lowercase().collect() } else { letter.to_uppercase().collect() };
    if let [other] = other[..] { other } else { letter }
}

/// The letter that an accent key and a letter gave `joined` of.
fn under(accent: char, joined: char) -> Option<char> {
    let (joins, letters) = match accent {
        '`' => ("ÀÈÌÒÙǸẀỲ", "AEIOUNWY"),
        'ˇ' => ("ČĎĚŇŘŠŤŽǍǏǑǓǦǨ", "CDENRSTZAIOUGK"),
        _ => return None,
    };
    joins.chars().position(|join| join == joined).and_then(|at| letters.chars().nth(at))
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
            Self::Russian => "Russian",
            Self::Danish => "Danish",
            Self::Norwegian => "Norwegian",
            Self::Portuguese => "Portuguese",
            Self::Brazilian => "Brazilian (ABNT2)",
            Self::Swiss => "Swiss (QWERTZ)",
            Self::Czech => "Czech (QWERTZ)",
            Self::Canadian => "Canadian (French)",
        })
    }
}
