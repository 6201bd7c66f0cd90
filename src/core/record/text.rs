//! Text: UTF-8 as it is, or tokens of a canonical Huffman code.

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
