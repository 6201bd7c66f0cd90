//! Folders for tests that sync often.

use tempfile::TempDir;

/// A temporary folder in memory, where a sync costs nothing, if there is such a place; else where temporary files are.
pub fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
