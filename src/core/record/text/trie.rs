//! A host's search for the cheapest split: a trie over the characters of a table's tokens, made when the crate
//! is compiled.
//!
//! The search asks, at every character of a text, for the tokens that begin there. A device hashes each prefix,
//! which takes no table beyond the code's own. A host numbers the characters that occur in any token, and walks
//! a trie by those numbers: a double array, whose step is one load, so that a text is read once and no string is
//! compared. Both find the same splits.

mod make;

use super::{CHUNK, Piece, Size, Table, block};
use crate::record::TEXT_MAX;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};
use make::{CLASSES, END_FLOORS, FLOORS, PAGE, PAGE_BITS, PAGES};

/// A step of the trie, at the slot that is the sum of its node's base and its character's class.
#[derive(Clone, Copy)]
struct Edge {
    /// The base of the node it leaves, which no other node has; or [`FREE`].
    from: u16,
    /// The base of the node reached, or 0 if nothing goes on from it.
    base: u16,
    /// The token that ends here.
    place: u16,
    /// Bits of its code, or [`NONE`].
    bits: u16,
}

/// The node where every token begins, whose base is 0: there a character's class is its slot.
const ROOT: u16 = 0;
const FREE: u16 = u16::MAX;
/// More than any text costs, and still far from overflow.
const NONE: u16 = 1 << 14;
const EMPTY: Edge = Edge { from: FREE, base: 0, place: 0, bits: NONE };

/// Slots of a trie. An index needs a mask and no check: one that would be behind the last slot meets no edge of
/// its node, whose edges are all behind its base.
const SLOTS: usize = 2048;

/// The trie of a table, and the codes of its places.
pub(super) struct Trie {
    edges: &'static [Edge; SLOTS],
    /// Each place's code, and its length in bits.
    codes: &'static [(u16, u16)],
    /// As [`alone`] has them.
    window: u16,
    escape: u16,
    alone: u16,
}

impl Trie {
    const fn new(table: &Table, edges: &'static [Edge; SLOTS], codes: &'static [(u16, u16)]) -> Self {
        let (window, escape, alone) = alone(table, codes);
        Self { edges, codes, window, escape, alone }
    }

    /// Bits of a code point alone, behind one of the block `before`.
    fn single(&self, point: u32, before: u32, at_hand: u32) -> u16 {
        let own = block(point);
        if own == before || own == at_hand {
            self.window
        } else {
            self.escape + Size::of(point).bits() as u16
        }
    }

    /// The code at `place` and its length.
    #[inline]
    pub(super) fn code(&self, place: u16) -> (u32, u32) {
        let (code, length) = self.codes.get(usize::from(place)).copied().unwrap_or_default();
        (code.into(), length.into())
    }

    /// The cheapest split of `text`, at most [`CHUNK`] bytes, piece by piece. `at_hand` is the block before it.
    #[inline]
    pub(super) fn split(&self, text: &str, at_hand: u32, each: impl FnMut(Piece)) {
        // Most texts are short, and what is on the stack is made zero first.
        if text.len() < 32 {
            self.split_within::<32>(text, at_hand, each);
        } else {
            const { assert!(CHUNK < 128) }
            self.split_within::<128>(text, at_hand, each);
        }
    }

    /// `ROOM` is a power of two, so that an index needs a mask and no check, and more than the bytes of `text`.
    fn split_within<const ROOM: usize>(&self, text: &str, at_hand: u32, mut each: impl FnMut(Piece)) {
        // Behind the last character stands one of no class, with which every walk ends.
        let mut characters = [Character(0); ROOM];
        let mut count = 0;
        for character in text.chars() {
            characters[count % ROOM] = Character::of(character);
            count += 1;
        }
        // From each character to the end: the least cost, and the first piece of it.
        let mut costs = [0u16; ROOM];
        let mut choices = [Choice::CHARACTER; ROOM];
        let mut following = 0;
        let mut at = count;
        while at > 0 {
            at -= 1;
            let character = characters[at % ROOM];
            let mut edge = self.edges[character.class() % SLOTS];
            let (mut least, mut choice);
            if edge.from == ROOT && edge.bits < self.alone {
                // Nearly every character is a token that costs less than it would alone.
                (least, choice) = (edge.bits + following, Choice::new(edge.place, 1));
            } else {
                let before = if at == 0 { at_hand } else { block(characters[(at - 1) % ROOM].point()) };
                (least, choice) =
                    (following + self.single(character.point(), before, at_hand), Choice::CHARACTER);
                if edge.from != ROOT {
                    edge = EMPTY;
                } else if edge.bits + following < least {
                    (least, choice) = (edge.bits + following, Choice::new(edge.place, 1));
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
                    (least, choice) = (total, Choice::new(edge.place, end - at));
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
                Piece::Character(characters[at % ROOM].point())
            } else {
                Piece::Token(choice.place())
            });
            at += taken.max(1);
        }
    }
}

/// Bits that `text` and its end take at the least in the tables of names, Chinese, Latin and others.
pub(super) fn floors(text: &str) -> [usize; 4] {
    // What is left out of a longer text costs nothing at the least.
    let characters = text.chars().take(TEXT_MAX);
    let sum = characters.map(|character| FLOORS[Character::of(character).class()]).sum::<u64>() + END_FLOORS;
    [0, 16, 32, 48].map(|at| (sum >> at & 0xffff) as usize / 4)
}

/// The first piece of a split: a token's place and its characters, or zero for a character alone.
#[derive(Clone, Copy)]
struct Choice(u32);

impl Choice {
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

/// Bits of a character alone: of the block at hand, of another without its code point, and at the least.
const fn alone(table: &Table, codes: &[(u16, u16)]) -> (u16, u16, u16) {
    let window = codes[table.window as usize].1 + 7;
    let escape = codes[table.escape as usize].1 + 2;
    let ascii = escape + Size::Ascii.bits() as u16;
    (window, escape, if window < ascii { window } else { ascii })
}

/// A code point, and above it its class.
#[derive(Clone, Copy)]
struct Character(u32);

/// Bits of a code point.
const POINT_BITS: u32 = 21;

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

    /// The character's number among those of all tables, or 0.
    const fn class(self) -> usize {
        (self.0 >> POINT_BITS) as usize
    }
}

macro_rules! tries {
    ($($name:ident of $table:ident;)*) => {$(
        pub(super) static $name: Trie = {
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

    const ALL: [(&Table, &Trie); 4] =
        [(&CHINESE, &CHINESE_TRIE), (&NAMES, &NAMES_TRIE), (&LATIN, &LATIN_TRIE), (&SCRIPT, &SCRIPT_TRIE)];

    /// Both searches' splits of a text are the same, whatever block is at hand.
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
        let lines = include_str!("../../../../samples/orders.csv").lines().skip(1);
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
