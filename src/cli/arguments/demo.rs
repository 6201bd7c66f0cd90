//! Arguments of `wayseal demo`.

use clap::Args;
use std::path::PathBuf;
use wayseal::keys::Day;

#[derive(Args)]
pub struct DemoArgs {
    /// The folder
    #[arg(default_value = "wayseal-demo")]
    pub folder: PathBuf,
    /// The day of sealing, such as 2026-11-24; today if not given
    #[arg(long)]
    pub day: Option<Day>,
}
