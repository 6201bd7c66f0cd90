//! AES-256-GCM (NIST SP 800-38D) in place, the tag cut to twelve bytes.
//!
//! The tag is checked before anything is decrypted: a forged buffer comes back unchanged.

#[cfg(any(target_pointer_width = "32", test))]
mod ahead;
mod gcm;

pub use gcm::{Forged, NONCE, NONCE_LEN, TAG_LEN, open, seal};
