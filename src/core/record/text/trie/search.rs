//! Finds the cheapest split of a text by walking a trie.

use super::edge::{EMPTY, Edge, POINT_BITS, ROOT, SLOTS, alone};
use super::make::{self, CLASSES, END_FLOORS, FLOORS, PAGE, PAGE_BITS, PAGES};
use crate::record::TEXT_MAX;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};
use crate::record::text::point::{Size, block};
use crate::record::text::table::{CHUNK, Table, TokenPiece};

/// The trie of a table, and the codes by token index.
pub(in crate::record::text) struct Trie {
    edges: &'static [Edge; SLOTS],
    /// The code and its length in bits, by token index.
    codes: &'static [(u16, u16)],
    /// The costs of characters without a token, as [`alone`] computes them.
    window: u16,
    escape: u16,
    alone: u16,
}

impl Trie {
    const fn new(table: &Table, edges: &'static [Edge; SLOTS], codes: &'static [(u16, u16)]) -> Self {
        let (window, escape, alone) = alone(table, codes);
        Self { edges, codes, window, escape, alone }
    }

    /// The cost in bits of a code point without a token, after one of the block `before`.
    fn single(&self, point: u32, before: u32, at_hand: u32) -> u16 {
        let own = block(point);
        if own == before || own == at_hand {
            self.window
        } else {
            self.escape + Size::of(point).bits() as u16
        }
    }

    /// The code at index `place`, and its length.
    #[inline]
    pub(in crate::record::text) fn code(&self, place: u16) -> (u32, u32) {
        let (code, length) = self.codes.get(usize::from(place)).copied().unwrap_or_default();
        (code.into(), length.into())
    }

    /// The cheapest split of `text`, at most [`CHUNK`] bytes, piece by piece. `at_hand` is the current block of
    /// code points.
    #[inline]
    pub(in crate::record::text) fn split(&self, text: &str, at_hand: u32, each: impl FnMut(TokenPiece)) {
        // Most texts are short: a smaller stack array costs less to zero.
        if text.len() < 32 {
            self.split_within::<32>(text, at_hand, each);
        } else {
            const { assert!(CHUNK < 128) }
            self.split_within::<128>(text, at_hand, each);
        }
    }

    /// `ROOM` is a power of two above the length of `text`, so that an index is masked instead of checked.
    fn split_within<const ROOM: usize>(&self, text: &str, at_hand: u32, mut each: impl FnMut(TokenPiece)) {
        // A sentinel without a class follows the last character and ends every walk.
        let mut characters = [Character(0); ROOM];
        let mut count = 0;
        for character in text.chars() {
            characters[count % ROOM] = Character::of(character);
            count += 1;
        }
        // From each character to the end: the least cost, and the first piece.
        let mut costs = [0u16; ROOM];
        let mut choices = [TokenChoice::CHARACTER; ROOM];
        let mut following = 0;
        let mut at = count;
        while at > 0 {
            at -= 1;
            let character = characters[at % ROOM];
            let mut edge = self.edges[character.class() % SLOTS];
            let (mut least, mut choice);
            if edge.from == ROOT && edge.bits < self.alone {
                // Fast path: nearly every character is a token cheaper than its escape.
                (least, choice) = (edge.bits + following, TokenChoice::new(edge.place, 1));
            } else {
                let before = if at == 0 { at_hand } else { block(characters[(at - 1) % ROOM].point()) };
                (least, choice) =
                    (following + self.single(character.point(), before, at_hand), TokenChoice::CHARACTER);
                if edge.from != ROOT {
                    edge = EMPTY;
                } else if edge.bits + following < least {
                    (least, choice) = (edge.bits + following, TokenChoice::new(edge.place, 1));
                }
            }
            let mut end = at + 1;
            while edge.base != ROOT {
                let node = edge.base;
                edge = self.edges[(usize::from(node) + characters[end % ROOM].class()) % SLOTS];
                if edge.from != node {
                    break;
                }
                end += 1;
                let total = edge.bits + costs[end % ROOM];
                if total < least {
                    (least, choice) = (total, TokenChoice::new(edge.place, end - at));
                }
            }
            following = least;
            costs[at % ROOM] = least;
            choices[at % ROOM] = choice;
        }
        while at < count {
            let choice = choices[at % ROOM];
            let taken = choice.characters();
            each(if taken == 0 {
                TokenPiece::Character(characters[at % ROOM].point())
            } else {
                TokenPiece::Token(choice.place())
            });
            at += taken.max(1);
        }
    }
}

