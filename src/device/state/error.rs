//! Why a device's state cannot be read or written.

use crate::files::FileError;
use crate::signed::envelope::EnvelopeError;
use thiserror::Error;

/// Why a device's state cannot be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file cannot be read or written, or others can read it.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its envelope does not open.
    #[error("the device's state: {0}")]
    Envelope(#[from] EnvelopeError),
    /// Its content is not a device's state.
    #[error("the device's state is damaged; remove it, and ask the authority for a grant that is no top-up")]
    Damaged,
    /// Another process has the folder.
    #[error(
        "another wayseal process uses this device's folder; end it first, or put the file into the folder's inbox"
    )]
    Busy,
    /// Written by an older program, whose files pin no auditor.
    #[error(
        "the device's state was written by an older program; enrol the device anew, and hand its old log in first"
    )]
    Older,
    /// Written by a newer program.
    #[error("the device's state was written by a newer program; update this one")]
    Newer,
}
