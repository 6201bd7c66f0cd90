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
    /// The labels of the tokens that make the root, at most two; the envelope holds it if there is none.
    pub tokens: Vec<String>,
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
    /// Days for which labels are kept for returns and enquiries.
    pub retention: u16,
    /// Whether they are erased although such labels need them.
    pub although_needed: bool,
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
            tokens: typed.token,
            #[cfg(not(feature = "hsm"))]
            tokens: Vec::new(),
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
        Self {
            place: AuthorityFolder::new(typed.place, settings),
            retention: typed.retention,
            although_needed: typed.although_needed,
            recipients: typed.recipient,
        }
    }
}