/// A lower bound in bits for `text` and its end command, in the tables of names, Chinese, Latin and others.
pub(in crate::record::text) fn floors(text: &str) -> [usize; 4] {
    // The part of a text beyond the chunk counts as zero, which keeps this a lower bound.
    let characters = text.chars().take(TEXT_MAX);
    let sum = characters.map(|character| FLOORS[Character::of(character).class()]).sum::<u64>() + END_FLOORS;
    [0, 16, 32, 48].map(|at| (sum >> at & 0xffff) as usize / 4)
}

/// The first piece of a split: a token index and a number of characters, or zero for a character without a token.
#[derive(Clone, Copy)]
struct TokenChoice(u32);

impl TokenChoice {
    const CHARACTER: Self = Self(0);

    const fn new(place: u16, characters: usize) -> Self {
        Self((place as u32) << 8 | characters as u32)
    }

    const fn place(self) -> u16 {
        (self.0 >> 8) as u16
    }

    const fn characters(self) -> usize {
        (self.0 & 0xff) as usize
    }
}

/// A code point in the low bits, and its class above it.
#[derive(Clone, Copy)]
struct Character(u32);

impl Character {
    fn of(character: char) -> Self {
        let point = character as u32;
        let page = PAGES.get((point >> PAGE_BITS) as usize).copied().unwrap_or(0);
        let class = CLASSES[usize::from(page)][point as usize % PAGE];
        Self(u32::from(class) << POINT_BITS | point)
    }

    /// The code point.
    const fn point(self) -> u32 {
        self.0 & ((1 << POINT_BITS) - 1)
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
            Trie::new(&$table, &EDGES, &CODES)
        };
    )*};
}

tries! {
    CHINESE_TRIE of CHINESE;
    NAMES_TRIE of NAMES;
    LATIN_TRIE of LATIN;
    SCRIPT_TRIE of SCRIPT;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::text::hash;
    use crate::tests::of_the_repository;

    const ALL: [(&Table, &Trie); 4] =
        [(&CHINESE, &CHINESE_TRIE), (&NAMES, &NAMES_TRIE), (&LATIN, &LATIN_TRIE), (&SCRIPT, &SCRIPT_TRIE)];

    /// Both searches give the same split for any current block.
    fn agree(text: &str) {
        for (table, trie) in ALL {
            for at_hand in [table.block, 0, 0x9c] {
                let (mut walked, mut hashed) = (Vec::new(), Vec::new());
                trie.split(text, at_hand, |piece| walked.push(piece));
                hash::split(table, text, at_hand, |piece| hashed.push(piece));
                assert_eq!(walked, hashed, "{text}");
                assert!(!walked.is_empty());
            }
        }
    }

    #[test]
    fn the_trie_splits_as_the_hash_does() {
        for (table, trie) in ALL {
            let places = 0..table.offsets.len() as u16 - 1;
            let token = |place| String::from_utf8(table.token(place).to_vec()).unwrap();
            for (place, next) in places.clone().zip(places.skip(1).chain([0])) {
                assert_eq!(trie.code(place), table.code(place));
                // Commands have no text.
                for text in [format!("{}号12", token(place)), format!("{}{}龘", token(place), token(next))]
                {
                    agree(&text);
                }
            }
        }
    }

    #[test]
    fn every_record_of_the_sample_is_split_alike() {
        let Some(orders) = of_the_repository("samples/orders.csv") else { return };
        let lines = orders.lines().skip(1);
        let cells = lines.flat_map(|line| line.split(',')).filter(|cell| !cell.is_empty());
        let mut count = 0;
        for cell in cells {
            agree(&cell[..cell.floor_char_boundary(CHUNK)]);
            count += 1;
        }
        assert!(count > 1000);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split_alike(text in "([0-9a-zA-Zа-яا-ي一-龥 ,.号路街道区-]|\\PC){1,40}") {
            agree(&text[..text.floor_char_boundary(CHUNK)]);
        }
    }
}
