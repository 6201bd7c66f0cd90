//! The text codecs and the token table of each.

use super::table::Table;
use super::tokens::{ReadTokens, Tokens};
#[cfg(feature = "fast")]
use super::{lookup, trie};
use crate::record::country::Country;
use crate::record::decode_error::DecodeError;
use crate::record::source::FieldSource;
use crate::record::tables;

/// The codec of a section's texts, three bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::record) enum Codec {
    /// UTF-8 bytes.
    Plain = 0,
    /// Chinese tokens; the name uses the table of names.
    Chinese = 1,
    /// Chinese tokens, for the name too.
    ChineseOnly = 2,
    /// Tokens for Latin script.
    Latin = 3,
    /// Tokens for other scripts.
    Script = 4,
    /// Tokens for Japanese.
    #[cfg(feature = "japanese")]
    Japanese = 5,
    /// Tokens for Korean.
    #[cfg(feature = "korean")]
    Korean = 6,
}

/// The codecs that a label may be in. Those of Japanese and Korean are for labels to their countries alone, so that a reader
/// without their tables opens all others.
#[derive(Clone, Copy)]
pub(in crate::record) struct AllowedCodecs {
    #[cfg(feature = "japanese")]
    japanese: bool,
    #[cfg(feature = "korean")]
    korean: bool,
}

impl AllowedCodecs {
    #[cfg(all(test, feature = "fast"))]
    pub(super) const ALL: Self = Self {
        #[cfg(feature = "japanese")]
        japanese: true,
        #[cfg(feature = "korean")]
        korean: true,
    };

    /// Those of labels to a country.
    pub(in crate::record) fn of(country: Country) -> Self {
        let [_japanese, _korean] = [*b"JP", *b"KR"].map(|known| country.0 == known);
        Self {
            #[cfg(feature = "japanese")]
            japanese: _japanese,
            #[cfg(feature = "korean")]
            korean: _korean,
        }
    }

    pub(super) const fn has(self, codec: Codec) -> bool {
        match codec {
            #[cfg(feature = "japanese")]
            Codec::Japanese => self.japanese,
            #[cfg(feature = "korean")]
            Codec::Korean => self.korean,
            _ => true,
        }
    }
}

/// What a macro makes of the table, the trie and the list of a codec, if it has any.
macro_rules! of_codec {
    ($codec:expr, $name:expr, $make:ident) => {
        Some(match $codec {
            Self::Plain => return None,
            Self::Chinese if $name => $make!(NAMES, NAMES_TRIE, NAMES_LOOKUP),
            Self::Chinese | Self::ChineseOnly => $make!(CHINESE, CHINESE_TRIE, CHINESE_LOOKUP),
            Self::Latin => $make!(LATIN, LATIN_TRIE, LATIN_LOOKUP),
            Self::Script => $make!(SCRIPT, SCRIPT_TRIE, SCRIPT_LOOKUP),
            #[cfg(feature = "japanese")]
            Self::Japanese => $make!(JAPANESE, JAPANESE_TRIE, JAPANESE_LOOKUP),
            #[cfg(feature = "korean")]
            Self::Korean => $make!(KOREAN, KOREAN_TRIE, KOREAN_LOOKUP),
        })
    };
}

impl Codec {
    /// Bits of a codec number.
    pub(in crate::record) const BITS: u32 = 3;

    /// Reads a codec number, the first bits of a section. Of a section in an unknown codec nothing more is read.
    pub(in crate::record) fn take(source: &mut FieldSource<'_, '_>) -> Result<Self, DecodeError> {
        Ok(match source.bits().take(Self::BITS)? {
            0 => Self::Plain,
            1 => Self::Chinese,
            2 => Self::ChineseOnly,
            3 => Self::Latin,
            4 => Self::Script,
            #[cfg(feature = "japanese")]
            5 => Self::Japanese,
            #[cfg(feature = "korean")]
            6 => Self::Korean,
            _ => return Err(DecodeError::Unsupported),
        })
    }

    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn table(self, name: bool) -> Option<&'static Table> {
        macro_rules! table {
            ($table:ident, $trie:ident, $lookup:ident) => {
                &tables::$table
            };
        }
        of_codec!(self, name, table)
    }

    /// What encodes in the codec; `None` if it has no tokens.
    #[cfg(feature = "fast")]
    pub(super) fn tokens(self, name: bool) -> Option<Tokens> {
        macro_rules! tokens {
            ($table:ident, $trie:ident, $lookup:ident) => {
                Tokens { table: &tables::$table, trie: &trie::$trie }
            };
        }
        of_codec!(self, name, tokens)
    }

    /// What decodes the codec; `None` if it has no tokens.
    #[cfg(feature = "fast")]
    pub(super) fn read_tokens(self, name: bool) -> Option<ReadTokens> {
        macro_rules! tokens {
            ($table:ident, $trie:ident, $lookup:ident) => {
                ReadTokens { table: &tables::$table, lookup: &lookup::$lookup }
            };
        }
        of_codec!(self, name, tokens)
    }

    /// What encodes in the codec; `None` if it has no tokens.
    #[cfg(not(feature = "fast"))]
    pub(super) fn tokens(self, name: bool) -> Option<Tokens> {
        self.table(name).map(|table| Tokens { table })
    }

    /// What decodes the codec; `None` if it has no tokens.
    #[cfg(not(feature = "fast"))]
    pub(super) fn read_tokens(self, name: bool) -> Option<ReadTokens> {
        self.table(name).map(|table| ReadTokens { table })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codec_without_its_table_is_unsupported() {
        let known =
            [true, true, true, true, true, cfg!(feature = "japanese"), cfg!(feature = "korean"), false];
        for (number, known) in (0u8..).zip(known) {
            let taken = Codec::take(&mut FieldSource::new(&[number << 5], &mut [0; 4]));
            assert_eq!(
                taken.map(|codec| codec as u8),
                if known { Ok(number) } else { Err(DecodeError::Unsupported) }
            );
        }
    }

    #[test]
    fn codecs_of_a_country_are_for_labels_to_it() {
        for (country, codec) in [(*b"CN", 0), (*b"TW", 0), (*b"JP", 5), (*b"KR", 6)] {
            let allowed = AllowedCodecs::of(Country(country));
            assert!(allowed.has(Codec::Chinese) && allowed.has(Codec::Script));
            #[cfg(feature = "japanese")]
            assert_eq!(allowed.has(Codec::Japanese), codec == Codec::Japanese as u8);
            #[cfg(feature = "korean")]
            assert_eq!(allowed.has(Codec::Korean), codec == Codec::Korean as u8);
            let _ = codec;
        }
    }
}
