//! The text codecs and the token table of each.

use super::table::Table;
use super::tokens::Tokens;
#[cfg(feature = "fast")]
use super::{lookup, trie};
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
            _ => return Err(DecodeError::Unsupported),
        })
    }

    pub(super) fn table(self, name: bool) -> Option<&'static Table> {
        self.tokens(name).map(|tokens| tokens.table)
    }

    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub(super) fn tokens(self, name: bool) -> Option<Tokens> {
        macro_rules! tokens {
            ($table:ident, $trie:ident, $lookup:ident) => {
                Tokens {
                    table: &tables::$table,
                    #[cfg(feature = "fast")]
                    trie: &trie::$trie,
                    #[cfg(feature = "fast")]
                    lookup: &lookup::$lookup,
                }
            };
        }
        Some(match self {
            Self::Plain => return None,
            Self::Chinese if name => tokens!(NAMES, NAMES_TRIE, NAMES_LOOKUP),
            Self::Chinese | Self::ChineseOnly => tokens!(CHINESE, CHINESE_TRIE, CHINESE_LOOKUP),
            Self::Latin => tokens!(LATIN, LATIN_TRIE, LATIN_LOOKUP),
            Self::Script => tokens!(SCRIPT, SCRIPT_TRIE, SCRIPT_LOOKUP),
        })
    }
}
