//! Takes files that others put into a folder for this program, such as a device's inbox.
//!
//! Whoever can write to that folder chooses what is there. So a file is opened without following a link and without waiting
//! for a pipe, is refused unless it is a regular file with one name, and is moved out of the folder before a byte of it is
//! read; what is erased later is the file that was read, whatever has its name by then.

use super::error::FileError;
use super::own;
use super::sync::{folder_of, sync_folder};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file that was moved out of the folder in which it arrived.
#[derive(Debug)]
pub struct TakenFile {
    path: PathBuf,
    file: File,
    limit: u64,
}

impl TakenFile {
    /// Moves a file of at most `limit` bytes from the folder where it arrived into a folder that only this program writes.
    /// A file that is refused stays where it is.
    ///
    /// # Errors
    /// [`FileError`] with the path, also for a link, folder, pipe or device, a file with a second name, and one that is larger.
    pub fn take(from: &Path, into: &Path, limit: u64) -> Result<Self, FileError> {
        let attempt = || -> io::Result<Self> {
            let file = own::for_writing(from)?;
            if file.metadata()?.len() > limit {
                return Err(too_large(limit));
            }
            let path = into.join(from.file_name().unwrap_or_default());
            if path != from {
                fs::rename(from, &path)?;
                // On disk before anything is written that says it was taken.
                sync_folder(into)?;
                sync_folder(folder_of(from))?;
            }
            #[cfg(unix)]
            if !own::is_named(&path, &file) {
                return Err(io::Error::other("another file took its place; it is read at the next call"));
            }
            Ok(Self { path, file, limit })
        };
        attempt().map_err(|error| FileError::new(from, "take", error))
    }

    /// Its content.
    ///
    /// # Errors
    /// [`FileError`] with the path, also if it grew beyond the limit.
    pub fn read(&mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let attempt = |file: &mut File| -> io::Result<Zeroizing<Vec<u8>>> {
            // Reserved at once: a buffer that grows leaves unwiped copies.
            let len = file.metadata()?.len().min(self.limit);
            let mut bytes = Zeroizing::new(Vec::with_capacity(len as usize + 1));
            file.rewind()?;
            file.take(len + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > len {
                return Err(too_large(len));
            }
            Ok(bytes)
        };
        attempt(&mut self.file).map_err(|error| FileError::new(&self.path, "read", error))
    }

    /// Moves it into a folder under its name, as it arrived there.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn give_back(self, into: &Path) -> Result<(), FileError> {
        let attempt = || -> io::Result<()> {
            fs::rename(&self.path, into.join(self.path.file_name().unwrap_or_default()))?;
            sync_folder(into)?;
            sync_folder(folder_of(&self.path))
        };
        attempt().map_err(|error| FileError::new(&self.path, "give back", error))
    }

    /// Overwrites it with zeros and removes it.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn erase(mut self) -> Result<(), FileError> {
        let attempt = |file: &mut File| -> io::Result<()> {
            let len = file.metadata()?.len();
            file.rewind()?;
            io::copy(&mut io::Read::take(io::repeat(0), len), file)?;
            file.sync_all()?;
            fs::remove_file(&self.path)?;
            sync_folder(folder_of(&self.path))
        };
        attempt(&mut self.file).map_err(|error| FileError::new(&self.path, "erase", error))
    }
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_once_and_erased_whatever_has_its_name_by_then() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, taken) = (folder.path().join("inbox"), folder.path().join("taken"));
        fs::create_dir(&inbox).unwrap();
        fs::create_dir(&taken).unwrap();
        fs::write(inbox.join("a"), b"first").unwrap();
        let mut file = TakenFile::take(&inbox.join("a"), &taken, 5).unwrap();
        fs::write(inbox.join("a"), b"later").unwrap();
        assert_eq!(**file.read().unwrap(), *b"first");
        file.erase().unwrap();
        assert_eq!(fs::read(inbox.join("a")).unwrap(), b"later");
        assert_eq!(fs::read_dir(&taken).unwrap().count(), 0);
        // Larger than allowed: it stays, and nothing of it is read.
        TakenFile::take(&inbox.join("a"), &taken, 4).unwrap_err();
        assert!(inbox.join("a").exists());
    }
}
