//! Writing files whole or not at all, and reading and writing files of secrets.
//!
//! In: paths and bytes. Out: bytes, or a [`FileError`] that names the path and the operation. This module does not
//! interpret content. Files of secrets are readable by their owner alone (mode 0600 on Unix), and reading one that
//! others can read is an error. On Windows, permissions are those of the folder.
//!
//! On `wasm32-unknown-unknown` there is no file system: this module compiles, and whatever reads or writes a file fails
//! with a [`FileError`].

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Who may read a written file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone: for keys and personal data.
    Owner,
    /// Everyone, within the process's file mode creation mask.
    Everyone,
}

/// Writes a file whole or not at all: to a temporary file in the same folder, which is synced and then renamed.
///
/// Several processes may write one path at once: the last rename wins. A kill leaves a hidden file `.wayseal-…` with
/// the content; where only one process writes, a [`PartFile`] has a fixed hidden name, which the next run replaces.
///
/// # Errors
/// [`FileError`] with the path.
pub fn write(path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
    let folder = folder_of(path);
    let attempt = || -> io::Result<()> {
        // In the same folder, since a rename is atomic within one file system only. Created with mode 0600.
        let mut file = tempfile::Builder::new().prefix(".wayseal-").tempfile_in(folder)?;
        if access == Access::Everyone {
            open_to_all(file.as_file())?;
        }
        file.write_all(content)?;
        // Content before name: otherwise a power loss could leave the final name with an empty file.
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    attempt().map_err(|error| FileError { path: path.to_owned(), doing: "write", error })
}

/// Writes one of many files whole or not at all, without a sync, where no other process writes it: call [`sync_all`] on
/// the folder before relying on the files.
///
/// # Errors
/// [`FileError`] with the path.
pub fn write_unsynced(path: &Path, content: &[u8], access: Access) -> Result<(), FileError> {
    let mut part = PartFile::create(path, access)?;
    part.file.write_all(content).map_err(|error| part.error(error))?;
    let PartFile { path, hidden, file } = part;
    // Windows renames no open file.
    drop(file);
    fs::rename(&hidden, &path).map_err(|error| FileError { path, doing: "write", error })
}

/// A file in progress: hidden in the same folder until it is [finished](Self::finish) under its final name.
///
/// The hidden file of an interrupted run is replaced or resumed. On Windows the folder's permissions decide who may
/// read it.
#[derive(Debug)]
pub struct PartFile {
    path: PathBuf,
    hidden: PathBuf,
    file: File,
}

impl PartFile {
    /// A new file.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn create(path: &Path, access: Access) -> Result<Self, FileError> {
        let hidden = hidden(path);
        let attempt = || {
            if let Err(error) = fs::remove_file(&hidden)
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err(error);
            }
            new_file(&hidden, access)
        };
        match attempt() {
            Ok(file) => Ok(Self { path: path.to_owned(), hidden, file }),
            Err(error) => Err(FileError { path: path.to_owned(), doing: "write", error }),
        }
    }

    /// The file of an interrupted run, cut to its first `len` bytes; writing resumes after them.
    ///
    /// # Errors
    /// [`FileError`] with the path, also if the file is shorter.
    pub fn resume(path: &Path, len: u64) -> Result<Self, FileError> {
        let hidden = hidden(path);
        let attempt = || {
            let mut file = fs::OpenOptions::new().read(true).write(true).open(&hidden)?;
            if file.metadata()?.len() < len {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "shorter than it was"));
            }
            file.set_len(len)?;
            file.seek(io::SeekFrom::End(0))?;
            Ok(file)
        };
        match attempt() {
            Ok(file) => Ok(Self { path: path.to_owned(), hidden, file }),
            Err(error) => Err(FileError { path: hidden, doing: "resume", error }),
        }
    }

    /// The final name.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// An error of writing to the file, with its path.
    #[must_use]
    pub fn error(&self, error: io::Error) -> FileError {
        FileError { path: self.path.clone(), doing: "write", error }
    }

    /// Syncs the content written so far to disk.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn sync(&self) -> Result<(), FileError> {
        self.file.sync_data().map_err(|error| self.error(error))
    }

    /// Syncs the file to disk, then gives it its final name.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn finish(self) -> Result<(), FileError> {
        let Self { path, hidden, file } = self;
        let attempt = || {
            file.sync_all()?;
            // Windows renames no open file.
            drop(file);
            fs::rename(&hidden, &path)?;
            sync_folder(folder_of(&path))
        };
        attempt().map_err(|error| FileError { path: path.clone(), doing: "write", error })
    }

    /// Removes the file.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn discard(self) -> Result<(), FileError> {
        let Self { path, hidden, file } = self;
        drop(file);
        fs::remove_file(hidden).map_err(|error| FileError { path, doing: "write", error })
    }
}

/// The hidden name of a file or folder in progress, such as `.labels.zip.part` for `labels.zip`.
#[must_use]
pub fn hidden(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

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
        for file in fs::read_dir(folder)? {
            File::options().write(true).open(file?.path())?.sync_all()?;
        }
        sync_folder(folder)
    }
}

/// Overwrites a file with zeros, then removes it. Flash memory may keep the old content in a worn block, and snapshots
/// keep it; there only an envelope protects it.
///
/// # Errors
/// [`FileError`] with the path.
pub fn erase(path: &Path) -> Result<(), FileError> {
    let attempt = || -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        let len = file.metadata()?.len();
        // Overwritten in place; truncating first would give the old blocks back to the file system unerased.
        io::copy(&mut io::Read::take(io::repeat(0), len), &mut file)?;
        file.sync_all()?;
        fs::remove_file(path)?;
        sync_folder(folder_of(path))
    };
    attempt().map_err(|error| FileError { path: path.to_owned(), doing: "erase", error })
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(unix)]
fn new_file(path: &Path, access: Access) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mode = if access == Access::Owner { 0o600 } else { 0o666 };
    fs::OpenOptions::new().read(true).write(true).create_new(true).mode(mode).open(path)
}

#[cfg(not(unix))]
fn new_file(path: &Path, _: Access) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

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
    attempt().map_err(|error| FileError { path: path.to_owned(), doing: "read", error })
}

/// Reads a file of secrets, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] with the path; on Unix also if others can read the file.
pub fn read_secret(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    // Checked before the content is read: a key that others can read is to be replaced, not used.
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

/// An operation on a file that failed: path, operation and cause.
#[derive(Debug)]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    doing: &'static str,
    error: io::Error,
}

impl FileError {
    /// An error of an operation, named by a verb such as `write` or `read`.
    #[must_use]
    pub fn new(path: &Path, doing: &'static str, error: io::Error) -> Self {
        Self { path: path.to_owned(), doing, error }
    }

    /// The system's error.
    #[must_use]
    pub const fn cause(&self) -> &io::Error {
        &self.error
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(
            self.error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        )
    }

    /// Whether the file does not exist.
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

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

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

    #[test]
    fn what_a_killed_run_left_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.grant");
        fs::write(hidden(&path), b"half").unwrap();
        write_unsynced(&path, b"whole", Access::Owner).unwrap();
        assert_eq!(read_secret(&path, 100).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_in_progress_has_its_name_only_when_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.zip");
        let mut part = PartFile::create(&path, Access::Owner).unwrap();
        part.file().write_all(b"half-written").unwrap();
        drop(part);
        assert!(!path.exists());
        let mut part = PartFile::resume(&path, 4).unwrap();
        part.file().write_all(b" way").unwrap();
        part.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"half way");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(PartFile::resume(&path, 0).is_err());
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
