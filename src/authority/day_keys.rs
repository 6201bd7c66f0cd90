//! Day keys, whoever holds them, and the days that grants are of.

use crate::keys::{Day, Generation, KeyPath, Node, Tier};
use crate::secret::scrubbed;
use crate::signed::grant::{Grant, Role};
use std::collections::HashMap;
use std::fmt;
use thiserror::Error;

/// What holds the day keys of a generation.
pub trait DayKeys {
    /// The generation of the root.
    fn generation(&self) -> u32;

    /// The key of a tier on a day, into `out`.
    ///
    /// # Errors
    /// [`IssueError::NoDay`] if it does not reach there.
    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError>;
}

/// The day keys of some days, derived once: for a run of many grants, or where a token is slow.
pub struct DayCache {
    generation: u32,
    nodes: HashMap<(Tier, Day), Node>,
}

impl DayCache {
    /// The keys of all tiers on these days.
    ///
    /// # Errors
    /// [`IssueError`] of `keys`.
    pub fn new(keys: &(impl DayKeys + ?Sized), days: Days) -> Result<Self, IssueError> {
        let tiers = [Tier::Origin, Tier::Delivery, Tier::Contact];
        // Room for all, so that growing leaves no copy of a key behind.
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

impl DayKeys for Grant {
    fn generation(&self) -> u32 {
        self.generation
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        let path = KeyPath::day(Generation::from(self.generation), tier, day);
        let held = self.nodes.iter().find(|node| node.path() == path);
        held.map(|node| out.set(path, node.key().expose())).ok_or(IssueError::NoDay(day))
    }
}

/// Days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Day,
    /// The last.
    pub until: Day,
}

impl Days {
    /// `count` days from `from` on.
    #[must_use]
    pub const fn from(from: Day, count: u16) -> Self {
        Self { from, until: Day::new(from.number().saturating_add(count.saturating_sub(1))) }
    }

    /// `count` days that end with `until`.
    #[must_use]
    pub const fn ending(until: Day, count: u16) -> Self {
        Self { from: Day::new(until.number().saturating_sub(count.saturating_sub(1))), until }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u32 {
        (self.until.number() as u32 + 1).saturating_sub(self.from.number() as u32)
    }

    pub(super) fn each(self) -> impl Iterator<Item = Day> {
        (self.from.number()..=self.until.number()).map(Day::new)
    }
}

/// Derives `path` from a node above it.
pub(super) fn below(from: &Node, path: KeyPath, out: &mut Node) -> Result<(), IssueError> {
    let derived = scrubbed(|| from.derive(path, out));
    derived.map_err(|_| IssueError::NoDay(path.day_of()))
}

/// Why a grant is not made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IssueError {
    /// More days than the role may hold.
    #[error("a {role} grant holds at most {most} {}; name fewer", if *most == 1 { "day" } else { "days" })]
    Days {
        /// The role.
        role: Role,
        /// The most days.
        most: u16,
    },
    /// Days too far ahead.
    #[error(
        "a {role} grant reaches at most {ahead} days beyond today, {today}; name earlier days, or check the clock"
    )]
    Ahead {
        /// The role.
        role: Role,
        /// Days after the day of issue.
        ahead: u16,
        /// The day of issue.
        today: Day,
    },
    /// More tiers than the role may hold.
    #[error("a {role} grant holds one tier; name one")]
    Tiers {
        /// The role.
        role: Role,
    },
    /// The keys in hand do not reach that day.
    #[error("the keys in hand do not reach {0}; a day issuer makes grants of its own day only")]
    NoDay(Day),
    /// No station, region or tier was named.
    #[error("the grant would open nothing; name a station, a region or a tier")]
    Nothing,
    /// The time of issue is not in 2020 to 2199.
    #[error("the machine's clock is not in 2020 to 2199; set it")]
    Clock,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// The token that holds the root is not connected, or this program was built without tokens.
    #[error("the token that holds the root is not connected")]
    NoToken,
    /// The token that holds the root gave no key.
    #[error("the token that holds the root gave no key")]
    Token(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Whom the grant is for, or its sealer, is revoked.
    #[error("the holder or sealer is revoked from {from} on")]
    Revoked {
        /// The first day that gets no grant.
        from: Day,
    },
}
