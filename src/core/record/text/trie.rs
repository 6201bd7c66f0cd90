//! The token search of a host: a trie over the characters of a table's tokens, built at compile time.
//!
//! At every character of a text, the search needs the tokens that start there. A device hashes each prefix, which
//! takes no table in addition to the code's own. A host numbers the characters that occur in tokens and walks a
//! trie by these numbers. The trie is a double array, so each step is one load, the text is read once, and no
//! strings are compared. Both methods find the same splits.

mod edge;
mod make;
mod search;

#[cfg(test)]
pub(super) use make::TABLES;
#[cfg(feature = "japanese")]
pub(super) use search::JAPANESE_TRIE;
#[cfg(feature = "korean")]
pub(super) use search::KOREAN_TRIE;
pub(super) use search::{CHINESE_TRIE, Character, LATIN_TRIE, NAMES_TRIE, SCRIPT_TRIE, Trie};
