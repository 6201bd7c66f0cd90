//! The file of stations.
//!
//! In goes a table of stations; out come lookups by code, by region and site, and by what a station serves. The file is
//! public data.

use super::error::{ITEMS_MAX, STATIONS_MAX, StationsError};
use super::holders::{Holders, hold};
use super::item::items;
use super::life::{Life, RESERVED_DAYS};
use super::served::Served;
use super::station::Station;
use crate::batch::input::{InputTable, parse};
use crate::batch::points::Points;
use crate::keys::{Day, Region, Site};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The stations of a carrier, by code.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    pub(super) list: Vec<Arc<Station>>,
    by_code: HashMap<String, Holders>,
    by_place: HashMap<(u16, u16), Holders>,
    /// By code in capitals, without blanks and marks: the code of a station; `None` if two codes have that form.
    by_form: HashMap<String, Option<usize>>,
    pub(super) served: Served,
    /// Each station that is over and has one successor, with that, by their indices.
    pub(super) followed: Vec<(usize, usize)>,
    /// Whether any station has a first day of sealing.
    pilot: bool,
    points: Arc<Points>,
}

impl Stations {
    /// Parses a table with the columns `code,region,site`, and optionally
    /// `name,routing,hub,divisions,postcodes,sealed_from,from,until,successor`.
    ///
    /// `divisions` and `postcodes` say what a station serves, with `;` between the items. A division is a code of GB/T 2260
    /// of two, four or six digits, or names: `广东省深圳市南山区粤海街道`, or `广东省/深圳市`. A postcode is a whole one, a
    /// beginning (`518*`) or a range (`518000-518099`). Both may follow a country: `TW:106*`. `sealed_from`, `from` and `until` are
    /// days such as `2026-11-24`; `successor` has codes, with `;` between.
    ///
    /// Two stations may have the same code, or the same region and site, or serve the same division or postcode, on different
    /// days; of code and place, only with more than [`RESERVED_DAYS`] between.
    ///
    /// # Errors
    /// [`StationsError`], with the line where there is one.
    pub fn parse(bytes: &[u8]) -> Result<Self, StationsError> {
        let table = parse(bytes)?;
        let columns = Columns::of(&table)?;
        if let Some((line, _)) = table.rows.get(STATIONS_MAX) {
            return Err(StationsError::TooMany(*line));
        }
        let mut lines = Vec::with_capacity(table.rows.len());
        let mut stations = Self::default();
        let mut areas = 0;
        for (line, row) in &table.rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", String::as_str);
            stations.add(columns.station(*line, &cell)?, *line, &lines)?;
            for (at, name) in [(columns.divisions, "divisions"), (columns.postcodes, "postcodes")] {
                areas += cell(at).split([';', '；']).count();
                if areas > ITEMS_MAX {
                    return Err(StationsError::TooMany(*line));
                }
                stations.serve(name, cell(at), *line, &lines)?;
            }
            lines.push(*line);
        }
        stations.served.finish();
        stations.check_successors(&lines)?;
        Ok(stations)
    }

    /// Adds a station, unless another one has its code or place at its time or shortly before.
    fn add(&mut self, station: Station, line: u64, lines: &[u64]) -> Result<(), StationsError> {
        let (at, mut others) = (self.list.len(), Vec::new());
        if station.code.is_empty() {
            return Err(StationsError::Twice(line));
        }
        hold(&mut self.by_code, station.code.clone(), at, &mut others);
        hold(&mut self.by_place, place(station.region, station.site), at, &mut others);
        for other in others {
            match station.life.apart(self.list[other].life) {
                None => return Err(StationsError::Twice(line)),
                Some(days) if days <= RESERVED_DAYS => {
                    return Err(StationsError::Reserved { line, other: lines[other], days });
                }
                Some(_) => {}
            }
        }
        let list = &self.list;
        self.by_form
            .entry(form(&station.code).into_owned())
            .and_modify(|other| *other = other.filter(|other| list[*other].code == station.code))
            .or_insert(Some(at));
        self.pilot |= station.sealed_from.is_some();
        self.list.push(Arc::new(station));
        Ok(())
    }

    /// Adds what the last station serves.
    fn serve(
        &mut self,
        column: &'static str,
        cell: &str,
        line: u64,
        lines: &[u64],
    ) -> Result<(), StationsError> {
        let (at, mut others) = (self.list.len() - 1, Vec::new());
        let added = if column == "divisions" {
            self.served.add_divisions(cell, at, &mut others)
        } else {
            self.served.add_postcodes(cell, at, &mut others)
        };
        added.map_err(|_| StationsError::Served(line, column))?;
        let life = self.list[at].life;
        match others.into_iter().find(|other| life.apart(self.list[*other].life).is_none()) {
            Some(other) => Err(StationsError::ServedTwice(line, column, lines[other])),
            None => Ok(()),
        }
    }

    /// Each successor is there on the day after its predecessor's last. So whoever goes from successor to successor comes to an
    /// end: each ends later than the one before.
    fn check_successors(&mut self, lines: &[u64]) -> Result<(), StationsError> {
        for (at, line) in lines.iter().enumerate() {
            let station = &self.list[at];
            if station.successors.is_empty() {
                continue;
            }
            let next = station.next_day().ok_or(StationsError::Endless(*line))?;
            let mut found = Vec::with_capacity(station.successors.len());
            for code in &station.successors {
                let other = self.index_on(code, next).filter(|other| self.list[*other].life.holds(next));
                found.push(other.ok_or_else(|| StationsError::Successor(*line, code.clone(), next))?);
            }
            if let [one] = found[..] {
                self.followed.push((at, one));
            }
        }
        Ok(())
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

    /// The station with a code, the last of those that have it one after the other; of codes that differ in case, blanks or
    /// marks alone, the one that is written so.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Arc<Station>> {
        self.with_code(code).iter().map(|at| &self.list[*at]).max_by_key(|station| station.life.last())
    }

    /// The station with a code on a day; if there is none on that day, the last one before it, else the next one.
    #[must_use]
    pub fn find_on(&self, code: &str, day: Day) -> Option<&Arc<Station>> {
        self.index_on(code, day).map(|at| &self.list[at])
    }

    /// The index of the same.
    pub(super) fn index_on(&self, code: &str, day: Day) -> Option<usize> {
        let all = self.with_code(code).iter().copied();
        // Lives do not overlap, so those that have begun are ordered by their first day.
        let rank = |at: &usize| {
            let first = self.list[*at].life.first();
            if first <= day { (true, i32::from(first.number())) } else { (false, -i32::from(first.number())) }
        };
        all.max_by_key(rank)
    }

    /// The stations with a code, by their index.
    pub(super) fn with_code(&self, code: &str) -> &[usize] {
        if let Some(known) = self.by_code.get(code) {
            return known.all();
        }
        let written = self.by_form.get(&*form(code)).copied().flatten();
        written.and_then(|at| self.by_code.get(&self.list[at].code)).map_or(&[], Holders::all)
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

    /// The station of a region and site on a day.
    #[must_use]
    pub fn at(&self, region: Region, site: Site, day: Day) -> Option<&Station> {
        let all = self.by_place.get(&place(region, site)).map_or(&[][..], Holders::all);
        all.iter().map(|at| &*self.list[*at]).find(|station| station.life.holds(day))
    }

    /// Every station, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Arc<Station>] {
        &self.list
    }
}

