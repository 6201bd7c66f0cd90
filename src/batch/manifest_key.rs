//! The key under which a batch's manifest is kept: it authenticates the manifest, and the digests of personal data in it.
//!
//! ```text
//! manifest key = HKDF-Expand(origin leaf, "WS1 manifest", 32)
//! digest       = HMAC-SHA256(manifest key, what ‖ 00 ‖ SHA-256(content))
//! ```
//!
//! A file of one order has few possible contents once its label is known, so its plain SHA-256 would let anyone who reads
//! the manifest try them. Without the origin leaf, which stays with the sealer, the digest says nothing. No other
//! derivation from that leaf has an `info` that begins so (its fourth byte is a level, 01 to 07), so that the digests
//! say nothing of salts or label keys either. They are the same for the same content, as labels are: whoever can have
//! files of his choice sealed learns from the manifest whether a whole file was the same, and less than from its labels.

use crate::keys::{Day, KeyLevel, Node, Prk, Tier};
use crate::secret::mac::{MAC_LEN, Mac};
use crate::secret::{Key, scrubbed};
use crate::signed::grant::Grant;
use base16ct::lower::encode_string;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// What distinguishes the key from all others that derive from the leaf.
const INFO: &[u8] = b"WS1 manifest";

/// The key of the manifests of one sealer and day.
pub struct ManifestKey(Mac);

/// What a digest is of, so that none stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DigestOf {
    Manifest,
    Input,
    Rejects,
    Orders,
}

impl ManifestKey {
    /// The key for a day; `None` if the grant has no origin leaf of that day.
    #[must_use]
    pub fn new(grant: &Grant, day: Day) -> Option<Self> {
        let leaf = grant.nodes.iter().find(|node| {
            let path = node.path();
            path.level() == KeyLevel::Sealer && path.tier() == Tier::Origin && path.day_of() == day
        });
        leaf.map(Self::of_leaf)
    }

    fn of_leaf(leaf: &Node) -> Self {
        scrubbed(|| {
            let mut key = Key::zero();
            Prk::new(leaf.key()).expand(&[INFO], &mut key);
            Self(Mac::new(&key))
        })
    }

    /// The digest of a content, given its SHA-256, in hexadecimal.
    pub(super) fn digest(&self, of: DigestOf, sha256: &[u8; 32]) -> String {
        let what: &[u8] = match of {
            DigestOf::Manifest => b"manifest\0",
            DigestOf::Input => b"input\0",
            DigestOf::Rejects => b"rejects\0",
            DigestOf::Orders => b"orders\0",
        };
        let mut tag = [0; MAC_LEN];
        self.0.message().update(what).update(sha256).tag(&mut tag);
        encode_string(&tag)
    }

    /// The digest of all orders of a batch, given the SHA-256 of each file, and how their rows are found: it says which batch
    /// numbers were handed out to.
    #[must_use]
    pub fn orders(&self, files: &[[u8; 32]], read_as: &str) -> String {
        self.digest_of(DigestOf::Orders, &[files.as_flattened(), read_as.as_bytes()].concat())
    }

    /// The digest of bytes.
    pub(super) fn digest_of(&self, of: DigestOf, bytes: &[u8]) -> String {
        self.digest(of, &Sha256::digest(bytes).into())
    }
}

impl fmt::Debug for ManifestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ManifestKey(..)")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::keys::{Generation, KeyPath};

    /// The key of a leaf of made-up bytes.
    pub(in crate::batch) fn key(byte: u8) -> ManifestKey {
        ManifestKey::of_leaf(&Node::new(KeyPath::root(Generation::EVEN), &[byte; 32]))
    }

    #[test]
    fn a_digest_depends_on_key_and_purpose_and_is_not_the_plain_one() {
        let of = |byte, of, text: &[u8]| key(byte).digest_of(of, text);
        let one = of(7, DigestOf::Input, b"orders");
        assert_eq!(one, of(7, DigestOf::Input, b"orders"));
        let others = [
            of(8, DigestOf::Input, b"orders"),
            of(7, DigestOf::Rejects, b"orders"),
            of(7, DigestOf::Manifest, b"orders"),
            of(7, DigestOf::Input, b"other orders"),
            encode_string(&Sha256::digest(b"orders")),
        ];
        assert!(others.iter().all(|other| *other != one));
    }

    /// By other code: the crates `hkdf` and `hmac`, from the formulas alone.
    #[test]
    fn the_digest_is_that_of_the_formula() {
        use hmac::{Hmac, KeyInit as _, Mac as _};
        let mut derived = [0; 32];
        hkdf::Hkdf::<Sha256>::from_prk(&[7; 32]).unwrap().expand(b"WS1 manifest", &mut derived).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&derived).unwrap();
        mac.update(b"input\0");
        mac.update(&Sha256::digest(b"orders"));
        let expected = encode_string(&mac.finalize().into_bytes());
        assert_eq!(key(7).digest_of(DigestOf::Input, b"orders"), expected);
    }
}
