//! Lists of words that a text is compared with, many times a label: by their first characters, which hardly ever match.

/// Words, none empty.
pub(super) struct List<const N: usize> {
    words: [&'static str; N],
    firsts: [char; N],
}

impl<const N: usize> List<N> {
    /// Of these words.
    ///
    /// # Panics
    /// While compiling, if a word is empty.
    pub(super) const fn new(words: [&'static str; N]) -> Self {
        let mut firsts = ['\0'; N];
        let mut at = 0;
        while at < N {
            firsts[at] = first(words[at]);
            at += 1;
        }
        Self { words, firsts }
    }

    /// The words that begin with a character.
    pub(super) fn from(&self, first: char) -> impl Iterator<Item = &'static str> {
        self.firsts.iter().zip(&self.words).filter(move |(own, _)| **own == first).map(|(_, word)| *word)
    }

    /// The words that a text begins with, each with what follows it.
    pub(super) fn heads<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, &'t str)> {
        let first = text.chars().next();
        let words = first.into_iter().flat_map(|first| self.from(first));
        words.filter_map(|word| text.strip_prefix(word).map(|rest| (word, rest)))
    }
}

/// The first character of a word (UTF-8, RFC 3629).
const fn first(word: &str) -> char {
    let bytes = word.as_bytes();
    let (len, lead) = match bytes[0] {
        0..=0x7f => (1, 0x7f),
        0x80..=0xdf => (2, 0x1f),
        0xe0..=0xef => (3, 0x0f),
        _ => (4, 0x07),
    };
    let mut number = (bytes[0] & lead) as u32;
    let mut at = 1;
    while at < len {
        number = number << 6 | (bytes[at] & 0x3f) as u32;
        at += 1;
    }
    match char::from_u32(number) {
        Some(character) => character,
        None => panic!("UTF-8 holds characters alone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn words_are_found_by_their_first_characters_of_any_length() {
        static LIST: List<6> = List::new(["号", "号楼", "кв", "flat", "é", "𠮷野"]);
        for (at, word) in LIST.words.iter().enumerate() {
            assert_eq!(Some(LIST.firsts[at]), word.chars().next());
        }
        assert_eq!(LIST.from('号').collect::<Vec<_>>(), ["号", "号楼"]);
        assert_eq!(LIST.heads("号楼3").collect::<Vec<_>>(), [("号", "楼3"), ("号楼", "3")]);
        assert_eq!(LIST.heads("𠮷野家").collect::<Vec<_>>(), [("𠮷野", "家")]);
        assert_eq!(LIST.heads("").count() + LIST.heads("楼").count() + LIST.from('k').count(), 0);
    }
}
