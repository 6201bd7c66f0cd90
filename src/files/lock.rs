//! Keeps other processes away from what one process writes.

use super::error::FileError;
use super::own;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Times that a lock's file may be replaced under our hands before that is an error.
const TRIES: usize = 100;

/// A lock that ends with the process, whatever ends it. On Unix its file is removed on drop; on Windows an empty file stays.
#[derive(Debug)]
pub struct FileLock {
    path: PathBuf,
    file: File,
}

impl FileLock {
    /// Takes the lock at `path`; `None` if another process has it. The file is created if there is none, never cut off, and
    /// never reached through a link.
    ///
    /// # Errors
    /// [`FileError`] with the path.
    pub fn take(path: &Path) -> Result<Option<Self>, FileError> {
        let fail = |error| FileError::new(path, "lock", error);
        for _ in 0..TRIES {
            let file = own::for_locking(path).map_err(fail)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(fail(error)),
            }
            let lock = Self { path: path.to_owned(), file };
            // Its holder may have removed the file after we opened it. The lock of a file without a name excludes nobody.
            if lock.is_named() {
                return Ok(Some(lock));
            }
        }
        Err(fail(io::Error::other("the file of the lock keeps changing")))
    }

    #[cfg(unix)]
    fn is_named(&self) -> bool {
        own::is_named(&self.path, &self.file)
    }

    /// The file is never removed.
    #[cfg(not(unix))]
    const fn is_named(&self) -> bool {
        let _held = &self.file;
        true
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Removed while it is still locked: who opened it before finds that it has lost its name.
        if cfg!(unix) && self.is_named() {
            // A file that cannot be removed is empty and hidden.
            let _left = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_has_the_lock_at_any_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        let entered = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let lock = loop {
                            match FileLock::take(&path).unwrap() {
                                Some(lock) => break lock,
                                None => std::thread::yield_now(),
                            }
                        };
                        let others = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(others, 0, "two hold it");
                        entered.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        std::thread::yield_now();
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(entered.into_inner(), 8 * 20);
        assert_eq!(path.exists(), cfg!(windows));
    }
}
