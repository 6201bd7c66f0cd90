//! Arguments of `wayseal wedge-test`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct WedgeTestArgs {
    /// Write the code into a PNG to print, not to the terminal
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Do not draw; read a scanned line from standard input and say what the scanner is set to
    #[arg(long, conflicts_with = "png")]
    pub read: bool,
}
