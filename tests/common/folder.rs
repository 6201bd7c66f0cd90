//! Folders for the states of devices, which are synced at each entry of a log.

use std::path::Path;
use tempfile::TempDir;

/// A temporary folder in memory, if there is a file system with room for it; else where temporary files are. A sync takes
/// milliseconds on a disk, a device's entry three of them, and what a kill leaves of a disk is tested elsewhere, by a store that fails
/// (`faults.rs`) and by the order of the calls (`tests/soak`).
pub fn folder() -> TempDir {
    if has_room(Path::new("/dev/shm"))
        && let Ok(folder) = tempfile::tempdir_in("/dev/shm")
    {
        return folder;
    }
    tempfile::tempdir().unwrap()
}

/// Whether a file system has a gigabyte left.
#[cfg(target_os = "linux")]
fn has_room(at: &Path) -> bool {
    rustix::fs::statvfs(at).is_ok_and(|room| room.f_bavail.saturating_mul(room.f_frsize) >= 1 << 30)
}

#[cfg(not(target_os = "linux"))]
fn has_room(_: &Path) -> bool {
    false
}
