//! Traditional and simplified characters.
//!
//! `variants.txt` has pairs of one traditional character and its simplified form: first those whose simplified form is
//! written so in traditional text and no other way, and after an empty line the others. They were made from the
//! dictionaries `TSCharacters` and `STCharacters` of OpenCC (Apache License 2.0), for the characters of Big5 and GB 2312.

use super::utf8::first;

const SOURCE: &[u8] = include_bytes!("variants.txt");

/// How many pairs stand before a place.
const fn pairs_before(end: usize) -> usize {
    let (mut at, mut bytes) = (0, 0);
    while at < end {
        bytes += (SOURCE[at] != b'\n') as usize;
        at += 1;
    }
    bytes / 6
}

const COUNT: usize = pairs_before(SOURCE.len());

const PREFERRED: usize = {
    let mut at = 0;
    while !(SOURCE[at] == b'\n' && SOURCE[at + 1] == b'\n') {
        at += 1;
    }
    pairs_before(at)
};

/// Pairs by their traditional character, and the preferred ones by their simplified character.
const PARSED: ([[u16; 2]; COUNT], [[u16; 2]; PREFERRED]) = {
    let (mut pairs, mut preferred) = ([[0; 2]; COUNT], [[0; 2]; PREFERRED]);
    let (mut at, mut count) = (0, 0);
    while at < SOURCE.len() {
        if SOURCE[at] == b'\n' {
            at += 1;
            continue;
        }
        let (one, other) = (first(SOURCE, at) as u16, first(SOURCE, at + 3) as u16);
        pairs[count] = [one, other];
        if count < PREFERRED {
            preferred[count] = [other, one];
        }
        (at, count) = (at + 6, count + 1);
    }
    (sorted(pairs), sorted(preferred))
};

const fn sorted<const N: usize>(mut pairs: [[u16; 2]; N]) -> [[u16; 2]; N] {
    let mut gap = N / 2;
    while gap > 0 {
        let mut next = gap;
        while next < N {
            let pair = pairs[next];
            let mut place = next;
            while place >= gap && pairs[place - gap][0] > pair[0] {
                pairs[place] = pairs[place - gap];
                place -= gap;
            }
            pairs[place] = pair;
            next += 1;
        }
        gap /= 2;
    }
    pairs
}

static PAIRS: [[u16; 2]; COUNT] = PARSED.0;
static PREFERENCES: [[u16; 2]; PREFERRED] = PARSED.1;

/// The simplified form of a character; itself if it has none.
#[inline]
pub(super) fn simplified(character: char) -> char {
    if !matches!(character, '\u{4e00}'..='\u{9fff}') {
        return character;
    }
    let place = character as usize - FIRST;
    if TRADITIONAL[place / 64] >> (place % 64) & 1 == 0 { character } else { find(&PAIRS, character) }
}

/// Most characters have no other form: a bit says so without a search.
static TRADITIONAL: [u64; COVERED] = {
    let mut bits = [0; COVERED];
    let mut at = 0;
    while at < COUNT {
        let place = PARSED.0[at][0] as usize - FIRST;
        bits[place / 64] |= 1 << (place % 64);
        at += 1;
    }
    bits
};

const FIRST: usize = 0x4e00;
const COVERED: usize = (0xa000 - FIRST) / 64;

/// The traditional form of a character; itself if it has none, or is written in traditional text too.
pub(super) fn traditional(character: char) -> char {
    find(&PREFERENCES, character)
}

fn find(pairs: &'static [[u16; 2]], character: char) -> char {
    let Ok(code) = u16::try_from(u32::from(character)) else { return character };
    match pairs.binary_search_by_key(&code, |pair| pair[0]) {
        Ok(place) => char::from_u32(pairs[place][1].into()).unwrap_or(character),
        Err(_) => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_one_form() {
        for (one, other) in [('區', '区'), ('臺', '台'), ('張', '张'), ('後', '后'), ('路', '路'), ('A', 'A')]
        {
            assert_eq!(simplified(one), other);
            // Folding twice changes nothing.
            assert_eq!(simplified(other), other);
        }
        for (one, other) in [('区', '區'), ('弥', '彌'), ('后', '后'), ('台', '台'), ('里', '里')] {
            assert_eq!(traditional(one), other);
        }
    }
}
