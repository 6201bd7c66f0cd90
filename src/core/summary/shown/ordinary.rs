//! Words of goods and remarks, within which what looks like a name or a part of an address is none.

/// Words by trade.
const WORDS: &str = include_str!("../ordinary.txt");

/// Whether a word of goods or remarks that is longer stands in the text over these places, the last included.
pub(super) fn explains(text: &[char], from: usize, to: usize) -> bool {
    covers(text, from, to, to + 2 - from)
}

/// Whether a word of goods or remarks stands in the text over these places, the last included.
pub(super) fn has(text: &[char], from: usize, to: usize) -> bool {
    covers(text, from, to, to + 1 - from)
}

/// Whether a word is one of goods and remarks: the desk's RETURN beside `Returns of the shop`.
pub(super) fn is(word: &[char]) -> bool {
    has(word, 0, word.len().saturating_sub(1))
}

fn covers(text: &[char], from: usize, to: usize, least: usize) -> bool {
    WORDS.split_ascii_whitespace().any(|word| {
        let count = word.chars().count();
        count >= least
            && ((to + 1).saturating_sub(count)..=from)
                .any(|at| text.len() >= at + count && word.chars().eq(text[at..at + count].iter().copied()))
    })
}
