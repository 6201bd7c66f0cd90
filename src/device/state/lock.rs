//! The lock of a state folder, which every process takes that writes to it.

use super::error::StateError;
use crate::files::FileLock;
use std::path::Path;

const FILE: &str = ".lock";

/// Keeps other processes away from a state folder for as long as the lock is held. What was read before it was taken may be
/// out of date.
///
/// # Errors
/// [`StateError::Busy`] if another process has it, [`StateError::File`].
pub fn lock(folder: &Path) -> Result<FileLock, StateError> {
    FileLock::take(&folder.join(FILE))?.ok_or(StateError::Busy)
}
