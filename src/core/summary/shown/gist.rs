//! What a text has, at a glance: most texts have nothing of a person, and need no closer look.

use super::{DOOR, digit, lower, short};
use crate::summary::check::visible;
use crate::summary::fold::{is_ideograph, is_numeric};

/// Sets of what a text has, which may hold more: what is not in them is not in the text.
pub(super) struct Gist {
    /// Its letters, in lower case.
    letters: u64,
    /// Its characters two by two, as doors are compared.
    pairs: [u64; 4],
    /// How many digits.
    pub(super) digits: usize,
    /// Whether any is a number.
    numeric: bool,
    /// Whether any is a number, also in ideographs, or the mark of a building.
    pub(super) coded: bool,
    /// Whether a number of it, or a letter, may be a door's.
    pub(super) door: bool,
}

// Three characters in a row are two pairs in a row.
const _: () = assert!(DOOR == 3);

impl Gist {
    pub(super) fn of(text: &str) -> Self {
        let mut gist =
            Self { letters: 0, pairs: [0; 4], digits: 0, numeric: false, coded: false, door: false };
        let mut before = None;
        for character in visible(text) {
            each_lower(character, |letter| gist.letters |= letter_bit(letter));
            let digit = digit(character).is_some();
            gist.digits += usize::from(digit);
            gist.numeric |= is_numeric(character);
            gist.coded |=
                digit || gist.numeric || matches!(character, '十' | '座' | '栋' | '棟' | '幢' | '区' | '區');
            let character = lower(character);
            if let Some(before) = before.replace(character) {
                let (word, bit) = pair_bit(before, character);
                gist.pairs[word] |= bit;
            }
        }
        gist.door = gist.coded && short::may_have_door(text);
        gist
    }

    /// Whether the text may have all letters of a name.
    pub(super) fn may_have(&self, name: &str) -> bool {
        let mut letters = 0;
        visible(name).for_each(|character| each_lower(character, |letter| letters |= letter_bit(letter)));
        letters & !self.letters == 0
    }

    /// Whether the text has a number, and may have as many characters in a row with a detail as tell a door.
    pub(super) fn may_share(&self, detail: &str) -> bool {
        if !self.numeric {
            return false;
        }
        let (mut before, mut shared) = (None, false);
        visible(detail).map(lower).any(|character| {
            let pair = before.replace(character).is_some_and(|before| {
                let (word, bit) = pair_bit(before, character);
                self.pairs[word] & bit != 0
            });
            pair && core::mem::replace(&mut shared, pair) || {
                shared = pair;
                false
            }
        })
    }
}

/// Each character of the lower case of one.
fn each_lower(character: char, each: impl FnMut(char)) {
    if character.is_ascii() || is_ideograph(character) {
        Some(lower(character)).into_iter().for_each(each);
    } else {
        character.to_lowercase().for_each(each);
    }
}

fn letter_bit(letter: char) -> u64 {
    1 << (u32::from(letter).wrapping_mul(0x9E37_79B1) >> 26)
}

/// Word and bit of two characters in a row.
fn pair_bit(one: char, other: char) -> (usize, u64) {
    let mixed = u32::from(one).wrapping_mul(0x9E37_79B1) ^ u32::from(other).wrapping_mul(0x85EB_CA6B);
    ((mixed >> 30) as usize, 1 << (mixed >> 24 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_there_is_never_missed(
            before in "\\PC{0,8}", part in "[A-Za-zÀ-ÿİ王芳0-9０-９ -]{1,12}", behind in "\\PC{0,8}",
        ) {
            let gist = Gist::of(&std::format!("{before}{part}{behind}"));
            prop_assert!(gist.may_have(&part) && gist.may_have(&part.to_lowercase()));
            let number = visible(&part).any(is_numeric);
            prop_assert!(!number || visible(&part).count() < DOOR || gist.may_share(&part));
        }
    }

    #[test]
    fn most_of_what_is_not_there_is_seen_not_to_be() {
        let gist = Gist::of("755-A12-008");
        assert!(!gist.may_have("王芳") && !gist.may_share("人民路719号1栋2760室"));
        assert!(!Gist::of("易碎，轻放").may_share("人民路719号1栋2760室"));
        assert!(gist.may_share("A12-3"));
    }
}
