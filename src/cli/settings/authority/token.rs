//! Which PKCS #11 token holds a root, and where its PIN comes from.

use crate::cli::settings::passphrase::PassphraseSource;
use std::path::PathBuf;

/// A token's module, and the source of its PIN.
pub struct TokenSettings {
    /// The PKCS #11 module.
    pub module: PathBuf,
    /// Where the PINs come from, in the order of a root's tokens; the last one counts for all further tokens.
    pub pins: Vec<PassphraseSource>,
}
