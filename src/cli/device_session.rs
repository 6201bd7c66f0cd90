//! A device's state folder, opened.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::outcome::said;
use std::path::{Path, PathBuf};
use wayseal::device::session::Session;

/// Opens the state folders of several carriers' devices, of which no two hold keys of one place.
pub fn open_all(states: &[PathBuf], now: u64, language: Language) -> Result<Vec<Session>, Failure> {
    let sessions: Vec<Session> =
        states.iter().map(|state| open(state, now, language)).collect::<Result<_, _>>()?;
    Session::check_distinct(&sessions).map_err(|error| Failure::key(said(&error, language)))?;
    Ok(sessions)
}

/// Opens a device's state folder at a time in seconds since 1970.
pub fn open(state: &Path, now: u64, language: Language) -> Result<Session, Failure> {
    Session::open(state, now)
        .map_err(|error| Failure::key(format!("{}: {}", state.display(), said(&error, language))))
}
