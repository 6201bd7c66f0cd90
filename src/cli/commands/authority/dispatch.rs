//! `wayseal authority`: the root, and the grants made from it.

use crate::cli::arguments::authority::command::Authority;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::Settings;

impl Authority {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(settings, language),
            Self::Grant(command) => command.run(settings, language),
            Self::Show(command) => command.run(settings, language),
            Self::Revoke(command) => command.run(settings, language),
            Self::Audit(command) => command.run(settings, language),
            Self::Prune(command) => command.run(settings, language),
            Self::Rotate(command) => command.run(settings, language),
            Self::Retire(command) => command.run(settings, language),
            Self::Shares(command) => command.run(settings, language),
        }
    }
}
