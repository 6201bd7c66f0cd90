//! What grants are checked and opened with.

use super::passphrase::PassphraseSource;
use super::public_key::public_key;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::settings as text;
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
    pub fn pinned(&self, language: Language) -> Result<VerifyingKey, Failure> {
        let bytes = files::read(&self.authority, 4096)
            .map_err(|error| Failure::key(text::no_public_key(language, language.file(&error))))?;
        public_key(&bytes)
            .ok_or_else(|| Failure::key(text::not_a_public_key(language, self.authority.display())))
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
