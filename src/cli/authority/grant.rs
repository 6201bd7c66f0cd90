//! `wayseal authority grant`: who may seal or open what, from when to when.

use super::bulk::Bulk;
use super::next_serial;
use super::source::{From, Source};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{now, say, today};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Destination, Limits, Scope, Terms, day_issuer, issue, permit};
use wayseal::batch::stations::Stations;
use wayseal::keys::{Day, Region, SealerId, Tier};
use wayseal::signed::grant::{self, Purpose, Reopen, UnknownName};
use wayseal::signed::grant::{REGION_DAYS, SCANNER_DAYS, SEALER_DAYS};
use wayseal::signed::revocation::Revocations;
use wayseal::signed::signer::Signs;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Command {
    #[command(subcommand)]
    role: Option<Grant>,
    #[command(flatten)]
    many: Bulk,
}

impl Command {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self.role {
            Some(role) => role.run(config, language),
            None => self.many.run(config, language),
        }
    }
}

#[derive(Subcommand)]
enum Grant {
    /// For a print station: today and the days after, three at most
    Sealer(Sealer),
    /// For a courier's handheld: today and the days before, fourteen at most
    Scanner(Scanner),
    /// For a hub: every station of its regions, two days at most and one tier
    Region(RegionScanner),
    /// For a service that rings for the courier: contact keys, fourteen days at most
    Relay(Relay),
    /// One day's keys, to make that day's grants with the root offline
    DayIssuer(DayIssuer),
}

