//! The trait of what gives day keys: the authority with its root, a day issuer's grant, a cache.

use super::error::IssueError;
use crate::keys::{Day, Generation, KeyPath, Node, Tier};
use crate::secret::scrubbed;
use crate::signed::grant::Grant;

/// A source of the day keys of one generation.
pub trait DayKeys {
    /// The generation of the root.
    fn generation(&self) -> u32;

    /// Writes the key of a tier and day into `out`.
    ///
    /// # Errors
    /// [`IssueError::NoDay`] if the source does not have that day; [`IssueError::Token`] and [`IssueError::NoToken`]
    /// for a root in a token.
    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError>;

    /// Writes a node below a day key into `out`, from a source that has not the day key itself.
    ///
    /// # Errors
    /// [`IssueError::NoDay`] if the source has no node above it.
    fn node(&self, path: KeyPath, out: &mut Node) -> Result<(), IssueError> {
        let _ = out;
        Err(IssueError::NoDay(path.day_of()))
    }
}

impl DayKeys for Grant {
    fn generation(&self) -> u32 {
        self.generation
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        let path = KeyPath::day(Generation::from(self.generation), tier, day);
        let held = self.nodes.iter().find(|node| node.path() == path);
        held.map(|node| out.set(path, node.key().expose())).ok_or(IssueError::NoDay(day))
    }

    /// A region issuer's keys are of its regions.
    fn node(&self, path: KeyPath, out: &mut Node) -> Result<(), IssueError> {
        let above = self.nodes.iter().find(|node| node.path().covers(&path));
        below(above.ok_or(IssueError::NoDay(path.day_of()))?, path, out)
    }
}

/// Derives `path` from a node above it, and wipes the stack.
pub(in crate::authority) fn below(from: &Node, path: KeyPath, out: &mut Node) -> Result<(), IssueError> {
    let derived = scrubbed(|| from.derive(path, out));
    derived.map_err(|_| IssueError::NoDay(path.day_of()))
}
