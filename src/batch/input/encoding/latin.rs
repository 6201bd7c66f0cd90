//! How likely a word is in an encoding of the Latin script.

use super::evidence::IMPOSSIBLE;

/// The evidence of a word that the language of all other words spells so.
const WORD: f32 = 3.0;
/// The evidence of a word that some language spells so: files of orders to many countries are in many languages.
const FOREIGN_WORD: f32 = 1.5;

/// The words of a text, as languages of one encoding spell them.
pub(super) struct Spellings {
    languages: Vec<(&'static str, f32)>,
    any: f32,
}

impl Spellings {
    pub(super) fn new(languages: &[&[&'static str]]) -> Self {
        let all = languages.iter().copied().flatten();
        Self { languages: all.map(|letters| (*letters, 0.0)).collect(), any: 0.0 }
    }

    /// Adds the evidence of a word: its letters beyond ASCII must all belong to one language.
    pub(super) fn add(&mut self, text: &str) {
        match WordShape::of(text) {
            WordShape::Plain => {}
            WordShape::Impossible => self.add_impossible(),
            WordShape::Word => {
                let mut some = false;
                for (letters, evidence) in &mut self.languages {
                    let spells = text.chars().filter(|c| is_letter(*c)).all(|c| {
                        let mut lower = c.to_lowercase();
                        lower.all(|lower| letters.contains(lower))
                    });
                    some |= spells;
                    *evidence += if spells { WORD } else { IMPOSSIBLE };
                }
                self.any += if some { FOREIGN_WORD } else { IMPOSSIBLE };
            }
        }
    }

    /// Adds a word that cannot be read.
    pub(super) fn add_impossible(&mut self) {
        self.languages.iter_mut().for_each(|(_, evidence)| *evidence += IMPOSSIBLE);
        self.any += IMPOSSIBLE;
    }

    /// The evidence of the language that fits best, or of all together.
    pub(super) fn evidence(&self) -> f32 {
        self.languages.iter().map(|(_, evidence)| *evidence).fold(self.any, f32::max)
    }
}

/// How the letters of a word beyond ASCII stand among the others.
enum WordShape {
    /// There are none.
    Plain,
    /// As in no word.
    Impossible,
    /// Adjoining ASCII letters, and in lower case after a lower-case letter.
    Word,
}

impl WordShape {
    fn of(text: &str) -> Self {
        let (mut ascii, mut beyond) = (0_u32, 0_u32);
        let mut lower_before = false;
        for c in text.chars() {
            if c.is_ascii() {
                ascii += u32::from(c.is_ascii_alphabetic());
                lower_before = c.is_ascii_lowercase();
            } else if is_letter(c) {
                beyond += 1;
                if lower_before && c.is_uppercase() {
                    return Self::Impossible;
                }
                lower_before = c.is_lowercase();
            } else if between_letters(text, c) || !mark(c) {
                return Self::Impossible;
            }
        }
        match (ascii, beyond) {
            (0, _) | (_, 0) => Self::Plain,
            _ if beyond > ascii + 1 => Self::Impossible,
            _ => Self::Word,
        }
    }
}

/// Whether it is a letter beyond ASCII; ordinals are marks.
fn is_letter(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic() && !matches!(c, 'ª' | 'º')
}

/// Marks that occur in addresses of this script.
const fn mark(c: char) -> bool {
    matches!(
        c,
        '°' | 'º'
            | 'ª'
            | '´'
            | '·'
            | '’'
            | '‘'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '–'
            | '—'
            | '…'
            | '€'
            | '§'
            | '\u{a0}'
    )
}

/// Whether a mark other than an apostrophe stands between two letters, as a letter of another encoding would.
fn between_letters(text: &str, mark: char) -> bool {
    !matches!(mark, '’' | '·' | '´' | '\u{a0}')
        && text.match_indices(mark).any(|(at, found)| {
            let after = text[at + found.len()..].chars().next();
            text[..at].chars().next_back().is_some_and(char::is_alphabetic)
                && after.is_some_and(char::is_alphabetic)
        })
}
