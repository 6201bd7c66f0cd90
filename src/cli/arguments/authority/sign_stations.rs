//! Arguments of `wayseal authority sign-stations`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct SignStationsArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// The file of stations; the usual one if not given. The points.csv beside it is signed too
    #[arg(value_name = "FILE")]
    pub stations: Option<PathBuf>,
}
