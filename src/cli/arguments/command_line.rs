//! The command line: options of every command, and the commands.

use super::{
    authority, bench, courier, demo, desk, device, inspect, log, man, mask, print, scan, seal, watch,
    wedge_test,
};
use crate::cli::arguments::authority::command::AuthorityCommand;
use crate::cli::arguments::device::DeviceCommand;
use crate::cli::arguments::log::LogCommand;
use crate::cli::language::Language;
use crate::cli::language::help::in_language;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum as _};
use std::ffi::OsString;

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
    /// Configuration file; if not given, the system's, the user's, and wayseal.toml in the working folder for what is no key,
    /// pin or secret
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<std::path::PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Parses what was typed, the program's name first. Help, and the names in errors, are in `language`.
    ///
    /// # Errors
    /// Clap's; it is also how help and the version are asked for.
    pub fn parse_in(language: Language, typed: &[OsString]) -> Result<Self, clap::Error> {
        let matches = in_language(Self::command(), language).try_get_matches_from(typed)?;
        Self::from_arg_matches(&matches)
    }

    /// The language that is asked for by `--lang`, looked for before anything is parsed: what is wrong is said in it too.
    pub fn language_of(typed: &[OsString]) -> Option<Language> {
        let mut words = typed.iter().map_while(|word| word.to_str()).take_while(|word| *word != "--");
        let name = loop {
            let word = words.next()?;
            if word == "--lang" {
                break words.next()?;
            }
            if let Some(name) = word.strip_prefix("--lang=") {
                break name;
            }
        };
        Language::from_str(name, false).ok()
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Run every step in one folder: authority, grants, labels, scans
    Demo(demo::DemoArgs),
    /// Seal a file of orders into labels
    Seal(Box<seal::SealArgs>),
    /// Seal, and print, each file of orders that comes into a folder
    Watch(Box<watch::WatchArgs>),
    /// Open labels with a scanner's grant
    Scan(scan::ScanArgs),
    /// The courier's screen, and the steps at the depot
    Courier(courier::CourierArgs),
    /// Desk: give parcels new labels, and show nobody's data
    Relabel(Box<desk::RelabelArgs>),
    /// Desk: give parcels labels that bring them back
    Return(Box<desk::ReturnArgs>),
    /// Logs of devices: hand in, verify, report
    #[command(subcommand)]
    Log(Box<log::LogCommand>),
    /// Send files in a printer's language to a printer
    Print(print::PrintArgs),
    /// Print a label that tests a printer: edges, dots, density, smallest module
    PrinterTest(print::PrinterTestArgs),
    /// Show what anyone can read from a label
    Inspect(inspect::InspectArgs),
    /// Show a code to scan that tests a wedge scanner's keyboard layout
    WedgeTest(wedge_test::WedgeTestArgs),
    /// Print the masked summaries of a file of orders, as JSON lines
    Mask(mask::MaskArgs),
    /// Keys, grants and revocation: the authority's commands
    #[command(subcommand)]
    Authority(authority::command::AuthorityCommand),
    /// Set up this device, take grants, show them
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Measure labels per second on this machine, with the usual libraries for comparison
    Bench(bench::BenchArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages, one for each command
    Man(man::ManArgs),
}

impl Command {
    /// Whether it holds keys that open labels of others, or make such keys, and little else in memory.
    pub const fn holds_keys(&self) -> bool {
        matches!(self, Self::Scan(_) | Self::Courier(_) | Self::Log(_) | Self::Authority(_) | Self::Device(_))
    }

    /// Whether a default of a configuration file could be of use.
    pub const fn reads_settings(&self) -> bool {
        matches!(
            self,
            Self::Seal(_)
                | Self::Watch(_)
                | Self::Scan(_)
                | Self::Log(_)
                | Self::Mask(_)
                | Self::Authority(_)
                | Self::Device(_)
        )
    }

    /// Whether it makes keys that a passphrase protects.
    pub fn makes_keys(&self) -> bool {
        match self {
            Self::Authority(command) => matches!(command, AuthorityCommand::Init(_)),
            Self::Device(command) => matches!(command, DeviceCommand::Init(_)),
            Self::Log(command) => matches!(**command, LogCommand::Auditor(_)),
            _ => false,
        }
    }
}
