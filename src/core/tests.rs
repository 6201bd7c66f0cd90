//! Helpers shared by unit tests.

use std::path::Path;

/// Reads a file of the repository by its path from the root. `None` in the published crate, which contains only the
/// core; the tests that need the file run in the repository.
pub fn of_the_repository(path: &str) -> Option<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    if own.join(".cargo_vcs_info.json").exists() || own.join("Cargo.toml.orig").exists() {
        std::eprintln!("not tested: {path} is in the repository alone");
        return None;
    }
    Some(
        std::fs::read_to_string(own.join("../..").join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}")),
    )
}
