//! Where an operator's PIN is to come from.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Clone, Default)]
pub struct PinArgs {
    /// A file that holds the PIN; else the terminal
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// An open file descriptor to read the PIN from
    #[arg(long, value_name = "NUMBER", conflicts_with = "pin_file")]
    pub pin_fd: Option<u32>,
}
