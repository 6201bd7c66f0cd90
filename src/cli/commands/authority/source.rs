//! What grants are made with: the root, or a day issuer's grant while the root is offline.

use crate::cli::arguments::authority::source::SourceOptions;
use crate::cli::commands::authority::folder::revocations;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::Settings;
use ed25519_dalek::{Signature, VerifyingKey};
use std::path::{Path, PathBuf};
use wayseal::authority::custody::Authority as Root;
use wayseal::authority::day_keys::{DayKeys, IssueError};
use wayseal::keys::{Day, Node, Tier};
use wayseal::signed::grant::Grant;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::signer::{Certificate, Signs};

/// Day keys and the key that signs, of one generation.
pub enum KeySource {
    Root(Box<Root>, u32),
    Issuer(Box<Grant>),
}

impl SourceOptions {
    /// Opens the root or the day issuer's grant, and the newest revocation list beside it.
    pub fn open(
        &self,
        settings: &Settings,
        language: Language,
    ) -> Result<(KeySource, RevocationList), Failure> {
        let (source, public) = match &self.issuer {
            None => {
                let root = self.place.open(settings, language)?;
                let generation = self.generation.unwrap_or_else(|| root.generation());
                if root.root(generation).is_none() {
                    let held: Vec<_> = root.roots().iter().map(|root| root.number().to_string()).collect();
                    return Err(Failure::usage(format!(
                        "{} {generation}; {} {}",
                        language.of(text::NO_SUCH_ROOT),
                        language.of(text::IT_HOLDS),
                        held.join(", ")
                    )));
                }
                let public = root.public();
                (KeySource::Root(Box::new(root), generation), public)
            }
            Some(path) => self.issuer(path, settings, language)?,
        };
        let list = revocations(&self.folder(), &public, language)?;
        Ok((source, list))
    }

    pub fn issuer(
        &self,
        path: &Path,
        settings: &Settings,
        language: Language,
    ) -> Result<(KeySource, VerifyingKey), Failure> {
        let authority = self.authority.as_deref();
        let grant = settings.grant(path, authority, self.place.identity.as_deref(), language)?;
        if grant.day_issuer.is_none() {
            return Err(Failure::key(format!(
                "the grant of --issuer is a {}'s and makes no grants; ask the authority for a day issuer's",
                grant.role.name()
            )));
        }
        Ok((KeySource::Issuer(Box::new(grant)), settings.pinned(authority)?))
    }

    /// Where serials and the revocation list are: beside a day issuer's grant, else in the authority's folder.
    pub fn folder(&self) -> PathBuf {
        match &self.issuer {
            Some(issuer) => issuer.parent().unwrap_or(&self.place.folder).to_owned(),
            None => self.place.folder.clone(),
        }
    }
}

impl DayKeys for KeySource {
    fn generation(&self) -> u32 {
        match self {
            Self::Root(_, generation) => *generation,
            Self::Issuer(grant) => grant.generation,
        }
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        match self {
            Self::Root(root, generation) => {
                root.root(*generation).ok_or(IssueError::NoDay(day))?.day_key(tier, day, out)
            }
            Self::Issuer(grant) => grant.day_key(tier, day, out),
        }
    }
}

impl Signs for KeySource {
    fn sign(&self, message: &[u8]) -> Signature {
        match self {
            Self::Root(root, _) => root.sign(message),
            // Opened only with a signing key: a signature of zeros holds nowhere.
            Self::Issuer(grant) => {
                grant.day_issuer.as_ref().map_or(Signature::from_bytes(&[0; 64]), |key| key.sign(message))
            }
        }
    }

    fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Root(..) => None,
            Self::Issuer(grant) => grant.day_issuer.as_ref().and_then(Signs::certificate),
        }
    }
}
