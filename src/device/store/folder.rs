//! A store in a folder of the file system.

use super::api::Store;
use crate::files::{self, FileError, FileLock, OwnFile, TakenFile};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// The file whose lock keeps other processes away.
const LOCK: &str = ".lock";
/// Files that hold keys, and that nobody but their owner may be able to read.
const SECRET: [&str; 5] = ["state", "identity", "asking", "state.road", "state.road.next"];
const INBOX: &str = "inbox";
/// Received files, from when they are read until they are erased.
const TAKEN: &str = "taken";
/// The largest received file, in bytes.
const RECEIVED_MAX: u64 = 64 << 20;
/// Times that a lock is tried for: a process that is just being started holds the locks of the one that starts it until it has
/// become another program.
const TRIES: u32 = 40;
/// The most entries of a folder that are looked at in one call; the others wait for the next.
const ENTRIES: usize = 10_000;

/// The files of a device in a folder: `inbox/` is open to others, and everything else this program's own.
#[derive(Debug)]
pub struct FolderStore {
    path: PathBuf,
    lock: Option<FileLock>,
    /// Open files that are read and written at offsets.
    open: RefCell<HashMap<String, OwnFile>>,
    taken: HashMap<String, TakenFile>,
}

impl FolderStore {
    /// The store of a folder. Nothing is read or written before the first call.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), lock: None, open: RefCell::default(), taken: HashMap::new() }
    }

    /// The same, in a folder that is made for its owner alone if there is none.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let inbox = path.join(INBOX);
        files::private_folder(&inbox).map_err(|error| FileError::new(&inbox, "make", error))?;
        Ok(Self::new(path))
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn within(&self, folder: &str, is: impl Fn(&fs::DirEntry) -> bool) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).into_iter().flatten().take(ENTRIES);
        let names = entries.filter_map(|entry| {
            let entry = entry.ok().filter(&is)?;
            entry.file_name().into_string().ok()
        });
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names
    }

    fn with_open<T>(
        &self,
        name: &str,
        create: bool,
        call: impl FnOnce(&mut OwnFile) -> Result<T, FileError>,
    ) -> Result<Option<T>, FileError> {
        let mut open = self.open.borrow_mut();
        if !open.contains_key(name) {
            let Some(file) = OwnFile::open(&self.at(name), create)? else { return Ok(None) };
            open.insert(name.to_owned(), file);
        }
        open.get_mut(name).map(call).transpose()
    }
}

impl Store for FolderStore {
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let path = self.at(name);
        let read =
            if SECRET.contains(&name) { files::read_secret(&path, limit) } else { files::read(&path, limit) };
        match read {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        Ok(self.with_open(name, false, |file| file.read_at(at, len))?.unwrap_or_default())
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError> {
        self.open.get_mut().remove(name);
        files::replace_secret(&self.at(name), content)
    }

    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        self.with_open(name, true, |file| file.write_at(at, bytes)).map(drop)
    }

    fn erase(&mut self, name: &str) -> Result<(), FileError> {
        self.open.get_mut().remove(name);
        match files::erase(&self.at(name)) {
            Err(error) if !error.is_missing() => Err(error),
            _ => Ok(()),
        }
    }

    fn lock(&mut self) -> Result<bool, FileError> {
        for _ in 0..TRIES {
            if self.lock.is_some() {
                return Ok(true);
            }
            self.lock = FileLock::take(&self.at(LOCK))?;
            if self.lock.is_none() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        Ok(self.lock.is_some())
    }

    fn sweep(&mut self, inbox: bool) -> Result<(), FileError> {
        let half = |entry: &fs::DirEntry| {
            entry.file_name().as_encoded_bytes().starts_with(files::TEMPORARY.as_bytes())
                && entry.file_type().is_ok_and(|kind| kind.is_file())
        };
        for name in self.within("", half) {
            self.erase(&name)?;
        }
        if inbox {
            for name in self.within(INBOX, half) {
                // What is not a plain file of one name is somebody else's, and is left as it is.
                let _left = files::erase(&self.at(INBOX).join(name));
            }
        }
        Ok(())
    }

    fn inbox(&self, ending: &str) -> Vec<String> {
        let is = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|own| own == ending);
        let mut names = self.within(TAKEN, is);
        names.extend(self.within(INBOX, is));
        names
    }

    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let taken = self.at(TAKEN);
        files::private_folder(&taken).map_err(|error| FileError::new(&taken, "make", error))?;
        let left = taken.join(name);
        let from = if left.symlink_metadata().is_ok() { left } else { self.at(INBOX).join(name) };
        let mut file = TakenFile::take(&from, &taken, RECEIVED_MAX)?;
        let bytes = file.read()?;
        self.taken.insert(name.to_owned(), file);
        Ok(bytes)
    }

    fn erase_taken(&mut self, name: &str) -> Result<(), FileError> {
        self.taken.remove(name).map_or(Ok(()), TakenFile::erase)
    }

    fn give_back(&mut self, name: &str) -> Result<(), FileError> {
        let Some(file) = self.taken.remove(name) else { return Ok(()) };
        let inbox = self.at(INBOX);
        if inbox.join(name).symlink_metadata().is_ok() { file.erase() } else { file.give_back(&inbox) }
    }

    fn place(&self, name: &str) -> PathBuf {
        self.at(name)
    }
}
