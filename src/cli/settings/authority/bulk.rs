//! The plan of `wayseal authority grant --devices`.

use super::source::KeySourcePlan;
use crate::cli::arguments::authority::bulk::BulkArgs;
use crate::cli::clock::{now, today};
use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::bulk as text;
use crate::cli::settings::resolved::Settings;
use std::path::PathBuf;
use wayseal::keys::Day;

/// Grants for the devices of a file.
pub struct BulkPlan {
    /// The keys that the grants are made from.
    pub source: KeySourcePlan,
    /// The file of devices.
    pub devices: PathBuf,
    /// The folder of the grants.
    pub out: PathBuf,
    /// The file of stations.
    pub stations: PathBuf,
    /// Whether sealers may seal only by one that is signed.
    pub signed_stations: bool,
    /// Today, or a sealer's first day.
    pub day: Day,
    /// Days of each grant; the most of its role if none is given.
    pub days: Option<u16>,
    /// Whether the grants add to the keys that the devices hold.
    pub top_up: bool,
    /// Whether scanners and desks may give passes of what they open.
    pub gives: bool,
    /// Whether the limits of the roles are lifted.
    pub beyond_limits: bool,
    /// Seconds since 1970: the time of issue.
    pub now: u64,
}

impl BulkPlan {
    /// Resolves the arguments against the settings and the clock.
    pub fn new(typed: BulkArgs, settings: &Settings, language: Language) -> Result<Self, Failure> {
        let devices = typed.devices.ok_or_else(|| Failure::usage(language.of(text::NO_ROLE)))?;
        let stations = settings.stations_file(typed.stations.as_deref(), language)?;
        let day = typed.day.map_or_else(|| today(language), Ok)?;
        Ok(Self {
            source: KeySourcePlan::new(typed.from, settings),
            devices,
            out: typed.out.unwrap_or_else(|| PathBuf::from(format!("grants-{day}"))),
            stations,
            signed_stations: typed.signed_stations,
            day,
            days: typed.days,
            top_up: typed.top_up,
            gives: !typed.no_passes,
            beyond_limits: typed.beyond_limits,
            now: now(),
        })
    }
}
