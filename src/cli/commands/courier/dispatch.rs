//! `wayseal courier`: a handheld's screen, and what is done at the depot.
//!
//! A courier's device keeps its keys and its authority in its state folder, which is always named: no default of the
//! configuration file applies, so that these commands have no plan. The screen runs for a whole shift and therefore reads
//! the clock itself.

use super::{app, lines, screen};
use crate::cli::arguments::courier::{CourierArgs, CourierCommand};
use crate::cli::clock::now;
use crate::cli::console;
use crate::cli::device_session::open_all;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::courier as text;
use std::io::IsTerminal as _;
use std::time::Duration;

impl CourierArgs {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match (self.step, self.state.first()) {
            (Some(CourierCommand::Init(command)), _) => command.run(language),
            (Some(CourierCommand::Depot(command)), _) => command.run(language),
            (Some(CourierCommand::Load(command)), _) => command.run(language),
            (Some(CourierCommand::Unlock(command)), _) => command.run(language),
            (Some(CourierCommand::Shift(command)), _) => command.run(language),
            (Some(CourierCommand::Ask(command)), _) => command.run(language),
            (Some(CourierCommand::Give(command)), _) => command.run(language),
            (Some(CourierCommand::Take(command)), _) => command.run(language),
            (None, Some(state)) => {
                let mut sessions = open_all(&self.state, now(), language)?;
                let conceal = Duration::from_secs(self.conceal);
                // There is one at least.
                let app = app::App::new(sessions.remove(0), state, language, conceal, self.code)
                    .map_err(|error| Failure::key(language.file(&error)))?
                    .with(sessions);
                if !self.json && std::io::stdin().is_terminal() && console::is_seen() {
                    screen::run(app)
                } else {
                    lines::run(app, self.json)
                }
            }
            (None, None) => Err(Failure::usage(language.of(text::NO_STATE))),
        }
    }
}
