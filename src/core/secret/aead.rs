//! AES-256-GCM (NIST SP 800-38D), in place, with the tag truncated to twelve bytes.
//!
//! The tag is verified before decryption: a forged buffer is returned unchanged.

#[cfg(any(target_pointer_width = "32", test))]
mod ahead;
mod gcm;

pub use gcm::{Forged, NONCE, NONCE_LEN, TAG_LEN, open, seal};
