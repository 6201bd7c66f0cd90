//! What grants are checked and opened with.

use super::passphrase::PassphraseSource;
use super::public_key::public_key;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::unlock;
use ed25519_dalek::VerifyingKey;
use std::path::{Path, PathBuf};
use wayseal::files;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::Grant;

/// The pinned authority, and this device's identity if it has one.
pub struct Trust {
    /// The file of the authority's public key.
    pub authority: PathBuf,
    /// The file of the identity.
    pub identity: Option<PathBuf>,
    /// What opens the identity, if it is under a passphrase.
    pub passphrase: PassphraseSource,
}

impl Trust {
    /// The authority's public key.
    pub fn pinned(&self) -> Result<VerifyingKey, Failure> {
        let bytes = files::read(&self.authority, 4096).map_err(|error| {
            Failure::key(format!(
                "{error}; give the authority's public key with --authority FILE, or set `authority` in \
                 wayseal.toml"
            ))
        })?;
        public_key(&bytes).ok_or_else(|| {
            Failure::key(format!("{}: not an authority's public key", self.authority.display()))
        })
    }

    /// A grant, out of its envelope if it is in one, and checked against the authority's public key.
    pub fn grant(&self, path: &Path, language: Language) -> Result<Grant, Failure> {
        let pinned = self.pinned()?;
        let identity = self.identity(language)?;
        Grant::load(path, &pinned, identity.as_ref())
            .map_err(|error| Failure::key(format!("{}: {}", path.display(), language.grant(&error))))
    }

    fn identity(&self, language: Language) -> Result<Option<Identity>, Failure> {
        let path = self.identity.as_deref();
        path.map(|path| unlock::identity(path, &self.passphrase, language)).transpose()
    }
}
