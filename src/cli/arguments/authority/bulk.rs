//! Arguments of `wayseal authority grant --devices`.

use crate::cli::arguments::authority::source::SourceArgs;
use clap::Args;
use std::path::PathBuf;
use wayseal::keys::Day;

#[derive(Args)]
pub struct BulkArgs {
    #[command(flatten)]
    pub from: SourceArgs,
    /// A CSV file of devices: to, and as needed role, stations, regions, tiers, id, labels, device, budget, reopen, after_delivery;
    /// lists with ;
    #[arg(long, value_name = "FILE")]
    pub devices: Option<PathBuf>,
    /// The folder of the grants; the same command resumes a run that was stopped
    #[arg(long, value_name = "FOLDER", requires = "devices")]
    pub out: Option<PathBuf>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// Let sealers seal only by a file of stations that the authority signed, as this one or later
    #[arg(long)]
    pub signed_stations: bool,
    /// Today, or for a sealer the first day, such as 2026-11-24
    #[arg(long)]
    pub day: Option<Day>,
    /// Days; the most that each role may hold if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub days: Option<u16>,
    /// Add to the keys that the devices hold, one day if --days is not given
    #[arg(long)]
    pub top_up: bool,
    /// Let scanners and desks give no passes of labels that they open
    #[arg(long)]
    pub no_passes: bool,
    /// Make grants that exceed the limits of their roles
    #[arg(long)]
    pub beyond_limits: bool,
}
