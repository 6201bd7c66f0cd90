//! Text codecs: UTF-8, or tokens under a canonical Huffman code.
//!
//! In: the texts of a section. Out: bits in the codec that needs the fewest. A device searches its tables by hash;
//! a host uses tries and lookup lists (feature `fast`). Both write the same bits.

mod codec;
#[cfg(any(not(feature = "fast"), test))]
mod hash;
#[cfg(feature = "fast")]
mod lookup;
mod point;
mod reader;
mod shortest;
mod table;
mod tokens;
#[cfg(feature = "fast")]
mod trie;
mod writer;

pub(super) use codec::Codec;
pub(super) use point::touches;
pub(super) use reader::TextReader;
pub(super) use table::Table;
pub(super) use writer::TextWriter;
