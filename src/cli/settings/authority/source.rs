//! Which keys grants are made from: those of the root, or those of a day issuer while the root is offline.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::source::SourceArgs;
use crate::cli::settings::resolved::Settings;
use crate::cli::settings::trust::Trust;
use std::path::PathBuf;

/// The root of a folder, or a day issuer's grant.
pub struct KeySourcePlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// A day issuer's grant in place of the root.
    pub issuer: Option<IssuerFile>,
    /// The authority's public key, if grants are made from the root.
    pub own: Trust,
    /// The root's number; the newest if none is given.
    pub generation: Option<u32>,
}

/// A day issuer's grant.
pub struct IssuerFile {
    /// The grant's file.
    pub file: PathBuf,
    /// The keys that check and open it.
    pub trust: Trust,
}

impl KeySourcePlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: SourceArgs, settings: &Settings) -> Self {
        let identity = typed.place.identity.as_deref();
        // The folder's own key is as trusted as the folder, which its owner keeps.
        let own = settings.trust(Some(&typed.place.folder.join("authority.pub")), None);
        let trust = |file| IssuerFile { file, trust: settings.trust(typed.authority.as_deref(), identity) };
        Self {
            issuer: typed.issuer.map(trust),
            own,
            generation: typed.generation,
            place: AuthorityFolder::new(typed.place, settings),
        }
    }
}
