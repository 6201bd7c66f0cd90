//! `wayseal authority grant`: who may seal or open what, from when to when.

use crate::cli::commands::authority::folder::next_serial;
use crate::cli::commands::authority::label_lines::label_lines;
use crate::cli::commands::authority::register::follow_stations;
use crate::cli::commands::authority::source::KeySource;
use crate::cli::commands::authority::stations::Reach;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::authority::grant::{GrantPlan, GrantReach, GrantsPlan};
use crate::cli::stations_file::{SignedStations, signed_stations};
use std::path::Path;
use wayseal::authority::issue::{GrantTerms, Scope, issue_within, issuer, let_give, pass, permit};
use wayseal::keys::Tier;
use wayseal::signed::certificate::SignsGrants;
use wayseal::signed::grant;
use wayseal::signed::revocation::RevocationList;

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
            GrantReach::Sealer { id, stations, signed } => {
                let file = self.stations(stations, language)?;
                let demanded = if *signed { file.signature(language)? } else { 0 };
                let reach = Reach::all(&file.stations, self.days);
                let scope = Scope::Sealer { sealer: *id, destinations: &reach.places };
                self.make(&scope, &reach, demanded, language)
            }
            GrantReach::Scanner { codes, tiers, stations } => {
                let reach = self.reach(codes, stations, language)?;
                self.make(&Scope::Scanner { tiers, stations: &reach.places }, &reach, 0, language)
            }
            GrantReach::Region { regions, tiers } => {
                self.make(&Scope::Region { tiers, regions }, &Reach::default(), 0, language)
            }
            GrantReach::Relay { codes, stations } => {
                let reach = self.reach(codes, stations, language)?;
                self.make(&Scope::Relay { stations: &reach.places }, &reach, 0, language)
            }
            GrantReach::Desk { codes, stations } => {
                let reach = self.reach(codes, stations, language)?;
                self.make(&Scope::Desk { stations: &reach.places }, &reach, 0, language)
            }
            GrantReach::RegionDesk { regions } => {
                self.make(&Scope::RegionDesk { regions }, &Reach::default(), 0, language)
            }
            GrantReach::DayIssuer => self.make_issuer(&Scope::DayIssuer, language),
            GrantReach::RegionIssuer { regions, tiers } => {
                self.make_issuer(&Scope::RegionIssuer { regions, tiers }, language)
            }
            GrantReach::Pass { labels, tiers } => self.make_pass(labels, tiers, language),
            GrantReach::Stop => self.make_issuer(&Scope::Stop, language),
        }
    }

    fn stations(&self, path: &Path, language: Language) -> Result<SignedStations, Failure> {
        let file = signed_stations(path, || self.source.pinned(language), language)?;
        follow_stations(self.source.folder(), &file.stations, self.now, language)?;
        Ok(file)
    }

    /// The stations with these codes in a file, and those whose last parcels they deliver.
    fn reach(&self, codes: &[String], stations: &Path, language: Language) -> Result<Reach, Failure> {
        Reach::named(codes, &self.stations(stations, language)?.stations, self.days, language)
    }

    /// Makes a grant that demands a signature of stations not before `stations`, if it is not 0.
    fn make(
        &self,
        scope: &Scope<'_>,
        reach: &Reach,
        stations: u64,
        language: Language,
    ) -> Result<u8, Failure> {
        let (source, list) = self.source.open(language)?;
        let mut terms = self.terms(&source, &list, language)?;
        terms.stations = stations;
        let code = permit(&list, &terms, scope, self.days)
            .and_then(|()| issue_within(&source, terms, scope, self.days, self.limits, &reach.lives))
            .and_then(|mut grant| {
                if self.gives {
                    let_give(&mut grant, &source)?;
                }
                Ok(grant)
            })
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))?;
        reach.told.iter().try_for_each(|line| say(line))?;
        Ok(code)
    }

    /// Makes a pass for the labels of a file of texts.
    fn make_pass(&self, labels: &Path, tiers: &[Tier], language: Language) -> Result<u8, Failure> {
        let texts = label_lines(labels).map_err(|error| Failure::input(language.file(&error)))?;
        let (source, list) = self.source.open(language)?;
        let terms = self.terms(&source, &list, language)?;
        permit(&list, &terms, &Scope::Stop, self.days)
            .and_then(|()| pass(&source, terms, &texts, tiers, self.days, self.limits))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    /// Makes a grant that carries a signing key of its own: only the newest root certifies one.
    fn make_issuer(&self, scope: &Scope<'_>, language: Language) -> Result<u8, Failure> {
        let (source, list) = self.source.open(language)?;
        let KeySource::Root(root, generation) = &source else {
            return Err(Failure::usage(language.of(text::ISSUER_OF_ISSUER)));
        };
        if *generation != root.generation() {
            return Err(Failure::usage(language.of(text::ISSUER_OF_OLD_ROOT)));
        }
        let terms = self.terms(&source, &list, language)?;
        permit(&list, &terms, scope, self.days)
            .and_then(|()| issuer(&**root, terms, scope, self.days, self.limits))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    /// The conditions of the grant, with the next serial of the folder.
    fn terms(
        &self,
        source: &KeySource,
        list: &RevocationList,
        language: Language,
    ) -> Result<GrantTerms, Failure> {
        let serial = next_serial(self.source.folder(), self.now, source.certificate(), language)?;
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

    fn store(
        &self,
        grant: &grant::Grant,
        signer: &impl SignsGrants,
        language: Language,
    ) -> Result<u8, Failure> {
        grant.store(&self.output, signer).map_err(|error| Failure::output(language.grant(&error)))?;
        say(&format!(
            "{}: {} {}, {} {} … {}, {} {}",
            self.output.display(),
            language.of(text::GRANT),
            grant.role.name(),
            language.of(text::DAYS),
            grant.from,
            grant.until,
            grant.nodes.len() + grant.labels.len(),
            language.of(text::KEYS),
        ))?;
        Ok(0)
    }
}
