//! The days of stations: a grant has no key of a station for a day on which no label is sealed for it.

use super::scope::Destination;
use crate::authority::day_keys::Days;
use crate::keys::Day;
use std::collections::HashMap;

/// The days of those stations that do not exist on every day.
#[derive(Clone, Debug, Default)]
pub struct Lives(HashMap<Destination, Days>);

impl Lives {
    /// Whether keys of a station and day are given.
    #[must_use]
    pub fn hold(&self, station: Destination, day: Day) -> bool {
        self.0.get(&station).is_none_or(|days| days.from <= day && day <= days.until)
    }
}

impl FromIterator<(Destination, Days)> for Lives {
    fn from_iter<T: IntoIterator<Item = (Destination, Days)>>(lives: T) -> Self {
        Self(lives.into_iter().collect())
    }
}
