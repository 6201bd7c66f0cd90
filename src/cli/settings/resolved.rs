//! Defaults for what the command line leaves out. The environment and the configuration file are read once, before a
//! command acts.

#[cfg(feature = "hsm")]
use super::authority::token::TokenSettings;
use super::config::{ColumnTable, Config};
use super::environment::Environment;
use super::passphrase::PassphraseSource;
use super::trust::{PinnedBy, Trust};
#[cfg(feature = "hsm")]
use crate::cli::arguments::authority::token::TokenArgs;
use crate::cli::arguments::secrets::SecretsArgs;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use std::path::{Path, PathBuf};

/// The largest file of devices, names or labels' texts that is read whole.
pub const TEXT_MAX: u64 = 256 << 20;

/// The configuration file and the environment, read.
pub struct Settings {
    config: Config,
    environment: Environment,
    language: Language,
}

impl Settings {
    /// The settings of a file, with the environment's.
    pub fn new(config: Config, environment: Environment, language: Language) -> Self {
        Self { config, environment, language }
    }

    /// The names of the columns of orders in the configuration file.
    pub const fn columns(&self) -> &ColumnTable {
        &self.config.columns
    }

    /// Where the passphrase is to come from: a descriptor or a file that the command line names, the environment, the
    /// configured file, the terminal, in this order; never an argument, which every process of the machine could read.
    pub fn passphrase(&self, named: &SecretsArgs) -> PassphraseSource {
        if let Some(number) = named.passphrase_fd {
            return PassphraseSource::Descriptor(number);
        }
        if let Some(path) = &named.passphrase_file {
            return PassphraseSource::File(path.clone());
        }
        match (&self.environment.passphrase, &self.config.passphrase_file) {
            (Some(passphrase), _) => PassphraseSource::Given(passphrase.clone()),
            (None, Some(path)) => PassphraseSource::File(path.clone()),
            (None, None) => PassphraseSource::Terminal(self.language),
        }
    }

    /// The token of a root: its module, and its PIN of a descriptor, a file, the environment or the terminal.
    #[cfg(feature = "hsm")]
    pub fn token(&self, named: &TokenArgs) -> TokenSettings {
        // Where Debian installs SoftHSM2; every other token has a module of its own.
        let usual = || PathBuf::from("/usr/lib/softhsm/libsofthsm2.so");
        let pins = match (named.pin_fd, &*named.pin_file, &self.environment.pin) {
            (Some(number), ..) => vec![PassphraseSource::Descriptor(number)],
            (None, [], Some(pin)) => vec![PassphraseSource::Given(pin.clone())],
            (None, [], None) => vec![PassphraseSource::Terminal(self.language)],
            (None, paths, _) => paths.iter().cloned().map(PassphraseSource::File).collect(),
        };
        TokenSettings { module: named.token_module.clone().unwrap_or_else(usual), pins }
    }

    /// The file of stations: the one named, else the one configured, else `stations.csv` here or in `samples`.
    pub fn stations_file(&self, named: Option<&Path>, language: Language) -> Result<PathBuf, Failure> {
        let path = named.map(Path::to_owned).or_else(|| self.config.stations.clone()).or_else(|| {
            ["stations.csv", "samples/stations.csv"].map(PathBuf::from).into_iter().find(|path| path.exists())
        });
        path.ok_or_else(|| Failure::usage(language.of(text::NO_STATIONS_FILE)))
    }

    /// What grants are checked and opened with: the files named, else those configured, else
    /// `authority/authority.pub` here. Never a file next to the grant: whoever forged the grant would have
    /// forged that file too.
    pub fn trust(&self, authority: Option<&Path>, identity: Option<&Path>) -> Trust {
        let (authority, pinned_by) = match (authority, &self.config.authority) {
            (Some(path), _) => (path, PinnedBy::CommandLine),
            (None, Some((path, config))) => (&**path, PinnedBy::Config(config.clone())),
            (None, None) => (Path::new("authority/authority.pub"), PinnedBy::WorkingFolder),
        };
        Trust {
            authority: authority.to_owned(),
            pinned_by,
            json: false,
            identity: identity.or(self.config.identity.as_deref()).map(Path::to_owned),
            passphrase: self.passphrase(&SecretsArgs::default()),
        }
    }

    /// The file of the template: the one named, else the one configured.
    pub fn template_file<'a>(&'a self, named: Option<&'a Path>) -> Option<&'a Path> {
        named.or(self.config.template.as_deref())
    }
}
