//! Where a passphrase is to come from.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Clone, Default)]
pub struct SecretsArgs {
    /// A file that holds the passphrase; else WAYSEAL_PASSPHRASE, else the terminal
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// An open file descriptor to read the passphrase from
    #[arg(long, value_name = "NUMBER", conflicts_with = "passphrase_file")]
    pub passphrase_fd: Option<u32>,
}
