//! `wayseal authority grant`: who may seal or open what, from when to when.

use crate::cli::arguments::authority::grant::{
    Common, DayIssuer, GrantArgs, GrantCommand, RegionScanner, Relay, Scanner, SealerGrantArgs,
};
use crate::cli::clock::{now, today};
use crate::cli::commands::authority::folder::next_serial;
use crate::cli::commands::authority::source::KeySource;
use crate::cli::commands::authority::stations::find;
use crate::cli::console::say;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::settings::Settings;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, day_issuer, issue, permit};
use wayseal::keys::Day;
use wayseal::signed::grant::{self, Purpose, REGION_DAYS, SCANNER_DAYS, SEALER_DAYS};
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::signer::Signs;

impl GrantCommand {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        match self.role {
            Some(role) => role.run(settings, language),
            None => self.many.run(settings, language),
        }
    }
}

impl GrantArgs {
    pub fn run(self, settings: &Settings, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Sealer(SealerGrantArgs { common, id, stations }) => {
                let stations = settings.stations(stations.as_deref())?;
                let destinations: Vec<_> =
                    stations.all().iter().map(|station| (station.region, station.site)).collect();
                let days = Days::from(common.day()?, common.count(SEALER_DAYS));
                let name = format!("sealer-{}", id.number());
                let scope = Scope::Sealer { sealer: id, destinations: &destinations };
                common.make(&name, &[], &scope, days, settings, language)
            }
            Self::Scanner(Scanner { common, station, tiers, stations }) => {
                let found = find(&station, &settings.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.count(SCANNER_DAYS));
                let scope = Scope::Scanner { tiers: &tiers, stations: &found };
                common.make("scanner", &[Purpose::Deliver], &scope, days, settings, language)
            }
            Self::Region(RegionScanner { common, region, tiers }) => {
                let days = Days::ending(common.day()?, common.count(REGION_DAYS));
                let scope = Scope::Region { tiers: &tiers, regions: &region };
                common.make("region", &[Purpose::Relabel], &scope, days, settings, language)
            }
            Self::Relay(Relay { common, station, stations }) => {
                let found = find(&station, &settings.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.count(SCANNER_DAYS));
                let scope = Scope::Relay { stations: &found };
                common.make("relay", &[Purpose::Call], &scope, days, settings, language)
            }
            Self::DayIssuer(DayIssuer { common }) => {
                let days = Days::from(common.day()?, common.count(1));
                let (source, list) = common.from.open(settings, language)?;
                let KeySource::Root(root, generation) = &source else {
                    return Err(Failure::usage("a day issuer makes no day issuer: leave out --issuer"));
                };
                if *generation != root.generation() {
                    return Err(Failure::usage("a day issuer is of the newest root: leave out --generation"));
                }
                let terms = common.terms("day-issuer", &[], &list)?;
                permit(&list, &terms, &Scope::DayIssuer, days)
                    .and_then(|()| day_issuer(&**root, terms, days, common.limits()))
                    .map_err(|error| Failure::usage(language.issue(&error)))
                    .and_then(|grant| common.store(&grant, &source, language))
            }
        }
    }
}

impl Common {
    pub fn day(&self) -> Result<Day, Failure> {
        self.day.map_or_else(today, Ok)
    }

    pub const fn limits(&self) -> Limits {
        if self.beyond_limits { Limits::Lifted } else { Limits::Kept }
    }

    /// Days: those given, one of a top-up, else the most of the role.
    pub fn count(&self, most: u16) -> u16 {
        self.days.unwrap_or(if self.top_up { 1 } else { most })
    }

    pub fn terms(
        &self,
        name: &str,
        purposes: &[Purpose],
        list: &RevocationList,
    ) -> Result<GrantTerms, Failure> {
        let now = now();
        let folder = self.from.folder();
        let mut terms = GrantTerms::new(self.to.as_deref().unwrap_or(name), next_serial(&folder, now)?, now);
        terms.purposes = self.purposes.clone().unwrap_or_else(|| purposes.to_vec());
        terms.budget = self.budget;
        terms.reopening.again = self.reopen.unwrap_or(terms.reopening.again);
        terms.reopening.delivered = self.after_delivery;
        terms.revocations = self.revocations.unwrap_or(list.number);
        terms.device = self.device.clone().unwrap_or_default();
        terms.top_up = self.top_up;
        Ok(terms)
    }

    pub fn make(
        &self,
        name: &str,
        purposes: &[Purpose],
        scope: &Scope<'_>,
        days: Days,
        settings: &Settings,
        language: Language,
    ) -> Result<u8, Failure> {
        let (source, list) = self.from.open(settings, language)?;
        let terms = self.terms(name, purposes, &list)?;
        permit(&list, &terms, scope, days)
            .and_then(|()| issue(&source, terms, scope, days, self.limits()))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    pub fn store(
        &self,
        grant: &grant::Grant,
        signer: &impl Signs,
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
            grant.nodes.len(),
            language.of(text::KEYS),
        ))?;
        Ok(0)
    }
}
