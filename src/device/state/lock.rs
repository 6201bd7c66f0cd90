//! The lock of a state folder, which every process takes that writes to it.

use super::error::StateError;
use crate::device::store::{FolderStore, SharedStore};
use std::path::Path;

/// Keeps other processes away from a state folder for as long as its store is in use. What was read before may be out of date.
///
/// # Errors
/// [`StateError::Busy`] if another process has it, [`StateError::File`].
pub fn lock(folder: &Path) -> Result<SharedStore, StateError> {
    let store = SharedStore::new(FolderStore::new(folder));
    if store.lock()? { Ok(store) } else { Err(StateError::Busy) }
}
