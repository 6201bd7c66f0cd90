//! Arguments of the token that holds a root.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Clone, Default)]
pub struct TokenArgs {
    /// The PKCS #11 module of the token that holds the root
    #[arg(long, value_name = "FILE", env = "WAYSEAL_TOKEN_MODULE")]
    pub token_module: Option<PathBuf>,
    /// A file that holds the token's PIN, given twice for two tokens; else WAYSEAL_PIN, else the terminal
    #[arg(long, value_name = "FILE")]
    pub pin_file: Vec<PathBuf>,
    /// An open file descriptor to read the PIN from
    #[arg(long, value_name = "NUMBER", conflicts_with = "pin_file")]
    pub pin_fd: Option<u32>,
}
