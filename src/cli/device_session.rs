//! A device's state folder, opened.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::outcome::said;
use std::path::Path;
use wayseal::device::session::Session;

/// Opens a device's state folder at a time in seconds since 1970.
pub fn open(state: &Path, now: u64, language: Language) -> Result<Session, Failure> {
    Session::open(state, now)
        .map_err(|error| Failure::key(format!("{}: {}", state.display(), said(&error, language))))
}