/// What every grant has.
#[derive(Args)]
struct Common {
    #[command(flatten)]
    from: From,
    /// The device or person; the role, with the sealer's number, if not given
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Today, or for a sealer the first day, such as 2026-11-24
    #[arg(long)]
    day: Option<Day>,
    /// Days; the most that the role may hold if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=512))]
    days: Option<u16>,
    /// Labels that may be opened in a shift; no limit if not given
    #[arg(long, value_name = "LABELS", value_parser = clap::value_parser!(u32).range(1..))]
    budget: Option<u32>,
    /// What labels may be opened for: deliver, return, relabel, enquiry, call
    #[arg(long, value_delimiter = ',', value_parser = purpose)]
    purposes: Option<Vec<Purpose>>,
    /// A label opened before: allow (free of the budget), count, or refuse; count if not given
    #[arg(long, value_name = "RULE", value_parser = reopen)]
    reopen: Option<Reopen>,
    /// A label signed off: allow, count, or refuse; if not given, refused for delivery and else as --reopen says
    #[arg(long, value_name = "RULE", value_parser = reopen)]
    after_delivery: Option<Reopen>,
    /// The device's age recipient, to seal the grant to it; otherwise the file is plain
    #[arg(long, value_name = "RECIPIENT", value_parser = recipient)]
    device: Option<String>,
    /// The least number of the revocation list that the device must hold; the newest if not given
    #[arg(long, value_name = "NUMBER")]
    revocations: Option<u64>,
    /// Add to the keys that the device holds, one day if --days is not given; otherwise the grant replaces them
    #[arg(long)]
    top_up: bool,
    /// Make the grant although it is beyond what its role may hold
    #[arg(long)]
    beyond_limits: bool,
    /// The grant's file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Args)]
pub struct Sealer {
    #[command(flatten)]
    common: Common,
    /// The sealer's number, 0 to 16777215
    #[arg(long, value_parser = sealer)]
    id: SealerId,
    /// The stations it sends to: a CSV file of code, region, site
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct Scanner {
    #[command(flatten)]
    common: Common,
    /// Codes of its stations
    #[arg(long, required = true, value_delimiter = ',')]
    station: Vec<String>,
    /// What it may open: delivery, contact
    #[arg(long, value_delimiter = ',', default_value = "delivery", value_parser = tier)]
    tiers: Vec<Tier>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct RegionScanner {
    #[command(flatten)]
    common: Common,
    /// Numbers of its regions, 0 to 4095
    #[arg(long, required = true, value_delimiter = ',', value_parser = region)]
    region: Vec<Region>,
    /// What it may open: delivery or contact
    #[arg(long, value_delimiter = ',', default_value = "delivery", value_parser = tier)]
    tiers: Vec<Tier>,
}

#[derive(Args)]
pub struct Relay {
    #[command(flatten)]
    common: Common,
    /// Codes of the stations that it rings for
    #[arg(long, required = true, value_delimiter = ',')]
    station: Vec<String>,
    /// The file of stations
    #[arg(long, value_name = "FILE")]
    stations: Option<PathBuf>,
}

#[derive(Args)]
pub struct DayIssuer {
    #[command(flatten)]
    common: Common,
}

fn purpose(name: &str) -> Result<Purpose, String> {
    name.parse()
        .map_err(|unknown: UnknownName| format!("not a purpose; they are {}", unknown.known().join(", ")))
}

pub fn reopen(name: &str) -> Result<Reopen, String> {
    name.parse().map_err(|_| "not allow, count or refuse".to_owned())
}

pub fn tier(name: &str) -> Result<Tier, String> {
    let tiers = [Tier::Delivery, Tier::Contact];
    tiers.into_iter().find(|tier| tier.name() == name).ok_or_else(|| "not delivery or contact".to_owned())
}

pub fn sealer(number: &str) -> Result<SealerId, String> {
    number.parse().ok().and_then(SealerId::new).ok_or_else(|| "not a number of 0 to 16777215".to_owned())
}

pub fn recipient(text: &str) -> Result<String, String> {
    let recipient = text.to_owned();
    wayseal::signed::envelope::is_recipient(text)
        .then_some(recipient)
        .ok_or_else(|| "not an age recipient, age1…; `wayseal device init` prints the device's".to_owned())
}

pub fn region(number: &str) -> Result<Region, String> {
    number.parse().ok().and_then(Region::new).ok_or_else(|| "not a number of 0 to 4095".to_owned())
}

impl Grant {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Sealer(Sealer { common, id, stations }) => {
                let stations = config.stations(stations.as_deref())?;
                let destinations: Vec<_> =
                    stations.all().iter().map(|station| (station.region, station.site)).collect();
                let days = Days::from(common.day()?, common.count(SEALER_DAYS));
                let name = format!("sealer-{}", id.number());
                let scope = Scope::Sealer { sealer: id, destinations: &destinations };
                common.make(&name, &[], &scope, days, config, language)
            }
            Self::Scanner(Scanner { common, station, tiers, stations }) => {
                let found = find(&station, &config.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.count(SCANNER_DAYS));
                let scope = Scope::Scanner { tiers: &tiers, stations: &found };
                common.make("scanner", &[Purpose::Deliver], &scope, days, config, language)
            }
            Self::Region(RegionScanner { common, region, tiers }) => {
                let days = Days::ending(common.day()?, common.count(REGION_DAYS));
                let scope = Scope::Region { tiers: &tiers, regions: &region };
                common.make("region", &[Purpose::Relabel], &scope, days, config, language)
            }
            Self::Relay(Relay { common, station, stations }) => {
                let found = find(&station, &config.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.count(SCANNER_DAYS));
                let scope = Scope::Relay { stations: &found };
                common.make("relay", &[Purpose::Call], &scope, days, config, language)
            }
            Self::DayIssuer(DayIssuer { common }) => {
                let days = Days::from(common.day()?, common.count(1));
                let (source, list) = common.from.open(config, language)?;
                let Source::Root(root, generation) = &source else {
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

pub fn find(codes: &[String], stations: &Stations) -> Result<Vec<Destination>, Failure> {
    let find = |code: &String| {
        let station = stations.find(code);
        station
            .map(|station| (station.region, station.site))
            .ok_or_else(|| Failure::usage(format!("no station {code} in the file of stations")))
    };
    codes.iter().map(find).collect()
}

impl Common {
    fn day(&self) -> Result<Day, Failure> {
        self.day.map_or_else(today, Ok)
    }

    const fn limits(&self) -> Limits {
        if self.beyond_limits { Limits::Lifted } else { Limits::Kept }
    }

    /// Days: those given, one of a top-up, else the most of the role.
    fn count(&self, most: u16) -> u16 {
        self.days.unwrap_or(if self.top_up { 1 } else { most })
    }

    fn terms(&self, name: &str, purposes: &[Purpose], list: &Revocations) -> Result<Terms, Failure> {
        let now = now();
        let folder = self.from.folder();
        let mut terms = Terms::new(self.to.as_deref().unwrap_or(name), next_serial(&folder, now)?, now);
        terms.purposes = self.purposes.clone().unwrap_or_else(|| purposes.to_vec());
        terms.budget = self.budget;
        terms.reopening.again = self.reopen.unwrap_or(terms.reopening.again);
        terms.reopening.delivered = self.after_delivery;
        terms.revocations = self.revocations.unwrap_or(list.number);
        terms.device = self.device.clone().unwrap_or_default();
        terms.top_up = self.top_up;
        Ok(terms)
    }

    fn make(
        &self,
        name: &str,
        purposes: &[Purpose],
        scope: &Scope<'_>,
        days: Days,
        config: &Config,
        language: Language,
    ) -> Result<u8, Failure> {
        let (source, list) = self.from.open(config, language)?;
        let terms = self.terms(name, purposes, &list)?;
        permit(&list, &terms, scope, days)
            .and_then(|()| issue(&source, terms, scope, days, self.limits()))
            .map_err(|error| Failure::usage(language.issue(&error)))
            .and_then(|grant| self.store(&grant, &source, language))
    }

    fn store(&self, grant: &grant::Grant, signer: &impl Signs, language: Language) -> Result<u8, Failure> {
        grant.store(&self.output, signer).map_err(|error| Failure::output(language.grant(&error)))?;
        say(&format!(
            "{}: {} {}, {} {} … {}, {} {}",
            self.output.display(),
            language.pick("grant", "授权"),
            grant.role.name(),
            language.pick("days", "日期"),
            grant.from,
            grant.until,
            grant.nodes.len(),
            language.pick("keys", "个密钥"),
        ))?;
        Ok(0)
    }
}
