//! Where a passphrase comes from. It is read only when an envelope asks for it.

use crate::cli::language::Language;
use age::secrecy::SecretString;
use std::path::PathBuf;

/// One source of a passphrase or PIN.
pub enum PassphraseSource {
    /// An open file descriptor.
    Descriptor(u32),
    /// A file's first line.
    File(PathBuf),
    /// The environment gave it.
    Given(SecretString),
    /// The terminal, which is asked in this language.
    Terminal(Language),
}
