//! `wayseal authority`: the root, and the grants made from it.

use crate::cli::arguments::authority::command::AuthorityCommand;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::Settings;
use crate::cli::settings::prune::PrunePlan;
use crate::cli::settings::show::ShowPlan;

impl AuthorityCommand {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(settings, language),
            Self::Grant(command) => command.run(settings, language),
            Self::Show(command) => ShowPlan::new(command, settings).run(language),
            Self::Revoke(command) => command.run(settings, language),
            Self::Audit(command) => command.run(settings, language),
            Self::Prune(command) => PrunePlan::new(command, settings)?.run(language),
            Self::Rotate(command) => command.run(settings, language),
            Self::Retire(command) => command.run(settings, language),
            Self::Shares(command) => command.run(settings, language),
        }
    }
}
