//! Which PKCS #11 token holds a root, and where its PIN comes from.

use crate::cli::settings::passphrase::PassphraseSource;
use std::path::PathBuf;

/// A token's module, and the source of its PIN.
pub struct TokenSettings {
    /// The PKCS #11 module.
    pub module: PathBuf,
    /// Where the PIN comes from.
    pub pin: PassphraseSource,
}
