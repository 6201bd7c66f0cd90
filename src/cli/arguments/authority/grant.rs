//! Arguments of `wayseal authority grant`.

use crate::cli::arguments::authority::bulk::BulkArgs;
use crate::cli::arguments::authority::source::SourceArgs;
use crate::cli::arguments::authority::values::{purpose, recipient, region, reopen, sealer, tier};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use wayseal::keys::{Day, Region, SealerId, Tier};
use wayseal::signed::grant::{Purpose, Reopen};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct GrantCommandArgs {
    #[command(subcommand)]
    pub role: Option<GrantRole>,
    #[command(flatten)]
    pub many: BulkArgs,
}

#[derive(Subcommand)]
pub enum GrantRole {
    /// For a print station: today and the days after, three at most
    Sealer(SealerGrantArgs),
    /// For a courier's handheld: today and the days before, fourteen at most
    Scanner(ScannerGrantArgs),
    /// For a hub: every station of its regions, two days at most and one tier
    Region(RegionGrantArgs),
    /// For a service that calls recipients for the courier: contact keys, fourteen days at most
    Relay(RelayGrantArgs),
    /// For a desk that relabels and returns: both tiers of its stations, fourteen days at most
    Desk(DeskGrantArgs),
    /// One day's keys, to make that day's grants with the root offline; its budget and purposes are their ceilings
    DayIssuer(DayIssuerGrantArgs),
    /// For a region's office: keys of its regions, to make grants of scanners there; its budget and purposes are their ceilings
    RegionIssuer(RegionIssuerGrantArgs),
    /// For one device: the keys of named labels, 200 at most, of any day
    Pass(PassGrantArgs),
    /// For a duty officer: a key that adds to the revocation list, and nothing else
    Stop(StopGrantArgs),
}

/// Options of every grant.
#[derive(Args)]
pub struct GrantTermsArgs {
    #[command(flatten)]
    pub from: SourceArgs,
    /// The device or person; the role, with the sealer's number, if not given
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// Today, or for a sealer the first day, such as 2026-11-24
    #[arg(long)]
    pub day: Option<Day>,
    /// Days; the most that the role may hold if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub days: Option<u16>,
    /// Labels that may be opened in a shift; no limit if not given
    #[arg(long, value_name = "LABELS", value_parser = clap::value_parser!(u32).range(1..))]
    pub budget: Option<u32>,
    /// What labels may be opened for: deliver, return, relabel, enquiry, call
    #[arg(long, value_delimiter = ',', value_parser = purpose)]
    pub purposes: Option<Vec<Purpose>>,
    /// A label opened before: allow (not counted in the budget), count, or refuse; count if not given
    #[arg(long, value_name = "RULE", value_parser = reopen)]
    pub reopen: Option<Reopen>,
    /// A label signed off: allow, count, or refuse; if not given, refused for delivery, otherwise as --reopen says
    #[arg(long, value_name = "RULE", value_parser = reopen)]
    pub after_delivery: Option<Reopen>,
    /// The device's age recipient, to seal the grant to it; otherwise the file is plain
    #[arg(long, value_name = "RECIPIENT", value_parser = recipient)]
    pub device: Option<String>,
    /// The least number of the revocation list that the device must hold; the newest if not given
    #[arg(long, value_name = "NUMBER")]
    pub revocations: Option<u64>,
    /// Add to the keys that the device holds, one day if --days is not given; otherwise the grant replaces them
    #[arg(long)]
    pub top_up: bool,
    /// Make the grant even if it exceeds the limits of its role
    #[arg(long)]
    pub beyond_limits: bool,
    /// The grant's file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args)]
pub struct SealerGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// The sealer's number, 0 to 16777215
    #[arg(long, value_parser = sealer)]
    pub id: SealerId,
    /// The stations it sends to: a CSV file of code, region, site
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// Let it seal only by a file of stations that the authority signed, as this one or later
    #[arg(long)]
    pub signed_stations: bool,
}

#[derive(Args)]
pub struct ScannerGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// Codes of its stations
    #[arg(long, required = true, value_delimiter = ',')]
    pub station: Vec<String>,
    /// What it may open: delivery, contact
    #[arg(long, value_delimiter = ',', default_value = "delivery", value_parser = tier)]
    pub tiers: Vec<Tier>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct RegionGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// Numbers of its regions, 0 to 4095
    #[arg(long, required = true, value_delimiter = ',', value_parser = region)]
    pub region: Vec<Region>,
    /// What it may open: delivery or contact
    #[arg(long, value_delimiter = ',', default_value = "delivery", value_parser = tier)]
    pub tiers: Vec<Tier>,
}

#[derive(Args)]
pub struct RelayGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// Codes of the stations that it calls for
    #[arg(long, required = true, value_delimiter = ',')]
    pub station: Vec<String>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct DeskGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// Codes of the stations that it serves
    #[arg(long, required_unless_present = "region", value_delimiter = ',')]
    pub station: Vec<String>,
    /// In place of stations whole regions, 0 to 4095: seven days at most, and with --beyond-limits alone
    #[arg(long, conflicts_with = "station", value_delimiter = ',', value_parser = region)]
    pub region: Vec<Region>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct RegionIssuerGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// Numbers of its regions, 0 to 4095
    #[arg(long, required = true, value_delimiter = ',', value_parser = region)]
    pub region: Vec<Region>,
    /// What its scanners may open: delivery, contact
    #[arg(long, value_delimiter = ',', default_value = "delivery,contact", value_parser = tier)]
    pub tiers: Vec<Tier>,
}

#[derive(Args)]
pub struct PassGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
    /// A file of the labels' texts, one a line
    #[arg(long, value_name = "FILE")]
    pub labels: PathBuf,
    /// What it may open: delivery, contact
    #[arg(long, value_delimiter = ',', default_value = "delivery", value_parser = tier)]
    pub tiers: Vec<Tier>,
}

#[derive(Args)]
pub struct StopGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
}

#[derive(Args)]
pub struct DayIssuerGrantArgs {
    #[command(flatten)]
    pub common: GrantTermsArgs,
}
