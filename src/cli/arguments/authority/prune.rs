//! Arguments of `wayseal authority prune`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct PruneArgs {
    /// Grants, or folders of them
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The identity that opens grants sealed to a device
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// List what would be erased, and erase nothing
    #[arg(long)]
    pub dry_run: bool,
}
