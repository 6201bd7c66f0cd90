//! Plans of `wayseal authority init`, `rotate` and `retire`.

use super::folder::AuthorityFolder;
use crate::cli::arguments::authority::root::{AuthorityInitArgs, RetireArgs, RotateArgs};
use crate::cli::settings::resolved::Settings;

/// A new authority.
pub struct AuthorityInitPlan {
    /// Its folder.
    pub place: AuthorityFolder,
    /// The age recipients of its envelope; a passphrase if there is none.
    pub recipients: Vec<String>,
    /// The label of the token that makes the root; the envelope holds it if there is none.
    pub token: Option<String>,
    /// The number of the root.
    pub generation: u32,
}

/// A new root beside the old one.
pub struct RotatePlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// The age recipients of the new envelope; the passphrase if there is none.
    pub recipients: Vec<String>,
}

/// Erasure of all roots but the newest.
pub struct RetirePlan {
    /// The authority's folder.
    pub place: AuthorityFolder,
    /// The age recipients of the new envelope; the passphrase if there is none.
    pub recipients: Vec<String>,
}

impl AuthorityInitPlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: AuthorityInitArgs, settings: &Settings) -> Self {
        Self {
            place: AuthorityFolder::new(typed.place, settings),
            recipients: typed.recipient,
            #[cfg(feature = "hsm")]
            token: typed.token,
            #[cfg(not(feature = "hsm"))]
            token: None,
            generation: typed.generation,
        }
    }
}

impl RotatePlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: RotateArgs, settings: &Settings) -> Self {
        Self { place: AuthorityFolder::new(typed.place, settings), recipients: typed.recipient }
    }
}

impl RetirePlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: RetireArgs, settings: &Settings) -> Self {
        Self { place: AuthorityFolder::new(typed.place, settings), recipients: typed.recipient }
    }
}
