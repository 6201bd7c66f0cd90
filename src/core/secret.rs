//! Handling of secrets: self-wiping buffers, stack wiping, AES-GCM and HMAC.
//!
//! These modules know nothing about labels or the key tree. No type that holds a secret is printable, and none is
//! `Clone` except [`mac::Message`], which the `hkdf` crate must clone.

pub mod aead;
pub mod mac;
mod stack;
mod wiped;

#[cfg(feature = "fast")]
pub(crate) use stack::scrubbed_times;
pub use stack::{WIPE_WORDS, scrubbed, scrubbed_deep};
pub use wiped::{Key, Secret};
