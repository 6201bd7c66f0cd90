//! The three things a key of the tree is used for: to expand, to make a salt, to be cached for both.

use super::{DOMAIN, Day, Level, Node, Tier};
use crate::secret::Key;
use core::fmt;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a label's salt.
pub const SALT_LEN: usize = 6;

/// A key made ready: the two states of SHA-256 that HMAC starts from, so that each use costs two
/// compressions and not four. Wiped on drop by the crates it is made of.
pub struct Prk {
    hkdf: Hkdf<Sha256>,
}

impl Prk {
    /// Makes `key` ready.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        // A PRK of the hash's own length is never refused.
        let hkdf = Hkdf::from_prk(key.expose()).unwrap_or_else(|_| Hkdf::new(None, &[]));
        Self { hkdf }
    }

    /// `out = HKDF-Expand(self, info, 32)`, the parts of `info` one after the other.
    pub fn expand(&self, info: &[&[u8]], out: &mut Key) {
        // One block of output is never refused.
        if self.hkdf.expand_multi_info(info, out.expose_mut()).is_err() {
            out.wipe();
        }
    }

    /// `out = HKDF-Expand(self, "WS1" ‖ 05 ‖ header, 32)`: the key of one label, of a leaf.
    pub fn label_key(&self, header: &[u8], out: &mut Key) {
        self.expand(&[&DOMAIN, &[Level::Label as u8], header], out);
    }
}

/// Makes the salts of one sealer on one day; scanners never hold it.
///
/// ```text
/// salt key = HKDF-Expand(origin leaf, "WS1" ‖ 07, 32)
/// ```
pub struct SaltKey(Hmac<Sha256>);

impl SaltKey {
    /// The salt key of an origin leaf; of no other node.
    #[must_use]
    pub fn of_origin(leaf: &Node) -> Option<Self> {
        if leaf.path().level() != Level::Sealer || leaf.path().tier() != Tier::Origin {
            return None;
        }
        let mut key = Key::zero();
        Prk::new(leaf.key()).expand(&[&DOMAIN, &[Level::Salt as u8]], &mut key);
        // HMAC takes keys of any length.
        Hmac::new_from_slice(key.expose()).ok().map(Self)
    }

    /// The salt of a label, from everything that the label says:
    ///
    /// ```text
    /// HMAC-SHA256(salt key, "WS1" ‖ 07 ‖ len u8 ‖ H ‖ len u8 ‖ D ‖ len u8 ‖ C)[..6]
    /// H = day u16 ‖ header without its salt          D, C = the padded plaintexts
    /// ```
    ///
    /// So one record has one label, whatever happens to a clock, a random source or a snapshot, and two
    /// records share a key only at 2⁻⁴⁸.
    #[must_use]
    pub fn salt(&self, day: Day, header: &[u8], delivery: &[u8], contact: &[u8]) -> [u8; SALT_LEN] {
        let mut mac = self.0.clone();
        mac.update(&DOMAIN);
        // No part is longer than 172 bytes.
        mac.update(&[Level::Salt as u8, header.len() as u8 + 2]);
        mac.update(&day.0.to_be_bytes());
        mac.update(header);
        mac.update(&[delivery.len() as u8]);
        mac.update(delivery);
        mac.update(&[contact.len() as u8]);
        mac.update(contact);
        let tag = mac.finalize().into_bytes();
        let mut salt = [0; SALT_LEN];
        salt.copy_from_slice(&tag[..SALT_LEN]);
        salt
    }
}

impl fmt::Debug for SaltKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaltKey(..)")
    }
}

impl fmt::Debug for Prk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prk(..)")
    }
}
