//! Arguments of `wayseal authority shares`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum SharesCommand {
    /// Write one share to each file, some of which are enough to restore the authority
    Make(MakeSharesArgs),
    /// Restore the authority from shares into a new folder
    Restore(RestoreArgs),
}

#[derive(Args)]
pub struct MakeSharesArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// How many are needed to restore it
    #[arg(long, value_parser = clap::value_parser!(u8).range(2..))]
    pub need: u8,
    /// A file for each share, best on media of different people
    #[arg(required = true, num_args = 2..=255)]
    pub files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Seal it to this age recipient instead of a passphrase; may be given more than once
    #[arg(long, value_name = "RECIPIENT")]
    pub recipient: Vec<String>,
    /// The newest revocation list that was signed, from a device's station or a backup
    #[arg(long, value_name = "FILE", conflicts_with = "no_list")]
    pub list: Option<PathBuf>,
    /// No revocation list was ever signed
    #[arg(long)]
    pub no_list: bool,
    /// The shares
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}
