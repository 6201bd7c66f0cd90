//! Generates the test vectors from `docs/format.md`, as an implementation of its own.
//!
//! The token tables are read from the document's appendix, and nothing of the library is used: an error of the library
//! therefore cannot enter the vectors that test it. Out come JSON Lines, one vector each.

mod bits;
mod codes;
pub mod example;
pub mod label;
mod open;
mod record;
mod refuse;
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
    files
}
