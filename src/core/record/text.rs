//! Text codecs: UTF-8, or tokens under a canonical Huffman code.
//!
//! In: the texts of a section. Out: bits in the codec that needs the fewest. A device searches its tables by hash;
//! a host uses tries and lookup lists (feature `fast`). Both write the same bits, which are the fewest of all
//! codecs and splits.

mod alone;
#[cfg(feature = "fast")]
mod choose;
#[cfg(feature = "fast")]
mod classes;
mod codec;
#[cfg(any(not(feature = "fast"), test))]
mod hash;
mod letters;
#[cfg(feature = "fast")]
mod lookup;
mod paths;
mod point;
mod reader;
mod section;
mod shortest;
#[cfg(feature = "fast")]
mod single;
#[cfg(any(not(feature = "fast"), test))]
mod slots;
mod table;
#[cfg(all(test, feature = "fast"))]
mod tests;
mod tokens;
#[cfg(feature = "fast")]
mod trie;

pub(super) use codec::{AllowedCodecs, Codec};
pub(super) use reader::TextReader;
#[cfg(any(not(feature = "fast"), test))]
pub(super) use slots::slots;
pub(super) use table::Table;
