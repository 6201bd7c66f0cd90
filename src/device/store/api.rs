//! The calls of a store.

use crate::files::FileError;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The files of one device, by name.
///
/// After a kill or a power loss a file is in one of these states, for the call that was interrupted; every other file is as it was.
///
/// - [`replace`](Store::replace): the content before, or the new one.
/// - [`write_at`](Store::write_at): any prefix of the new bytes, followed by what was there before.
/// - [`erase`](Store::erase): the content before, zeros in place of all or some of it, or no file.
///
/// A call that returned `Ok` is on disk. One that failed may have done what an interrupted one may have done.
pub trait Store: Send {
    /// The content of a file; `None` if there is none.
    ///
    /// # Errors
    /// [`FileError`], also for a file of more than `limit` bytes.
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError>;

    /// At most `len` bytes of a file from an offset on; fewer at its end, none without a file.
    ///
    /// # Errors
    /// [`FileError`].
    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError>;

    /// Writes a file whole or not at all, and overwrites the content that it had.
    ///
    /// # Errors
    /// [`FileError`].
    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError>;

    /// Writes bytes at an offset within a file or at its end, and waits until they are on disk. Creates the file.
    ///
    /// # Errors
    /// [`FileError`].
    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError>;

    /// Overwrites a file with zeros and removes it; none is no error.
    ///
    /// # Errors
    /// [`FileError`].
    fn erase(&mut self, name: &str) -> Result<(), FileError>;

    /// Keeps every other user of the store away until it is dropped; `false` if there is one. Called again it changes nothing.
    ///
    /// # Errors
    /// [`FileError`].
    fn lock(&mut self) -> Result<bool, FileError>;

    /// Erases what calls that were interrupted left half-written; where others deliver files too, if `inbox` says so, since
    /// another program may be writing there.
    ///
    /// # Errors
    /// [`FileError`].
    fn sweep(&mut self, inbox: bool) -> Result<(), FileError>;

    /// The names of received files that end with `.` and `ending`: first those that were taken and not erased, then those that
    /// arrived, each in the order of their names.
    fn inbox(&self, ending: &str) -> Vec<String>;

    /// Takes a received file out of reach of whoever delivers, waits until that is on disk, and reads it. One that is refused stays where
    /// it is.
    ///
    /// # Errors
    /// [`FileError`], also for what is no plain file, or too large.
    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError>;

    /// Erases a file that was taken; none is no error.
    ///
    /// # Errors
    /// [`FileError`].
    fn erase_taken(&mut self, name: &str) -> Result<(), FileError>;

    /// Puts a file that was taken back where it arrived, unless another one of its name arrived since: then that one is in its place. A
    /// store that does nothing keeps it taken.
    ///
    /// # Errors
    /// [`FileError`].
    fn give_back(&mut self, name: &str) -> Result<(), FileError> {
        let _kept = name;
        Ok(())
    }

    /// How messages name a file.
    fn place(&self, name: &str) -> PathBuf {
        name.into()
    }
}
