//! An order for one grant: terms, days, and the keys that it contains.

use crate::authority::day_keys::Days;
use crate::authority::issue::{Destination, GrantTerms, Scope};
use crate::device::state;
use crate::keys::{Day, Region, SealerId, Tier};

/// The keys that a grant in a run contains, by role.
#[derive(Clone, Debug)]
pub enum BulkReach {
    /// Leaf keys for all destinations of the run.
    Sealer(SealerId),
    /// Site keys.
    Scanner(Vec<Destination>, Vec<Tier>),
    /// Region keys.
    Region(Vec<Region>, Vec<Tier>),
    /// Contact keys of stations.
    Relay(Vec<Destination>),
}

/// An order for one grant.
#[derive(Clone, Debug)]
pub struct GrantOrder {
    /// The line of the file of orders, for messages.
    pub line: usize,
    /// The terms; serial and time of issue are the run's.
    pub terms: GrantTerms,
    /// The keys that it contains.
    pub reach: BulkReach,
    /// The days of the keys.
    pub days: Days,
}

impl GrantOrder {
    /// The last day on which a key of its grant may be used.
    #[must_use]
    pub fn over(&self) -> Day {
        state::last_use(self.reach.scope(&[]).role(), self.days.from, self.days.until)
    }
}

impl BulkReach {
    /// The scope; `destinations` are those of a sealer.
    #[must_use]
    pub fn scope<'a>(&'a self, destinations: &'a [Destination]) -> Scope<'a> {
        match self {
            Self::Sealer(sealer) => Scope::Sealer { sealer: *sealer, destinations },
            Self::Scanner(stations, tiers) => Scope::Scanner { tiers, stations },
            Self::Region(regions, tiers) => Scope::Region { tiers, regions },
            Self::Relay(stations) => Scope::Relay { stations },
        }
    }
}
