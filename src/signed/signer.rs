//! Signing keys: the authority's own, or a certified one.
//!
//! In: a message. Out: an Ed25519 signature (RFC 8032), and the certificate that a device verifies first. Foreign types
//! in the interface, re-exported here: [`Signature`], [`SigningKey`] and [`VerifyingKey`] of the crate `ed25519-dalek`.

use ed25519_dalek::Signer;

pub use ed25519_dalek::{Signature, SigningKey, VerifyingKey};

/// A key that signs: the authority's, or a certified one.
pub trait Signs {
    /// The Ed25519 signature of `message` (RFC 8032).
    fn sign(&self, message: &[u8]) -> Signature;
}

/// The authority's key, or another that stands for itself.
impl Signs for SigningKey {
    fn sign(&self, message: &[u8]) -> Signature {
        Signer::sign(self, message)
    }
}
