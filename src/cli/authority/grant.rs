//! `wayseal authority grant`: who may seal or open what, from when to when.

use super::{Place, next_serial};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::{say, today};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};
use wayseal::authority::grant::{self, Purpose, Signs};
use wayseal::authority::issue::{
    DayKeys, Days, Destination, Limits, REGION_DAYS, SCANNER_DAYS, SEALER_DAYS, Scope, Terms, issue,
};
use wayseal::batch::stations::Stations;
use wayseal::keys::{Day, Region, SealerId, Tier};

#[derive(Subcommand)]
pub enum Grant {
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
    place: Place,
    /// Make it with a day issuer's grant in place of the root
    #[arg(long, value_name = "FILE")]
    issuer: Option<PathBuf>,
    /// The authority's public key, to check a day issuer's grant
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
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
    /// The least number of the revocation list that the device must hold
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    revocations: u64,
    /// Add to the keys that the device holds; otherwise the grant replaces them
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
    let known = || Purpose::ALL.iter().map(|purpose| purpose.name()).collect::<Vec<_>>().join(", ");
    Purpose::named(name).ok_or_else(|| format!("not a purpose; they are {}", known()))
}

fn tier(name: &str) -> Result<Tier, String> {
    let tiers = [Tier::Delivery, Tier::Contact];
    tiers.into_iter().find(|tier| tier.name() == name).ok_or_else(|| "not delivery or contact".to_owned())
}

fn sealer(number: &str) -> Result<SealerId, String> {
    number.parse().ok().and_then(SealerId::new).ok_or_else(|| "not a number of 0 to 16777215".to_owned())
}

fn region(number: &str) -> Result<Region, String> {
    number.parse().ok().and_then(Region::new).ok_or_else(|| "not a number of 0 to 4095".to_owned())
}

impl Grant {
    pub fn run(self, config: &Config, language: Language) -> Result<u8, Failure> {
        match self {
            Self::Sealer(Sealer { common, id, stations }) => {
                let stations = config.stations(stations.as_deref())?;
                let destinations: Vec<_> =
                    stations.all().iter().map(|station| (station.region, station.site)).collect();
                let days = Days::from(common.day()?, common.days.unwrap_or(SEALER_DAYS));
                let name = format!("sealer-{}", id.number());
                let scope = Scope::Sealer { sealer: id, destinations: &destinations };
                common.make(&name, &[], &scope, days, config, language)
            }
            Self::Scanner(Scanner { common, station, tiers, stations }) => {
                let found = find(&station, &config.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.days.unwrap_or(SCANNER_DAYS));
                let scope = Scope::Scanner { tiers: &tiers, stations: &found };
                common.make("scanner", &[Purpose::Deliver], &scope, days, config, language)
            }
            Self::Region(RegionScanner { common, region, tiers }) => {
                let days = Days::ending(common.day()?, common.days.unwrap_or(REGION_DAYS));
                let scope = Scope::Region { tiers: &tiers, regions: &region };
                common.make("region", &[Purpose::Relabel], &scope, days, config, language)
            }
            Self::Relay(Relay { common, station, stations }) => {
                let found = find(&station, &config.stations(stations.as_deref())?)?;
                let days = Days::ending(common.day()?, common.days.unwrap_or(SCANNER_DAYS));
                let scope = Scope::Relay { stations: &found };
                common.make("relay", &[Purpose::Call], &scope, days, config, language)
            }
            Self::DayIssuer(DayIssuer { common }) => {
                if common.issuer.is_some() {
                    return Err(Failure::usage("a day issuer makes no day issuer: leave out --issuer"));
                }
                let days = Days::from(common.day()?, common.days.unwrap_or(1));
                let root = common.place.open(config, language)?;
                let terms = common.terms("day-issuer", &[])?;
                let grant = root.day_issuer(terms, days, common.limits()).map_err(Failure::usage)?;
                common.store(&grant, &root, language)
            }
        }
    }
}

fn find(codes: &[String], stations: &Stations) -> Result<Vec<Destination>, Failure> {
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

    fn terms(&self, name: &str, purposes: &[Purpose]) -> Result<Terms, Failure> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        // A day issuer's serials stand beside its grant, the authority's in its folder.
        let folder = match &self.issuer {
            Some(issuer) => issuer.parent().unwrap_or(&self.place.folder).to_owned(),
            None => self.place.folder.clone(),
        };
        let mut terms = Terms::new(self.to.as_deref().unwrap_or(name), next_serial(&folder, now)?, now);
        terms.purposes = self.purposes.clone().unwrap_or_else(|| purposes.to_vec());
        terms.budget = self.budget;
        terms.revocations = self.revocations;
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
        let Some(issuer) = &self.issuer else {
            let root = self.place.open(config, language)?;
            return self.issue(&root, &root, self.terms(name, purposes)?, scope, days, language);
        };
        let pinned = config.pinned(self.authority.as_deref())?;
        let issuer = grant::Grant::load(issuer, &pinned)
            .map_err(|error| Failure::key(format!("{}: {}", issuer.display(), language.grant(&error))))?;
        let Some(delegate) = &issuer.delegate else {
            return Err(Failure::key(format!(
                "the grant of --issuer is a {}'s and makes no grants; ask the authority for a day issuer's",
                issuer.role.name()
            )));
        };
        self.issue(&issuer, delegate, self.terms(name, purposes)?, scope, days, language)
    }

    fn issue(
        &self,
        keys: &impl DayKeys,
        signer: &impl Signs,
        terms: Terms,
        scope: &Scope<'_>,
        days: Days,
        language: Language,
    ) -> Result<u8, Failure> {
        let grant = issue(keys, terms, scope, days, self.limits()).map_err(Failure::usage)?;
        self.store(&grant, signer, language)
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
