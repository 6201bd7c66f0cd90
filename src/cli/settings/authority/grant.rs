//! The plan of `wayseal authority grant`: one grant, or the grants of a file of devices.

use super::bulk::BulkPlan;
use super::source::KeySourcePlan;
use crate::cli::arguments::authority::grant::{
    DayIssuerGrantArgs, DeskGrantArgs, GrantCommandArgs, GrantRole, GrantTermsArgs, PassGrantArgs,
    RegionGrantArgs, RegionIssuerGrantArgs, RelayGrantArgs, ScannerGrantArgs, SealerGrantArgs, StopGrantArgs,
};
use crate::cli::clock::{now, today};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::Limits;
use wayseal::keys::{Day, Region, SealerId, Tier};
use wayseal::signed::grant::{
    DESK_DAYS, DESK_REGION_DAYS, Purpose, REGION_DAYS, REGION_ISSUER_DAYS, Reopen, SCANNER_DAYS, SEALER_DAYS,
    STOP_DAYS,
};

/// The usual days of a pass: a parcel's second and third attempt.
pub const PASS_DAYS: u16 = 3;

/// One grant, or many.
pub enum GrantsPlan {
    /// One grant.
    One(GrantPlan),
    /// A grant for each line of a file of devices.
    Many(BulkPlan),
}

/// One grant to be made.
pub struct GrantPlan {
    /// The keys that it is made from.
    pub source: KeySourcePlan,
    /// What it opens.
    pub reach: GrantReach,
    /// The holder.
    pub to: String,
    /// The days that it covers.
    pub days: Days,
    /// What labels may be opened for.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; no limit if none is given.
    pub budget: Option<u32>,
    /// The rule for a label that was opened before, if not the usual one.
    pub reopen: Option<Reopen>,
    /// The rule for a label that is signed off, if not the usual one.
    pub after_delivery: Option<Reopen>,
    /// The age recipient that the grant is sealed to; empty for a plain file.
    pub device: String,
    /// The least number of the device's revocation list; the newest if none is given.
    pub revocations: Option<u64>,
    /// Whether it adds to the keys that the device holds.
    pub top_up: bool,
    /// Whether a scanner or a desk may give passes of what it opens.
    pub gives: bool,
    /// Whether the limits of the role hold.
    pub limits: Limits,
    /// The grant's file.
    pub output: PathBuf,
    /// Seconds since 1970: the time of issue.
    pub now: u64,
}

/// What a grant opens, with the file of stations that its codes are looked up in.
pub enum GrantReach {
    /// A sealer's keys for all stations of a file.
    Sealer { id: SealerId, stations: PathBuf, signed: bool },
    /// Stations by their codes.
    Scanner { codes: Vec<String>, tiers: Vec<Tier>, stations: PathBuf },
    /// Whole regions.
    Region { regions: Vec<Region>, tiers: Vec<Tier> },
    /// Contact sections of stations by their codes.
    Relay { codes: Vec<String>, stations: PathBuf },
    /// Both tiers of stations by their codes.
    Desk { codes: Vec<String>, stations: PathBuf },
    /// Both tiers of whole regions, for a desk.
    RegionDesk { regions: Vec<Region> },
    /// All keys of the days.
    DayIssuer,
    /// Whole regions, and a signing key.
    RegionIssuer { regions: Vec<Region>, tiers: Vec<Tier> },
    /// The labels of a file of texts.
    Pass { labels: PathBuf, tiers: Vec<Tier> },
    /// A signing key alone.
    Stop,
}

impl GrantsPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: GrantCommandArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        match typed.role {
            Some(role) => GrantPlan::new(role, settings, language).map(Self::One),
            None => BulkPlan::new(typed.many, settings, language).map(Self::Many),
        }
    }
}

