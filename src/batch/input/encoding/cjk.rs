//! How likely a word is in an encoding of two bytes a character.

use super::characters;
use super::evidence::IMPOSSIBLE;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use std::sync::OnceLock;

/// Natural logarithms of how much more likely a character is in text than in bytes of another encoding.
const FREQUENT: f32 = 1.9;
const KANA: f32 = 1.2;
const ORDINARY: f32 = -0.5;
const UNCOMMON: f32 = -1.5;
const RARE: f32 = -3.0;

/// An encoding of two bytes a character, with the characters that are frequent in it.
pub(super) struct Ideographs {
    pub(super) encoding: &'static Encoding,
    /// Whether each pair of bytes is such a character.
    frequent: &'static [bool],
}

impl Ideographs {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        // Looked up once: encoding ideographs is slow.
        static FREQUENT: OnceLock<Vec<(&'static Encoding, Vec<bool>)>> = OnceLock::new();
        let frequent = FREQUENT.get_or_init(|| {
            vec![
                pairs(GB18030, &[characters::SIMPLIFIED, characters::TRADITIONAL]),
                pairs(BIG5, &[characters::TRADITIONAL]),
                pairs(SHIFT_JIS, &[characters::JAPANESE]),
                pairs(EUC_JP, &[characters::JAPANESE]),
                pairs(EUC_KR, &[characters::KOREAN]),
            ]
        });
        frequent.iter().map(|(encoding, frequent)| Self { encoding, frequent })
    }

    /// The evidence of a word whose bytes are valid, and which decodes to `text`.
    pub(super) fn weigh(&self, word: &[u8], text: &str) -> f32 {
        // encoding_rs decodes codes that no character is assigned to as private ones.
        if text.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}')) {
            return IMPOSSIBLE;
        }
        let (mut at, mut sum) = (0, 0.0);
        while let Some(&lead) = word.get(at) {
            let trail = word.get(at + 1).copied().unwrap_or_default();
            let pair = u16::from_be_bytes([lead, trail]);
            let (length, weight) = match lead {
                0..0x80 => (1, 0.0),
                0xa1..=0xdf if self.encoding == SHIFT_JIS => (1, UNCOMMON),
                0x8e if self.encoding == EUC_JP => (2, UNCOMMON),
                0x8f if self.encoding == EUC_JP => (3, RARE),
                _ if self.encoding == GB18030 && trail.is_ascii_digit() => (4, RARE),
                _ if self.frequent[usize::from(pair)] => (2, FREQUENT),
                _ => (2, self.weight(lead, trail)),
            };
            sum += weight;
            at += length;
        }
        sum
    }

    /// The evidence of a character that is not frequent, by the block of the standard in which it is.
    fn weight(&self, lead: u8, trail: u8) -> f32 {
        let encoding = self.encoding;
        if encoding == SHIFT_JIS {
            return match lead {
                0x81 => 0.0,
                0x82 if trail >= 0x9f => KANA,
                0x82 => 0.0,
                0x83 if trail <= 0x96 => KANA,
                0x88..=0x97 => ORDINARY,
                0x98..=0x9f | 0xe0..=0xea => UNCOMMON,
                _ => RARE,
            };
        }
        if encoding == BIG5 {
            return match lead {
                0xa1..=0xa3 => 0.0,
                0xa4..=0xc6 => ORDINARY,
                0xc9..=0xf9 => UNCOMMON,
                _ => RARE,
            };
        }
        // The three others are ISO 2022 sets in the upper half, with extensions outside it.
        if trail < 0xa1 || lead < 0xa1 {
            return RARE;
        }
        match lead {
            0xa1..=0xa3 => 0.0,
            0xa4 | 0xa5 if encoding == EUC_JP => KANA,
            0xa4..=0xaf => UNCOMMON,
            0xb0..=0xc8 if encoding == EUC_KR => ORDINARY,
            0xb0..=0xcf if encoding == EUC_JP => ORDINARY,
            0xb0..=0xd7 if encoding == GB18030 => ORDINARY,
            _ if encoding == EUC_KR => RARE,
            _ => UNCOMMON,
        }
    }
}

/// The pairs of bytes that are one of these characters.
fn pairs(encoding: &'static Encoding, characters: &[&str]) -> (&'static Encoding, Vec<bool>) {
    let mut pairs = vec![false; 1 << 16];
    for text in characters {
        let (bytes, _, _) = encoding.encode(text);
        for pair in bytes.chunks_exact(2) {
            pairs[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] = true;
        }
    }
    (encoding, pairs)
}
