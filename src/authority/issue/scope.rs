//! Scopes: the keys that a grant contains, by role.

use crate::keys::{Region, SealerId, Site, Tier};
use crate::signed::grant::Role;

/// A station: its region and site.
pub type Destination = (Region, Site);

/// The keys that a grant contains, by role.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// For each day an origin leaf, and for each destination a leaf of the delivery and of the contact tier.
    Sealer {
        /// The sealer's number.
        sealer: SealerId,
        /// The stations that it sends to.
        destinations: &'a [Destination],
    },
    /// The site keys of its stations.
    Scanner {
        /// The tiers that it opens.
        tiers: &'a [Tier],
        /// Its stations.
        stations: &'a [Destination],
    },
    /// The keys of its regions.
    Region {
        /// The tiers that it opens, usually one.
        tiers: &'a [Tier],
        /// Its regions.
        regions: &'a [Region],
    },
    /// The contact keys of stations.
    Relay {
        /// The stations for which it calls recipients.
        stations: &'a [Destination],
    },
    /// The site keys, both tiers, of the stations that a desk serves.
    Desk {
        /// Its stations.
        stations: &'a [Destination],
    },
    /// The region keys, both tiers, of a hub's desk. It goes beyond the limits of the role.
    RegionDesk {
        /// Its regions.
        regions: &'a [Region],
    },
    /// The day keys themselves; [`issuer`](super::issuer) adds a signing key.
    DayIssuer,
    /// The region keys of a region's office; [`issuer`](super::issuer) adds a signing key.
    RegionIssuer {
        /// The tiers of its grants.
        tiers: &'a [Tier],
        /// Its regions, ascending.
        regions: &'a [Region],
    },
    /// No key; [`issuer`](super::issuer) adds a signing key.
    Stop,
}

impl Scope<'_> {
    /// The role of the grant.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Sealer { .. } => Role::Sealer,
            Self::Scanner { .. } => Role::Scanner,
            Self::Region { .. } => Role::Region,
            Self::Relay { .. } => Role::Relay,
            Self::DayIssuer => Role::DayIssuer,
            Self::Desk { .. } | Self::RegionDesk { .. } => Role::Desk,
            Self::RegionIssuer { .. } => Role::RegionIssuer,
            Self::Stop => Role::Stop,
        }
    }

    pub(super) fn tiers(&self) -> Vec<Tier> {
        // Callers may name tiers in any order and more than once; the file format wants them ascending.
        let mut tiers = match self {
            Self::Sealer { .. } | Self::DayIssuer => vec![Tier::Origin, Tier::Delivery, Tier::Contact],
            Self::Scanner { tiers, .. } | Self::Region { tiers, .. } | Self::RegionIssuer { tiers, .. } => {
                tiers.to_vec()
            }
            Self::Desk { .. } | Self::RegionDesk { .. } => vec![Tier::Delivery, Tier::Contact],
            Self::Relay { .. } => vec![Tier::Contact],
            Self::Stop => Vec::new(),
        };
        tiers.sort_unstable();
        tiers.dedup();
        tiers
    }
}
