//! Makes folders durable.

use std::fs::File;
use std::io;
use std::path::Path;

/// Syncs a folder's entries to disk. On Windows, which has no such call, it does nothing.
///
/// # Errors
/// The system's error.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Syncs a folder and its files to disk. On Linux one call syncs the whole file system, which is faster than one call
/// for each of thousands of files.
///
/// # Errors
/// The system's error.
pub fn sync_all(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from)
    }
    #[cfg(not(target_os = "linux"))]
    {
        for file in std::fs::read_dir(folder)? {
            File::options().write(true).open(file?.path())?.sync_all()?;
        }
        sync_folder(folder)
    }
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
