//! A root of the key tree: 32 bytes in memory, or a key in a PKCS #11 token, which computes MACs with it.
//!
//! In: random bytes, or a token's key. Out: day keys. The bytes of a root in a token are never in this process.

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
    place: RootPlace,
}

enum RootPlace {
    Held(Node),
    Token {
        at: TokenRef,
        #[cfg(feature = "hsm")]
        key: Option<TokenKey>,
    },
}

impl Root {
    /// A root from the operating system's random source.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate(generation: u32) -> Result<Self, getrandom::Error> {
        let mut key = Key::zero();
        getrandom::fill(key.expose_mut())?;
        Ok(Self::held(generation, key.expose()))
    }

    pub(super) fn held(generation: u32, key: &[u8; 32]) -> Self {
        Self {
            generation,
            place: RootPlace::Held(Node::new(KeyPath::root(Generation::from(generation)), key)),
        }
    }

    /// A root in a token that is not connected yet.
    pub(super) const fn in_token(generation: u32, at: TokenRef) -> Self {
        let place = RootPlace::Token {
            at,
            #[cfg(feature = "hsm")]
            key: None,
        };
        Self { generation, place }
    }

    /// A root in a token.
    #[cfg(feature = "hsm")]
    #[must_use]
    pub fn of_token(generation: u32, key: TokenKey) -> Self {
        Self { generation, place: RootPlace::Token { at: key.at().clone(), key: Some(key) } }
    }

    /// The generation.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.generation
    }

    /// The root's node; `None` for a root in a token.
    #[must_use]
    pub const fn node(&self) -> Option<&Node> {
        match &self.place {
            RootPlace::Held(node) => Some(node),
            RootPlace::Token { .. } => None,
        }
    }

    /// The reference to the root in its token; `None` for a root in memory.
    #[must_use]
    pub const fn token(&self) -> Option<&TokenRef> {
        match &self.place {
            RootPlace::Held(_) => None,
            RootPlace::Token { at, .. } => Some(at),
        }
    }

    /// Connects a root in a token to its key there.
    #[cfg(feature = "hsm")]
    pub(super) fn connect(&mut self, connected: TokenKey) {
        if let RootPlace::Token { at, key } = &mut self.place
            && at == connected.at()
        {
            *key = Some(connected);
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
            #[cfg(feature = "hsm")]
            RootPlace::Token { key: Some(key), .. } => {
                // The token returns the day key alone; the node's path is added here.
                let mut derived = Key::zero();
                key.day_key(tier, day, &mut derived).map_err(|error| IssueError::Token(error.into()))?;
                out.set(path, derived.expose());
                Ok(())
            }
            RootPlace::Token { .. } => Err(IssueError::NoToken),
        }
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Root");
        shown.field("generation", &self.generation).field("token", &self.token()).finish_non_exhaustive()
    }
}
