//! The register of stations: which codes and places were ever in the file of stations, so that a row which is removed from it does not
//! free its code, region and site at once.
//!
//! In: the stations of a file, each time keys are given by it. Out: a text that is kept between, or a refusal that names what is given again too soon. A row that
//! is not there any more counts as ended on its last day, or, if it had none, on the last day for which sealers may hold keys of it.
//!
//! ```text
//! wayseal stations register 1
//! region site last-day-or-- removed-on-or-- code            a line each, ascending; the code is the rest of the line, escaped
//! ```

use super::life::RESERVED_DAYS;
use super::table::Stations;
use crate::keys::{Day, Region, Site};
use crate::signed::grant::SEALER_DAYS;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use thiserror::Error;

const FIRST: &str = "wayseal stations register 1";

/// The largest register that is read, in bytes.
pub const REGISTER_MAX: u64 = 64 << 20;

/// The codes and places that were in a file of stations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationsRegister {
    known: BTreeMap<(u16, u16, String), Registered>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Registered {
    /// The last day that the row said.
    until: Option<Day>,
    /// The day on which the row was missing first.
    removed: Option<Day>,
}

/// A code, or a region and site, that is given again too soon.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "station {code} ({}-{}) has the code, or the region and site, of station {before} ({}-{}), which was removed from the file and \
     whose labels were sealed until {last}; give it another code, region and site, or begin it after {free}",
    .place.0.number(), .place.1.number(), .place_before.0.number(), .place_before.1.number()
)]
#[non_exhaustive]
pub struct GivenAgain {
    /// The new station's code.
    pub code: String,
    /// Its region and site.
    pub place: (Region, Site),
    /// The code of the station before.
    pub before: String,
    /// Its region and site.
    pub place_before: (Region, Site),
    /// The last day for which its labels were sealed.
    pub last: Day,
    /// The last day on which code and place are not given again.
    pub free: Day,
}

impl StationsRegister {
    /// Reads a register; `None` for a text that is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|first| *first == FIRST)?;
        let mut known = BTreeMap::new();
        for line in lines {
            let mut parts = line.splitn(5, ' ');
            let region = Region::new(parts.next()?.parse().ok()?)?.number();
            let site = Site::new(parts.next()?.parse().ok()?)?.number();
            let mut day = || match parts.next()? {
                "-" => Some(None),
                text => text.parse().ok().map(Some),
            };
            let (until, removed) = (day()?, day()?);
            let code = unescaped(parts.next()?)?;
            known.insert((region, site, code), Registered { until, removed });
        }
        Some(Self { known })
    }

    /// The text of the register.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{FIRST}\n");
        let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        for ((region, site, code), Registered { until, removed }) in &self.known {
            let code = code.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
            // Writing to a string does not fail.
            let _infallible = writeln!(out, "{region} {site} {} {} {code}", day(*until), day(*removed));
        }
        out
    }

    /// Takes over what the file says today; whether that changed anything. Of stations that are in the file together, the file itself
    /// is judged when it is parsed.
    ///
    /// # Errors
    /// [`GivenAgain`]; the register is unchanged.
    pub fn follow(&mut self, stations: &Stations, today: Day) -> Result<bool, GivenAgain> {
        let mut now: BTreeMap<(u16, u16, String), Registered> = BTreeMap::new();
        for station in stations.all() {
            let key = (station.region.number(), station.site.number(), station.code.clone());
            // Of two lives of one station the later one.
            let until = match now.get(&key) {
                Some(Registered { until: Some(other), .. }) => {
                    station.life.until.map(|until| until.max(*other))
                }
                Some(Registered { until: None, .. }) => None,
                None => station.life.until,
            };
            now.insert(key, Registered { until, removed: None });
        }
        // What is not in the file any more, and the day on which it is found so.
        let mut gone: BTreeMap<_, _> = self
            .known
            .iter()
            .filter(|(key, entry)| !now.contains_key(*key) || entry.removed.is_some())
            .map(|(key, entry)| {
                (key.clone(), Registered { removed: entry.removed.or(Some(today)), ..*entry })
            })
            .collect();
        gone.retain(|_, entry| free(*entry) >= today);
        // Of several the one that is free last.
        let mut ended: Vec<_> = gone.iter().collect();
        ended.sort_by_key(|(_, entry)| free(**entry));
        let by_place: HashMap<(u16, u16), _> = ended.iter().map(|it| ((it.0.0, it.0.1), *it)).collect();
        let by_code: HashMap<&str, _> = ended.iter().map(|it| (&*it.0.2, *it)).collect();
        for station in stations.all() {
            let place = (station.region.number(), station.site.number());
            let key = (place.0, place.1, station.code.clone());
            let is_back = |entry: &Registered| {
                // A row that was removed by mistake and is put back is the station that it was.
                let removed = entry.removed.unwrap_or(Day::MAX);
                station.life.from.is_none_or(|from| from <= removed)
            };
            if self.known.get(&key).is_some_and(is_back) {
                continue;
            }
            // Without a first day it begins today.
            let first = station.life.from.unwrap_or(today);
            let others = [by_place.get(&place), by_code.get(&*station.code)];
            let other = others.into_iter().flatten().find(|(_, entry)| first <= free(**entry));
            if let Some((before, entry)) = other {
                let place_before = (Region::new(before.0), Site::new(before.1));
                let (Some(region), Some(site)) = place_before else { continue };
                return Err(GivenAgain {
                    code: station.code.clone(),
                    place: (station.region, station.site),
                    before: before.2.clone(),
                    place_before: (region, site),
                    last: last(**entry),
                    free: free(**entry),
                });
            }
        }
        for (key, entry) in gone {
            now.entry(key).or_insert(entry);
        }
        let changed = now != self.known;
        self.known = now;
        Ok(changed)
    }
}

