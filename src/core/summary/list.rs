//! Lists of words, and sets of characters, that a text is compared with many times a label and that hardly ever match.

/// Words, none empty.
pub(super) struct List<const N: usize> {
    words: [&'static str; N],
    firsts: Set<N>,
}

/// Characters.
pub(super) struct Set<const N: usize> {
    characters: [char; N],
    /// By the last eight bits of each: what is not in it is none of them.
    index: [u64; 4],
}

impl<const N: usize> Set<N> {
    /// Of these characters.
    pub(super) const fn new(characters: [char; N]) -> Self {
        let mut index = [0; 4];
        let mut at = 0;
        while at < N {
            let (word, bit) = place(characters[at]);
            index[word] |= bit;
            at += 1;
        }
        Self { characters, index }
    }

    /// Whether a character is one of them.
    #[inline]
    pub(super) fn has(&self, character: char) -> bool {
        self.may_have(character) && self.characters.contains(&character)
    }

    #[inline]
    fn may_have(&self, character: char) -> bool {
        let (word, bit) = place(character);
        self.index[word] & bit != 0
    }
}

/// Word and bit of a character in an index.
const fn place(character: char) -> (usize, u64) {
    (character as usize >> 6 & 3, 1 << (character as u32 & 63))
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
        Self { words, firsts: Set::new(firsts) }
    }

    /// The words that begin with a character.
    pub(super) fn from(&self, first: char) -> impl Iterator<Item = &'static str> {
        self.among(Some(first))
    }

    /// Whether a text may begin with one of the words: if not, none of them is its head.
    #[inline]
    pub(super) fn may_head(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|first| self.firsts.may_have(first))
    }

    /// The words that a text begins with, each with what follows it.
    pub(super) fn heads<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, &'t str)> {
        let words = self.among(text.chars().next());
        words.filter_map(|word| text.strip_prefix(word).map(|rest| (word, rest)))
    }

    /// The words that begin with a character, if there is one.
    fn among(&self, first: Option<char>) -> impl Iterator<Item = &'static str> {
        let count = if first.is_some_and(|first| self.firsts.may_have(first)) { N } else { 0 };
        let firsts = self.firsts.characters.iter().zip(&self.words).take(count);
        firsts.filter(move |(own, _)| Some(**own) == first).map(|(_, word)| *word)
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
            assert_eq!(Some(LIST.firsts.characters[at]), word.chars().next());
        }
        assert_eq!(LIST.from('号').collect::<Vec<_>>(), ["号", "号楼"]);
        assert_eq!(LIST.heads("号楼3").collect::<Vec<_>>(), [("号", "楼3"), ("号楼", "3")]);
        assert_eq!(LIST.heads("𠮷野家").collect::<Vec<_>>(), [("𠮷野", "家")]);
        assert_eq!(LIST.heads("").count() + LIST.heads("楼").count() + LIST.from('k').count(), 0);
    }

    #[test]
    fn a_set_has_its_characters_alone() {
        static SET: Set<4> = Set::new(['〇', 'B', '𠮷', '号']);
        let found: Vec<char> = ('\0'..=char::MAX).filter(|character| SET.has(*character)).collect();
        assert_eq!(found, ['B', '〇', '号', '𠮷']);
    }
}
