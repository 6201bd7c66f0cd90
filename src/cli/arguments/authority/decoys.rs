//! Arguments of `wayseal authority decoys`.

use crate::cli::arguments::secrets::SecretsArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct DecoysArgs {
    /// The decoys' labels: pictures, folders of them, or texts of codes: .txt, .jsonl of payloads, - for these on standard input
    #[arg(required = true)]
    pub labels: Vec<PathBuf>,
    /// Seal the file to this age recipient instead of a passphrase; may be given more than once
    #[arg(long, value_name = "RECIPIENT")]
    pub recipient: Vec<String>,
    #[command(flatten)]
    pub secrets: SecretsArgs,
    /// The sealed file of their handles
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}
