//! Reads files, with a limit on their size.

use super::error::FileError;
use super::own;
use super::whole::hidden;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a file, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the path, also if the file is larger.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let attempt = || whole(File::open(path)?, limit);
    attempt().map_err(|error| FileError::new(path, "read", error))
}

/// The content of a file. The size is checked first, so that a huge file costs no memory, and again while it is read: a device has
/// none, and a file may grow.
fn whole(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes"));
    let len = file.metadata()?.len();
    if len > limit {
        return Err(too_large());
    }
    // One more byte shows the end without growing: a grown buffer would leave a copy of what may be a secret.
    let mut bytes = Vec::with_capacity(len as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

/// Reads a file that this program wrote under a name that others know: as [`read`], but a link, a pipe or a device in its
/// place is refused.
///
/// # Errors
/// [`FileError`] with the path.
pub fn read_own(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    whole(open_own(path)?, limit).map_err(|error| FileError::new(path, "read", error))
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
