//! What a text has of characters, readings and letters: most texts share none with a name or an address, and are not searched.

use super::disguise::similar;
use super::reading::other_sound;
use crate::summary::line::{is_ideograph, lower};
use crate::summary::pinyin::{SYLLABLES, sound, spelling};

/// What stands in a text.
pub(super) struct Inventory {
    /// A bit of each character, by the last eight of its code.
    chars: [u64; 4],
    /// A bit of each syllable that one of its ideographs is read as.
    sounds: [u64; SYLLABLES.div_ceil(64)],
    /// The letters of the Latin alphabet that it has, those included that its digits and signs are written for.
    letters: u32,
}

impl Inventory {
    pub(super) fn of(text: &[char]) -> Self {
        let mut own = Self { chars: [0; 4], sounds: [0; SYLLABLES.div_ceil(64)], letters: 0 };
        for character in text {
            let (word, bit) = place(*character);
            own.chars[word] |= bit;
            if is_ideograph(*character) {
                let sound = sound(*character);
                own.sounds[usize::from(sound / 64)] |= 1 << (sound % 64);
            } else {
                own.letters |= LETTERS.get(lower(*character) as usize).copied().unwrap_or(0);
            }
        }
        own
    }

    /// Whether the text may have a character: `false` if it has none like it.
    pub(super) fn may_have(&self, character: char) -> bool {
        let (word, bit) = place(character);
        self.chars[word] & bit != 0
    }

    /// Whether the text may say a character of a name: as it is, by an ideograph that is read alike, or by a letter that its
    /// reading begins with.
    pub(super) fn may_say(&self, own: char) -> bool {
        // Hangul has letters of its own.
        self.may_have(own) || matches!(own, '\u{ac00}'..='\u{d7a3}') || {
            [sound(own), other_sound(own)].into_iter().filter(|sound| *sound > 0).any(|sound| {
                self.sounds[usize::from(sound / 64)] >> (sound % 64) & 1 == 1
                    || self.letters & spelling(sound).map_or(0, initial) != 0
            })
        }
    }
}

const fn place(character: char) -> (usize, u64) {
    (character as usize / 64 % 4, 1 << (character as u32 % 64))
}

/// The bit of the letter that a reading begins with.
fn initial(read: &str) -> u32 {
    read.bytes().next().map_or(0, |byte| 1 << (byte.wrapping_sub(b'a') % 32))
}

/// The letters that each character of ASCII may stand for.
static LETTERS: [u32; 128] = {
    let mut letters = [0; 128];
    let mut at = 0;
    while at < 128 {
        let mut letter = b'a';
        while letter <= b'z' {
            // v is also written u.
            let same = at == letter as usize || letter == b'v' && at == b'u' as usize;
            if same || similar(at as u8 as char, letter as char) {
                letters[at] |= 1 << (letter - b'a');
            }
            letter += 1;
        }
        at += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::super::reading::sounds_alike;
    use super::*;
    use std::vec::Vec;

    /// A character that is said in any way is one that may be said: what is left out of a search could not be found by it.
    #[test]
    fn what_says_a_character_is_in_the_inventory() {
        let names: Vec<char> = "王芳单曾乐娜区翟缪陆长重行朴茜吕女爱二王恩佐々みナ김서쌍".chars().collect();
        let ideographs = (0x3400..0xa000).filter_map(char::from_u32);
        for said in ideographs {
            let inventory = Inventory::of(&['-', said, '1']);
            for own in &names {
                let told = said == *own || sounds_alike(said, *own);
                assert!(!told || inventory.may_say(*own), "{said} {own}");
            }
        }
        for said in (0..0x3000).filter_map(char::from_u32) {
            let inventory = Inventory::of(&[said]);
            for own in &names {
                let begins = |sound: u16| {
                    let first = spelling(sound).and_then(|read| read.chars().next());
                    first.is_some_and(|own| {
                        lower(said) == own || own == 'v' && lower(said) == 'u' || similar(said, own)
                    })
                };
                let told = said == *own || begins(sound(*own)) || begins(other_sound(*own));
                assert!(!told || inventory.may_say(*own), "{said} {own}");
            }
        }
    }
}
