//! A host's way to the tokens of a table: a trie over characters, made when the crate is compiled.
//!
//! The encoder asks, at every character of a text, for the tokens that begin there. A device hashes each
//! prefix, which takes no table beyond the code's own; a host walks this trie, one look-up a character, and
//! stops where no token goes on. Both give the same tokens in the same order, so that the splits are the same.

use super::Table;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};

/// A step of the trie: from a node by a character to the next node, where a token may end.
#[derive(Clone, Copy)]
struct Edge {
    /// The node, 11 bits, and the character, 21 bits; [`FREE`] for a slot without an edge.
    key: u32,
    /// The node reached, or 0 if nothing goes on from it.
    next: u16,
    /// The token that ends here, or [`NONE`].
    place: u16,
}

const FREE: u32 = u32::MAX;
const NONE: u16 = u16::MAX;
const EMPTY: Edge = Edge { key: FREE, next: 0, place: NONE };

/// The trie of a table: its edges by open addressing, and the codes of its places.
pub(super) struct Trie {
    edges: &'static [Edge],
    /// Each place's code, and its length in bits.
    codes: &'static [(u16, u16)],
}

impl Trie {
    /// The tokens that `text` begins with, the shortest first: bytes, place and bits of the code.
    #[inline]
    pub(super) fn prefixes(&self, text: &str, mut each: impl FnMut(usize, u16, u16)) {
        let mut node = 0;
        let mut end = 0;
        for character in text.chars() {
            let Some(edge) = self.step(node, character) else { return };
            end += character.len_utf8();
            if edge.place != NONE {
                each(end, edge.place, self.codes[usize::from(edge.place)].1);
            }
            if edge.next == 0 {
                return;
            }
            node = edge.next;
        }
    }

    #[inline]
    fn step(&self, node: u16, character: char) -> Option<Edge> {
        let key = key(node, character as u32);
        let mut slot = slot(key, self.edges.len());
        loop {
            let edge = self.edges[slot];
            // At most two slots of three are taken, so that a free one ends the search.
            if edge.key == key {
                return Some(edge);
            }
            if edge.key == FREE {
                return None;
            }
            slot = (slot + 1) & (self.edges.len() - 1);
        }
    }

    /// The code at `place` and its length.
    #[inline]
    pub(super) fn code(&self, place: u16) -> (u32, u32) {
        let (code, length) = self.codes.get(usize::from(place)).copied().unwrap_or_default();
        (code.into(), length.into())
    }
}

const fn key(node: u16, character: u32) -> u32 {
    (node as u32) << 21 | character
}

/// The slot where the search of a key begins; `slots` is a power of two.
const fn slot(key: u32, slots: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - slots.trailing_zeros())) as usize
}

/// The edges of all tokens of `table`.
const fn edges<const SLOTS: usize>(table: &Table) -> [Edge; SLOTS] {
    let text = table.text.as_bytes();
    let mut edges = [EMPTY; SLOTS];
    let (mut nodes, mut taken) = (0, 0);
    let mut place = 0;
    while place + 1 < table.offsets.len() {
        let (mut at, end) = (table.offsets[place] as usize, table.offsets[place + 1] as usize);
        let mut node = 0;
        while at < end {
            let (character, bytes) = decode(text, at);
            at += bytes;
            let key = key(node, character);
            let mut slot = slot(key, SLOTS);
            while edges[slot].key != key && edges[slot].key != FREE {
                slot = (slot + 1) % SLOTS;
            }
            if edges[slot].key == FREE {
                edges[slot].key = key;
                taken += 1;
            }
            if at == end {
                edges[slot].place = place as u16;
            } else if edges[slot].next == 0 {
                nodes += 1;
                edges[slot].next = nodes;
            }
            node = edges[slot].next;
        }
        place += 1;
    }
    assert!(nodes < 1 << 11 && taken * 3 <= SLOTS * 2);
    edges
}

/// The character at a byte, and its length in bytes.
const fn decode(text: &[u8], at: usize) -> (u32, usize) {
    let first = text[at] as u32;
    let (mut point, bytes) = match first {
        0..=0x7f => (first, 1),
        0x80..=0xdf => (first & 0x1f, 2),
        0xe0..=0xef => (first & 0x0f, 3),
        _ => (first & 0x07, 4),
    };
    let mut i = 1;
    while i < bytes {
        point = point << 6 | (text[at + i] as u32 & 0x3f);
        i += 1;
    }
    (point, bytes)
}

const fn codes<const PLACES: usize>(table: &Table) -> [(u16, u16); PLACES] {
    let mut codes = [(0, 0); PLACES];
    let (mut code, mut place, mut length) = (0u32, 0, 1);
    while length < table.counts.len() {
        code <<= 1;
        let mut left = table.counts[length];
        while left > 0 {
            codes[place] = (code as u16, length as u16);
            (code, place, left) = (code + 1, place + 1, left - 1);
        }
        length += 1;
    }
    assert!(place == PLACES);
    codes
}

macro_rules! tries {
    ($($name:ident of $table:ident, $slots:literal slots;)*) => {$(
        pub(super) static $name: Trie = {
            const PLACES: usize = $table.offsets.len() - 1;
            static EDGES: [Edge; $slots] = edges(&$table);
            static CODES: [(u16, u16); PLACES] = codes(&$table);
            Trie { edges: &EDGES, codes: &CODES }
        };
    )*};
}

tries! {
    CHINESE_TRIE of CHINESE, 4096 slots;
    NAMES_TRIE of NAMES, 1024 slots;
    LATIN_TRIE of LATIN, 2048 slots;
    SCRIPT_TRIE of SCRIPT, 1024 slots;
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&Table, &Trie); 4] =
        [(&CHINESE, &CHINESE_TRIE), (&NAMES, &NAMES_TRIE), (&LATIN, &LATIN_TRIE), (&SCRIPT, &SCRIPT_TRIE)];

    fn tokens(find: impl FnOnce(&mut dyn FnMut(usize, u16, u16))) -> Vec<(usize, u16, u16)> {
        let mut found = Vec::new();
        find(&mut |bytes, place, bits| found.push((bytes, place, bits)));
        found
    }

    #[test]
    fn the_trie_finds_what_the_hash_finds() {
        for (table, trie) in ALL {
            let places = 0..table.offsets.len() as u16 - 1;
            let token = |place| String::from_utf8(table.token(place).to_vec()).unwrap();
            for (place, next) in places.clone().zip(places.skip(1).chain([0])) {
                assert_eq!(trie.code(place), table.code(place));
                for text in [
                    token(place),
                    format!("{}号12", token(place)),
                    format!("{}{}", token(place), token(next)),
                ] {
                    let hashed = tokens(|each| table.prefixes(text.as_bytes(), each));
                    assert_eq!(tokens(|each| trie.prefixes(&text, each)), hashed, "{text}");
                    assert!(table.token(place).is_empty() || !hashed.is_empty());
                }
            }
        }
    }
}
