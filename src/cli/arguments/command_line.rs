//! The command line: options of every command, and the commands.

use super::{
    authority, bench, courier, demo, device, inspect, log, man, mask, print, scan, seal, wedge_test,
};
use crate::cli::language::Language;
use clap::{Parser, Subcommand};

/// Parcel labels that show nobody's data and still get the parcel home.
#[derive(Parser)]
#[command(
    name = "wayseal",
    version,
    after_help = "Exit codes: 0 all well, 1 some rows or images failed, \
    2 usage, 3 key or grant refused, 4 input unreadable, 5 output failed, 130 interrupted."
)]
pub struct Arguments {
    /// Language of messages; by the locale if not given
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    /// File of defaults
    #[arg(long, global = true, value_name = "FILE", default_value = "wayseal.toml")]
    pub config: std::path::PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// The whole story in one folder: authority, grants, labels, scans
    Demo(demo::DemoArgs),
    /// Seal a file of orders into labels
    Seal(Box<seal::SealArgs>),
    /// Open labels with a scanner's grant
    Scan(scan::ScanArgs),
    /// The courier's screen, and what is done with a device at the depot
    Courier(courier::CourierArgs),
    /// Logs of devices: hand in, verify, report
    #[command(subcommand)]
    Log(Box<log::LogCommand>),
    /// Send files in a printer's language to a printer
    Print(print::PrintArgs),
    /// Print a label that tests a printer: edges, dots, density, smallest module
    PrinterTest(print::PrinterTestArgs),
    /// Show what anyone can read from a label
    Inspect(inspect::InspectArgs),
    /// A code to scan that shows how a wedge scanner and the host's keyboard are set
    WedgeTest(wedge_test::WedgeTestArgs),
    /// Print the masked summaries of a file of orders, as JSON lines
    Mask(mask::MaskArgs),
    /// Keys and grants: the security line
    #[command(subcommand)]
    Authority(authority::command::AuthorityCommand),
    /// The grants of this device
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Labels a second on this machine, beside the usual way
    Bench(bench::BenchArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages, one for each command
    Man(man::ManArgs),
}
