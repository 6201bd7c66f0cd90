//! Arguments of `wayseal authority open-one` and `wayseal authority enquiries`.

use crate::cli::arguments::authority::folder::AuthorityFolderArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct OpenOneArgs {
    #[command(flatten)]
    pub place: AuthorityFolderArgs,
    /// The text of the label's code, WS1:…; - reads it from the standard input
    #[arg(value_name = "PAYLOAD")]
    pub text: String,
    /// What it is opened for, in one line: it is written to the log of enquiries
    #[arg(long, value_name = "TEXT")]
    pub case: String,
    /// An officer's share of the backup; as many as restore it. Without shares the root must be in two officers' tokens
    #[arg(long, value_name = "FILE")]
    pub share: Vec<PathBuf>,
}

#[derive(Args)]
pub struct EnquiriesArgs {
    /// The authority's folder
    #[arg(long, value_name = "FOLDER", default_value = "authority")]
    pub folder: PathBuf,
}
