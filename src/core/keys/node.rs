//! Nodes of the tree from the root to the leaf, each with the path that says what it opens.

use super::{Alias, DOMAIN, Day, Level, Prk, SealerId};
use crate::secret::Key;
use core::fmt;

/// A node of the key tree: where it stands, and its key.
pub struct Node {
    path: Path,
    key: Key,
}

impl Node {
    /// An empty node, to be filled by [`Node::set`] or [`Node::derive`].
    #[must_use]
    pub const fn empty() -> Self {
        Self { path: Path::root(Generation::EVEN), key: Key::zero() }
    }

    /// Takes a key for `path`, as a grant carries it.
    pub fn set(&mut self, path: Path, key: &[u8; 32]) {
        self.path = path;
        self.key.expose_mut().copy_from_slice(key);
    }

    /// A node of `path` that holds a copy of `key`.
    #[must_use]
    pub fn new(path: Path, key: &[u8; 32]) -> Self {
        let mut node = Self::empty();
        node.set(path, key);
        node
    }

    /// Takes a node from a key bundle, 44 bytes: see [`Node::write`].
    ///
    /// Returns whether the bytes are those of a node; the node is unchanged if not.
    #[must_use]
    pub fn read(&mut self, generation: Generation, bytes: &[u8; Self::BUNDLED]) -> bool {
        let [level, tier, d0, d1, r0, r1, s0, s1, l0, l1, l2, l3, key @ ..] = bytes;
        let day = Day(u16::from_be_bytes([*d0, *d1]));
        let Some(tier) = Tier::new(*tier) else { return false };
        let Some(region) = Region::new(u16::from_be_bytes([*r0, *r1])) else { return false };
        let Some(site) = Site::new(u16::from_be_bytes([*s0, *s1])) else { return false };
        let Some(leaf) = Alias::new(u32::from_be_bytes([*l0, *l1, *l2, *l3])) else { return false };
        let path = Path::day(generation, tier, day);
        let path = match *level {
            1 => path,
            2 => path.region(region),
            3 => path.region(region).site(site),
            4 => path.region(region).site(site).sealer(leaf),
            _ => return false,
        };
        // What is below the level is zero.
        if (path.region, path.site, path.leaf) != (region, site, leaf.number()) {
            return false;
        }
        self.set(path, key);
        true
    }

    /// Bytes of a node in a key bundle.
    pub const BUNDLED: usize = 44;

    /// Writes the node as a key bundle holds it, integers big endian:
    /// `level u8 ‖ tier u8 ‖ day u16 ‖ region u16 ‖ site u16 ‖ leaf u32 ‖ key 32`.
    pub fn write(&self, out: &mut [u8; Self::BUNDLED]) {
        let path = self.path;
        out[0] = path.level as u8;
        out[1] = path.tier as u8;
        out[2..4].copy_from_slice(&path.day.0.to_be_bytes());
        out[4..6].copy_from_slice(&path.region.0.to_be_bytes());
        out[6..8].copy_from_slice(&path.site.0.to_be_bytes());
        out[8..12].copy_from_slice(&path.leaf.to_be_bytes());
        out[12..].copy_from_slice(self.key.expose());
    }

    /// Where the node stands.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The key, for what stores or derives from it.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Derives the node of `path` below this one into `out`, one HMAC a level:
    /// `HKDF-Expand(parent, "WS1" ‖ level ‖ identifier, 32)`.
    ///
    /// The caller wipes the stack; see [`scrubbed`](crate::secret::scrubbed).
    ///
    /// # Errors
    /// [`NotBelow`] unless `path` is this node's or below it; `out` is unchanged then.
    pub fn derive(&self, path: Path, out: &mut Self) -> Result<(), NotBelow> {
        if !self.path.covers(&path) {
            return Err(NotBelow);
        }
        out.set(path, self.key.expose());
        let mut parent = Key::zero();
        for level in [Level::Day, Level::Region, Level::Site, Level::Sealer] {
            if level > self.path.level && level <= path.level {
                let (info, len) = path.info(level);
                core::mem::swap(&mut parent, &mut out.key);
                Prk::new(&parent).expand(&[&info[..len]], &mut out.key);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A path that is not below the node it was to be derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBelow;

impl fmt::Display for NotBelow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key in hand does not reach there")
    }
}

impl core::error::Error for NotBelow {}

/// Where a node stands: the identifiers from the root down to its level, zero below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    generation: Generation,
    level: Level,
    tier: Tier,
    day: Day,
    region: Region,
    site: Site,
    leaf: u32,
}

impl Path {
    /// The root of a generation.
    #[must_use]
    pub const fn root(generation: Generation) -> Self {
        Self {
            generation,
            level: Level::Root,
            tier: Tier::Origin,
            day: Day(0),
            region: Region(0),
            site: Site(0),
            leaf: 0,
        }
    }

