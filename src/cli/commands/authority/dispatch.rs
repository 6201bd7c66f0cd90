//! `wayseal authority`: the root, and the grants made from it.

use crate::cli::arguments::authority::command::Authority;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::config::Config;

impl Authority {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(config, language),
            Self::Grant(command) => command.run(config, language),
            Self::Show(command) => command.run(config, language),
            Self::Revoke(command) => command.run(config, language),
            Self::Audit(command) => command.run(config, language),
            Self::Prune(command) => command.run(config, language),
            Self::Rotate(command) => command.run(config, language),
            Self::Retire(command) => command.run(config, language),
            Self::Shares(command) => command.run(config, language),
        }
    }
}
