//! Arguments of `wayseal man`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct ManArgs {
    /// The folder for the pages; it is made if it does not exist
    pub folder: PathBuf,
}
