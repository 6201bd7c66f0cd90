//! The authority's folder, and what opens its envelope.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
#[cfg(feature = "hsm")]
use crate::cli::settings::authority::token::TokenSettings;
use crate::cli::settings::passphrase::PassphraseSource;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;

/// The authority's folder, and what opens its envelope.
pub struct AuthorityFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Where the passphrase of the envelope comes from.
    pub passphrase: PassphraseSource,
    /// The file of an identity, if the envelope is sealed to age recipients.
    pub identity: Option<PathBuf>,
    /// The token of a root that is not in the envelope.
    #[cfg(feature = "hsm")]
    pub token: TokenSettings,
}

impl AuthorityFolder {
    /// Resolves the arguments against the settings.
    pub fn new(typed: AuthorityFolderArgs, settings: &Settings) -> Self {
        Self {
            passphrase: settings.passphrase(&typed.secrets),
            #[cfg(feature = "hsm")]
            token: settings.token(&typed.token),
            folder: typed.folder,
            identity: typed.identity,
        }
    }
}
