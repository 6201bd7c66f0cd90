//! Why a log cannot be used.

use crate::files::FileError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a log cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LogError {
    /// A file cannot be read or written.
    #[error("cannot use the log {path}: {cause}", path = .0.display(), cause = .1)]
    File(PathBuf, #[source] io::Error),
    /// The folder has a log already.
    #[error("{} exists already; a folder has one log, so use another folder", .0.display())]
    Exists(PathBuf),
    /// The device's name is empty, longer than 48 bytes, or holds a control character.
    #[error("a device's name has 1 to 48 bytes and no control characters")]
    Name,
    /// Another process holds the log.
    #[error("another wayseal process uses this device's log; end it first")]
    Busy,
    /// The file is not a log.
    #[error("the file is not a wayseal log; name the file `log` of a state folder")]
    NoLog,
    /// The log has fewer entries than its key file counts: entries were cut off.
    #[error("entries were cut off the end of the log; hand the device to the security line")]
    Cut,
    /// The log does not match its key file: it was altered, or the two files are copies of different times.
    #[error("the log does not match its key: it was altered; hand the device to the security line")]
    Altered,
    /// No slot of the key file is intact.
    #[error("the log's key is lost; hand the device to the security line for a new one")]
    KeyLost,
}

impl From<FileError> for LogError {
    fn from(error: FileError) -> Self {
        Self::File(error.path.clone(), error.into_cause())
    }
}
