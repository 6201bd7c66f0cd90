//! Secrets: bytes that wipe themselves, the wipe of the stack, and the cryptography over keys.
//!
//! Nothing here knows of labels or of the key tree. What holds a secret prints none of it and is not cloned.

pub mod aead;
pub mod mac;
mod stack;
mod wiped;

pub use stack::{WIPE_WORDS, scrubbed, scrubbed_deep};
pub use wiped::{Key, Secret};
