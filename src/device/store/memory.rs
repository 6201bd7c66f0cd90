//! A store in memory: for tests, and for programs that keep a device's files in a place of their own.

use super::api::Store;
use crate::files::FileError;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

const INBOX: &str = "inbox/";
const TAKEN: &str = "taken/";

/// Files by name; they wipe themselves.
pub type Files = BTreeMap<String, Zeroizing<Vec<u8>>>;

/// Files in memory. Clones share them: one is given to a session, another delivers to its inbox under names such as
/// `inbox/a.grant`.
#[derive(Default)]
pub struct MemoryStore {
    files: Arc<Mutex<Files>>,
    locked: Arc<AtomicBool>,
    holds_lock: bool,
}

impl MemoryStore {
    /// Without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With files.
    #[must_use]
    pub fn with(files: Files) -> Self {
        Self { files: Arc::new(Mutex::new(files)), locked: Arc::default(), holds_lock: false }
    }

    /// A copy of all files.
    #[must_use]
    pub fn files(&self) -> Files {
        self.held().clone()
    }

    /// Puts a file there, such as one for the inbox.
    pub fn put(&self, name: &str, content: &[u8]) {
        self.held().insert(name.to_owned(), Zeroizing::new(content.to_vec()));
    }

    fn held(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for MemoryStore {
    fn clone(&self) -> Self {
        Self { files: self.files.clone(), locked: self.locked.clone(), holds_lock: false }
    }
}

impl Drop for MemoryStore {
    fn drop(&mut self) {
        if self.holds_lock {
            self.locked.store(false, Ordering::SeqCst);
        }
    }
}

impl Store for MemoryStore {
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        match self.held().get(name) {
            Some(content) if content.len() as u64 > limit => {
                let error = io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} bytes"));
                Err(FileError::new(Path::new(name), "read", error))
            }
            content => Ok(content.cloned()),
        }
    }

    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let held = self.held();
        let content = held.get(name).map_or(&[][..], |content| content);
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(content.len());
        let until = from.saturating_add(len).min(content.len());
        Ok(Zeroizing::new(content[from..until].to_vec()))
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError> {
        self.put(name, content);
        Ok(())
    }

    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let mut held = self.held();
        let content = held.entry(name.to_owned()).or_default();
        let place = usize::try_from(at).ok().filter(|at| *at <= content.len());
        let Some(at) = place else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "beyond the end of the file");
            return Err(FileError::new(Path::new(name), "write", error));
        };
        let end = at + bytes.len();
        if content.len() < end {
            // Copied, not grown: a vector that grows leaves its old content behind.
            let mut grown = Zeroizing::new(vec![0; end]);
            grown[..content.len()].copy_from_slice(content);
            *content = grown;
        }
        content[at..end].copy_from_slice(bytes);
        Ok(())
    }

    fn erase(&mut self, name: &str) -> Result<(), FileError> {
        self.held().remove(name);
        Ok(())
    }

    fn lock(&mut self) -> Result<bool, FileError> {
        if !self.holds_lock {
            self.holds_lock = !self.locked.swap(true, Ordering::SeqCst);
        }
        Ok(self.holds_lock)
    }

    fn sweep(&mut self, _: bool) -> Result<(), FileError> {
        // Nothing is half-written in memory.
        Ok(())
    }

    fn inbox(&self, ending: &str) -> Vec<String> {
        let held = self.held();
        let within = |folder: &'static str| {
            held.keys().filter_map(move |name| name.strip_prefix(folder)).filter(|name| {
                name.rsplit_once('.').is_some_and(|(stem, own)| !stem.is_empty() && own == ending)
            })
        };
        within(TAKEN).chain(within(INBOX)).map(str::to_owned).collect()
    }

    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let mut held = self.held();
        let taken = format!("{TAKEN}{name}");
        if !held.contains_key(&taken)
            && let Some(content) = held.remove(&format!("{INBOX}{name}"))
        {
            held.insert(taken.clone(), content);
        }
        held.get(&taken)
            .cloned()
            .ok_or_else(|| FileError::new(Path::new(name), "take", io::ErrorKind::NotFound.into()))
    }

    fn erase_taken(&mut self, name: &str) -> Result<(), FileError> {
        self.held().remove(&format!("{TAKEN}{name}"));
        Ok(())
    }
}

/// Names alone: the content holds keys.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.held().keys()).finish()
    }
}
