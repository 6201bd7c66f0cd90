//! Which station an order goes to on a day, and which stations a grant reaches.
//!
//! A station that is over is followed by its successors; of several, by the one that serves the address. What cannot be decided
//! is an error that says what was looked for, and nothing of the address.

use super::served::{Destination, ServedBy};
use super::station::Station;
use super::table::Stations;
use super::unserved::Unserved;
use crate::keys::Day;
use std::sync::Arc;

/// The station of an order.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Resolved<'a> {
    /// The station.
    pub station: &'a Arc<Station>,
    /// Whether it follows one that is over.
    pub succeeds: bool,
}

/// A station that a grant reaches.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StationReached<'a> {
    /// The station.
    pub station: &'a Arc<Station>,
    /// Whether it is over and was not named: its successor was.
    pub precedes: bool,
}

impl Stations {
    /// The station that labels with a code are sealed for on a day: the one with the code, or whoever follows it. Without a day the
    /// lives of stations are not looked at. `of` gives the address, which is needed to decide between several successors.
    ///
    /// # Errors
    /// [`Unserved`], and `None` for a code that no station has.
    pub fn resolve<'a>(
        &self,
        code: &str,
        day: Option<Day>,
        of: &dyn Fn() -> Destination<'a>,
    ) -> Result<Resolved<'_>, Option<Unserved>> {
        let Some(day) = day else {
            let station = self.find(code).ok_or(None)?;
            return Ok(Resolved { station, succeeds: false });
        };
        let at = self.index_on(code, day).ok_or(None)?;
        Ok(self.living(at, day, of)?)
    }

    /// The station that serves an address on a day: that of the most specific item that matches, or whoever follows it. Without a day
    /// the lives of stations are not looked at.
    ///
    /// # Errors
    /// [`Unserved`].
    pub fn serving(&self, of: &Destination<'_>, day: Option<Day>) -> Result<&Arc<Station>, Unserved> {
        let life = |at: usize| self.list[at].life;
        let holds = |at: usize| day.is_none_or(|day| life(at).holds(day));
        let follows = |at: usize| !self.list[at].successors.is_empty();
        let counts = |at: usize| holds(at) || day.is_some_and(|day| life(at).is_over(day) && follows(at));
        let (level, found) = self.served.find(of, &counts).map_err(Unserved::Nowhere)?;
        let living: Vec<usize> = found.iter().copied().filter(|at| holds(*at)).collect();
        match (&living[..], day) {
            ([one], _) => Ok(&self.list[*one]),
            ([], Some(day)) => {
                // `found` is never empty; of those that are over, the last has what it served.
                let last = found.into_iter().max_by_key(|at| life(*at).last());
                let at = last.ok_or_else(|| Unserved::Nowhere(Vec::new()))?;
                self.living(at, day, &|| *of).map(|resolved| resolved.station)
            }
            (several, _) => {
                let codes = several.iter().map(|at| self.list[*at].code.clone());
                Err(Unserved::Several(level, codes.collect()))
            }
        }
    }

    /// Whether another station is the one that serves an address on a day, by its city or something more specific.
    #[must_use]
    pub fn is_elsewhere(&self, station: &Station, of: &Destination<'_>, day: Option<Day>) -> bool {
        let counts = |at: usize| day.is_none_or(|day| self.list[at].life.holds(day));
        self.served.find(of, &counts).is_ok_and(|(level, stations)| {
            level >= ServedBy::City && !stations.iter().any(|at| self.list[*at].code == station.code)
        })
    }

    /// The stations that exist on any of some days, in the order of the file.
    pub fn within(&self, from: Day, until: Day) -> impl Iterator<Item = &Arc<Station>> {
        self.list.iter().filter(move |station| station.life.meets(from, until))
    }

    /// The stations whose keys of some days a holder gets who works for the stations with these codes: these, and those that are
    /// over and have one of them as their only successor, whose last parcels it delivers. Of a station that was split nobody gets
    /// the keys so, since they would open the other half's parcels too.
    ///
    /// # Errors
    /// [`Unserved`] with the index of the code that has no such day, and `None` if no station has it.
    pub fn reach(
        &self,
        codes: &[String],
        from: Day,
        until: Day,
    ) -> Result<Vec<StationReached<'_>>, (usize, Option<Unserved>)> {
        let mut reached: Vec<usize> = Vec::new();
        for (code_at, code) in codes.iter().enumerate() {
            let all = self.with_code(code);
            let met = all.iter().find(|at| self.list[**at].life.meets(from, until));
            match (met, self.index_on(code, until)) {
                (Some(at), _) if reached.contains(at) => {}
                (Some(at), _) => reached.push(*at),
                (None, Some(at)) => return Err((code_at, Some(self.absent(&self.list[at], until)))),
                (None, None) => return Err((code_at, None)),
            }
        }
        let (named, mut next) = (reached.len(), 0);
        while let Some(follower) = reached.get(next).copied() {
            next += 1;
            for (at, successor) in &self.followed {
                if *successor == follower && self.list[*at].life.meets(from, until) && !reached.contains(at) {
                    reached.push(*at);
                }
            }
        }
        let each = reached.into_iter().enumerate();
        Ok(each
            .map(|(at, station)| StationReached { station: &self.list[station], precedes: at >= named })
            .collect())
    }

    /// The station itself if it exists on the day, else whoever follows it.
    fn living<'a>(
        &self,
        mut at: usize,
        day: Day,
        of: &dyn Fn() -> Destination<'a>,
    ) -> Result<Resolved<'_>, Unserved> {
        let mut succeeds = false;
        // Each successor ends later than its predecessor, so this ends.
        while !self.list[at].life.holds(day) {
            at = self.successor(&self.list[at], day, of)?;
            succeeds = true;
        }
        Ok(Resolved { station: &self.list[at], succeeds })
    }

    /// The station that follows one which does not exist on a day.
    fn successor<'a>(
        &self,
        station: &Station,
        day: Day,
        of: &dyn Fn() -> Destination<'a>,
    ) -> Result<usize, Unserved> {
        let absent = || self.absent(station, day);
        let next = station.next_day().filter(|_| station.life.is_over(day)).ok_or_else(absent)?;
        let all: Vec<usize> =
            station.successors.iter().filter_map(|code| self.index_on(code, next)).collect();
        match &all[..] {
            [] => Err(absent()),
            [one] => Ok(*one),
            _ => match self.served.find(&of(), &|at| all.contains(&at)).as_ref().map(|(_, found)| &found[..])
            {
                Ok([one]) => Ok(*one),
                _ => Err(absent()),
            },
        }
    }

    /// Why a station has no label on a day.
    fn absent(&self, station: &Station, day: Day) -> Unserved {
        let code = station.code.clone();
        match (station.life.until, &station.successors[..]) {
            (Some(until), []) if station.life.is_over(day) => Unserved::Over(code, until),
            (Some(until), successors) if station.life.is_over(day) => {
                Unserved::Undecided(code, until, successors.to_vec())
            }
            _ => Unserved::NotYet(code, station.life.first()),
        }
    }
}
