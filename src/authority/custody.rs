//! Custody: the authority's roots and signing key at rest, in an age v1 envelope.
//!
//! In: a new [`Authority`] with a passphrase or age recipients, or an envelope with what opens it. Out: the envelope's
//! file, or the authority in memory. The secrets are never in a file without an envelope.
//!
//! ```text
//! content   "wayseal authority" ‖ version u8 (3) ‖ signing key 32 ‖ newest list ‖ recipients ‖ count u8 ‖ roots, newest first
//! list      number u64 ‖ SHA-256 32 of the signed revocation list; zeros before the first
//! recipients  count u8, then of each age recipient of the envelope: length u8 ‖ text
//! root      generation u32 ‖ superseded u16 ‖ 00 ‖ key 32      or, in one or two PKCS #11 tokens:
//!           generation u32 ‖ superseded u16 ‖ tokens u8 ‖ of each: key's id 16 ‖ length u8 ‖ token's label
//! superseded  the day on which the next root took its place, or ffff
//! ```
//!
//! The keys are independent: each is 32 random bytes from the operating system. The log keys of devices and the key
//! that signs their heads are not in it: the auditor holds them.

mod authority;
mod error;
mod list_mark;

pub use crate::signed::envelope::{Lock, Locked, Unlock, Work, open_text, seal_text};
pub use authority::{Authority, RETENTION_DAYS};
pub use error::CustodyError;
pub use list_mark::ListMark;
