//! A node of the tree: a key with the path that says which labels it opens. Nodes derive descendants, and are read
//! from and written to key bundles.

use super::identifier::{Alias, Generation, Region, Site, Tier};
use super::level::KeyLevel;
use super::path::KeyPath;
use super::{Day, Prk};
use crate::secret::Key;
use core::fmt;

/// A node of the key tree: its path and its key. Wiped on drop.
pub struct Node {
    path: KeyPath,
    key: Key,
}

impl Node {
    /// An empty node, to be filled in place by [`Node::set`] or [`Node::derive`].
    #[must_use]
    pub const fn empty() -> Self {
        Self { path: KeyPath::root(Generation::EVEN), key: Key::zero() }
    }

    /// Sets path and key, as from a grant.
    pub fn set(&mut self, path: KeyPath, key: &[u8; 32]) {
        self.path = path;
        self.key.expose_mut().copy_from_slice(key);
    }

    /// A node at `path` with a copy of `key`.
    #[must_use]
    pub fn new(path: KeyPath, key: &[u8; 32]) -> Self {
        let mut node = Self::empty();
        node.set(path, key);
        node
    }

    /// Reads a node from its 44 bytes in a key bundle; [`Node::write`] gives the layout.
    ///
    /// Reads in place, because moving a node would leave a copy of its key on the stack.
    ///
    /// # Errors
    /// [`NoNode`] if the bytes are invalid; the node is unchanged then.
    pub fn read(&mut self, generation: Generation, bytes: &[u8; Self::BUNDLED]) -> Result<(), NoNode> {
        let [level, tier, d0, d1, r0, r1, s0, s1, l0, l1, l2, l3, key @ ..] = bytes;
        let day = Day::new(u16::from_be_bytes([*d0, *d1]));
        let tier = Tier::try_from(*tier).map_err(|_| NoNode)?;
        let region = Region::new(u16::from_be_bytes([*r0, *r1])).ok_or(NoNode)?;
        let site = Site::new(u16::from_be_bytes([*s0, *s1])).ok_or(NoNode)?;
        let leaf = Alias::new(u32::from_be_bytes([*l0, *l1, *l2, *l3])).ok_or(NoNode)?;
        let path = KeyPath::day(generation, tier, day);
        let path = match *level {
            1 => path,
            2 => path.region(region),
            3 => path.region(region).site(site),
            4 => path.region(region).site(site).sealer(leaf),
            _ => return Err(NoNode),
        };
        // Identifiers below the node's level must be zero.
        if (path.region, path.site, path.leaf) != (region, site, leaf.number()) {
            return Err(NoNode);
        }
        self.set(path, key);
        Ok(())
    }

    /// Length in bytes of a node in a key bundle.
    pub const BUNDLED: usize = 44;

    /// Writes the node in the layout of a key bundle, integers big endian:
    /// `level u8 ‖ tier u8 ‖ day u16 ‖ region u16 ‖ site u16 ‖ leaf u32 ‖ key 32`.
    pub fn write(&self, out: &mut [u8; Self::BUNDLED]) {
        let path = self.path;
        out[0] = path.level as u8;
        out[1] = path.tier as u8;
        out[2..4].copy_from_slice(&path.day.number().to_be_bytes());
        out[4..6].copy_from_slice(&path.region.0.to_be_bytes());
        out[6..8].copy_from_slice(&path.site.0.to_be_bytes());
        out[8..12].copy_from_slice(&path.leaf.to_be_bytes());
        out[12..].copy_from_slice(self.key.expose());
    }

    /// The path of the node.
    #[must_use]
    pub const fn path(&self) -> KeyPath {
        self.path
    }

    /// The key, for storage or derivation.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Derives the descendant at `path` into `out`, one HMAC per level:
    /// `HKDF-Expand(parent, "WS1" ‖ level ‖ identifier, 32)`.
    ///
    /// Does not wipe the stack: call it within [`scrubbed`](crate::secret::scrubbed).
    ///
    /// # Errors
    /// [`NotBelow`] unless `path` is this node or a descendant; `out` is unchanged then.
    pub fn derive(&self, path: KeyPath, out: &mut Self) -> Result<(), NotBelow> {
        if !self.path.covers(&path) {
            return Err(NotBelow);
        }
        out.set(path, self.key.expose());
        let mut parent = Key::zero();
        for level in [KeyLevel::Day, KeyLevel::Region, KeyLevel::Site, KeyLevel::Sealer] {
            if level > self.path.level && level <= path.level {
                let (info, len) = path.info(level);
                // Both buffers wipe themselves; a temporary copy of a key would not.
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

/// The bytes are not a node of a key bundle: an invalid level, tier or number, or an identifier below the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoNode;

impl fmt::Display for NoNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes are not a node of a key bundle")
    }
}

impl core::error::Error for NoNode {}

/// The node has the wrong level or tier for the key to be made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongNode;

impl fmt::Display for WrongNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the node has the wrong level or tier for this key")
    }
}

impl core::error::Error for WrongNode {}

/// The path is not a descendant of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBelow;

impl fmt::Display for NotBelow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the path is not below the node of this key")
    }
}

impl core::error::Error for NotBelow {}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(tier: Tier, day: u16, region: u16, site: u16) -> KeyPath {
        KeyPath::day(Generation::EVEN, tier, Day::new(day)).region(Region(region)).site(Site(site))
    }

    #[test]
    fn a_key_reaches_what_is_below_it_and_nothing_else() {
        let root = Node::new(KeyPath::root(Generation::EVEN), &[7; 32]);
        let mut whole = Node::empty();
        let target = site(Tier::Delivery, 2000, 5, 9).sealer(Alias::new(77).unwrap());
        root.derive(target, &mut whole).unwrap();
        for held in [
            KeyPath::day(Generation::EVEN, Tier::Delivery, Day::new(2000)),
            KeyPath::day(Generation::EVEN, Tier::Delivery, Day::new(2000)).region(Region(5)),
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
            KeyPath::day(Generation::EVEN, Tier::Delivery, Day::new(2000)).region(Region(5)),
            KeyPath::root(Generation::EVEN),
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
        assert_eq!(node.read(Generation::EVEN, &bytes), Ok(()));
        assert_eq!((node.path(), node.key().expose()), (path, &[6; 32]));
        // A level, tier, region and leaf that do not exist, and a leaf below a site.
        for (place, value) in [(0, 5), (0, 0), (1, 3), (4, 0x10), (8, 1), (11, 1)] {
            let mut other = bytes;
            other[place] = value;
            assert_eq!(node.read(Generation::EVEN, &other), Err(NoNode), "{place}");
            assert_eq!(node.path(), path);
        }
    }

    #[test]
    fn debug_shows_the_path_and_no_key() {
        let node = Node::new(KeyPath::root(Generation::ODD), &[0xd7; 32]);
        let shown = std::format!("{node:?}");
        assert!(!shown.contains("d7") && !shown.contains("215"), "{shown}");
    }
}
