//! Files that are whole or not there, and files that only their owner reads.
//!
//! Imports nothing of this crate.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone: keys, and data of people.
    Owner,
    /// Everyone whom the process's usual permissions let.
    Everyone,
}

/// Writes a file under its final name whole or not at all: beside it first, synced, then renamed.
///
/// # Errors
/// [`FileError`] with the path.
pub fn write(path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let attempt = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".wayseal-").tempfile_in(folder)?;
        if access == Access::Everyone {
            open_to_all(file.as_file())?;
        }
        file.write_all(content)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|error| FileError { path: path.to_owned(), doing: "write", error })
}

/// Reads a file, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the path, also if the file is larger.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let attempt = || -> io::Result<Vec<u8>> {
        let len = fs::metadata(path)?.len();
        if len > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes")));
        }
        fs::read(path)
    };
    attempt().map_err(|error| FileError { path: path.to_owned(), doing: "read", error })
}

/// Reads a file of secrets, which nobody but its owner may be able to read.
///
/// # Errors
/// [`FileError`] with the path; on Unix also if others can read the file.
pub fn read_secret(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    owner_only(path).map_err(|error| FileError { path: path.to_owned(), doing: "read", error })?;
    read(path, limit)
}

#[cfg(unix)]
fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
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

/// What could not be done with which file, and why.
#[derive(Debug)]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    doing: &'static str,
    error: io::Error,
}

impl FileError {
    /// Whether the file is not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.error.kind() == io::ErrorKind::NotFound
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), self.error)
    }
}

impl std::error::Error for FileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_replaces_another_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"first", Access::Owner).unwrap();
        write(&path, b"second", Access::Owner).unwrap();
        assert_eq!(read_secret(&path, 100).unwrap(), b"second");
        assert!(read(&path, 3).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn secrets_that_others_can_read_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"key", Access::Everyone).unwrap();
        let error = read_secret(&path, 100).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
}
