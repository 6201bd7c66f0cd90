//! `wayseal log`: runs the plan of one command.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::log::LogPlan;

impl LogPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Auditor(command) => command.run(language),
            Self::Enrol(command) => command.run(language),
            Self::Operator(command) => command.run(language),
            Self::Challenge(command) => command.run(language),
            Self::HandIn(command) => command.run(language),
            Self::Sign(command) => command.run(language),
            Self::Accept(command) => command.run(language),
            Self::Verify(command) => command.run(language),
            Self::Report(command) => command.run(language),
        }
    }
}
