//! Arguments of `wayseal authority show`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct ShowGrantArgs {
    /// The grant's file
    pub grant: PathBuf,
    /// The authority's public key
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// The identity that opens a grant sealed to a device
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
