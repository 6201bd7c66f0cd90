//! The file of stations.
//!
//! In goes a table of stations; out come lookups by code, by region and site, and by what a station serves. The file is
//! public data.

use super::served::{Destination, Served, ServedBy, Unserved};
use crate::batch::input::{InputError, parse};
use crate::batch::points::Points;
use crate::keys::{Day, Region, Site};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use thiserror::Error;

/// The most stations of a file: four times those of the largest carriers.
const STATIONS_MAX: usize = 1 << 17;

/// The most items of what all stations serve.
const ITEMS_MAX: usize = 1 << 20;

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
    /// The first day for which its labels are sealed; `None` if there is no such limit.
    pub sealed_from: Option<Day>,
}

impl Station {
    /// Whether its orders are sealed from a later day on.
    #[must_use]
    pub fn is_early(&self, day: Day) -> bool {
        self.sealed_from.is_some_and(|from| day.number() < from.number())
    }
}

/// The stations of a carrier, by code.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    list: Vec<Arc<Station>>,
    by_code: HashMap<String, usize>,
    by_place: HashMap<(u16, u16), usize>,
    /// By code in capitals, without blanks and marks; `None` if two stations have that form.
    by_form: HashMap<String, Option<usize>>,
    served: Served,
    /// Whether any station has a first day of sealing.
    pilot: bool,
    points: Arc<Points>,
}

