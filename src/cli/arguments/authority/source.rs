//! Arguments of what grants are made with.

use crate::cli::arguments::authority::folder::AuthorityFolder;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct SourceOptions {
    #[command(flatten)]
    pub place: AuthorityFolder,
    /// Make it with a day issuer's grant in place of the root
    #[arg(long, value_name = "FILE")]
    pub issuer: Option<PathBuf>,
    /// The authority's public key, to check a day issuer's grant
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The root to use, during a change-over; the newest if not given
    #[arg(long, value_name = "NUMBER", conflicts_with = "issuer")]
    pub generation: Option<u32>,
}
