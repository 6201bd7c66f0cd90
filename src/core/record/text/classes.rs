//! The characters of a section's texts on a host, with their classes in the tries.

use super::letters::LetterCursor;
use super::tokens::Tokens;
use super::trie::{CHINESE_TRIE, Character};

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

    /// A lower bound in bits for the texts and their ends in the tables of names, Chinese, Latin and others: for the
    /// name, and for the other texts.
    pub(super) fn floors(&self) -> [[usize; 4]; 2] {
        let (name, rest) = self.characters[..self.len.min(ROOM)].split_at(self.name_end);
        [name, rest].map(|part| {
            let sum = part.iter().map(|character| character.floor()).sum::<u64>();
            [0, 16, 32, 48].map(|at| (sum >> at & 0xffff) as usize / 4)
        })
    }

    /// Whether the bits of the other texts in the Chinese table are the same whatever the name leaves as the current block:
    /// no character without a token of its own is of a block that could be current.
    pub(super) fn name_stands_alone(&self, first_block: u32) -> bool {
        let (name, rest) = self.characters[..self.len.min(ROOM)].split_at(self.name_end);
        let could_be_current =
            |block: u32| block == first_block || name.iter().any(|character| character.block() == block);
        !rest.iter().any(|character| {
            !character.is_end() && could_be_current(character.block()) && !CHINESE_TRIE.has(*character)
        })
    }

    /// Leaves the name alone.
    pub(super) fn name(&mut self) -> impl LetterCursor {
        NameOnly(self)
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

/// The first text of a section.
struct NameOnly<'c, const ROOM: usize>(&'c mut Classes<ROOM>);

impl<const ROOM: usize> LetterCursor for NameOnly<'_, ROOM> {
    fn restart(&mut self) {
        self.0.restart();
    }

    fn here(&self) -> Option<Option<u32>> {
        self.0.here().filter(|_| self.0.is_name())
    }

    fn is_name(&self) -> bool {
        true
    }

    fn tokens(&self, tokens: Tokens, each: impl FnMut(u8, u16)) {
        self.0.tokens(tokens, each);
    }

    fn token(&self, tokens: Tokens, characters: u8) -> u16 {
        self.0.token(tokens, characters)
    }

    fn advance(&mut self, characters: usize) {
        self.0.advance(characters);
    }
}
