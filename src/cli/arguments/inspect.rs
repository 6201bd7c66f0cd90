//! Arguments of `wayseal inspect`.

use clap::Args;
use std::path::PathBuf;
use wayseal::keys::Day;

#[derive(Args)]
pub struct InspectArgs {
    /// Pictures of labels, folders of them, or - for standard input
    #[arg(required = true)]
    pub pictures: Vec<PathBuf>,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
    /// The day to which a label's nine-bit day is resolved, such as 2026-11-24; today if not given
    #[arg(long)]
    pub day: Option<Day>,
}
