//! Arguments that name the keys that grants are made from.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct SourceArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Use a day issuer's grant instead of the root
    #[arg(long, value_name = "FILE")]
    pub issuer: Option<PathBuf>,
    /// The authority's public key, to check a day issuer's grant
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The root to use, during a change-over; the newest if not given
    #[arg(long, value_name = "NUMBER", conflicts_with = "issuer")]
    pub generation: Option<u32>,
}
