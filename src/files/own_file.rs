//! A file of this program that is read and written at offsets.

use super::error::FileError;
use super::own;
use super::sync::{folder_of, sync_folder};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// An open file of this program, read and written at offsets; readable by its owner alone. No link, pipe, device or second name of
/// another file is taken for it.
#[derive(Debug)]
pub struct OwnFile {
    path: PathBuf,
    file: File,
}

impl OwnFile {
    /// Opens a file. If there is none it is made, or `None` is returned.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn open(path: &Path, create: bool) -> Result<Option<Self>, FileError> {
        let attempt = || match own::for_writing(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) if !create => Ok(None),
            Err(_) => {
                let file = own::for_locking(path)?;
                sync_folder(folder_of(path))?;
                Ok(Some(file))
            }
        };
        let file = attempt().map_err(|error| FileError::new(path, "open", error))?;
        Ok(file.map(|file| Self { path: path.to_owned(), file }))
    }

    /// At most `len` bytes from an offset on; fewer at the end.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn read_at(&mut self, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let attempt = |file: &mut File| -> io::Result<Zeroizing<Vec<u8>>> {
            // Reserved at once: a buffer that grows leaves unwiped copies.
            let mut bytes = Zeroizing::new(vec![0; len]);
            file.seek(SeekFrom::Start(at))?;
            let mut read = 0;
            while read < len {
                match file.read(&mut bytes[read..]) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            bytes.truncate(read);
            Ok(bytes)
        };
        attempt(&mut self.file).map_err(|error| FileError::new(&self.path, "read", error))
    }

    /// Writes at an offset and waits until it is on disk.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn write_at(&mut self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let attempt = |file: &mut File| -> io::Result<()> {
            file.seek(SeekFrom::Start(at))?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        attempt(&mut self.file).map_err(|error| FileError::new(&self.path, "write", error))
    }
}
