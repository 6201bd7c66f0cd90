//! HKDF-Expand (RFC 5869) with SHA-256, limited to one block of output, under a key of the tree.

use super::level::{DOMAIN, KeyLevel};
use crate::secret::Key;
use crate::secret::mac::Message;
use core::fmt;
use hkdf::GenericHkdf;

/// A pseudorandom key with its HMAC states precomputed: HKDF (RFC 5869) over [`mac`](crate::secret::mac). Wiped on drop.
pub struct Prk(GenericHkdf<Message>);

impl Prk {
    /// Precomputes the HMAC states of `key`.
    #[must_use]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub fn new(key: &Key) -> Self {
        // Cannot fail: the PRK has the length of the hash.
        Self(GenericHkdf::from_prk(key.expose()).unwrap_or_else(|_| GenericHkdf::new(None, &[])))
    }

    /// `out = HKDF-Expand(self, info, 32)`, where `info` is the concatenation of the parts.
    pub fn expand(&self, info: &[&[u8]], out: &mut Key) {
        // Cannot fail: the output is one block.
        if self.0.expand_multi_info(info, out.expose_mut()).is_err() {
            out.wipe();
        }
    }

    /// Derives the key of one label from a leaf: `out = HKDF-Expand(self, "WS1" ‖ 05 ‖ header, 32)`.
    pub fn label_key(&self, header: &[u8], out: &mut Key) {
        self.expand(&[&DOMAIN, &[KeyLevel::Label as u8], header], out);
    }
}

impl fmt::Debug for Prk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prk(..)")
    }
}
