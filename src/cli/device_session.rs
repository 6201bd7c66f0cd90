//! A device's state folder, opened.

use crate::cli::clock::now;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::outcome::said;
use std::path::Path;
use wayseal::device::session::Session;

/// Opens a device's state folder.
pub fn open(state: &Path, language: Language) -> Result<Session, Failure> {
    Session::open(state, now())
        .map_err(|error| Failure::key(format!("{}: {}", state.display(), said(&error, language))))
}
