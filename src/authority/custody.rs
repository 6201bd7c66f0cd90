//! Custody: the authority's roots and signing key at rest, in an age v1 envelope.
//!
//! In: a new [`Authority`] with a passphrase or age recipients, or an envelope with what opens it. Out: the envelope's
//! file, or the authority in memory. The secrets are never in a file without an envelope.
//!
//! ```text
//! content   "wayseal authority" ‖ version u8 (2) ‖ signing key 32 ‖ count u8 ‖ roots, newest first
//! root      generation u32 ‖ 00 ‖ key 32                       or, in a PKCS #11 token:
//!           generation u32 ‖ 01 ‖ key's id 16 ‖ length u8 ‖ token's label
//! ```
//!
//! The keys are independent: each is 32 random bytes from the operating system. The log keys of devices and the key
//! that signs their heads are not in it: the auditor holds them.

mod authority;
mod error;

pub use crate::signed::envelope::{Lock, Locked, Unlock, Work, open_text, seal_text};
pub use authority::Authority;
pub use error::CustodyError;
