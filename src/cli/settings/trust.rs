//! What grants are checked and opened with.

use super::passphrase::PassphraseSource;
use super::public_key::{digits, public_key};
use crate::cli::console::warn;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
use crate::cli::unlock;
use ed25519_dalek::VerifyingKey;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Once;
use wayseal::files;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Grant;

/// The pinned authority, and this device's identity if it has one.
pub struct Trust {
    /// The file of the authority's public key.
    pub authority: PathBuf,
    /// What names that file.
    pub pinned_by: PinnedBy,
    /// The file of the identity.
    pub identity: Option<PathBuf>,
    /// What opens the identity, if it is under a passphrase.
    pub passphrase: PassphraseSource,
    /// Whether a program reads what is said.
    pub json: bool,
}

/// What names the file of the pinned key.
pub enum PinnedBy {
    /// The command line.
    CommandLine,
    /// A configuration file.
    Config(PathBuf),
    /// Nothing: it is the usual file of the working folder.
    WorkingFolder,
}

impl Trust {
    /// The authority's public key. Where the command line does not name its file, what does is said, once, with the key's first
    /// digits.
    pub fn pinned(&self, language: Language) -> Result<VerifyingKey, Failure> {
        let key = self.key(language)?;
        static SAID: Once = Once::new();
        if !matches!(self.pinned_by, PinnedBy::CommandLine) {
            SAID.call_once(|| self.say(&key, language));
        }
        Ok(key)
    }

    /// The authority's public key, to be pinned by a new device: what names its file is said with its first digits.
    pub fn pinned_anew(&self, language: Language) -> Result<VerifyingKey, Failure> {
        let key = self.key(language)?;
        self.say(&key, language);
        Ok(key)
    }

    fn key(&self, language: Language) -> Result<VerifyingKey, Failure> {
        let bytes = files::read(&self.authority, 4096)
            .map_err(|error| Failure::key(text::no_public_key(language, language.file(&error))))?;
        public_key(&bytes)
            .ok_or_else(|| Failure::key(text::not_a_public_key(language, self.authority.display())))
    }

    fn say(&self, key: &VerifyingKey, language: Language) {
        let (file, digits) = (self.authority.display(), digits(key));
        let (by, line) = match &self.pinned_by {
            PinnedBy::CommandLine => ("command_line", text::pin_named(language, &file, &digits)),
            PinnedBy::Config(config) => {
                ("config", text::pin_of_config(language, &file, &digits, config.display()))
            }
            PinnedBy::WorkingFolder => ("working_folder", text::pin_of_folder(language, &file, &digits)),
        };
        warn(&if self.json {
            let file = file.to_string();
            json!({"event": "authority", "file": file, "digits": digits, "pinned_by": by}).to_string()
        } else {
            line
        });
    }

    /// A grant, out of its envelope if it is in one, and checked against the authority's public key.
    pub fn grant(&self, path: &Path, language: Language) -> Result<Grant, Failure> {
        let pinned = self.pinned(language)?;
        let identity = self.identity(language)?;
        Grant::load(path, &pinned, identity.as_ref())
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.grant(&error))))
    }

    fn identity(&self, language: Language) -> Result<Option<Identity>, Failure> {
        let path = self.identity.as_deref();
        path.map(|path| unlock::identity(path, &self.passphrase, language)).transpose()
    }
}
