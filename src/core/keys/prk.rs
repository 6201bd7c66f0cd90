//! A key of the tree made ready to derive others: HKDF-Expand (RFC 5869) with SHA-256, one block of output.

use super::level::{DOMAIN, KeyLevel};
use crate::secret::Key;
use crate::secret::mac::Message;
use core::fmt;
use hkdf::GenericHkdf;

/// A key made ready: HKDF (RFC 5869) over [`Mac`], which keeps the key's own blocks compressed. Wiped on drop.
pub struct Prk(GenericHkdf<Message>);

impl Prk {
    /// Makes `key` ready.
    #[must_use]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub fn new(key: &Key) -> Self {
        // A PRK of the hash's own length is never refused.
        Self(GenericHkdf::from_prk(key.expose()).unwrap_or_else(|_| GenericHkdf::new(None, &[])))
    }

    /// `out = HKDF-Expand(self, info, 32)`, the parts of `info` one after the other.
    pub fn expand(&self, info: &[&[u8]], out: &mut Key) {
        // One block of output is never refused.
        if self.0.expand_multi_info(info, out.expose_mut()).is_err() {
            out.wipe();
        }
    }

    /// `out = HKDF-Expand(self, "WS1" ‖ 05 ‖ header, 32)`: the key of one label, of a leaf.
    pub fn label_key(&self, header: &[u8], out: &mut Key) {
        self.expand(&[&DOMAIN, &[KeyLevel::Label as u8], header], out);
    }
}

impl fmt::Debug for Prk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prk(..)")
    }
}
