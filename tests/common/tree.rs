//! A key tree under a root that a test knows.

use wayseal::authority::day_keys::{DayKeys, IssueError};
use wayseal::keys::{Day, Generation, KeyPath, Node, Tier};

/// The tree under this root.
pub struct Tree(pub Node);

impl Tree {
    /// The tree of the even generation under a root of one byte repeated.
    pub fn of_bytes(byte: u8) -> Self {
        Self(Node::new(KeyPath::root(Generation::EVEN), &[byte; 32]))
    }

    pub fn node(&self, path: KeyPath) -> Node {
        let mut node = Node::empty();
        self.0.derive(path, &mut node).unwrap();
        node
    }
}

/// As an authority that holds the root.
impl DayKeys for Tree {
    fn generation(&self) -> u32 {
        self.0.path().generation_of().bit().into()
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        let path = KeyPath::day(self.0.path().generation_of(), tier, day);
        self.0.derive(path, out).map_err(|_| IssueError::NoDay(day))
    }
}
