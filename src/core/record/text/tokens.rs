//! A token table together with the method of the target: to search it for an encoder, or to decode by it.

use super::table::Table;
#[cfg(feature = "fast")]
use super::{lookup, trie};
use crate::record::sink::Sink;
use crate::record::source::FieldSource;

/// A token table to encode by, and on a host the trie made of it.
#[derive(Clone, Copy)]
pub(super) struct Tokens {
    pub(super) table: &'static Table,
    #[cfg(feature = "fast")]
    pub(super) trie: &'static trie::Trie,
}

impl Tokens {
    /// The code at index `place`, and its length.
    pub(super) fn code(self, place: u16) -> (u32, u32) {
        #[cfg(feature = "fast")]
        return self.trie.code(place);
        #[cfg(not(feature = "fast"))]
        self.table.code(place)
    }

    pub(super) fn put(self, place: u16, sink: &mut Sink<'_>) {
        let (code, length) = self.code(place);
        sink.put(code, length);
    }
}

/// A token table to decode by, and on a host the list made of it. It is apart from [`Tokens`], so that a program that only opens labels
/// has no tries, which are the larger part.
#[derive(Clone, Copy)]
pub(super) struct ReadTokens {
    pub(super) table: &'static Table,
    #[cfg(feature = "fast")]
    pub(super) lookup: &'static lookup::Lookup,
}

impl ReadTokens {
    /// Decodes the next token; an invalid code gives the end command.
    pub(super) fn take(self, source: &mut FieldSource<'_, '_>) -> u16 {
        #[cfg(feature = "fast")]
        let place = self.lookup.take(self.table, source.bits());
        #[cfg(not(feature = "fast"))]
        let place = self.table.take(source.bits());
        source.require(place.is_ok());
        place.unwrap_or(self.table.end)
    }
}
