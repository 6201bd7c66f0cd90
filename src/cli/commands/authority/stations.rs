//! The stations that a grant reaches: those that are named by their codes, and whom they follow; or all of its days.

use crate::cli::failure::Failure;
use crate::cli::language::Language;
use crate::cli::language::authority as text;
use crate::cli::language::failure as failure_text;
use std::sync::Arc;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Destination, Lives};
use wayseal::batch::stations::{Station, Stations, Unserved};

/// Stations with the days on which they exist.
#[derive(Default)]
pub struct Reach {
    pub places: Vec<Destination>,
    pub lives: Lives,
    /// Each station that is over and whose keys are given to its successor: what to tell.
    pub told: Vec<String>,
}

impl Reach {
    /// All stations that exist on any of the days: where a sealer sends to.
    pub fn all(stations: &Stations, days: Days) -> Self {
        Self::of(&stations.within(days.from, days.until).collect::<Vec<_>>())
    }

    /// The stations with these codes, and those whose last parcels they deliver.
    pub fn named(
        codes: &[String],
        stations: &Stations,
        days: Days,
        language: Language,
    ) -> Result<Self, Failure> {
        let found = stations.reach(codes, days.from, days.until).map_err(|(at, unserved)| {
            Failure::usage(match unserved {
                Some(Unserved::Over(code, until)) => text::station_over(language, code, until),
                Some(Unserved::Undecided(code, until, successors)) => {
                    text::station_followed(language, code, until, successors.join(", "))
                }
                Some(Unserved::NotYet(code, from)) => text::station_not_yet(language, code, from),
                _ => failure_text::no_station(language, &codes[at]),
            })
        })?;
        let all: Vec<_> = found.iter().map(|reached| reached.station).collect();
        let told = found.iter().filter(|reached| reached.precedes).map(|reached| {
            text::with_predecessor(language, &reached.station.code, reached.station.life.last())
        });
        Ok(Self { told: told.collect(), ..Self::of(&all) })
    }

    fn of(stations: &[&Arc<Station>]) -> Self {
        let place = |station: &Station| (station.region, station.site);
        let days = |station: &Station| Days { from: station.life.first(), until: station.life.last() };
        Self {
            places: stations.iter().map(|station| place(station)).collect(),
            lives: stations.iter().map(|station| (place(station), days(station))).collect(),
            told: Vec::new(),
        }
    }
}
