//! Generates the test vectors from `docs/format.md`, as an implementation of its own.
//!
//! The token tables are read from the document's appendix, and nothing of the library is used: an error of the library
//! therefore cannot enter the vectors that test it. Out come JSON Lines, one vector each.

mod bits;
mod cbor;
mod codes;
pub mod example;
pub mod label;
mod logs;
mod open;
mod record;
mod refuse;
mod signed;
mod tree;
mod vector;

use std::collections::BTreeMap;

/// Every file, by its path in `tests/vectors`.
pub fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (path, lines) in open::files().into_iter().chain(refuse::files()) {
        let text: String = lines.iter().map(|line| line.json() + "\n").collect();
        assert!(files.insert(path.to_owned(), text).is_none(), "{path}");
    }
    files.extend(tree::files());
    for (path, vectors) in [("logs.jsonl", logs::logs()), ("signed.jsonl", signed::signed())] {
        files.insert(path.to_owned(), vectors.iter().map(|vector| format!("{vector}\n")).collect());
    }
    files
}
