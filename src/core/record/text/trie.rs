//! A host's search for the cheapest split: a trie over the characters of a table's tokens, made when the crate
//! is compiled.
//!
//! The search asks, at every character of a text, for the tokens that begin there. A device hashes each prefix,
//! which takes no table beyond the code's own. A host numbers the characters that occur in any token, and walks
//! a trie by those numbers: a double array, whose step is one load, so that a text is read once and no string is
//! compared. Both find the same splits.

mod edge;
mod make;
mod search;

pub(super) use search::{CHINESE_TRIE, LATIN_TRIE, NAMES_TRIE, SCRIPT_TRIE, Trie, floors};
