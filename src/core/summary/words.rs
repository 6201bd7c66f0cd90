//! The vocabulary: `words.tsv`, of which the compiler makes the table that the masker and the check look words up in.
//!
//! A line of the file has words of one language that do the same in an address or a name, and an example, in which `~`
//! stands for each of them.

use super::line::lower;
use super::utf8::first;

const SOURCE: &[u8] = include_bytes!("words.tsv");

/// The roles, each called in the vocabulary as here, in lower case.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident,)*) => {
        /// What a word does.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(super) enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            /// The role whose name stands in the source, up to the next column.
            const fn named(start: usize) -> Self {
                let (_, rest) = SOURCE.split_at(start);
                let (name, _) = rest.split_at(find(b'\t', start) - start);
                $(if name.eq_ignore_ascii_case(stringify!($role).as_bytes()) {
                    return Self::$role;
                })*
                panic!("words.tsv: a role that is none")
            }
        }
    };
}

roles! {
    /// Ends a street's name that is a word of its own: Maple *Street*.
    After,
    /// Ends the name of a division: 余杭*区*.
    Area,
    /// Begins a street's name: *Rue* Cartier.
    Before,
    /// Says that a number is of a building: 3*栋*, *Block* 3.
    Building,
    /// A part of an institution: 粤海*校区*.
    Campus,
    /// Counts: *twelve* Maple Street, *Fifth* Avenue.
    Count,
    /// Where roads meet: 文汇路*路口*.
    Cross,
    /// Says that a number is of an entrance: 2*单元*.
    Entrance,
    /// Ends a street's name within its word: Linden*weg*.
    End,
    /// Says that a number is of a floor: 3*层*.
    Floor,
    /// Is not printed within a name: Maple Street *rear*.
    Guard,
    /// Says that an address follows: *地址*.
    Heading,
    /// Ends the name of a street, or of a house before its street: Rosewood *Lodge*, Mill Lane.
    House,
    /// An institution, after which nothing is printed: 桥头*小学*.
    Inst,
    /// Begins a street's name without a blank: *ถนน*บัวเผื่อน.
    Joined,
    /// Says that a name follows: *收货人*.
    Label,
    /// Chinese in Latin letters: Jinxiu *Huayuan*.
    Latin,
    /// Is not printed within a name, but right before a street's word: *Upper* Street, Opera *House* Road.
    Lead,
    /// Says that a number is of no place: 500 *g*.
    Measure,
    /// Says that a number is of a house: 3*号*.
    Number,
    /// May stand in lower case within a name: Rua *das* Acácias.
    Particle,
    /// Ends the name of a place: 云深*大厦*, Rosewood *Estate*.
    Place,
    /// A division by its whole name, where no table has it: *氹仔*.
    Region,
    /// Ends the name of a road: 文汇*路*.
    Road,
    /// Says that a number is of a room: 302*室*.
    Room,
    /// Ends the name of a shop: 云深*超市*.
    Shop,
    /// Is not printed within a name: 石磨村*隔壁*.
    Stop,
    /// Of an institution that tells of health or custody: *肿瘤*医院.
    Tell,
    /// Stands at a person's name: *Mr*, *先生*.
    Title,
    /// What is numbered within a place: 3*栋*.
    Unit,
    /// Ends the name of a village: 石磨*村*.
    Village,
}

/// What a word may do: a set of roles.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);

    /// Of all words that a text begins with.
    pub(super) fn begun(text: &[char]) -> Self {
        heads(text).fold(Self::NONE, |roles, (role, _)| Self(roles.0 | 1 << role as u8))
    }

    pub(super) const fn has(self, role: Role) -> bool {
        self.0 >> role as u8 & 1 == 1
    }

    /// Those that two sets share.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those of either set.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// A set of these.
    #[inline]
    pub(super) const fn of(roles: &[Role]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < roles.len() {
            set |= 1 << roles[at] as u8;
            at += 1;
        }
        Self(set)
    }

    #[inline]
    pub(super) const fn any(self, roles: &[Role]) -> bool {
        self.0 & Self::of(roles).0 != 0
    }
}

#[derive(Clone, Copy)]
struct Word {
    start: u16,
    len: u8,
    role: Role,
}

impl Word {
    #[inline]
    fn text(&self) -> &'static [u16] {
        let start = usize::from(self.start);
        &TEXT[start..start + usize::from(self.len)]
    }
}

