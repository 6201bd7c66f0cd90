//! What unit tests share.

use std::path::Path;

/// A file of the repository, by its path from the root. `None` in the crate as it is published, which has the core
/// alone; what then cannot be tested is tested where the crate is made.
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
