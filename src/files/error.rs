//! An operation on a file that failed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

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

    /// The system's error alone.
    #[must_use]
    pub fn into_cause(self) -> io::Error {
        self.error
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(
            self.error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        )
    }

    /// Whether the file has more bytes than the caller reads.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.error.kind() == io::ErrorKind::FileTooLarge
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
