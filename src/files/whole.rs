//! Writes files whole or not at all.

use super::error::FileError;
use super::own;
use super::sync::{folder_of, sync_folder};
use std::fs::{self, File};
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// How the name of a file begins that is written and not yet renamed.
pub const TEMPORARY: &str = ".wayseal-";

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
        let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
        if access == Access::Everyone {
            open_to_all(file.as_file())?;
        }
        file.write_all(content)?;
        // Content before name: otherwise a power loss could leave the final name with an empty file.
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    attempt().map_err(|error| FileError::new(path, "write", error))
}

/// Writes one of many files whole or not at all, without a sync, where no other process writes it: call [`sync_all`](super::sync_all) on
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
    fs::rename(&hidden, &path).map_err(|error| FileError::new(&path, "write", error))
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
            Err(error) => Err(FileError::new(path, "write", error)),
        }
    }

    /// The file of an interrupted run, cut to its first `len` bytes; writing resumes after them. Nothing is cut off before
    /// `is_same` has read those bytes and taken them for what was written then.
    ///
    /// # Errors
    /// [`FileError`] with the path, also if the file is shorter, is not what was written, or is no plain file.
    pub fn resume(
        path: &Path,
        len: u64,
        is_same: &mut dyn FnMut(&mut dyn Read) -> io::Result<bool>,
    ) -> Result<Self, FileError> {
        let hidden = hidden(path);
        let mut attempt = || {
            let mut file = own::for_writing(&hidden)?;
            if file.metadata()?.len() < len {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "shorter than it was"));
            }
            if !is_same(&mut (&file).take(len))? {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "changed since it was written"));
            }
            file.set_len(len)?;
            file.seek(io::SeekFrom::End(0))?;
            Ok(file)
        };
        match attempt() {
            Ok(file) => Ok(Self { path: path.to_owned(), hidden, file }),
            Err(error) => Err(FileError::new(&hidden, "resume", error)),
        }
    }

    /// Reads what was written from `start` on, through a handle of its own: writing is not disturbed.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn written_from(&self, start: u64) -> Result<File, FileError> {
        let attempt = || {
            let mut file = own::for_reading(&self.hidden)?;
            file.seek(io::SeekFrom::Start(start))?;
            Ok(file)
        };
        attempt().map_err(|error| FileError::new(&self.hidden, "read", error))
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
        FileError::new(&self.path, "write", error)
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
        attempt().map_err(|error| FileError::new(&path, "write", error))
    }

    /// Removes the file.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn discard(self) -> Result<(), FileError> {
        let Self { path, hidden, file } = self;
        drop(file);
        fs::remove_file(hidden).map_err(|error| FileError::new(&path, "write", error))
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

#[cfg(unix)]
fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{read, read_secret};

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
        // What is not as it was written stays as it is.
        PartFile::resume(&path, 4, &mut |_| Ok(false)).unwrap_err();
        assert_eq!(fs::read(hidden(&path)).unwrap(), b"half-written");
        let mut part = PartFile::resume(&path, 4, &mut |_| Ok(true)).unwrap();
        part.file().write_all(b" way").unwrap();
        part.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"half way");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(PartFile::resume(&path, 0, &mut |_| Ok(true)).is_err());
    }
}
