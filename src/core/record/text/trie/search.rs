//! Finds the tokens at a character by walking a trie.

use super::edge::{Edge, NONE, POINT_BITS, ROOT, SLOTS};
use super::make::{self, CLASSES, END_FLOORS, FLOORS, PAGE, PAGE_BITS, PAGES};
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};
use crate::record::text::letters::Letters;
use crate::record::text::point::block;
use crate::record::text::tokens::Tokens;

/// The trie of a table, and the codes by token index.
pub(in crate::record::text) struct Trie {
    edges: &'static [Edge; SLOTS],
    /// The code and its length in bits, by token index.
    codes: &'static [(u16, u16)],
}

impl Trie {
    const fn new(edges: &'static [Edge; SLOTS], codes: &'static [(u16, u16)]) -> Self {
        Self { edges, codes }
    }

    /// The code at index `place`, and its length.
    #[inline]
    pub(in crate::record::text) fn code(&self, place: u16) -> (u32, u32) {
        let (code, length) = self.codes.get(usize::from(place)).copied().unwrap_or_default();
        (code.into(), length.into())
    }

    /// Whether a character is a token.
    fn has(&self, character: Character) -> bool {
        let edge = self.edges[character.class() % SLOTS];
        edge.from == ROOT && edge.bits != NONE
    }

    /// Calls `each` for the edge of every prefix of the characters from `at` on that is the beginning of a token.
    #[inline]
    fn walk<const ROOM: usize>(
        &self,
        characters: &[Character; ROOM],
        at: usize,
        mut each: impl FnMut(u8, Edge),
    ) {
        let (mut node, mut length) = (ROOT, 0);
        loop {
            let class = characters[(at + usize::from(length)) % ROOM].class();
            let edge = self.edges[(usize::from(node) + class) % SLOTS];
            if edge.from != node {
                return;
            }
            length += 1;
            each(length, edge);
            node = edge.base;
            if node == ROOT {
                return;
            }
        }
    }
}

/// The characters of a section's texts, looked up once for all tables. `ROOM` is a power of two above their number with
/// the ends, so that an index is masked instead of checked.
pub(in crate::record::text) struct Classes<const ROOM: usize> {
    characters: [Character; ROOM],
    len: usize,
    at: usize,
    /// The position after the name.
    name_end: usize,
}

impl<const ROOM: usize> Classes<ROOM> {
    pub(in crate::record::text) fn new(texts: &[&str]) -> Self {
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
    pub(in crate::record::text) fn floors(&self) -> [[usize; 4]; 2] {
        let (name, rest) = self.characters[..self.len.min(ROOM)].split_at(self.name_end);
        [name, rest].map(|part| {
            let floor = |character: &Character| {
                if character.is_end() { END_FLOORS } else { FLOORS[character.class()] }
            };
            let sum = part.iter().map(floor).sum::<u64>();
            [0, 16, 32, 48].map(|at| (sum >> at & 0xffff) as usize / 4)
        })
    }

    /// Whether the bits of the other texts in the Chinese table are the same whatever the name leaves as the current block:
    /// no character without a token of its own is of a block that could be current.
    pub(in crate::record::text) fn name_stands_alone(&self, first_block: u32) -> bool {
        let (name, rest) = self.characters[..self.len.min(ROOM)].split_at(self.name_end);
        let could_be_current =
            |block: u32| block == first_block || name.iter().any(|character| character.block() == block);
        !rest.iter().any(|character| {
            !character.is_end() && could_be_current(character.block()) && !CHINESE_TRIE.has(*character)
        })
    }

    /// Leaves the name alone.
    pub(in crate::record::text) fn name(&mut self) -> impl Letters {
        NameOnly(self)
    }
}

impl<const ROOM: usize> Letters for Classes<ROOM> {
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
        tokens.trie.walk(&self.characters, self.at, |characters, edge| {
            if edge.bits != NONE {
                each(characters, edge.bits);
            }
        });
    }

    fn token(&self, tokens: Tokens, characters: u8) -> u16 {
        let mut place = tokens.table.end;
        tokens.trie.walk(&self.characters, self.at, |length, edge| {
            if length == characters {
                place = edge.place;
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

impl<const ROOM: usize> Letters for NameOnly<'_, ROOM> {
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

/// A code point in the low bits, and its class above it.
#[derive(Clone, Copy)]
struct Character(u32);

impl Character {
    /// The end of a text: no code point, and no class.
    const END: Self = Self((1 << POINT_BITS) - 1);

    fn of(character: char) -> Self {
        let point = character as u32;
        let page = PAGES.get((point >> PAGE_BITS) as usize).copied().unwrap_or(0);
        let class = CLASSES[usize::from(page)][point as usize % PAGE];
        Self(u32::from(class) << POINT_BITS | point)
    }

    const fn is_end(self) -> bool {
        self.0 == Self::END.0
    }

    /// The code point.
    const fn point(self) -> u32 {
        self.0 & ((1 << POINT_BITS) - 1)
    }

    const fn block(self) -> u32 {
        block(self.point())
    }

    /// The number of the character among those of all tables; 0 if no token contains it.
    const fn class(self) -> usize {
        (self.0 >> POINT_BITS) as usize
    }
}

macro_rules! tries {
    ($($name:ident of $table:ident;)*) => {$(
        pub(in crate::record::text) static $name: Trie = {
            const PLACES: usize = $table.offsets.len() - 1;
            static EDGES: [Edge; SLOTS] = make::edges(&$table);
            static CODES: [(u16, u16); PLACES] = make::codes(&$table);
            Trie::new(&EDGES, &CODES)
        };
    )*};
}

tries! {
    CHINESE_TRIE of CHINESE;
    NAMES_TRIE of NAMES;
    LATIN_TRIE of LATIN;
    SCRIPT_TRIE of SCRIPT;
}
