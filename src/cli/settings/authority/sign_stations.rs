//! The plan of `wayseal authority sign-stations`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::sign_stations::SignStationsArgs;
use crate::cli::clock::now;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;

/// A file of stations to be signed.
pub struct SignStationsPlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// The file of stations.
    pub stations: PathBuf,
    /// Seconds since 1970: the time of signing.
    pub now: u64,
}

impl SignStationsPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: SignStationsArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        Ok(Self {
            stations: settings.stations_file(typed.stations.as_deref(), language)?,
            place: AuthorityFolder::new(typed.place, settings),
            now: now(),
        })
    }
}