/// Where the columns of a file of stations are.
struct Columns {
    code: usize,
    region: usize,
    site: usize,
    name: Option<usize>,
    routing: Option<usize>,
    hub: Option<usize>,
    divisions: Option<usize>,
    postcodes: Option<usize>,
    sealed_from: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    successor: Option<usize>,
}

impl Columns {
    fn of(table: &InputTable) -> Result<Self, StationsError> {
        let at = |name: &str| table.header.iter().position(|known| known == name);
        let needed = |name: &'static str| at(name).ok_or(StationsError::Column(name));
        Ok(Self {
            code: needed("code")?,
            region: needed("region")?,
            site: needed("site")?,
            name: at("name"),
            routing: at("routing"),
            hub: at("hub"),
            divisions: at("divisions"),
            postcodes: at("postcodes"),
            sealed_from: at("sealed_from"),
            from: at("from"),
            until: at("until"),
            successor: at("successor"),
        })
    }

    /// The station of a row.
    fn station<'a>(
        &self,
        line: u64,
        cell: &dyn Fn(Option<usize>) -> &'a str,
    ) -> Result<Station, StationsError> {
        let day = |at: Option<usize>, name| match cell(at).trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| StationsError::Day(line, name)),
        };
        let life = Life { from: day(self.from, "from")?, until: day(self.until, "until")? };
        if life.is_empty() {
            return Err(StationsError::Life(line));
        }
        Ok(Station {
            code: cell(Some(self.code)).to_owned(),
            region: number(cell(Some(self.region)), Region::new).ok_or(StationsError::Number(line))?,
            site: number(cell(Some(self.site)), Site::new).ok_or(StationsError::Number(line))?,
            name: cell(self.name).to_owned(),
            routing: cell(self.routing).to_owned(),
            hub: cell(self.hub).to_owned(),
            sealed_from: day(self.sealed_from, "sealed_from")?,
            life,
            successors: items(cell(self.successor)).map(str::to_owned).collect(),
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stations_are_found_by_code_and_number() {
        let stations = Stations::parse("code,region,site,name\nA,1,2,一号站\nB,1,3,\n".as_bytes()).unwrap();
        let station = stations.find("A").unwrap();
        assert_eq!((station.region.number(), station.site.number(), &*station.name), (1, 2, "一号站"));
        assert_eq!(stations.at(station.region, station.site, Day::new(7)), Some(station.as_ref()));
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
        assert!(matches!(of("sealed_from", "", "2026-13-01"), StationsError::Day(3, "sealed_from")));
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
