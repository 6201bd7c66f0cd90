//! Reads files, with a limit on their size.

use super::error::FileError;
use super::own;
use super::whole::hidden;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a file, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the path, also if the file is larger.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let attempt = || -> io::Result<Vec<u8>> {
        // The size is checked first, so that a huge file costs no memory.
        let len = fs::metadata(path)?.len();
        if len > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes")));
        }
        fs::read(path)
    };
    attempt().map_err(|error| FileError::new(path, "read", error))
}

/// Reads a file that this program wrote under a name that others know: as [`read`], but a link, a pipe or a device in its
/// place is refused.
///
/// # Errors
/// [`FileError`] with the path.
pub fn read_own(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let file = open_own(path)?;
    let attempt = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes")));
        }
        Ok(bytes)
    };
    attempt().map_err(|error| FileError::new(path, "read", error))
}

/// Opens a file under a name that others know, for reading and appending, and creates it if there is none: a link, a pipe, a
/// device or a second name of another file in its place is refused.
///
/// # Errors
/// [`FileError`] with the path.
pub fn append_own(path: &Path) -> Result<File, FileError> {
    own::for_appending(path).map_err(|error| FileError::new(path, "write", error))
}

/// Opens an empty file beside another, to be locked while that one is in use, and creates it if there is none: a link, a
/// pipe or a device in its place is refused.
///
/// # Errors
/// [`FileError`] with the path.
pub fn lock_beside(path: &Path) -> Result<File, FileError> {
    let path = hidden(path).with_extension("lock");
    own::for_locking(&path).map_err(|error| FileError::new(&path, "lock", error))
}

/// Opens a file that this program wrote under a name that others know, for reading: a link, a pipe or a device in its place
/// is refused.
///
/// # Errors
/// [`FileError`] with the path.
pub fn open_own(path: &Path) -> Result<File, FileError> {
    own::for_reading(path).map_err(|error| FileError::new(path, "read", error))
}