/// How many words there are, and how many characters they have.
const SIZES: (usize, usize) = {
    let (mut count, mut length) = (0, 0);
    // The first line has the columns' names.
    let mut at = find(b'\n', 0) + 1;
    while at < SOURCE.len() {
        at = words_of_line(at);
        while SOURCE[at - 1] != b'\n' {
            // The first byte of a character.
            length += (!ends_word(at) && SOURCE[at] & 0xc0 != 0x80) as usize;
            count += ends_word(at) as usize;
            at += 1;
        }
    }
    (count, length)
};
const COUNT: usize = SIZES.0;

/// All words, one after the other; none has a character beyond the basic plane.
static TEXT: [u16; SIZES.1] = PARSED.0;
/// By the hash of their first character.
static WORDS: [Word; COUNT] = PARSED.1;

const PARSED: ([u16; SIZES.1], [Word; COUNT]) = {
    let mut text = [0; SIZES.1];
    let mut words = [Word { start: 0, len: 0, role: Role::After }; COUNT];
    let (mut at, mut filled, mut count) = (find(b'\n', 0) + 1, 0, 0);
    while at < SOURCE.len() {
        let role = Role::named(find(b'\t', at) + 1);
        at = words_of_line(at);
        let mut start = filled;
        while SOURCE[at - 1] != b'\n' {
            if ends_word(at) {
                words[count] = Word { start: start as u16, len: (filled - start) as u8, role };
                (count, start) = (count + 1, filled);
            } else if SOURCE[at] & 0xc0 != 0x80 {
                let point = first(SOURCE, at) as u32;
                assert!(point <= u16::MAX as u32, "words.tsv: a character beyond the basic plane");
                text[filled] = point as u16;
                filled += 1;
            }
            at += 1;
        }
    }
    // Shell's sort, with his own gaps halved.
    let mut gap = COUNT / 2;
    while gap > 0 {
        let mut next = gap;
        while next < COUNT {
            let word = words[next];
            let mut place = next;
            while place >= gap && hash_of(words[place - gap], &text) > hash_of(word, &text) {
                words[place] = words[place - gap];
                place -= gap;
            }
            words[place] = word;
            next += 1;
        }
        gap /= 2;
    }
    (text, words)
};

/// Where the words of a line begin, after language, role and example.
const fn words_of_line(start: usize) -> usize {
    find(b'\t', find(b'\t', find(b'\t', start) + 1) + 1) + 1
}

const fn ends_word(at: usize) -> bool {
    matches!(SOURCE[at], b' ' | b'\n')
}

/// Where the next byte of a kind stands.
const fn find(byte: u8, mut at: usize) -> usize {
    while SOURCE[at] != byte {
        at += 1;
    }
    at
}

/// Where the words of each hash begin.
static STARTS: [u16; HASHES + 1] = {
    let mut starts = [0; HASHES + 1];
    let (mut at, mut bucket) = (0, 0);
    while bucket <= HASHES {
        while at < COUNT && hash_of(PARSED.1[at], &PARSED.0) < bucket {
            at += 1;
        }
        starts[bucket] = at as u16;
        bucket += 1;
    }
    starts
};

const HASHES: usize = 4096;

const fn hash(character: u32) -> usize {
    (character.wrapping_mul(0x9e37_79b1) >> 20) as usize
}

const fn hash_of(word: Word, text: &[u16; SIZES.1]) -> usize {
    hash(text[word.start as usize] as u32)
}

fn beginning_with(first: char) -> &'static [Word] {
    let hash = hash(first.into());
    &WORDS[usize::from(STARTS[hash])..usize::from(STARTS[hash + 1])]
}

/// As `starts_with`, without the call that pays for long texts alone.
#[inline]
fn begins(text: &[char], word: &[u16]) -> bool {
    text.len() >= word.len() && word.iter().zip(text).all(|(known, own)| u32::from(*known) == u32::from(*own))
}

/// The words that a text begins with, and how many characters each has.
pub(super) fn heads(text: &[char]) -> impl Iterator<Item = (Role, usize)> {
    let words = text.first().map_or(&[][..], |first| beginning_with(*first));
    words.iter().filter(|word| begins(text, word.text())).map(|word| (word.role, usize::from(word.len)))
}

/// How many characters the longest of the words with one of these roles has that a text begins with, and its role: of
/// two roles of one word the earlier in the order of [`Role`].
#[inline]
pub(super) fn longest(text: &[char], roles: &[Role]) -> Option<(usize, Role)> {
    longest_of(text, Roles::of(roles))
}

