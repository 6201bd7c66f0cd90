//! `wayseal.toml`: defaults for what the command line leaves out.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wayseal::batch::columns::ColumnSource;
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

/// A table of columns: the names of fields with their columns, and the lists `ignore` and `allow_missing`.
pub type ColumnTable = BTreeMap<String, ColumnSetting>;

/// One column, or more.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum ColumnSetting {
    /// A name, or several with `+` or `|`.
    One(String),
    /// Names: joined for a field, each by itself in a list.
    More(Vec<String>),
}

impl ColumnSetting {
    /// Its names.
    pub fn names(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::More(names) => names,
        }
    }

    /// The columns of a field; `None` if none is named.
    pub fn source(self) -> Option<ColumnSource> {
        self.names().join("+").parse().ok()
    }
}
