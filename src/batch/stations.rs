//! A carrier's stations: maps the station codes of orders to the regions and sites of the key tree.
//!
//! In goes a table of stations; out come lookups by code and by region and site. The file is public data.

use super::input::{InputError, parse};
use super::points::Points;
use crate::keys::{Region, Site};
use std::collections::HashMap;
use std::sync::Arc;
use thiserror::Error;

/// A delivery station.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Station {
    /// The code used in orders.
    pub code: String,
    /// The region; each sorting hub has one.
    pub region: Region,
    /// The site within the region.
    pub site: Site,
    /// Its name.
    pub name: String,
    /// The routing code for orders that have none; may be empty.
    pub routing: String,
    /// The hub's line for orders that have none; may be empty.
    pub hub: String,
}

/// The stations of a carrier, by code.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    list: Vec<Arc<Station>>,
    by_code: HashMap<String, usize>,
    by_place: HashMap<(u16, u16), usize>,
    points: Arc<Points>,
}

impl Stations {
    /// Parses a table with the columns `code,region,site`, and optionally `name,routing,hub`.
    ///
    /// # Errors
    /// [`StationsError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, StationsError> {
        let table = parse(bytes)?;
        let column = |name: &'static str| {
            table.header.iter().position(|known| known == name).ok_or(StationsError::Column(name))
        };
        let (code, region, site) = (column("code")?, column("region")?, column("site")?);
        let [name, routing, hub] = ["name", "routing", "hub"].map(|name| column(name).ok());
        let mut stations = Self::default();
        for (line, row) in &table.rows {
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            let optional = |at: Option<usize>| at.map_or("", cell).to_owned();
            let station = Station {
                code: cell(code).to_owned(),
                region: number(cell(region), Region::new).ok_or(StationsError::Number(*line))?,
                site: number(cell(site), Site::new).ok_or(StationsError::Number(*line))?,
                name: optional(name),
                routing: optional(routing),
                hub: optional(hub),
            };
            let (place, at) = (place(station.region, station.site), stations.list.len());
            if station.code.is_empty()
                || stations.by_code.insert(station.code.clone(), at).is_some()
                || stations.by_place.insert(place, at).is_some()
            {
                return Err(StationsError::Twice(*line));
            }
            stations.list.push(Arc::new(station));
        }
        Ok(stations)
    }

    /// Adds the carrier's pick-up points.
    #[must_use]
    pub fn with_points(mut self, points: Points) -> Self {
        self.points = Arc::new(points);
        self
    }

    /// The carrier's pick-up points.
    #[must_use]
    pub const fn points(&self) -> &Arc<Points> {
        &self.points
    }

    /// The station with a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Arc<Station>> {
        self.by_code.get(code).map(|&at| &self.list[at])
    }

    /// The station of a region and site.
    #[must_use]
    pub fn at(&self, region: Region, site: Site) -> Option<&Station> {
        self.by_place.get(&place(region, site)).map(|&at| &*self.list[at])
    }

    /// Every station, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Arc<Station>] {
        &self.list
    }
}

const fn place(region: Region, site: Site) -> (u16, u16) {
    (region.number(), site.number())
}

fn number<T>(text: &str, of: impl Fn(u16) -> Option<T>) -> Option<T> {
    text.parse().ok().and_then(of)
}

/// Why a file of stations is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StationsError {
    /// The file is not a table.
    #[error(transparent)]
    Table(#[from] InputError),
    /// A column is missing.
    #[error("the column `{0}` is missing; add it")]
    Column(&'static str),
    /// A region or site is not a number from 0 to 4095.
    #[error("line {0}: region and site must be numbers from 0 to 4095")]
    Number(u64),
    /// A code is empty or a duplicate, or two stations share region and site.
    #[error(
        "line {0}: the code is empty or a duplicate, or another station has the same region and site; correct it"
    )]
    Twice(u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stations_are_found_by_code_and_number() {
        let stations = Stations::parse("code,region,site,name\nA,1,2,一号站\nB,1,3,\n".as_bytes()).unwrap();
        let station = stations.find("A").unwrap();
        assert_eq!((station.region.number(), station.site.number(), &*station.name), (1, 2, "一号站"));
        assert_eq!(stations.at(station.region, station.site), Some(station.as_ref()));
        assert!(stations.find("C").is_none());
    }

    #[test]
    fn odd_files_are_refused_with_their_line() {
        let error = |text: &str| Stations::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(error("code,region\nA,1\n"), StationsError::Column("site")));
        assert!(matches!(error("code,region,site\nA,1,4096\n"), StationsError::Number(2)));
        assert!(matches!(error("code,region,site\nA,1,2\nA,1,3\n"), StationsError::Twice(3)));
        assert!(matches!(error("code,region,site\nA,1,2\nB,1,2\n"), StationsError::Twice(3)));
    }
}
