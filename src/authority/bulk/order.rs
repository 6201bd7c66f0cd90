//! An order for one grant: terms, days, and the keys that it contains.

use crate::authority::day_keys::Days;
use crate::authority::issue::{Destination, GrantTerms, Scope};
use crate::device::state;
use crate::keys::{Day, Region, SealerId, Tier};
use crate::payload::Payload;
use crate::signed::grant::Role;

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
    /// Site keys, both tiers, of a desk.
    Desk(Vec<Destination>),
    /// Region keys, both tiers, of a desk: beyond the limits of the role.
    RegionDesk(Vec<Region>),
    /// Keys of the labels with these texts, of these tiers: a pass.
    Pass(Vec<String>, Vec<Tier>),
}

/// An order for one grant.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
    /// An order from a line of the file of orders.
    #[must_use]
    pub const fn new(line: usize, terms: GrantTerms, reach: BulkReach, days: Days) -> Self {
        Self { line, terms, reach, days }
    }

    /// The last day on which a key of its grant may be used.
    #[must_use]
    pub fn over(&self) -> Day {
        state::last_use(self.reach.role(), self.days.from, self.days.until)
    }

    /// The days whose keys it is made from: a pass's labels may be older than the pass.
    #[must_use]
    pub fn reaches(&self) -> Days {
        let BulkReach::Pass(texts, _) = &self.reach else { return self.days };
        let day = |text: &String| {
            Payload::parse(text.as_bytes()).ok().and_then(|payload| payload.header().day(self.days.until))
        };
        let first = texts.iter().filter_map(day).min();
        Days { from: first.map_or(self.days.from, |first| first.min(self.days.from)), until: self.days.until }
    }
}

impl BulkReach {
    /// The role of the grant.
    #[must_use]
    pub fn role(&self) -> Role {
        match self {
            Self::Pass(..) => Role::Pass,
            reach => reach.scope(&[]).role(),
        }
    }

    /// The scope; `destinations` are those of a sealer.
    #[must_use]
    pub fn scope<'a>(&'a self, destinations: &'a [Destination]) -> Scope<'a> {
        match self {
            Self::Sealer(sealer) => Scope::Sealer { sealer: *sealer, destinations },
            Self::Scanner(stations, tiers) => Scope::Scanner { tiers, stations },
            Self::Region(regions, tiers) => Scope::Region { tiers, regions },
            Self::Relay(stations) => Scope::Relay { stations },
            Self::Desk(stations) => Scope::Desk { stations },
            Self::RegionDesk(regions) => Scope::RegionDesk { regions },
            // A pass holds no key of a station.
            Self::Pass(..) => Scope::Stop,
        }
    }
}
