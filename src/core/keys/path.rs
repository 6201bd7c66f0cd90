//! The path of a node in the key tree.

use super::Day;
use super::identifier::{Alias, Generation, Region, SealerId, Site, Tier};
use super::level::{DOMAIN, KeyLevel};

/// The identifiers from the root down to the level of a node; zero below that level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath {
    pub(super) generation: Generation,
    pub(super) level: KeyLevel,
    pub(super) tier: Tier,
    pub(super) day: Day,
    pub(super) region: Region,
    pub(super) site: Site,
    pub(super) leaf: u32,
}

impl KeyPath {
    /// The root of a generation.
    #[must_use]
    pub const fn root(generation: Generation) -> Self {
        Self {
            generation,
            level: KeyLevel::Root,
            tier: Tier::Origin,
            day: Day::new(0),
            region: Region(0),
            site: Site(0),
            leaf: 0,
        }
    }

    /// One day of a tier.
    #[must_use]
    pub const fn day(generation: Generation, tier: Tier, day: Day) -> Self {
        let mut path = Self::root(generation);
        path.level = KeyLevel::Day;
        path.tier = tier;
        path.day = day;
        path
    }

    /// A region, below the day of `self`.
    #[must_use]
    pub const fn region(mut self, region: Region) -> Self {
        self.level = KeyLevel::Region;
        self.region = region;
        self.site = Site(0);
        self.leaf = 0;
        self
    }

    /// A site, below the region of `self`.
    #[must_use]
    pub const fn site(mut self, site: Site) -> Self {
        self.level = KeyLevel::Site;
        self.site = site;
        self.leaf = 0;
        self
    }

    /// The leaf of `alias`, below the site of `self`.
    #[must_use]
    pub const fn sealer(mut self, alias: Alias) -> Self {
        self.level = KeyLevel::Sealer;
        self.leaf = alias.number();
        self
    }

    /// The origin leaf of a sealer: tier 0, region and site 0, and the sealer's own number.
    #[must_use]
    pub const fn origin(generation: Generation, day: Day, sealer: SealerId) -> Self {
        let mut path = Self::day(generation, Tier::Origin, day).region(Region(0)).site(Site(0));
        path.level = KeyLevel::Sealer;
        path.leaf = sealer.number();
        path
    }

    /// The generation of the root that the node descends from.
    #[must_use]
    pub const fn generation_of(&self) -> Generation {
        self.generation
    }

    /// The level of the node.
    #[must_use]
    pub const fn level(&self) -> KeyLevel {
        self.level
    }

    /// The tier. Meaningless for the root.
    #[must_use]
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// The day. Meaningless for the root.
    #[must_use]
    pub const fn day_of(&self) -> Day {
        self.day
    }

    /// The region. Meaningless above the region level.
    #[must_use]
    pub const fn region_of(&self) -> Region {
        self.region
    }

    /// The site. Meaningless above the site level.
    #[must_use]
    pub const fn site_of(&self) -> Site {
        self.site
    }

    /// The alias, or in tier 0 the sealer's own number. Meaningless above the leaf level.
    #[must_use]
    pub const fn leaf(&self) -> u32 {
        self.leaf
    }

    /// Whether `other` is `self` or a descendant, so that a key at `self` derives it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.generation == other.generation
            && self.level <= other.level
            && (self.level < KeyLevel::Day || (self.tier == other.tier && self.day == other.day))
            && (self.level < KeyLevel::Region || self.region == other.region)
            && (self.level < KeyLevel::Site || self.site == other.site)
            && (self.level < KeyLevel::Sealer || self.leaf == other.leaf)
    }

    /// The HKDF `info` of this node at a level, `"WS1" ‖ level ‖ identifier`, and its length.
    #[must_use]
    pub fn info(&self, level: KeyLevel) -> ([u8; 8], usize) {
        let mut info = [0; 8];
        info[..3].copy_from_slice(&DOMAIN);
        info[3] = level as u8;
        let len = match level {
            KeyLevel::Day => {
                info[4] = self.tier as u8;
                info[5..7].copy_from_slice(&self.day.number().to_be_bytes());
                7
            }
            KeyLevel::Region => {
                info[4..6].copy_from_slice(&self.region.0.to_be_bytes());
                6
            }
            KeyLevel::Site => {
                info[4..6].copy_from_slice(&self.site.0.to_be_bytes());
                6
            }
            KeyLevel::Sealer => {
                info[4..].copy_from_slice(&self.leaf.to_be_bytes());
                8
            }
            KeyLevel::Root
            | KeyLevel::Label
            | KeyLevel::Alias
            | KeyLevel::Salt
            | KeyLevel::Tenant
            | KeyLevel::DeliveryCode => 4,
        };
        (info, len)
    }
}
