//! `wayseal.toml`: defaults for what the command line leaves out.

use super::columns::ColumnTable;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use wayseal::files;

/// Defaults for what the command line leaves out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The authority's public key.
    pub authority: Option<PathBuf>,
    /// The file of stations.
    pub stations: Option<PathBuf>,
    /// The label's template.
    pub template: Option<PathBuf>,
    /// The identity that opens grants sealed to this device.
    pub identity: Option<PathBuf>,
    /// Columns of an order, and what the files name them.
    #[serde(default)]
    pub columns: ColumnTable,
    /// A file that holds the passphrase of the authority or of the identity.
    pub passphrase_file: Option<PathBuf>,
}

impl Config {
    /// Reads the file; one that is not there sets nothing.
    pub fn load(path: &Path, language: Language) -> Result<Self, Failure> {
        match files::read(path, 1 << 20) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes)
                    .map_err(|_| Failure::input(text::not_utf8(language, path.display())))?;
                toml::from_str(&text).map_err(|error| Failure::input(format!("{}: {error}", path.display())))
            }
            Err(error) if error.is_missing() => Ok(Self::default()),
            Err(error) => Err(Failure::input(language.file(&error))),
        }
    }
}
