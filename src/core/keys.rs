//! The key tree: from the root of a generation to the keys of one label.
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
mod identifier;
mod level;
mod node;
mod path;
mod prk;
mod salt;

pub use alias::AliasKey;
pub use day::{Day, NoDate};
pub use identifier::{Alias, Generation, OutOfRange, Region, SealerId, Site, Tier};
pub use level::{DOMAIN, KeyLevel};
pub use node::{NoNode, Node, NotBelow, WrongNode};
pub use path::KeyPath;
pub use prk::Prk;
pub use salt::{SALT_LEN, SaltKey};
