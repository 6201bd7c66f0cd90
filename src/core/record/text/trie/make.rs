//! Computes the tries and character classes from the token tables at compile time.
//!
//! The trainer could generate them as source, but that would be 239,117 bytes of digits and commas, more than all
//! other source of the crate except the divisions. Computed structures cannot
//! disagree with them.

use super::edge::{EMPTY, Edge, NONE, POINT_BITS, ROOT, SLOTS, alone};
#[cfg(feature = "japanese")]
use crate::record::tables::JAPANESE;
#[cfg(feature = "korean")]
use crate::record::tables::KOREAN;
use crate::record::tables::{CHINESE, LATIN, NAMES, SCRIPT};
use crate::record::text::Table;

/// All tables; their places are their numbers.
pub(in crate::record::text) const TABLES: &[&Table] = &[
    &NAMES,
    &CHINESE,
    &LATIN,
    &SCRIPT,
    #[cfg(feature = "japanese")]
    &JAPANESE,
    #[cfg(feature = "korean")]
    &KOREAN,
];

/// Characters per page of classes.
pub(super) const PAGE: usize = 1 << PAGE_BITS;
pub(super) const PAGE_BITS: u32 = 7;

/// The class page of each block of the Basic Multilingual Plane, which contains all tokens. Page 0 has no classes.
pub(super) static PAGES: [u8; 0x1_0000 / PAGE] = PAGES_USED.0;
const PAGES_USED: ([u8; 0x1_0000 / PAGE], usize) = {
    let mut pages = [0; 0x1_0000 / PAGE];
    let mut used = 1;
    let mut table = 0;
    while table < TABLES.len() {
        let text = TABLES[table].text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let (point, bytes) = decode(text, at);
            at += bytes;
            let page = &mut pages[point as usize / PAGE];
            if *page == 0 {
                assert!(used < 0x100);
                *page = used as u8;
                used += 1;
            }
        }
        table += 1;
    }
    (pages, used)
};

/// The class of each character on the pages.
pub(super) static CLASSES: [[u16; PAGE]; PAGES_USED.1] = classes();

const fn classes() -> [[u16; PAGE]; PAGES_USED.1] {
    let mut classes = [[0; PAGE]; PAGES_USED.1];
    let mut used = 0;
    let mut table = 0;
    while table < TABLES.len() {
        let text = TABLES[table].text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let (point, bytes) = decode(text, at);
            at += bytes;
            let class = &mut classes[PAGES_USED.0[point as usize / PAGE] as usize][point as usize % PAGE];
            if *class == 0 {
                used += 1;
                *class = used;
            }
        }
        table += 1;
    }
    assert!((used as usize) < CLASS_COUNT);
    classes
}

/// An upper bound of the number of classes: a power of two that fits the bits above a code point.
pub(super) const CLASS_COUNT: usize = 1 << (u32::BITS - POINT_BITS);

/// A lower bound for the cost of a character of each class, in quarters of a bit, by the number of the table: as an escaped
/// character, or as its share of the cheapest token that contains it. They are as many as a register holds.
pub(super) static FLOORS: [[u16; 8]; CLASS_COUNT] = {
    let mut floors = [[0; 8]; CLASS_COUNT];
    let mut number = 0;
    while number < TABLES.len() {
        let table = TABLES[number];
        let (text, codes) = (table.text.as_bytes(), codes::<NODES>(table));
        let alone = quarters(alone(table, &codes).2);
        // At most 21 bits, so that the sum over 768 bytes of text fits sixteen bits.
        let alone = if alone < quarters(21) { alone } else { quarters(21) };
        let mut class = 0;
        while class < CLASS_COUNT {
            floors[class][number] = alone;
            class += 1;
        }
        let mut place = 0;
        while place + 1 < table.offsets.len() {
            let (from, end) = (table.offsets[place] as usize, table.offsets[place + 1] as usize);
            let (mut at, mut characters) = (from, 0);
            while at < end {
                at += decode(text, at).1;
                characters += 1;
            }
            at = from;
            while at < end {
                let (point, bytes) = decode(text, at);
                at += bytes;
                let share = quarters(codes[place].1) / characters;
                let class = CLASSES[PAGES[point as usize / PAGE] as usize][point as usize % PAGE] as usize;
                if share < floors[class][number] {
                    floors[class][number] = share;
                }
            }
            place += 1;
        }
        number += 1;
    }
    floors
};

/// The cost of the end command, as in [`FLOORS`].
pub(super) const END_FLOORS: [u16; 8] = {
    let mut floors = [0; 8];
    let mut number = 0;
    while number < TABLES.len() {
        let table = TABLES[number];
        floors[number] = quarters(codes::<NODES>(table)[table.end as usize].1);
        number += 1;
    }
    floors
};

