//! `wayseal.toml`: defaults for what the command line leaves out.
//!
//! Who can put a file into a folder does not decide which authority is trusted, or which passphrase protects a new root. Keys,
//! pins and secrets are therefore set by a file that the command line names, by the user's own or by the system's; a file in
//! the working folder that sets one is refused. Paths in a file are relative to its folder.

use super::environment::Environment;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wayseal::batch::columns::{Column, ColumnSource, LabelParts};
use wayseal::files;

/// The name of a configuration file.
const NAME: &str = "wayseal.toml";
/// The largest file, in bytes.
const CONFIG_MAX: u64 = 1 << 20;

/// Defaults for what the command line leaves out.
#[derive(Default)]
pub struct Config {
    /// The file of the authority's public key, and the configuration file that names it.
    pub authority: Option<(PathBuf, PathBuf)>,
    /// The file of stations.
    pub stations: Option<PathBuf>,
    /// The label's template.
    pub template: Option<PathBuf>,
    /// The identity that opens grants sealed to this device.
    pub identity: Option<PathBuf>,
    /// Columns of an order, and what the files name them.
    pub columns: ColumnTable,
    /// A file that holds the passphrase of the authority or of the identity.
    pub passphrase_file: Option<PathBuf>,
}

/// Whether the file in the working folder counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WorkingFolder {
    /// For what is no key, pin or secret.
    Harmless,
    /// It is not read: keys are made.
    Unread,
}

/// What a file says.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    authority: Option<PathBuf>,
    stations: Option<PathBuf>,
    template: Option<PathBuf>,
    identity: Option<PathBuf>,
    #[serde(default)]
    columns: ColumnTable,
    passphrase_file: Option<PathBuf>,
}

impl Config {
    /// The defaults of the file that is named, which has to be there; otherwise of the system's and the user's file, and, of what
    /// is no key, pin or secret, of the one in the working folder. A later one goes before an earlier one.
    pub fn load(
        named: Option<&Path>,
        environment: &Environment,
        here: WorkingFolder,
        language: Language,
    ) -> Result<Self, Failure> {
        let mut config = Self::default();
        if let Some(path) = named {
            let file = read(path, language)?
                .ok_or_else(|| Failure::input(text::no_config(language, path.display())))?;
            config.add(file, path);
            return Ok(config);
        }
        let trusted = trusted(environment);
        for path in &trusted {
            if let Some(file) = read(path, language)? {
                config.add(file, path);
            }
        }
        if here == WorkingFolder::Unread {
            return Ok(config);
        }
        let here = Path::new(NAME);
        let is_trusted = fs::canonicalize(here).is_ok_and(|here| {
            trusted.iter().any(|path| fs::canonicalize(path).is_ok_and(|path| path == here))
        });
        if !is_trusted && let Some(file) = read(here, language)? {
            file.check_harmless(here, environment, language)?;
            config.add(file, here);
        }
        Ok(config)
    }

    /// Without what a new key is protected by: that is said where the key is made, or asked for.
    pub fn for_new_keys(self) -> Self {
        Self { passphrase_file: None, ..self }
    }

    fn add(&mut self, file: ConfigFile, path: &Path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        let set = |own: &mut Option<PathBuf>, new: Option<PathBuf>| {
            if let Some(new) = new {
                *own = Some(folder.join(new));
            }
        };
        if let Some(key) = file.authority {
            self.authority = Some((folder.join(key), path.to_owned()));
        }
        set(&mut self.stations, file.stations);
        set(&mut self.template, file.template);
        set(&mut self.identity, file.identity);
        set(&mut self.passphrase_file, file.passphrase_file);
        self.columns.extend(file.columns);
    }
}

impl ConfigFile {
    /// Refuses what a file in the working folder may not set, by name.
    fn check_harmless(
        &self,
        path: &Path,
        environment: &Environment,
        language: Language,
    ) -> Result<(), Failure> {
        let keys = [
            ("authority", &self.authority),
            ("identity", &self.identity),
            ("passphrase_file", &self.passphrase_file),
        ];
        let mut set: Vec<_> = keys
            .into_iter()
            .filter(|(_, value)| value.is_some())
            .map(|(key, _)| format!("`{key}`"))
            .collect();
        // What is printed as it is would print whatever column of a person it is said to be.
        let plain = |name: &str| {
            name == "allow_missing"
                || name.parse::<Column>().is_ok_and(|field| {
                    let to = field.destination(LabelParts::ALL, true);
                    to.printed && !to.sealed
                })
        };
        set.extend(self.columns.keys().filter(|name| plain(name)).map(|name| format!("`columns.{name}`")));
        if set.is_empty() {
            return Ok(());
        }
        let names = set.join(", ");
        Err(Failure::key(match environment.config_folder().map(|folder| folder.join(NAME)) {
            Some(own) => text::not_from_here(language, path.display(), names, own.display()),
            None => text::not_from_here_alone(language, path.display(), names),
        }))
    }
}

/// The files that only the system's administrator and the user write: the system's, then the user's.
fn trusted(environment: &Environment) -> Vec<PathBuf> {
    let system = cfg!(unix).then(|| Path::new("/etc/wayseal").join(NAME));
    system.into_iter().chain(environment.config_folder().map(|folder| folder.join(NAME))).collect()
}

/// Reads a file, if it is there.
fn read(path: &Path, language: Language) -> Result<Option<ConfigFile>, Failure> {
    match files::read(path, CONFIG_MAX) {
        Ok(bytes) => {
            let toml = String::from_utf8(bytes)
                .map_err(|_| Failure::input(text::not_utf8(language, path.display())))?;
            toml::from_str(&toml).map(Some).map_err(|error| not_toml(path, &toml, &error, language))
        }
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(Failure::input(language.file(&error))),
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

/// What is wrong with a TOML file, and in which line. The library's own message is a drawing of several lines.
pub fn not_toml(path: &Path, toml: &str, error: &toml::de::Error, language: Language) -> Failure {
    let at = error.span().map_or(0, |span| span.start).min(toml.len());
    let line = 1 + toml.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    Failure::input(text::not_toml(language, path.display(), line, error.message()))
}
