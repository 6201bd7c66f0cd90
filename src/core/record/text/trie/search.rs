//! Finds the tokens at a character by walking a trie.

use super::edge::{Edge, NONE, POINT_BITS, ROOT, SLOTS};
use super::make::{self, CLASSES, END_FLOORS, FLOORS, PAGE, PAGE_BITS, PAGES};
#[cfg(feature = "japanese")]
use crate::record::tables::JAPANESE;
#[cfg(feature = "korean")]
use crate::record::tables::KOREAN;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};

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

    /// Calls `each` for every token that begins at `at`, shortest first: its characters, its index, and the length of its
    /// code.
    #[inline]
    pub(in crate::record::text) fn walk<const ROOM: usize>(
        &self,
        characters: &[Character; ROOM],
        at: usize,
        mut each: impl FnMut(u8, u16, u16),
    ) {
        let (mut node, mut length) = (ROOT, 0);
        loop {
            let class = characters[(at + usize::from(length)) % ROOM].class();
            let edge = self.edges[(usize::from(node) + class) % SLOTS];
            if edge.from != node {
                return;
            }
            length += 1;
            if edge.bits != NONE {
                each(length, edge.place, edge.bits);
            }
            node = edge.base;
            if node == ROOT {
                return;
            }
        }
    }
}

/// A code point in the low bits, and its class above it.
#[derive(Clone, Copy)]
pub(in crate::record::text) struct Character(u32);

impl Character {
    /// The end of a text: no code point, and no class.
    pub(in crate::record::text) const END: Self = Self((1 << POINT_BITS) - 1);

    pub(in crate::record::text) fn of(character: char) -> Self {
        let point = character as u32;
        let page = PAGES.get((point >> PAGE_BITS) as usize).copied().unwrap_or(0);
        let class = CLASSES[usize::from(page)][point as usize % PAGE];
        Self(u32::from(class) << POINT_BITS | point)
    }

    pub(in crate::record::text) const fn is_end(self) -> bool {
        self.0 == Self::END.0
    }

    /// The code point.
    pub(in crate::record::text) const fn point(self) -> u32 {
        self.0 & ((1 << POINT_BITS) - 1)
    }

    /// A lower bound for the cost of the character, or of an end, in quarters of a bit, by the number of the table.
    #[inline]
    pub(in crate::record::text) fn floor(self) -> [u16; 8] {
        if self.is_end() { END_FLOORS } else { FLOORS[self.class()] }
    }

    /// The number of the character among those of all tables; 0 if no token contains it.
    const fn class(self) -> usize {
        (self.0 >> POINT_BITS) as usize
    }
}

macro_rules! tries {
    ($($(#[$feature:meta])? $name:ident of $table:ident;)*) => {$(
        $(#[$feature])?
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
    #[cfg(feature = "japanese")]
    JAPANESE_TRIE of JAPANESE;
    #[cfg(feature = "korean")]
    KOREAN_TRIE of KOREAN;
}
