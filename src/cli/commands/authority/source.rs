//! Opens the keys that grants are made from: those of the root, or those of a day issuer while the root is offline.

use crate::cli::commands::authority::folder::{issuers_list, newest_list};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::authority::source::{IssuerFile, KeySourcePlan};
use ed25519_dalek::Signature;
use std::path::Path;
use wayseal::authority::custody::Authority as Root;
use wayseal::authority::day_keys::{DayKeys, IssueError};
use wayseal::keys::{Day, KeyPath, Node, Tier};
use wayseal::signed::certificate::{Certificate, SignsGrants};
use wayseal::signed::grant::{Grant, RoleRules};
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::signer::{Signs, VerifyingKey};

/// Day keys and the key that signs, of one generation.
pub enum KeySource {
    Root(Box<Root>, u32),
    Issuer(Box<Grant>),
}

impl KeySourcePlan {
    /// Opens the root or the day issuer's grant, and the newest revocation list of its folder.
    pub fn open(&self, language: Language) -> Result<(KeySource, RevocationList), Failure> {
        match &self.issuer {
            None => {
                let root = self.place.open(language)?;
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
                let list = newest_list(self.folder(), &root, language)?;
                Ok((KeySource::Root(Box::new(root), generation), list))
            }
            Some(issuer) => {
                let grant = issuer.open(language)?;
                let public = issuer.trust.pinned(language)?;
                let list = issuers_list(self.folder(), &public, grant.revocations, language)?;
                Ok((KeySource::Issuer(Box::new(grant)), list))
            }
        }
    }

    /// The authority whose signature counts: the folder's own, or the one that is pinned beside an issuer's grant.
    pub fn pinned(&self, language: Language) -> Result<VerifyingKey, Failure> {
        self.issuer.as_ref().map_or(&self.own, |issuer| &issuer.trust).pinned(language)
    }

    /// The folder of serials and of the revocation list: a day issuer's is the one of its grant.
    pub fn folder(&self) -> &Path {
        match &self.issuer {
            Some(issuer) => issuer.file.parent().unwrap_or(&self.place.folder),
            None => &self.place.folder,
        }
    }
}

impl IssuerFile {
    /// Checks and opens a day issuer's grant; the other grants hold no key that signs.
    fn open(&self, language: Language) -> Result<Grant, Failure> {
        let grant = self.trust.grant(&self.file, language)?;
        // A device's key gives passes of labels that the device opens, and goes by its log.
        if grant.issuer_key.is_none() || !RoleRules::of(grant.role).signs {
            return Err(Failure::key(text::not_a_day_issuer(language, grant.role.name())));
        }
        Ok(grant)
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

    fn node(&self, path: KeyPath, out: &mut Node) -> Result<(), IssueError> {
        match self {
            Self::Root(..) => Err(IssueError::NoDay(path.day_of())),
            Self::Issuer(grant) => grant.node(path, out),
        }
    }
}

impl Signs for KeySource {
    fn sign(&self, message: &[u8]) -> Signature {
        match self {
            Self::Root(root, _) => root.sign(message),
            // Opened only with a signing key: a signature of zeros holds nowhere.
            Self::Issuer(grant) => {
                grant.issuer_key.as_ref().map_or(Signature::from_bytes(&[0; 64]), |key| key.sign(message))
            }
        }
    }
}

impl SignsGrants for KeySource {
    fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Root(..) => None,
            Self::Issuer(grant) => grant.issuer_key.as_ref().and_then(SignsGrants::certificate),
        }
    }
}