    /// One day of one tier.
    #[must_use]
    pub const fn day(generation: Generation, tier: Tier, day: Day) -> Self {
        let mut path = Self::root(generation);
        path.level = Level::Day;
        path.tier = tier;
        path.day = day;
        path
    }

    /// A region on the day of `self`.
    #[must_use]
    pub const fn region(mut self, region: Region) -> Self {
        self.level = Level::Region;
        self.region = region;
        self.site = Site(0);
        self.leaf = 0;
        self
    }

    /// A site of the region of `self`.
    #[must_use]
    pub const fn site(mut self, site: Site) -> Self {
        self.level = Level::Site;
        self.site = site;
        self.leaf = 0;
        self
    }

    /// The leaf of `alias` at the site of `self`.
    #[must_use]
    pub const fn sealer(mut self, alias: Alias) -> Self {
        self.level = Level::Sealer;
        self.leaf = alias.number();
        self
    }

    /// The origin leaf of a sealer: tier 0, region and site 0, the sealer's own number.
    #[must_use]
    pub const fn origin(generation: Generation, day: Day, sealer: SealerId) -> Self {
        let mut path = Self::day(generation, Tier::Origin, day).region(Region(0)).site(Site(0));
        path.level = Level::Sealer;
        path.leaf = sealer.number();
        path
    }

    /// The generation of the root.
    #[must_use]
    pub const fn generation_of(&self) -> Generation {
        self.generation
    }

    /// The level.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The tier; of no meaning at the root.
    #[must_use]
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// The day; of no meaning at the root.
    #[must_use]
    pub const fn day_of(&self) -> Day {
        self.day
    }

    /// The region; of no meaning above its level.
    #[must_use]
    pub const fn region_of(&self) -> Region {
        self.region
    }

    /// The site; of no meaning above its level.
    #[must_use]
    pub const fn site_of(&self) -> Site {
        self.site
    }

    /// The alias, or in tier 0 the sealer's number; of no meaning above its level.
    #[must_use]
    pub const fn leaf(&self) -> u32 {
        self.leaf
    }

    /// Whether a key at `self` derives one at `other`.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.generation == other.generation
            && self.level <= other.level
            && (self.level < Level::Day || (self.tier == other.tier && self.day == other.day))
            && (self.level < Level::Region || self.region == other.region)
            && (self.level < Level::Site || self.site == other.site)
            && (self.level < Level::Sealer || self.leaf == other.leaf)
    }

    /// `"WS1" ‖ level ‖ identifier`, and its length.
    fn info(&self, level: Level) -> ([u8; 8], usize) {
        let mut info = [0; 8];
        info[..3].copy_from_slice(&DOMAIN);
        info[3] = level as u8;
        let len = match level {
            Level::Day => {
                info[4] = self.tier as u8;
                info[5..7].copy_from_slice(&self.day.0.to_be_bytes());
                7
            }
            Level::Region => {
                info[4..6].copy_from_slice(&self.region.0.to_be_bytes());
                6
            }
            Level::Site => {
                info[4..6].copy_from_slice(&self.site.0.to_be_bytes());
                6
            }
            Level::Sealer => {
                info[4..].copy_from_slice(&self.leaf.to_be_bytes());
                8
            }
            Level::Root | Level::Label | Level::Alias | Level::Salt => 4,
        };
        (info, len)
    }
}

/// The generation of the root, of which a label carries one bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(bool);

impl Generation {
    /// Generations 0, 2, 4 …
    pub const EVEN: Self = Self(false);
    /// Generations 1, 3, 5 …
    pub const ODD: Self = Self(true);

    /// The bit of a generation number.
    #[must_use]
    pub const fn of(number: u32) -> Self {
        Self(number % 2 == 1)
    }

