//! The encodings that are considered, and what a word weighs in each.

use super::characters::{BALTIC, CENTRAL, CODE_PAGE_850, TURKISH, WESTERN};
use super::cjk::Ideographs;
use super::cyrillic;
use super::evidence::IMPOSSIBLE;
use super::latin::Spellings;
use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_5, KOI8_U, MACINTOSH, UTF_8, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1254, WINDOWS_1257, X_MAC_CYRILLIC,
};
use zeroize::Zeroizing;

/// The evidence of a cell that is the known name of a column.
const KNOWN_NAME: f32 = 8.0;

/// An encoding, and the evidence for it so far.
pub(super) struct Candidate {
    reads: Reads,
    /// The sum of the words' evidence, in natural logarithms; in the Latin script their spellings have it.
    sum: f32,
    /// Words that it cannot read.
    pub(super) broken: usize,
}

enum Reads {
    /// UTF-8 in which some bytes are damaged.
    Utf8,
    Ideographs(Ideographs),
    Latin(&'static Encoding, Spellings),
    Cyrillic(&'static Encoding),
    /// Code page 850, which is not supported, but must not be taken for another.
    CodePage850(Spellings),
}

impl Candidate {
    pub(super) fn all() -> Vec<Self> {
        let mut reads = vec![
            Reads::Utf8,
            Reads::Latin(WINDOWS_1252, Spellings::new(&[WESTERN])),
            Reads::Latin(WINDOWS_1250, Spellings::new(&[CENTRAL])),
            Reads::Latin(WINDOWS_1254, Spellings::new(&[WESTERN, TURKISH])),
            Reads::Latin(WINDOWS_1257, Spellings::new(&[BALTIC])),
            Reads::Latin(ISO_8859_2, Spellings::new(&[CENTRAL])),
            Reads::Latin(MACINTOSH, Spellings::new(&[WESTERN])),
            Reads::Cyrillic(WINDOWS_1251),
            Reads::Cyrillic(KOI8_U),
            Reads::Cyrillic(ISO_8859_5),
            Reads::Cyrillic(IBM866),
            Reads::Cyrillic(X_MAC_CYRILLIC),
            Reads::CodePage850(Spellings::new(&[WESTERN])),
        ];
        reads.extend(Ideographs::all().map(Reads::Ideographs));
        reads.into_iter().map(|reads| Self { reads, sum: 0.0, broken: 0 }).collect()
    }

    /// The encoding; `None` if it is none that is read.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        match &self.reads {
            Reads::Utf8 => Some(UTF_8),
            Reads::Ideographs(ideographs) => Some(ideographs.encoding),
            Reads::Latin(encoding, _) | Reads::Cyrillic(encoding) => Some(encoding),
            Reads::CodePage850(_) => None,
        }
    }

    /// The word as this encoding reads it.
    pub(super) fn read(&self, word: &[u8]) -> Option<Zeroizing<String>> {
        match self.encoding() {
            Some(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(word)
                .map(|text| Zeroizing::new(text.into_owned())),
            None => {
                let upper: Vec<char> = CODE_PAGE_850.chars().collect();
                let character = |byte: &u8| {
                    upper.get(usize::from(*byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(*byte))
                };
                Some(Zeroizing::new(word.iter().map(character).collect()))
            }
        }
    }

    /// Adds the evidence of a word. Returns how it is read.
    pub(super) fn add(&mut self, word: &[u8]) -> Option<Zeroizing<String>> {
        let read = self.read(word);
        match (&read, &mut self.reads) {
            (None, Reads::Latin(_, spellings) | Reads::CodePage850(spellings)) => spellings.add_impossible(),
            (Some(text), Reads::Latin(_, spellings) | Reads::CodePage850(spellings)) => spellings.add(text),
            (None, _) => self.sum += IMPOSSIBLE,
            // A sequence of three bytes is valid by chance once in some hundred times.
            (Some(text), Reads::Utf8) => {
                self.sum += 2.0 + 3.0 * text.chars().filter(|c| c.len_utf8() > 2).count().min(2) as f32;
            }
            (Some(text), Reads::Ideographs(ideographs)) => self.sum += ideographs.weigh(word, text),
            (Some(text), Reads::Cyrillic(_)) => self.sum += cyrillic::weigh(text),
        }
        self.broken += usize::from(read.is_none());
        read
    }

    /// Adds the evidence of a cell that is the known name of a column.
    pub(super) fn add_name(&mut self) {
        self.sum += KNOWN_NAME;
    }

    /// The evidence of all words.
    pub(super) fn evidence(&self) -> f32 {
        match &self.reads {
            Reads::Latin(_, spellings) | Reads::CodePage850(spellings) => self.sum + spellings.evidence(),
            Reads::Utf8 | Reads::Ideographs(_) | Reads::Cyrillic(_) => self.sum,
        }
    }

    /// Whether both read the same characters from these bytes of the upper half.
    pub(super) fn agrees(&self, other: &Self, used: &[bool; 128]) -> bool {
        let single = |candidate: &Self| !matches!(candidate.reads, Reads::Utf8 | Reads::Ideographs(_));
        if std::ptr::eq(self, other) {
            return true;
        }
        single(self)
            && single(other)
            && (0x80..=0xff).filter(|byte| used[usize::from(*byte) - 0x80]).all(|byte: u8| {
                self.read(&[byte]).map(|text| text.to_string())
                    == other.read(&[byte]).map(|text| text.to_string())
            })
    }
}
