//! The plan of `wayseal authority decoys`.

use crate::cli::arguments::authority::decoys::DecoysArgs;
use crate::cli::settings::passphrase::PassphraseSource;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;

/// Decoys whose handles are to be kept.
pub struct DecoysPlan {
    /// Pictures, folders of them, or files of texts; `-` is the standard input.
    pub labels: Vec<PathBuf>,
    /// The age recipients of the file; a passphrase if there is none.
    pub recipients: Vec<String>,
    /// Where the passphrase comes from.
    pub passphrase: PassphraseSource,
    /// The sealed file.
    pub output: PathBuf,
}

impl DecoysPlan {
    /// Resolves the arguments against the settings.
    pub fn new(typed: DecoysArgs, settings: &Settings) -> Self {
        Self {
            labels: typed.labels,
            recipients: typed.recipient,
            passphrase: settings.passphrase(&typed.secrets),
            output: typed.output,
        }
    }
}