impl GrantPlan {
    /// Resolves the arguments against the settings and the clock. A day range begins or ends today, by its role.
    fn new(typed: GrantRole, settings: &Settings, language: Language) -> Result<Self, Failure> {
        match typed {
            GrantRole::Sealer(SealerGrantArgs { common, id, stations, signed_stations }) => {
                let stations = settings.stations_file(stations.as_deref(), language)?;
                let days = Days::from(day(&common, language)?, count(&common, SEALER_DAYS));
                let name = format!("sealer-{}", id.number());
                let reach = GrantReach::Sealer { id, stations, signed: signed_stations };
                Ok(Self::of(common, &name, &[], days, reach, settings))
            }
            GrantRole::Scanner(ScannerGrantArgs { common, station, tiers, stations }) => {
                let stations = settings.stations_file(stations.as_deref(), language)?;
                let days = Days::ending(day(&common, language)?, count(&common, SCANNER_DAYS));
                let reach = GrantReach::Scanner { codes: station, tiers, stations };
                Ok(Self::of(common, "scanner", &[Purpose::Deliver], days, reach, settings))
            }
            GrantRole::Region(RegionGrantArgs { common, region, tiers }) => {
                let days = Days::ending(day(&common, language)?, count(&common, REGION_DAYS));
                let reach = GrantReach::Region { regions: region, tiers };
                Ok(Self::of(common, "region", &[Purpose::Relabel], days, reach, settings))
            }
            GrantRole::Relay(RelayGrantArgs { common, station, stations }) => {
                let stations = settings.stations_file(stations.as_deref(), language)?;
                let days = Days::ending(day(&common, language)?, count(&common, SCANNER_DAYS));
                let reach = GrantReach::Relay { codes: station, stations };
                Ok(Self::of(common, "relay", &[Purpose::Call], days, reach, settings))
            }
            GrantRole::Desk(DeskGrantArgs { common, station, mut region, stations }) => {
                let most = if region.is_empty() { DESK_DAYS } else { DESK_REGION_DAYS };
                let days = Days::ending(day(&common, language)?, count(&common, most));
                let reach = if region.is_empty() {
                    let stations = settings.stations_file(stations.as_deref(), language)?;
                    GrantReach::Desk { codes: station, stations }
                } else {
                    region.sort_unstable();
                    region.dedup();
                    GrantReach::RegionDesk { regions: region }
                };
                Ok(Self::of(common, "desk", &[Purpose::Return, Purpose::Relabel], days, reach, settings))
            }
            GrantRole::RegionIssuer(RegionIssuerGrantArgs { common, mut region, tiers }) => {
                let today = day(&common, language)?;
                region.sort_unstable();
                region.dedup();
                // A scanner that is replaced needs the days that it held, so the keys reach back as far.
                let from = Days::ending(today, SCANNER_DAYS).from;
                let until = Days::from(today, count(&common, REGION_ISSUER_DAYS - SCANNER_DAYS + 1)).until;
                let reach = GrantReach::RegionIssuer { regions: region, tiers };
                Ok(Self::of(
                    common,
                    "region-issuer",
                    &[Purpose::Deliver],
                    Days { from, until },
                    reach,
                    settings,
                ))
            }
            GrantRole::Pass(PassGrantArgs { mut common, labels, tiers }) => {
                let days = Days::from(day(&common, language)?, count(&common, PASS_DAYS));
                // A pass takes no other away.
                common.top_up = true;
                let reach = GrantReach::Pass { labels, tiers };
                Ok(Self::of(common, "pass", &[Purpose::Deliver], days, reach, settings))
            }
            GrantRole::Stop(StopGrantArgs { common }) => {
                let days = Days::from(day(&common, language)?, count(&common, STOP_DAYS));
                Ok(Self::of(common, "stop", &[], days, GrantReach::Stop, settings))
            }
            GrantRole::DayIssuer(DayIssuerGrantArgs { common }) => {
                let days = Days::from(day(&common, language)?, count(&common, 1));
                Ok(Self::of(common, "day-issuer", &[], days, GrantReach::DayIssuer, settings))
            }
        }
    }

    /// The plan of a role: its usual name and purposes, unless others are given.
    fn of(
        typed: GrantTermsArgs,
        name: &str,
        purposes: &[Purpose],
        days: Days,
        reach: GrantReach,
        settings: &Settings,
    ) -> Self {
        Self {
            source: KeySourcePlan::new(typed.from, settings),
            reach,
            to: typed.to.unwrap_or_else(|| name.to_owned()),
            days,
            purposes: typed.purposes.unwrap_or_else(|| purposes.to_vec()),
            budget: typed.budget,
            reopen: typed.reopen,
            after_delivery: typed.after_delivery,
            device: typed.device.unwrap_or_default(),
            revocations: typed.revocations,
            top_up: typed.top_up,
            gives: !typed.no_passes,
            limits: if typed.beyond_limits { Limits::Lifted } else { Limits::Kept },
            output: typed.output,
            now: now(),
        }
    }
}

fn day(typed: &GrantTermsArgs, language: Language) -> Result<Day, Failure> {
    typed.day.map_or_else(|| today(language), Ok)
}

/// The number of days: the one given, one for a top-up, otherwise the most that the role may hold.
fn count(typed: &GrantTermsArgs, most: u16) -> u16 {
    typed.days.unwrap_or(if typed.top_up { 1 } else { most })
}
