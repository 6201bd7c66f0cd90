//! Reads and erases files of secrets.

use super::content::read;
use super::error::FileError;
use super::own;
use super::sync::{folder_of, sync_folder};
use super::whole::{Access, write};
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

/// Replaces a file of secrets whole or not at all, and then overwrites the content that it had: a rename alone gives the old
/// blocks back to the file system as they are. A kill in between leaves them so; what must not be found then belongs in an
/// envelope.
///
/// # Errors
/// [`FileError`] with the path.
pub fn replace_secret(path: &Path, content: &[u8]) -> Result<(), FileError> {
    // Windows replaces no open file.
    let old = if cfg!(unix) {
        match own::for_writing(path) {
            Ok(file) => Some(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(FileError::new(path, "write", error)),
        }
    } else {
        None
    };
    write(path, content, Access::Owner)?;
    old.map_or(Ok(()), |mut old| overwrite(&mut old)).map_err(|error| FileError::new(path, "erase", error))
}

/// Overwrites a file with zeros, then removes it. Flash memory may keep the old content in a worn block, and snapshots
/// keep it; there only an envelope protects it.
///
/// # Errors
/// [`FileError`] with the path.
pub fn erase(path: &Path) -> Result<(), FileError> {
    let attempt = || -> io::Result<()> {
        // Neither through a link nor under another file's second name: zeros would be written over somebody else's file.
        overwrite(&mut own::for_writing(path)?)?;
        fs::remove_file(path)?;
        sync_folder(folder_of(path))
    };
    attempt().map_err(|error| FileError::new(path, "erase", error))
}

/// Overwrites a file in place: truncating first would give the old blocks back to the file system unerased.
fn overwrite(file: &mut fs::File) -> io::Result<()> {
    let len = file.metadata()?.len();
    io::copy(&mut io::Read::take(io::repeat(0), len), file)?;
    file.sync_all()
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

    #[test]
    fn what_a_secret_replaces_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (path, kept) = (folder.path().join("file"), folder.path().join("kept"));
        replace_secret(&path, b"the first key").unwrap();
        // An open handle sees what the blocks of the replaced file hold.
        let mut old = fs::File::open(&path).unwrap();
        replace_secret(&path, b"the second").unwrap();
        let mut content = Vec::new();
        io::Read::read_to_end(&mut old, &mut content).unwrap();
        assert_eq!(content, [0; 13]);
        assert_eq!(read_secret(&path, 100).unwrap(), b"the second");
        // A second name may be another's file, which is not overwritten.
        fs::hard_link(&path, &kept).unwrap();
        assert!(replace_secret(&path, b"the third").is_err());
        assert_eq!(fs::read(&kept).unwrap(), b"the second");
    }

    #[test]
    fn secrets_that_others_can_read_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"key", Access::Everyone).unwrap();
        let error = read_secret(&path, 100).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
}