impl Stations {
    /// Parses a table with the columns `code,region,site`, and optionally `name,routing,hub,divisions,postcodes,sealed_from`.
    ///
    /// `divisions` and `postcodes` say what a station serves, with `;` between the items. A division is a code of GB/T 2260
    /// of two, four or six digits, or names: `广东省深圳市南山区粤海街道`, or `广东省/深圳市`. A postcode is a whole one, a
    /// beginning (`518*`) or a range (`518000-518099`). Both may follow a country: `TW:106*`. `sealed_from` is a day such as
    /// `2026-11-24`.
    ///
    /// # Errors
    /// [`StationsError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, StationsError> {
        let table = parse(bytes)?;
        let column = |name: &'static str| {
            table.header.iter().position(|known| known == name).ok_or(StationsError::Column(name))
        };
        let (code, region, site) = (column("code")?, column("region")?, column("site")?);
        if let Some((line, _)) = table.rows.get(STATIONS_MAX) {
            return Err(StationsError::TooMany(*line));
        }
        let [name, routing, hub, divisions, postcodes, sealed_from] =
            ["name", "routing", "hub", "divisions", "postcodes", "sealed_from"].map(|name| column(name).ok());
        let mut lines = Vec::with_capacity(table.rows.len());
        let mut stations = Self::default();
        let mut items = 0;
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
                sealed_from: match optional(sealed_from).trim() {
                    "" => None,
                    day => Some(day.parse().map_err(|_| StationsError::Day(*line))?),
                },
            };
            let (place, at) = (place(station.region, station.site), stations.list.len());
            if station.code.is_empty()
                || stations.by_code.insert(station.code.clone(), at).is_some()
                || stations.by_place.insert(place, at).is_some()
            {
                return Err(StationsError::Twice(*line));
            }
            stations
                .by_form
                .entry(form(&station.code).into_owned())
                .and_modify(|other| *other = None)
                .or_insert(Some(at));
            for (column, name) in [(divisions, "divisions"), (postcodes, "postcodes")] {
                let cell = optional(column);
                items += cell.split([';', '；']).count();
                if items > ITEMS_MAX {
                    return Err(StationsError::TooMany(*line));
                }
                let added = if name == "divisions" {
                    stations.served.add_divisions(&cell, at)
                } else {
                    stations.served.add_postcodes(&cell, at)
                };
                match added {
                    Ok(None) => {}
                    Ok(Some(other)) => return Err(StationsError::ServedTwice(*line, name, lines[other])),
                    Err(_) => return Err(StationsError::Served(*line, name)),
                }
            }
            stations.pilot |= station.sealed_from.is_some();
            lines.push(*line);
            stations.list.push(Arc::new(station));
        }
        stations.served.finish();
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

    /// The station with a code; of codes that differ in case, blanks or marks alone, the one that is written so.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Arc<Station>> {
        let at = match self.by_code.get(code) {
            Some(at) => Some(*at),
            None => self.by_form.get(&*form(code)).copied().flatten(),
        };
        at.map(|at| &self.list[at])
    }

    /// Whether the file says for any station what it serves.
    #[must_use]
    pub fn has_served(&self) -> bool {
        !self.served.is_empty()
    }

    /// Whether any station has a first day of sealing.
    #[must_use]
    pub const fn has_pilot(&self) -> bool {
        self.pilot
    }

    /// The station that serves an address: that of the most specific item that matches.
    ///
    /// # Errors
    /// [`Unserved`].
    pub fn serving(&self, of: &Destination<'_>) -> Result<&Arc<Station>, Unserved> {
        match self.served.find(of) {
            Ok((_, stations)) if stations.len() == 1 => Ok(&self.list[stations[0]]),
            Ok((level, stations)) => {
                let codes = stations.into_iter().map(|at| self.list[at].code.clone());
                Err(Unserved::Several(level, codes.collect()))
            }
            Err(looked) => Err(Unserved::Nowhere(looked)),
        }
    }

    /// Whether another station is the one that serves an address, by its city or something more specific.
    #[must_use]
    pub fn is_elsewhere(&self, station: &Station, of: &Destination<'_>) -> bool {
        self.served.find(of).is_ok_and(|(level, stations)| {
            level >= ServedBy::City && !stations.iter().any(|at| self.list[*at].code == station.code)
        })
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

/// A code in capitals, without blanks, `#` and apostrophes, in half width.
fn form(code: &str) -> Cow<'_, str> {
    if code.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.')) {
        return Cow::Borrowed(code);
    }
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '#' | '\'' | '’' | '‘');
    code.chars().map(half).filter(kept).flat_map(char::to_uppercase).collect::<String>().into()
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
    /// More stations, or more of what they serve, than a file may have.
    #[error(
        "from line {0} on there are more than {STATIONS_MAX} stations or {ITEMS_MAX} divisions and postcodes; divide the file"
    )]
    TooMany(u64),
    /// A code is empty or a duplicate, or two stations share region and site.
    #[error(
        "line {0}: the code is empty or a duplicate, or another station has the same region and site; correct it"
    )]
    Twice(u64),
    /// A day of `sealed_from` is not a day.
    #[error("line {0}: sealed_from must be a day, such as 2026-11-24, or empty")]
    Day(u64),
    /// An item of a column is not understood.
    #[error(
        "line {0}: {1} has an item that is not understood; write codes of GB/T 2260 or names such as 广东省/深圳市/南山区 as \
         divisions, and 518057, 518* or 518000-518099 as postcodes, with ; between them and a country before those abroad, as in \
         TW:106*"
    )]
    Served(u64, &'static str),
    /// Another station serves the same item.
    #[error("line {0}: {1} has an item that the station of line {2} has as well; give it to one of them")]
    ServedTwice(u64, &'static str, u64),
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
        let of = |column: &str, one: &str, two: &str| {
            error(&format!("code,region,site,{column}\nA,1,2,{one}\nB,1,3,{two}\n"))
        };
        assert!(matches!(of("sealed_from", "", "2026-13-01"), StationsError::Day(3)));
        assert!(matches!(of("divisions", "44", "4499"), StationsError::Served(3, "divisions")));
        assert!(matches!(of("postcodes", "518*", "5-3"), StationsError::Served(3, "postcodes")));
        assert!(matches!(
            of("divisions", "44;4403", "广东省"),
            StationsError::ServedTwice(3, "divisions", 2)
        ));
        assert!(matches!(of("postcodes", "518*", "518*"), StationsError::ServedTwice(3, "postcodes", 2)));
    }

    #[test]
    fn codes_are_found_however_they_are_typed_unless_two_stations_have_them_so() {
        let stations =
            Stations::parse("code,region,site\nSZ-FT-003,1,2\nab1,1,3\nAB1,1,4\n".as_bytes()).unwrap();
        let site = |code| stations.find(code).map(|station| station.site.number());
        for code in ["SZ-FT-003", "sz-ft-003", " SZ-FT-003", "#sz-ft-003", "＇SZ－FT－００３", "SZ -FT- 003"]
        {
            assert_eq!(site(code), Some(2), "{code}");
        }
        assert_eq!((site("ab1"), site("AB1"), site("Ab1"), site("")), (Some(3), Some(4), None, None));
    }
}
