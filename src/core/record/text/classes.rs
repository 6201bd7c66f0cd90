//! The characters of a section's texts on a host, with their classes in the tries.

use super::letters::LetterCursor;
use super::tokens::Tokens;
use super::trie::Character;

/// The characters of a section's texts, looked up once for all tables. `ROOM` is a power of two above their number with
/// the ends, so that an index is masked instead of checked.
pub(super) struct Classes<const ROOM: usize> {
    characters: [Character; ROOM],
    len: usize,
    at: usize,
    /// The position after the name.
    name_end: usize,
}

impl<const ROOM: usize> Classes<ROOM> {
    pub(super) fn new(texts: &[&str]) -> Self {
        let mut characters = [Character::END; ROOM];
        let (mut len, mut name_end) = (0, 0);
        for (number, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            for character in text.chars() {
                characters[len % ROOM] = Character::of(character);
                len += 1;
            }
            // An end has no class, so that it ends every walk.
            len += 1;
            if number == 0 {
                name_end = len;
            }
        }
        Self { characters, len, at: 0, name_end }
    }

    /// The positions of all texts: their characters and ends.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The position after the name.
    pub(super) const fn name_end(&self) -> usize {
        self.name_end
    }

    /// The code point at a position; `None` for an end.
    #[inline]
    pub(super) fn point(&self, at: usize) -> Option<u32> {
        let character = self.characters[at % ROOM];
        (!character.is_end()).then(|| character.point())
    }

    /// Calls `each` for every token that begins at a position, shortest first: its characters, its index, and the bits of
    /// its code.
    #[inline]
    pub(super) fn walk(&self, tokens: Tokens, at: usize, each: impl FnMut(u8, u16, u16)) {
        tokens.trie.walk(&self.characters, at, each);
    }

    /// A lower bound in bits for the texts and their ends by the number of the table: for the name, and for the other texts.
    pub(super) fn floors(&self) -> [[usize; 8]; 2] {
        let (name, rest) = self.characters[..self.len.min(ROOM)].split_at(self.name_end);
        [name, rest].map(|part| {
            let mut sum = [0u16; 8];
            for character in part {
                for (sum, floor) in sum.iter_mut().zip(character.floor()) {
                    *sum = sum.wrapping_add(floor);
                }
            }
            sum.map(|quarters| usize::from(quarters) / 4)
        })
    }
}

impl<const ROOM: usize> LetterCursor for Classes<ROOM> {
    fn restart(&mut self) {
        self.at = 0;
    }

    #[inline]
    fn here(&self) -> Option<Option<u32>> {
        let character = self.characters[self.at % ROOM];
        (self.at < self.len).then(|| (!character.is_end()).then(|| character.point()))
    }

    #[inline]
    fn is_name(&self) -> bool {
        self.at < self.name_end
    }

    #[inline]
    fn tokens(&self, tokens: Tokens, mut each: impl FnMut(u8, u16)) {
        tokens.trie.walk(&self.characters, self.at, |characters, _, bits| each(characters, bits));
    }

    fn token(&self, tokens: Tokens, characters: u8) -> u16 {
        let mut place = tokens.table.end;
        tokens.trie.walk(&self.characters, self.at, |length, token, _| {
            if length == characters {
                place = token;
            }
        });
        place
    }

    #[inline]
    fn advance(&mut self, characters: usize) {
        self.at += characters;
    }
}
