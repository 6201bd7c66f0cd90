//! Day keys derived once and kept in memory until the cache is dropped, which wipes them.

use super::days::Days;
use super::error::IssueError;
use super::holder::DayKeys;
use crate::keys::{Day, Node, Tier};
use std::collections::HashMap;
use std::fmt;

/// The day keys of some days, derived once: for many grants in a run, or for a slow token.
pub struct DayCache {
    generation: u32,
    nodes: HashMap<(Tier, Day), Node>,
}

impl DayCache {
    /// Derives the keys of all tiers for these days.
    ///
    /// # Errors
    /// The errors of `keys`.
    pub fn new(keys: &(impl DayKeys + ?Sized), days: Days) -> Result<Self, IssueError> {
        let tiers = [Tier::Origin, Tier::Delivery, Tier::Contact];
        // Allocated once: a map that grows leaves an unwiped copy of the keys.
        let mut nodes = HashMap::with_capacity(tiers.len() * days.count() as usize);
        for day in days.each() {
            for tier in tiers {
                keys.day_key(tier, day, nodes.entry((tier, day)).or_insert_with(Node::empty))?;
            }
        }
        Ok(Self { generation: keys.generation(), nodes })
    }
}

impl DayKeys for DayCache {
    fn generation(&self) -> u32 {
        self.generation
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        let node = self.nodes.get(&(tier, day)).ok_or(IssueError::NoDay(day))?;
        out.set(node.path(), node.key().expose());
        Ok(())
    }
}

impl fmt::Debug for DayCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DayCache").field("generation", &self.generation).finish_non_exhaustive()
    }
}
