//! The command line: one file a command.
//!
//! Exit codes: 0 all well, 1 some rows or images failed, 2 usage, 3 key or grant refused, 4 input
//! unreadable, 5 output failed, 130 interrupted.

mod advice;
mod authority;
mod bench;
mod config;
mod courier;
mod demo;
mod device;
#[cfg(test)]
mod documents;
mod failure;
mod inspect;
mod interrupt;
mod language;
mod log;
mod man;
mod mask;
mod orders;
mod pictures;
mod print;
mod progress;
mod scan;
mod seal;
mod unlock;
mod wedge;

use clap::{CommandFactory as _, Parser, Subcommand};
use config::Config;
use failure::Failure;
use language::Language;
use std::io::{self, Write as _};
use std::process::ExitCode;
use wayseal::keys::Day;
use wayseal::secret::scrubbed_deep;

/// Parcel labels that show nobody's data and still get the parcel home.
#[derive(Parser)]
#[command(
    name = "wayseal",
    version,
    after_help = "Exit codes: 0 all well, 1 some rows or images failed, \
    2 usage, 3 key or grant refused, 4 input unreadable, 5 output failed, 130 interrupted."
)]
struct Arguments {
    /// Language of messages; by the locale if not given
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
    /// File of defaults
    #[arg(long, global = true, value_name = "FILE", default_value = "wayseal.toml")]
    config: std::path::PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The whole story in one folder: authority, grants, labels, scans
    Demo(demo::Demo),
    /// Seal a file of orders into labels
    Seal(Box<seal::Seal>),
    /// Open labels with a scanner's grant
    Scan(scan::Scan),
    /// The courier's screen, and what is done with a device at the depot
    Courier(courier::Courier),
    /// Logs of devices: hand in, verify, report
    #[command(subcommand)]
    Log(Box<log::Log>),
    /// Send files in a printer's language to a printer
    Print(print::Print),
    /// Print a label that tests a printer: edges, dots, density, smallest module
    PrinterTest(print::PrinterTest),
    /// Show what anyone can read from a label
    Inspect(inspect::Inspect),
    /// A code to scan that shows how a wedge scanner and the host's keyboard are set
    WedgeTest(wedge::WedgeTest),
    /// Print the masked summaries of a file of orders, as JSON lines
    Mask(mask::Mask),
    /// Keys and grants: the security line
    #[command(subcommand)]
    Authority(authority::Authority),
    /// The grants of this device
    #[command(subcommand)]
    Device(device::Device),
    /// Labels a second on this machine, beside the usual way
    Bench(bench::Bench),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages, one for each command
    Man(man::ManPages),
}

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.lang.unwrap_or_else(Language::of_environment);
    let run = || -> Result<u8, Failure> {
        let config = Config::load(&arguments.config)?;
        match arguments.command {
            Command::Demo(command) => command.run(language),
            Command::Seal(command) => command.run(&config, language),
            Command::Scan(command) => command.run(&config, language),
            Command::Courier(command) => command.run(language),
            Command::Log(command) => command.run(&config, language),
            Command::Print(command) => command.run(language),
            Command::PrinterTest(command) => command.run(language),
            Command::Inspect(command) => command.run(language),
            Command::WedgeTest(command) => command.run(language),
            Command::Mask(command) => command.run(&config, language),
            Command::Authority(command) => command.run(&config, language),
            Command::Device(command) => command.run(&config, language),
            Command::Bench(command) => command.run(language),
            Command::Completions { shell } => {
                clap_complete::generate(shell, &mut Arguments::command(), "wayseal", &mut io::stdout());
                Ok(0)
            }
            Command::Man(command) => command.run(Arguments::command(), language),
        }
    };
    // Keys are copied by moves, and signing leaves some of them on the stack.
    match scrubbed_deep(run) {
        Ok(code) => code.into(),
        Err(failure) => {
            let _broken_pipe = writeln!(io::stderr(), "wayseal: {failure}");
            failure.code().into()
        }
    }
}

/// Now, by the machine's clock, in seconds since 1970.
fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Today, by the machine's clock, in UTC.
fn today() -> Result<Day, Failure> {
    Day::of_unix(now())
        .ok_or_else(|| Failure::usage("the machine's clock is not in 2020 to 2199; set it, or give --day"))
}

/// Writes a line to standard output; a reader that has gone ends the output, not the program.
fn say(line: &str) -> Result<(), Failure> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => {
            result.map_err(|error| Failure::output(format!("cannot write to standard output: {error}")))
        }
    }
}
