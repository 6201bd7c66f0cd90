//! Collects the words of a text, and decides which encoding it has.

use super::candidate::Candidate;
use crate::batch::columns::names::known as is_known;
use encoding_rs::{Encoding, UTF_8};
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use zeroize::Zeroizing;

/// The evidence that is enough: chance reaches it once in a million texts.
const ENOUGH: f32 = 14.0;
/// By how much every other reading must be less likely.
const APART: f32 = 9.0;
/// Different words that are weighed; a text has one encoding, so more say nothing new.
const WORDS: usize = 512;
/// The first of them are weighed all, and then one of so many.
const FIRST: usize = 256;
const EVERY: u64 = 64;
/// The first words, in which names of columns are looked for.
const NAMES: usize = 64;
/// The longest word that is weighed, in bytes.
const WORD_MAX: usize = 512;

/// What a text's encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::batch::input) enum Verdict {
    /// This one.
    Is(&'static Encoding),
    /// More than one reading is possible, or none that is known.
    Open,
    /// Some of it is UTF-8, and some is not.
    Mixed,
}

/// Weighs the words of a text that is fed block by block.
pub(in crate::batch::input) struct Judge {
    candidates: Vec<Candidate>,
    /// Hashes of the words weighed, so that no word is kept.
    weighed: HashSet<u64>,
    hasher: RandomState,
    /// The word at the end of the last block.
    word: Zeroizing<Vec<u8>>,
    /// Whether the word is too long to be one.
    long: bool,
    used: [bool; 128],
    /// Words beyond ASCII, repeated ones included.
    words: u64,
    /// Those of them that were checked for UTF-8, and those that certainly are.
    checked: u64,
    utf8: u64,
}

impl Judge {
    pub(in crate::batch::input) fn new() -> Self {
        Self {
            candidates: Candidate::all(),
            weighed: HashSet::new(),
            hasher: RandomState::new(),
            word: Zeroizing::new(Vec::with_capacity(WORD_MAX)),
            long: false,
            used: [false; 128],
            words: 0,
            checked: 0,
            utf8: 0,
        }
    }

    /// Takes the next block of the text.
    pub(in crate::batch::input) fn feed(&mut self, block: &[u8]) {
        let cut = |bytes: &[u8]| bytes.iter().position(|byte| is_cut(*byte));
        let mut from = 0;
        if !self.word.is_empty() || self.long {
            // The word that the last block ended with.
            let end = cut(block);
            self.extend(&block[..end.unwrap_or(block.len())]);
            let Some(end) = end else { return };
            self.end();
            from = end + 1;
        }
        let last = block.iter().rposition(|byte| is_cut(*byte)).map_or(from, |at| from.max(at + 1));
        let mut rest = &block[from..last];
        while let Some(at) = first_beyond_ascii(rest) {
            let start = rest[..at].iter().rposition(|byte| is_cut(*byte)).map_or(0, |before| before + 1);
            let end = cut(&rest[at..]).map_or(rest.len(), |length| at + length);
            if end - start <= WORD_MAX {
                self.weigh(&rest[start..end]);
            }
            rest = &rest[end..];
        }
        self.extend(&block[last..]);
    }

    /// Ends the text.
    pub(in crate::batch::input) fn verdict(mut self) -> Verdict {
        self.end();
        self.decide()
    }

    fn extend(&mut self, bytes: &[u8]) {
        if self.word.len() + bytes.len() > WORD_MAX {
            self.long = true;
        } else {
            self.word.extend_from_slice(bytes);
        }
    }

    fn end(&mut self) {
        if !self.long && !self.word.is_ascii() {
            let word = std::mem::take(&mut self.word);
            self.weigh(&word);
            self.word = word;
        }
        self.word.clear();
        self.long = false;
    }

    fn weigh(&mut self, word: &[u8]) {
        self.words += 1;
        if self.words <= FIRST as u64 || self.words.is_multiple_of(EVERY / 16) {
            self.checked += 1;
            self.utf8 +=
                u64::from(std::str::from_utf8(word).is_ok_and(|text| text.chars().any(|c| c.len_utf8() > 2)));
        }
        // Of all words: a file that is sorted by country has the letters of one language first.
        for &byte in word.iter().filter(|byte| !byte.is_ascii()) {
            self.used[usize::from(byte) - 0x80] = true;
        }
        let wanted = match self.weighed.len() {
            0..FIRST => true,
            FIRST..WORDS => self.words.is_multiple_of(EVERY),
            _ => false,
        };
        if !wanted || !self.weighed.insert(self.hasher.hash_one(word)) {
            return;
        }
        let early = self.weighed.len() <= NAMES;
        for candidate in &mut self.candidates {
            let read = candidate.add(word);
            if early && read.is_some_and(|text| is_known(&text)) {
                candidate.add_name();
            }
        }
    }

    fn decide<'a>(&'a self) -> Verdict {
        // Of readings that agree, the first is named.
        let more = |best: &'a Candidate, other: &'a Candidate| {
            if other.evidence() > best.evidence() { other } else { best }
        };
        let Some(best) = self.candidates.iter().reduce(more) else { return Verdict::Open };
        // One word, or one in ten, may be damaged; more are another encoding.
        let few = best.broken <= 1.max(self.weighed.len() / 10);
        let is_utf8 = best.encoding() == Some(UTF_8);
        if (is_utf8 && !few) || (!is_utf8 && self.utf8 >= 3 && self.utf8 * 50 > self.checked) {
            return Verdict::Mixed;
        }
        let alone = self
            .candidates
            .iter()
            .all(|other| best.evidence() - other.evidence() >= APART || best.agrees(other, &self.used));
        match best.encoding() {
            Some(encoding) if few && alone && best.evidence() >= ENOUGH => Verdict::Is(encoding),
            _ => Verdict::Open,
        }
    }
}

/// Where the first byte beyond ASCII is; blocks of ASCII are skipped at once.
fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let skipped = BLOCK * bytes.chunks(BLOCK).take_while(|block| block.is_ascii()).count();
    let rest = bytes.get(skipped..)?;
    rest.iter().position(|byte| !byte.is_ascii()).map(|at| skipped + at)
}

/// Whether a byte separates words: ASCII that is no part of a character in any encoding considered, and no letter or
/// digit.
const fn is_cut(byte: u8) -> bool {
    matches!(byte, 0..b'0' | b':'..=b'?')
}
