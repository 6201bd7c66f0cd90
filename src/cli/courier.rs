//! `wayseal courier`: a handheld's screen, and what is done at the depot.

mod app;
mod depot;
mod lines;
mod screen;
mod typed;
mod words;

pub use words::{said, told};

use super::failure::Failure;
use super::language::Language;
use super::now;
use clap::{Args, Subcommand};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use wayseal::device::session::Session;

/// The courier's screen: scan with a wedge scanner, or type. Lines from a pipe work too.
///
/// Keys, each followed by Enter: 1 sign off, 2 next purpose, 3 today's list, 0 end; F1 to F3 and Esc do the
/// same at once. Enter alone hides the record. What is typed and not yet entered stands below; a key touched by
/// chance is forgotten after five seconds, and does not spoil a scan.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Courier {
    /// The device's state folder
    #[arg(long, value_name = "FOLDER", required = true)]
    state: Option<PathBuf>,
    /// Seconds after which a record is hidden
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    conceal: u64,
    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Subcommand)]
enum Step {
    /// Begin a device: its log, and whom it trusts
    Init(depot::Init),
    /// Make the depot's secret, under which devices lock their keys
    Depot(depot::Depot),
    /// Scan the day's parcels at the depot, then lock the keys of stations away
    Load(depot::Load),
    /// Back at the depot: take the keys of stations back, and erase the day's
    Unlock(depot::Unlock),
}

impl Courier {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match (self.step, self.state) {
            (Some(Step::Init(command)), _) => command.run(language),
            (Some(Step::Depot(command)), _) => command.run(language),
            (Some(Step::Load(command)), _) => command.run(language),
            (Some(Step::Unlock(command)), _) => command.run(language),
            (None, Some(state)) => {
                let app = app::App::new(open(&state, language)?, language, Duration::from_secs(self.conceal));
                if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
                    screen::run(app)
                } else {
                    lines::run(app)
                }
            }
            (None, None) => Err(Failure::usage("no state folder: give --state FOLDER")),
        }
    }
}

/// Opens a device's state folder.
pub fn open(state: &Path, language: Language) -> Result<Session, Failure> {
    Session::open(state, now())
        .map_err(|error| Failure::key(format!("{}: {}", state.display(), said(&error, language))))
}
