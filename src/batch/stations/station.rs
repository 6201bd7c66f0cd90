//! A delivery station.

use super::life::Life;
use crate::keys::{Day, Region, Site};

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
    /// The first day for which its labels are sealed; `None` if there is no such limit. Before it, orders go the old way.
    pub sealed_from: Option<Day>,
    /// The days on which it exists: before them and after them no label is sealed for it.
    pub life: Life,
    /// The codes of the stations that take over when it is over; none, one, or several that share what it served.
    pub successors: Vec<String>,
}

impl Station {
    /// Whether its orders are sealed from a later day on.
    #[must_use]
    pub fn is_early(&self, day: Day) -> bool {
        self.sealed_from.is_some_and(|from| day.number() < from.number())
    }

    /// The day after its last one; `None` if it has none.
    #[must_use]
    pub fn next_day(&self) -> Option<Day> {
        self.life.until.map(|until| Day::new(until.number().saturating_add(1)))
    }
}
