//! The letters of a text, which say without a search that most words are not in it.

use crate::summary::line::{is_ideograph, lower};

/// A bit for each letter of ASCII, in any case, and one for all others that are no ideographs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u32);

const OTHERS: u32 = 1 << 26;

impl Letters {
    pub(super) fn of(text: &[char]) -> Self {
        text.iter().fold(Self(0), |letters, c| letters.with(*c))
    }

    /// Of a word in ASCII.
    fn of_word(word: &str) -> Self {
        word.chars().fold(Self(0), Self::with)
    }

    fn with(self, character: char) -> Self {
        Self(match lower(character) {
            letter @ 'a'..='z' => self.0 | 1 << (letter as u32 - 'a' as u32),
            other if !is_ideograph(other) && other.is_alphabetic() => self.0 | OTHERS,
            _ => self.0,
        })
    }

    pub(super) const fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether there are letters other than those of ASCII.
    pub(super) const fn others(self) -> bool {
        self.0 & OTHERS != 0
    }

    /// Whether all letters of a word are here.
    pub(super) fn have(self, word: &str) -> bool {
        Self::of_word(word).0 & !self.0 == 0
    }
}