    /// The bit.
    #[must_use]
    pub const fn bit(self) -> u8 {
        self.0 as u8
    }
}

/// What a key of the tree opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Nothing: it keys the salts of one sealer.
    Origin = 0,
    /// Recipient's name, address and note.
    Delivery = 1,
    /// Recipient's phone, and the sender's phone and name.
    Contact = 2,
}

impl Tier {
    /// The tier of a number.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Origin),
            1 => Some(Self::Delivery),
            2 => Some(Self::Contact),
            _ => None,
        }
    }

    /// The name, as commands and grants spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Delivery => "delivery",
            Self::Contact => "contact",
        }
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $type:ty, $bits:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) $type);

        impl $name {
            /// The largest number.
            pub const MAX: $type = (1 << $bits) - 1;

            /// `number` if it is not over [`Self::MAX`].
            #[must_use]
            pub const fn new(number: $type) -> Option<Self> {
                if number <= Self::MAX { Some(Self(number)) } else { None }
            }

            /// The number.
            #[must_use]
            pub const fn number(self) -> $type {
                self.0
            }
        }
    };
}
pub(super) use number;

number!(
    /// A region of the carrier's network: 12 bits.
    Region, u16, 12
);
number!(
    /// A site, such as a delivery station, of a region: 12 bits.
    Site, u16, 12
);

#[cfg(test)]
mod tests {
    use super::*;

    fn site(tier: Tier, day: u16, region: u16, site: u16) -> Path {
        Path::day(Generation::EVEN, tier, Day(day)).region(Region(region)).site(Site(site))
    }

    #[test]
    fn a_key_reaches_what_is_below_it_and_nothing_else() {
        let root = Node::new(Path::root(Generation::EVEN), &[7; 32]);
        let mut whole = Node::empty();
        let target = site(Tier::Delivery, 2000, 5, 9).sealer(Alias::new(77).unwrap());
        root.derive(target, &mut whole).unwrap();
        for held in [
            Path::day(Generation::EVEN, Tier::Delivery, Day(2000)),
            Path::day(Generation::EVEN, Tier::Delivery, Day(2000)).region(Region(5)),
            site(Tier::Delivery, 2000, 5, 9),
            target,
        ] {
            let (mut node, mut leaf) = (Node::empty(), Node::empty());
            root.derive(held, &mut node).unwrap();
            node.derive(target, &mut leaf).unwrap();
            assert_eq!(leaf.key().expose(), whole.key().expose(), "from {held:?}");
        }
        let mut held = Node::empty();
        root.derive(site(Tier::Delivery, 2000, 5, 9), &mut held).unwrap();
        for other in [
            site(Tier::Contact, 2000, 5, 9),
            site(Tier::Delivery, 2001, 5, 9),
            site(Tier::Delivery, 2000, 6, 9),
            site(Tier::Delivery, 2000, 5, 8),
            Path::day(Generation::EVEN, Tier::Delivery, Day(2000)).region(Region(5)),
            Path::root(Generation::EVEN),
        ] {
            assert_eq!(held.derive(other, &mut whole), Err(NotBelow), "{other:?}");
        }
    }

    #[test]
    fn a_bundled_node_comes_back_and_odd_ones_do_not() {
        let path = site(Tier::Contact, 2000, 5, 9);
        let mut bytes = [0; Node::BUNDLED];
        Node::new(path, &[6; 32]).write(&mut bytes);
        let mut node = Node::empty();
        assert!(node.read(Generation::EVEN, &bytes));
        assert_eq!((node.path(), node.key().expose()), (path, &[6; 32]));
        // A level, tier, region and leaf that do not exist, and a leaf below a site.
        for (place, value) in [(0, 5), (0, 0), (1, 3), (4, 0x10), (8, 1), (11, 1)] {
            let mut other = bytes;
            other[place] = value;
            assert!(!node.read(Generation::EVEN, &other), "{place}");
        }
    }

    #[test]
    fn debug_shows_the_path_and_no_key() {
        let node = Node::new(Path::root(Generation::ODD), &[0xd7; 32]);
        let shown = std::format!("{node:?}");
        assert!(!shown.contains("d7") && !shown.contains("215"), "{shown}");
    }
}
