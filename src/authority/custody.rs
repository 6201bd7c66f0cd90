//! The authority's secrets at rest: an age v1 envelope under a passphrase (scrypt), or sealed to age
//! recipients.
//!
//! ```text
//! content   "wayseal authority" ‖ version u8 (2) ‖ signing key 32 ‖ count u8 ‖ roots, the newest first
//! root      generation u32 ‖ 00 ‖ key 32                       or, in a PKCS #11 token:
//!           generation u32 ‖ 01 ‖ key's id 16 ‖ length u8 ‖ token's label
//! ```
//!
//! The keys are independent: each is 32 bytes of its own from the operating system. The log keys of devices and
//! the key that signs their heads are the auditor's, and not here.

mod authority;
mod error;

pub use crate::signed::envelope::{Lock, Locked, Unlock, Work, open_text, seal_text};
pub use authority::Authority;
pub use error::CustodyError;
