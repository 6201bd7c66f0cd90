//! The plan of one `wayseal authority` command.

use super::audit::AuditPlan;
use super::decoys::DecoysPlan;
use super::deliveries::DeliveriesPlan;
use super::enquiry::{EnquiriesPlan, OpenOnePlan};
use super::grant::GrantsPlan;
use super::prune::PrunePlan;
use super::revoke::RevokePlan;
use super::root::{AuthorityInitPlan, RetirePlan, RotatePlan};
use super::shares::SharesPlan;
use super::show::ShowPlan;
use super::sign_stations::SignStationsPlan;
use crate::cli::arguments::authority::command::AuthorityCommand;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;

/// One command of the authority, with every default resolved.
pub enum AuthorityPlan {
    Init(Box<AuthorityInitPlan>),
    Grant(Box<GrantsPlan>),
    Show(Box<ShowPlan>),
    Revoke(Box<RevokePlan>),
    Audit(Box<AuditPlan>),
    Deliveries(Box<DeliveriesPlan>),
    OpenOne(Box<OpenOnePlan>),
    Enquiries(EnquiriesPlan),
    Decoys(Box<DecoysPlan>),
    Prune(Box<PrunePlan>),
    SignStations(Box<SignStationsPlan>),
    Rotate(Box<RotatePlan>),
    Retire(Box<RetirePlan>),
    Shares(Box<SharesPlan>),
}

impl AuthorityPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: AuthorityCommand, settings: &Settings, language: Language) -> Result<Self, Failure> {
        Ok(match typed {
            AuthorityCommand::Init(typed) => Self::Init(Box::new(AuthorityInitPlan::new(typed, settings))),
            AuthorityCommand::Grant(typed) => {
                Self::Grant(Box::new(GrantsPlan::new(*typed, settings, language)?))
            }
            AuthorityCommand::Show(typed) => Self::Show(Box::new(ShowPlan::new(typed, settings))),
            AuthorityCommand::Revoke(typed) => {
                Self::Revoke(Box::new(RevokePlan::new(typed, settings, language)?))
            }
            AuthorityCommand::Audit(typed) => {
                Self::Audit(Box::new(AuditPlan::new(typed, settings, language)?))
            }
            AuthorityCommand::Deliveries(typed) => {
                Self::Deliveries(Box::new(DeliveriesPlan::new(typed, settings, language)?))
            }
            AuthorityCommand::OpenOne(typed) => Self::OpenOne(Box::new(OpenOnePlan::new(typed, settings))),
            AuthorityCommand::Enquiries(typed) => Self::Enquiries(EnquiriesPlan::new(typed)),
            AuthorityCommand::Decoys(typed) => Self::Decoys(Box::new(DecoysPlan::new(typed, settings))),
            AuthorityCommand::Prune(typed) => {
                Self::Prune(Box::new(PrunePlan::new(typed, settings, language)?))
            }
            AuthorityCommand::SignStations(typed) => {
                Self::SignStations(Box::new(SignStationsPlan::new(typed, settings, language)?))
            }
            AuthorityCommand::Rotate(typed) => Self::Rotate(Box::new(RotatePlan::new(typed, settings))),
            AuthorityCommand::Retire(typed) => Self::Retire(Box::new(RetirePlan::new(typed, settings))),
            AuthorityCommand::Shares(typed) => Self::Shares(Box::new(SharesPlan::new(typed, settings))),
        })
    }
}
