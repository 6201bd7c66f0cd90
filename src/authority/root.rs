//! A root of the key tree: 32 bytes in memory, or keys in one or two PKCS #11 tokens, which compute MACs with them.
//!
//! In: random bytes, or tokens' keys. Out: day keys. The bytes of a root in a token are never in this process.
//!
//! ```text
//! day key of one token   = Expand(A, info)                    info = "WS1" ‖ 01 ‖ tier ‖ day
//! day key of two tokens  = Expand(A, info) XOR Expand(B, info)
//! ```
//!
//! Each of two keys is as good as the other, and one alone says nothing about a day key: whoever has one token, with its
//! PIN, derives none.

use crate::authority::day_keys::{DayKeys, IssueError, below};
use crate::authority::token_ref::TokenRef;
use crate::keys::{Day, Generation, KeyPath, Node, Tier};
use crate::secret::Key;
use std::fmt;

#[cfg(feature = "hsm")]
use crate::authority::token::TokenKey;

/// A root of the key tree.
pub struct Root {
    generation: u32,
    /// The day on which the next root took its place; `None` for the newest.
    superseded: Option<Day>,
    place: RootPlace,
}

enum RootPlace {
    Held(Node),
    /// In one token, or in two that belong to different people.
    Tokens(Vec<RootPart>),
}

/// A key in a token, of which the root consists alone or with another.
struct RootPart {
    at: TokenRef,
    #[cfg(feature = "hsm")]
    key: Option<TokenKey>,
}

impl Root {
    /// A root from the operating system's random source.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate(generation: u32) -> Result<Self, getrandom::Error> {
        let mut key = Key::zero();
        getrandom::fill(key.expose_mut())?;
        Ok(Self::held(generation, None, key.expose()))
    }

    pub(super) fn held(generation: u32, superseded: Option<Day>, key: &[u8; 32]) -> Self {
        let node = Node::new(KeyPath::root(Generation::from(generation)), key);
        Self { generation, superseded, place: RootPlace::Held(node) }
    }

    /// A root in tokens that are not connected yet.
    pub(super) fn in_tokens(generation: u32, superseded: Option<Day>, places: Vec<TokenRef>) -> Self {
        let part = |at| RootPart {
            at,
            #[cfg(feature = "hsm")]
            key: None,
        };
        let parts = places.into_iter().map(part).collect();
        Self { generation, superseded, place: RootPlace::Tokens(parts) }
    }

    /// A root in one token, or in two whose people both take part in each use.
    #[cfg(feature = "hsm")]
    #[must_use]
    pub fn from_tokens(generation: u32, keys: impl IntoIterator<Item = TokenKey>) -> Self {
        let part = |key: TokenKey| RootPart { at: key.at().clone(), key: Some(key) };
        let parts = keys.into_iter().map(part).collect();
        Self { generation, superseded: None, place: RootPlace::Tokens(parts) }
    }

    /// The generation.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.generation
    }

    /// The day on which the next root took its place; `None` for the newest.
    #[must_use]
    pub const fn superseded(&self) -> Option<Day> {
        self.superseded
    }

    pub(super) const fn supersede(&mut self, day: Day) {
        self.superseded = Some(day);
    }

    /// The root's node; `None` for a root in tokens.
    #[must_use]
    pub const fn node(&self) -> Option<&Node> {
        match &self.place {
            RootPlace::Held(node) => Some(node),
            RootPlace::Tokens(_) => None,
        }
    }

    /// The references to the root's keys in tokens; none for a root in memory.
    pub fn tokens(&self) -> impl Iterator<Item = &TokenRef> {
        let parts = match &self.place {
            RootPlace::Held(_) => &[][..],
            RootPlace::Tokens(parts) => parts,
        };
        parts.iter().map(|part| &part.at)
    }

    /// Connects a root in tokens to one of its keys there.
    #[cfg(feature = "hsm")]
    pub(super) fn connect(&mut self, connected: TokenKey) {
        if let RootPlace::Tokens(parts) = &mut self.place
            && let Some(part) = parts.iter_mut().find(|part| &part.at == connected.at())
        {
            part.key = Some(connected);
        }
    }
}

impl DayKeys for Root {
    fn generation(&self) -> u32 {
        self.generation
    }

    fn day_key(&self, tier: Tier, day: Day, out: &mut Node) -> Result<(), IssueError> {
        let path = KeyPath::day(Generation::from(self.generation), tier, day);
        match &self.place {
            RootPlace::Held(node) => below(node, path, out),
            RootPlace::Tokens(parts) => {
                // The tokens return day keys alone; the node's path is added here.
                let mut derived = Key::zero();
                for part in parts {
                    part.add_day_key(tier, day, &mut derived)?;
                }
                out.set(path, derived.expose());
                Ok(())
            }
        }
    }
}

impl RootPart {
    /// Adds this token's day key to `sum`: Expand(A, info) XOR Expand(B, info) is the day key of two tokens.
    #[cfg(feature = "hsm")]
    fn add_day_key(&self, tier: Tier, day: Day, sum: &mut Key) -> Result<(), IssueError> {
        let key = self.key.as_ref().ok_or(IssueError::NoToken)?;
        let mut part = Key::zero();
        key.day_key(tier, day, &mut part).map_err(|error| IssueError::Token(error.into()))?;
        for (sum, part) in sum.expose_mut().iter_mut().zip(part.expose()) {
            *sum ^= part;
        }
        Ok(())
    }

    #[cfg(not(feature = "hsm"))]
    fn add_day_key(&self, _tier: Tier, _day: Day, _sum: &mut Key) -> Result<(), IssueError> {
        Err(IssueError::NoToken)
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Root");
        let tokens: Vec<_> = self.tokens().collect();
        shown.field("generation", &self.generation).field("tokens", &tokens).finish_non_exhaustive()
    }
}
