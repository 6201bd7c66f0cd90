//! The register of stations in the folder of whoever gives keys: a code, region and site that was removed from the file is not given
//! again too soon.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use std::path::Path;
use wayseal::batch::stations::{REGISTER_MAX, Stations, StationsRegister};
use wayseal::files::{self, Access};
use wayseal::keys::Day;

/// The register in the folder.
const FILE: &str = "stations.register";

/// Brings the register up to a file of stations by which keys are given.
pub fn follow_stations(
    folder: &Path,
    stations: &Stations,
    now: u64,
    language: Language,
) -> Result<(), Failure> {
    let path = folder.join(FILE);
    let mut register = match files::read(&path, REGISTER_MAX) {
        Ok(bytes) => std::str::from_utf8(&bytes)
            .ok()
            .and_then(StationsRegister::parse)
            .ok_or_else(|| Failure::input(text::register_damaged(language, path.display())))?,
        Err(error) if error.is_missing() => StationsRegister::default(),
        Err(error) => return Err(Failure::input(language.file(&error))),
    };
    // Without a clock no grant is made either.
    let Some(today) = Day::from_unix(now) else { return Ok(()) };
    let changed = register
        .follow(stations, today)
        .map_err(|again| Failure::input(format!("{}: {}", path.display(), language.given_again(&again))))?;
    if changed && folder.is_dir() {
        files::write(&path, register.text().as_bytes(), Access::Owner)
            .map_err(|error| Failure::output(language.file(&error)))?;
    }
    Ok(())
}
