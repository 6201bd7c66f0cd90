//! `wayseal authority grant`: who may seal or open what, from when to when.

use crate::cli::commands::authority::folder::next_serial;
use crate::cli::commands::authority::source::KeySource;
use crate::cli::commands::authority::stations::find;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::authority::grant::{GrantPlan, GrantReach, GrantsPlan};
use crate::cli::stations_file::stations_of;
use wayseal::authority::issue::{GrantTerms, Scope, day_issuer, issue, permit};
use wayseal::signed::grant;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::signer::Signs;

impl GrantsPlan {
    pub fn run(self, language: Language) -> Result<u8, Failure> {
        match self {
            Self::One(plan) => plan.run(language),
            Self::Many(plan) => plan.run(language),
        }
    }
}

impl GrantPlan {
    fn run(self, language: Language) -> Result<u8, Failure> {
        match &self.reach {
            GrantReach::Sealer { id, stations } => {
                let stations = stations_of(stations, language)?;
                let destinations: Vec<_> =
                    stations.all().iter().map(|station| (station.region, station.site)).collect();
                self.make(&Scope::Sealer { sealer: *id, destinations: &destinations }, language)
            }
            GrantReach::Scanner { codes, tiers, stations } => {
                let stations = find(codes, &stations_of(stations, language)?, language)?;
                self.make(&Scope::Scanner { tiers, stations: &stations }, language)
            }
            GrantReach::Region { regions, tiers } => self.make(&Scope::Region { tiers, regions }, language),
            GrantReach::Relay { codes, stations } => {
                let stations = find(codes, &stations_of(stations, language)?, language)?;
                self.make(&Scope::Relay { stations: &stations }, language)
            }
            GrantReach::DayIssuer => self.make_issuer(language),
        }
    }

    fn make(&self, scope: &Scope<'_>, language: Language) -> Result<u8, Failure> {
        let (source, list) = self.source.open(language)?;
        let terms = self.terms(&list, language)?;
        permit(&list, &terms, scope, self.days)
            .and_then(|()| issue(&source, terms, scope, self.days, self.limits))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    /// Makes a day issuer's grant, which carries a signing key of its own: only the newest root certifies one.
    fn make_issuer(&self, language: Language) -> Result<u8, Failure> {
        let (source, list) = self.source.open(language)?;
        let KeySource::Root(root, generation) = &source else {
            return Err(Failure::usage(language.of(text::ISSUER_OF_ISSUER)));
        };
        if *generation != root.generation() {
            return Err(Failure::usage(language.of(text::ISSUER_OF_OLD_ROOT)));
        }
        let terms = self.terms(&list, language)?;
        permit(&list, &terms, &Scope::DayIssuer, self.days)
            .and_then(|()| day_issuer(&**root, terms, self.days, self.limits))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    /// The conditions of the grant, with the next serial of the folder.
    fn terms(&self, list: &RevocationList, language: Language) -> Result<GrantTerms, Failure> {
        let serial = next_serial(self.source.folder(), self.now, language)?;
        let mut terms = GrantTerms::new(&*self.to, serial, self.now);
        terms.purposes = self.purposes.clone();
        terms.budget = self.budget;
        terms.reopening.again = self.reopen.unwrap_or(terms.reopening.again);
        terms.reopening.delivered = self.after_delivery;
        terms.revocations = self.revocations.unwrap_or(list.number);
        terms.device = self.device.clone();
        terms.top_up = self.top_up;
        Ok(terms)
    }

    fn store(&self, grant: &grant::Grant, signer: &impl Signs, language: Language) -> Result<u8, Failure> {
        grant.store(&self.output, signer).map_err(|error| Failure::output(language.grant(&error)))?;
        say(&format!(
            "{}: {} {}, {} {} … {}, {} {}",
            self.output.display(),
            language.of(text::GRANT),
            grant.role.name(),
            language.of(text::DAYS),
            grant.from,
            grant.until,
            grant.nodes.len(),
            language.of(text::KEYS),
        ))?;
        Ok(0)
    }
}
