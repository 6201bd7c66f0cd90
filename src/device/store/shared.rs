//! One store for the parts of a session that read and write it.

use super::api::Store;
use crate::files::FileError;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// A store that the log, the loaded parcels and the state of one device share. It remembers whether a call failed, also one that
/// reads: what is in memory may then be other than what is kept, since a change begins in memory.
#[derive(Clone)]
pub struct SharedStore(Arc<Shared>);

struct Shared {
    store: Mutex<Box<dyn Store>>,
    failed: AtomicBool,
}

impl SharedStore {
    /// Shares a store.
    #[must_use]
    pub fn new(store: impl Store + 'static) -> Self {
        Self(Arc::new(Shared { store: Mutex::new(Box::new(store)), failed: AtomicBool::new(false) }))
    }

    fn held(&self) -> MutexGuard<'_, Box<dyn Store>> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch<T>(&self, call: impl FnOnce(&mut dyn Store) -> Result<T, FileError>) -> Result<T, FileError> {
        let done = call(&mut **self.held());
        if done.is_err() {
            self.fail();
        }
        done
    }

    /// Remembers that what is kept has to be read again.
    pub(in crate::device) fn fail(&self) {
        self.0.failed.store(true, Ordering::SeqCst);
    }

    /// Whether it has to be read again.
    pub(in crate::device) fn has_failed(&self) -> bool {
        self.0.failed.load(Ordering::SeqCst)
    }

    /// It was read again.
    pub(in crate::device) fn was_read(&self) {
        self.0.failed.store(false, Ordering::SeqCst);
    }

    /// See [`Store::read`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        self.watch(|store| store.read(name, limit))
    }

    /// See [`Store::read_at`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.watch(|store| store.read_at(name, at, len))
    }

    /// Whether there is a file.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn has(&self, name: &str) -> Result<bool, FileError> {
        Ok(!self.read_at(name, 0, 1)?.is_empty())
    }

    /// See [`Store::replace`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn replace(&self, name: &str, content: &[u8]) -> Result<(), FileError> {
        self.watch(|store| store.replace(name, content))
    }

    /// See [`Store::write_at`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn write_at(&self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        self.watch(|store| store.write_at(name, at, bytes))
    }

    /// See [`Store::erase`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn erase(&self, name: &str) -> Result<(), FileError> {
        self.watch(|store| store.erase(name))
    }

    /// See [`Store::lock`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn lock(&self) -> Result<bool, FileError> {
        self.held().lock()
    }

    /// See [`Store::sweep`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn sweep(&self, inbox: bool) -> Result<(), FileError> {
        self.watch(|store| store.sweep(inbox))
    }

    /// See [`Store::inbox`].
    #[must_use]
    pub fn inbox(&self, ending: &str) -> Vec<String> {
        self.held().inbox(ending)
    }

    /// See [`Store::take`]. One that is refused says nothing about the device's own files.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn take(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.held().take(name)
    }

    /// See [`Store::erase_taken`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn erase_taken(&self, name: &str) -> Result<(), FileError> {
        self.watch(|store| store.erase_taken(name))
    }

    /// See [`Store::give_back`].
    ///
    /// # Errors
    /// [`FileError`].
    pub fn give_back(&self, name: &str) -> Result<(), FileError> {
        self.watch(|store| store.give_back(name))
    }

    /// See [`Store::place`].
    #[must_use]
    pub fn place(&self, name: &str) -> PathBuf {
        self.held().place(name)
    }
}

impl fmt::Debug for SharedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SharedStore").field(&self.place("")).finish()
    }
}
