//! Arguments of `wayseal authority revoke`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use crate::cli::arguments::authority::values::sealer;
use clap::Args;
use std::path::PathBuf;
use wayseal::keys::{Day, SealerId};

#[derive(Args)]
pub struct RevokeArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// Numbers of sealers
    #[arg(long, value_delimiter = ',', value_parser = sealer)]
    pub sealer: Vec<SealerId>,
    /// Names in grants, or age recipients, of scanners and other holders
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub scanner: Vec<String>,
    /// Names of issuers and of stop keys, as in their grants
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub issuer: Vec<String>,
    /// The first day that is not trusted; a thief can date back, so choose an early one. Today if not given
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// A CSV file: sealer, scanner or issuer; number or name;, first day not trusted; a header line is skipped
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The newest list is lost everywhere: sign one that names only what is named here
    #[arg(long)]
    pub list_is_lost: bool,
    /// The last day on which the list is good; thirteen days from today if not given
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
    /// Add to the list with this stop key's grant, without the root: a file that devices take beside the list
    #[arg(long, value_name = "FILE", requires = "output", conflicts_with_all = ["list_is_lost", "until"])]
    pub stop: Option<PathBuf>,
    /// The file of what a stop key adds
    #[arg(short, long, value_name = "FILE", requires = "stop")]
    pub output: Option<PathBuf>,
    /// Print the list, and make no new one
    #[arg(long, conflicts_with_all = ["sealer", "scanner", "issuer", "from", "file", "until", "list_is_lost", "stop"])]
    pub list: bool,
    /// The authority's public key, to check the list or the stop key's grant with
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
}
