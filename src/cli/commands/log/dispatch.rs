//! `wayseal log`: the auditor's side of every device's log, and the hand-in between the two.

use crate::cli::arguments::log::LogCommand;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::Settings;

impl LogCommand {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Auditor(command) => command.run(settings, language),
            Self::Enrol(command) => command.run(settings, language),
            Self::Challenge(command) => command.run(settings, language),
            Self::HandIn(command) => command.run(language),
            Self::Sign(command) => command.run(settings, language),
            Self::Accept(command) => command.run(language),
            Self::Verify(command) => command.run(settings, language),
            Self::Report(command) => command.run(settings, language),
        }
    }
}
