//! Reads and erases files of secrets.

use super::content::read;
use super::error::FileError;
use super::own;
use super::sync::{folder_of, sync_folder};
use std::fs;
use std::io;
use std::path::Path;

/// Reads a file of secrets, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the path; on Unix also if others can read the file.
pub fn read_secret(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    // Checked before the content is read: a key that others can read is to be replaced, not used.
    owner_only(path).map_err(|error| FileError::new(path, "read", error))?;
    read(path, limit)
}

/// Overwrites a file with zeros, then removes it. Flash memory may keep the old content in a worn block, and snapshots
/// keep it; there only an envelope protects it.
///
/// # Errors
/// [`FileError`] with the path.
pub fn erase(path: &Path) -> Result<(), FileError> {
    let attempt = || -> io::Result<()> {
        // Neither through a link nor under another file's second name: zeros would be written over somebody else's file.
        let mut file = own::for_writing(path)?;
        let len = file.metadata()?.len();
        // Overwritten in place; truncating first would give the old blocks back to the file system unerased.
        io::copy(&mut io::Read::take(io::repeat(0), len), &mut file)?;
        file.sync_all()?;
        fs::remove_file(path)?;
        sync_folder(folder_of(path))
    };
    attempt().map_err(|error| FileError::new(path, "erase", error))
}

/// Makes a folder of secrets, and those around it that are missing, which its owner alone may enter. An existing one keeps its
/// permissions.
///
/// # Errors
/// The system's.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(unix)]
fn owner_only(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let advice = format!("others can read it (mode {:o}); run chmod 600 on it", mode & 0o777);
    Err(io::Error::new(io::ErrorKind::PermissionDenied, advice))
}

#[cfg(not(unix))]
fn owner_only(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::files::{Access, write};

    #[test]
    fn secrets_that_others_can_read_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"key", Access::Everyone).unwrap();
        let error = read_secret(&path, 100).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
}
