//! The key tree.
//!
//! Imports [`secret`](crate::secret) only.
//!
//! Every node is 32 bytes, and a child is one HMAC away (RFC 5869, SHA-256, one output block):
//!
//! ```text
//! child = HKDF-Expand(parent, info, 32)        info = "WS1" ‖ level ‖ identifier
//!
//! root ── 01 day(tier u8, day u16) ── 02 region(u16) ── 03 site(u16) ── 04 sealer(alias u32)
//!                                                          │                │
//!                                                          │                ├─ 05 label(header with its salt)
//!                                                          │                └─ 07 salt()      tier 0 only
//!                                                          └─ 06 alias()                      tier 1 only
//! ```
//!
//! Identifiers have a fixed width and are big endian. The root is a PRK of 32 random bytes: HKDF-Extract is
//! never used, so a token that knows only HMAC-SHA256 can hold it.

mod alias;
mod day;
mod node;
mod prk;

pub use alias::{Alias, AliasKey, SealerId};
pub use day::{Day, NoDate};
pub use node::{Generation, Node, NotBelow, Path, Region, Site, Tier};
pub use prk::{Prk, SALT_LEN, SaltKey};

/// First bytes of every `info` and every MAC input.
pub const DOMAIN: [u8; 3] = *b"WS1";

/// The level of a node: the fourth byte of the `info` that derives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// 32 random bytes.
    Root = 0,
    /// One tier on one day: `tier u8 ‖ day u16`.
    Day = 1,
    /// One region: `u16`, 12 bits used.
    Region = 2,
    /// One site of a region: `u16`, 12 bits used.
    Site = 3,
    /// One sealer, the leaf: `alias u32`, 24 bits used; in tier 0 the sealer's own number.
    Sealer = 4,
    /// One label, used once: the header with its salt.
    Label = 5,
    /// The alias key of a site of tier 1: no identifier.
    Alias = 6,
    /// The salt key of an origin leaf: no identifier.
    Salt = 7,
}
