//! The key tree: HMAC-SHA256 derivation from the root of a generation down to the key of one label.
//!
//! In: a node (a key and its path) and the path of a descendant. Out: the descendant's key, the sealer's alias, a
//! label's salt or its delivery code. A key never yields its parent or a sibling.
//!
//! Every node is 32 bytes, and a child is one HMAC away (RFC 5869, SHA-256, one output block):
//!
//! ```text
//! child = HKDF-Expand(parent, info, 32)        info = "WS1" ‖ level ‖ identifier
//!
//! root ── 01 day(tier u8, day u16) ── 02 region(u16) ── 03 site(u16) ── 04 sealer(alias u32)
//!                                                          │                │
//!                                                          │                ├─ 05 label(header with its salt)
//!                                                          │                ├─ 07 salt()                  tier 0 only
//!                                                          │                ├─ 08 tenant(u32) ── 07 salt() tier 0 only
//!                                                          │                └─ 09 delivery code(header)   tier 0 only
//!                                                          └─ 06 alias()                                  tier 1 only
//! ```
//!
//! Identifiers have a fixed width and are big endian. The root is a uniformly random PRK of 32 bytes, so
//! HKDF-Extract is not needed, and a token that computes only HMAC-SHA256 can hold the root.

mod alias;
mod day;
mod delivery_code;
mod identifier;
mod level;
mod node;
mod path;
mod prk;
mod salt;

pub use alias::AliasKey;
pub use day::{Day, NoDate};
pub use delivery_code::DeliveryCode;
pub use identifier::{Alias, Generation, OutOfRange, Region, SealerId, Site, Tier};
pub use level::{DOMAIN, KeyLevel};
pub use node::{NoNode, Node, NotBelow, WrongNode};
pub use path::KeyPath;
pub use prk::Prk;
pub use salt::{SALT_LEN, SaltKey, Tenant};
