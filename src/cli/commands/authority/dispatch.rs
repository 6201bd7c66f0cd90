//! `wayseal authority`: runs the plan of one command.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::authority::plan::AuthorityPlan;

impl AuthorityPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Init(command) => command.run(language),
            Self::Grant(command) => command.run(language),
            Self::Show(command) => command.run(language),
            Self::Revoke(command) => command.run(language),
            Self::Audit(command) => command.run(language),
            Self::Deliveries(command) => command.run(language),
            Self::OpenOne(command) => command.run(language),
            Self::Enquiries(command) => command.run(language),
            Self::Decoys(command) => command.run(language),
            Self::Prune(command) => command.run(language),
            Self::SignStations(command) => command.run(language),
            Self::Rotate(command) => command.run(language),
            Self::Retire(command) => command.run(language),
            Self::Shares(command) => command.run(language),
        }
    }
}