/// The last day for which labels of a removed row may have been sealed.
fn last(entry: Registered) -> Day {
    let removed = entry.removed.unwrap_or(Day::MAX);
    // Sealers hold keys of today and the days after it.
    let held = Day::new(removed.number().saturating_add(SEALER_DAYS - 1));
    entry.until.map_or(held, |until| until.min(held))
}

/// The last day on which its code and place are not given again.
fn free(entry: Registered) -> Day {
    Day::new(last(entry).number().saturating_add(RESERVED_DAYS))
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.push(match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            }),
            other => out.push(other),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stations(rows: &str) -> Stations {
        Stations::parse(format!("code,region,site,from,until\n{rows}").as_bytes()).unwrap()
    }

    const TODAY: Day = Day::new(2500);

    fn later(days: u16) -> Day {
        Day::new(TODAY.number() + days)
    }

    #[test]
    fn a_removed_code_or_place_is_not_given_again_within_512_days() {
        let mut before = StationsRegister::default();
        assert!(before.follow(&stations("A,1,2,,\nB,1,3,,\n"), TODAY).unwrap());
        assert!(!before.follow(&stations("A,1,2,,\nB,1,3,,\n"), later(9)).unwrap());
        // A is removed; its last labels may be sealed for two days more.
        assert!(before.follow(&stations("B,1,3,,\n"), later(10)).unwrap());
        let (last, gap) = (later(12), RESERVED_DAYS);
        // The row itself may be put back, and no other takes what it had.
        assert!(before.clone().follow(&stations("B,1,3,,\nA,1,2,,\n"), later(11)).is_ok());
        let again = format!("A,1,2,{},", later(11));
        for row in ["A,1,4,,", "C,1,2,,", &*again] {
            for (days, refused) in [(11, true), (12 + gap, true), (13 + gap, false)] {
                let mut register = StationsRegister::parse(&before.text()).unwrap();
                assert_eq!(register, before);
                let given = register.follow(&stations(&format!("B,1,3,,\n{row}\n")), later(days));
                if refused {
                    let again = given.unwrap_err();
                    assert_eq!((again.before.as_str(), again.last, again.free), ("A", last, later(12 + gap)));
                    assert_eq!(register, before, "a refusal changes nothing");
                } else {
                    assert!(given.is_ok() || row == again, "{row} {days}");
                }
            }
            // One that begins late enough is entered today.
            let (begin, _) = row.rsplit_once(',').unwrap();
            let from = format!("{},{},", begin.rsplit_once(',').unwrap().0, later(13 + gap));
            assert!(before.clone().follow(&stations(&from), later(20)).is_ok(), "{from}");
        }
        // A row that was over when it was removed counts from its own last day.
        let mut over = StationsRegister::default();
        over.follow(&stations(&format!("A,1,2,,{TODAY}\n")), TODAY).unwrap();
        over.follow(&stations("B,1,3,,\n"), later(100)).unwrap();
        let again = over.clone().follow(&stations("A,1,4,,\n"), later(200)).unwrap_err();
        assert_eq!(again.last, TODAY);
        assert!(over.follow(&stations("A,1,4,,\n"), later(gap + 1)).is_ok());
    }

    #[test]
    fn odd_codes_come_back_and_other_texts_are_no_register() {
        let mut register = StationsRegister::default();
        register.follow(&stations("\"A \\\n1\",1,2,,2026-11-24\n"), TODAY).unwrap();
        assert_eq!(StationsRegister::parse(&register.text()), Some(register.clone()));
        for wrong in ["", "wayseal stations register 2\n", "wayseal stations register 1\n1 2 - A\n"] {
            assert_eq!(StationsRegister::parse(wrong), None, "{wrong}");
        }
    }
}
