//! Where a passphrase comes from, settled before it is asked for.

use age::secrecy::SecretString;
use std::path::PathBuf;

/// One place, chosen.
pub enum PassphraseSource {
    /// An open file descriptor.
    Descriptor(u32),
    /// A file's first line.
    File(PathBuf),
    /// The environment gave it.
    Given(SecretString),
    /// Somebody at the terminal.
    Terminal,
}