fn longest_of(text: &[char], roles: Roles) -> Option<(usize, Role)> {
    let mut found = None;
    for word in beginning_with(*text.first()?) {
        let len = usize::from(word.len);
        if roles.has(word.role)
            && found.is_none_or(|(longest, role)| {
                longest < len || longest == len && (word.role as u8) < role as u8
            })
            && begins(text, word.text())
        {
            found = Some((len, word.role));
        }
    }
    found
}

/// The hash of a word, character by character.
const fn mix(hash: u32, character: u32) -> u32 {
    (hash.rotate_left(5) ^ character).wrapping_mul(0x9e37_79b1)
}

/// The words by the hash of all their characters: where those of each hash begin, and their places in [`WORDS`].
const WHOLE: ([u16; HASHES + 1], [u16; COUNT]) = {
    let (text, words) = PARSED;
    let (mut hashes, mut starts) = ([0usize; COUNT], [0u16; HASHES + 1]);
    let mut at = 0;
    while at < COUNT {
        let (mut hash, mut place) = (0, 0);
        while place < words[at].len {
            hash = mix(hash, text[words[at].start as usize + place as usize] as u32);
            place += 1;
        }
        hashes[at] = (hash >> 20) as usize;
        starts[hashes[at] + 1] += 1;
        at += 1;
    }
    let mut bucket = 0;
    while bucket < HASHES {
        starts[bucket + 1] += starts[bucket];
        bucket += 1;
    }
    let (mut next, mut order) = (starts, [0u16; COUNT]);
    at = 0;
    while at < COUNT {
        order[next[hashes[at]] as usize] = at as u16;
        next[hashes[at]] += 1;
        at += 1;
    }
    (starts, order)
};
static WHOLE_STARTS: [u16; HASHES + 1] = WHOLE.0;
static WHOLE_WORDS: [u16; COUNT] = WHOLE.1;

/// The roles of a word, whatever its case.
pub(super) fn roles(word: &[char]) -> Roles {
    let hash = (word.iter().fold(0, |hash, c| mix(hash, lower(*c).into())) >> 20) as usize;
    let alike = &WHOLE_WORDS[usize::from(WHOLE_STARTS[hash])..usize::from(WHOLE_STARTS[hash + 1])];
    let same = |known: &&Word| {
        known.text().len() == word.len()
            && known.text().iter().zip(word).all(|(own, c)| u32::from(*own) == u32::from(lower(*c)))
    };
    alike
        .iter()
        .map(|at| &WORDS[usize::from(*at)])
        .filter(same)
        .fold(Roles::default(), |roles, known| Roles(roles.0 | 1 << known.role as u8))
}

/// Whether a word ends as streets' names do: Lindenweg.
pub(super) fn ends_as_street(word: &[char]) -> bool {
    (2..word.len()).any(|from| roles(&word[from..]).has(Role::End))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::vec::Vec;

    #[test]
    fn every_word_of_the_vocabulary_is_found_with_its_role_and_stands_in_its_example() {
        let source = core::str::from_utf8(SOURCE).unwrap();
        let (mut seen, mut start) = (HashSet::new(), 0);
        for line in source.split_inclusive('\n') {
            let at = start;
            start += line.len();
            if at == 0 {
                continue;
            }
            let columns: Vec<&str> = line.trim_end().split('\t').collect();
            let [language, _, example, words] = columns[..] else { panic!("four columns: {line}") };
            let role = Role::named(at + language.len() + 1);
            assert!(example.contains('~'), "{line}");
            for word in words.split(' ') {
                let characters: Vec<char> = word.chars().collect();
                assert!(
                    heads(&characters).any(|(known, len)| known == role && len == characters.len()),
                    "{word}: {line}"
                );
                // Words in capitals are compared as they stand: CBD.
                assert!(word.chars().any(char::is_uppercase) || roles(&characters).has(role), "{word}");
                assert!(seen.insert((word, role as u8)), "twice: {word}");
            }
        }
        assert_eq!(seen.len(), COUNT);
    }

    #[test]
    fn a_text_of_other_words_begins_with_none() {
        for text in ["", "鑫", "xyzzy", "ß"] {
            assert_eq!(heads(&text.chars().collect::<Vec<_>>()).count(), 0, "{text}");
        }
    }
}