const fn quarters(bits: u16) -> u16 {
    4 * bits
}

/// Decodes the UTF-8 character at a byte offset; returns it with its length in bytes.
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

/// A node under construction: its last child, its previous sibling, and the token that ends there.
#[derive(Clone, Copy)]
struct Draft {
    child: u16,
    sibling: u16,
    class: u16,
    place: Option<u16>,
}

/// The nodes of all tokens of `table` and their number. The first is the root.
const fn drafts(table: &Table) -> ([Draft; NODES], usize) {
    let text = table.text.as_bytes();
    let mut drafts = [Draft { child: 0, sibling: 0, class: 0, place: None }; NODES];
    // The root's children, by class: too many for a linear search.
    let mut roots = [0; CLASS_COUNT];
    let mut used = 1;
    let mut place = 0;
    while place + 1 < table.offsets.len() {
        let (mut at, end) = (table.offsets[place] as usize, table.offsets[place + 1] as usize);
        let mut node = 0;
        while at < end {
            let (point, bytes) = decode(text, at);
            at += bytes;
            let class = CLASSES[PAGES[point as usize / PAGE] as usize][point as usize % PAGE];
            let mut child = if node == 0 { roots[class as usize] } else { drafts[node].child };
            while child != 0 && drafts[child as usize].class != class {
                child = drafts[child as usize].sibling;
            }
            if child == 0 {
                child = used as u16;
                used += 1;
                drafts[child as usize] = Draft { child: 0, sibling: drafts[node].child, class, place: None };
                drafts[node].child = child;
                if node == 0 {
                    roots[class as usize] = child;
                }
            }
            node = child as usize;
        }
        if node != 0 {
            drafts[node].place = Some(place as u16);
        }
        place += 1;
    }
    (drafts, used)
}

/// The maximum number of nodes of a table.
const NODES: usize = 3072;

/// The trie of `table`.
pub(super) const fn edges(table: &Table) -> [Edge; SLOTS] {
    let (drafts, nodes) = drafts(table);
    let (bases, codes) = (bases(&drafts, nodes), codes::<NODES>(table));
    let mut edges = [EMPTY; SLOTS];
    let mut node = 0;
    while node < nodes {
        let mut child = drafts[node].child as usize;
        while child != 0 {
            let draft = drafts[child];
            let (place, bits) = match draft.place {
                Some(place) => (place, codes[place as usize].1),
                None => (0, NONE),
            };
            edges[bases[node] as usize + draft.class as usize] =
                Edge { from: bases[node], base: bases[child], place, bits };
            child = draft.sibling as usize;
        }
        node += 1;
    }
    edges
}

/// Assigns a distinct base to each node with children, so that no two edges share a slot. The root has base 0.
/// Nodes with several children are placed next, and those with one child fill the gaps.
const fn bases(drafts: &[Draft; NODES], nodes: usize) -> [u16; NODES] {
    let mut bases = [0; NODES];
    let (mut taken, mut used) = ([false; SLOTS], [false; SLOTS]);
    let mut lowest = 1;
    let mut round = 0;
    while round < 3 {
        let mut node = 0;
        while node < nodes {
            let first = drafts[node].child as usize;
            let turn = if node == ROOT as usize {
                0
            } else if first != 0 && drafts[first].sibling != 0 {
                1
            } else {
                2
            };
            if first != 0 && turn == round {
                let class = drafts[first].class as usize;
                let mut base = if round == 0 {
                    0
                } else if lowest > class {
                    lowest - class
                } else {
                    1
                };
                while used[base] || !free(&taken, drafts, first, base) {
                    base += 1;
                }
                used[base] = true;
                bases[node] = base as u16;
                let mut child = first;
                while child != 0 {
                    taken[base + drafts[child].class as usize] = true;
                    child = drafts[child].sibling as usize;
                }
                while taken[lowest] {
                    lowest += 1;
                }
            }
            node += 1;
        }
        round += 1;
    }
    bases
}

/// Whether the slots of `child` and its previous siblings are free at `base`.
const fn free(taken: &[bool; SLOTS], drafts: &[Draft; NODES], mut child: usize, base: usize) -> bool {
    while child != 0 {
        if taken[base + drafts[child].class as usize] {
            return false;
        }
        child = drafts[child].sibling as usize;
    }
    true
}

/// The code at each index, and its length in bits.
pub(super) const fn codes<const PLACES: usize>(table: &Table) -> [(u16, u16); PLACES] {
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
    assert!(place + 1 == table.offsets.len());
    codes
}
