//! Signing keys: the authority's own, or a day issuer's with a certificate for its days.
//!
//! In: a message. Out: an Ed25519 signature (RFC 8032), and the certificate that a device verifies first. Foreign types
//! in the interface, re-exported here: [`Signature`], [`SigningKey`] and [`VerifyingKey`] of the crate `ed25519-dalek`.
//!
//! ```text
//! certificate  signer 32 ‖ generation u32 ‖ from u16 ‖ until u16 ‖ signature 64
//! signature    Ed25519 over "WS1 issuer" ‖ 00 ‖ signer ‖ generation ‖ from ‖ until
//! ```

use crate::keys::Day;
use ed25519_dalek::Signer;

pub use ed25519_dalek::{Signature, SigningKey, VerifyingKey};

const CONTEXT: &[u8] = b"WS1 issuer\0";
const BODY: usize = 32 + 4 + 2 + 2;

/// A key that signs grants and revocation lists: the authority's, or a day issuer's with its certificate.
pub trait Signs {
    /// The Ed25519 signature of `message` (RFC 8032).
    fn sign(&self, message: &[u8]) -> Signature;
    /// The certificate of a day issuer, which devices verify first; `None` for the authority.
    fn certificate(&self) -> Option<&Certificate>;
}

/// The authority's key, which needs no certificate.
impl Signs for SigningKey {
    fn sign(&self, message: &[u8]) -> Signature {
        Signer::sign(self, message)
    }

    fn certificate(&self) -> Option<&Certificate> {
        None
    }
}

/// The authority's statement that a key may sign grants of some days of one generation.
#[derive(Clone, Debug)]
pub struct Certificate {
    signer: VerifyingKey,
    generation: u32,
    from: Day,
    until: Day,
    signature: Signature,
}

impl Certificate {
    pub(crate) const LEN: usize = BODY + 64;

    /// A certificate for `signer`, signed by `authority`, for days of a generation.
    pub(crate) fn new(
        signer: VerifyingKey,
        generation: u32,
        from: Day,
        until: Day,
        authority: &impl Signs,
    ) -> Self {
        // A placeholder: the message to sign is computed from the certificate's other fields.
        let signature = Signature::from_bytes(&[0; 64]);
        let mut certificate = Self { signer, generation, from, until, signature };
        certificate.signature = authority.sign(&certificate.message());
        certificate
    }

    /// The certified key; not verified yet.
    pub(crate) const fn signer(&self) -> &VerifyingKey {
        &self.signer
    }

    /// The generation of the root.
    pub(crate) const fn generation(&self) -> u32 {
        self.generation
    }

    /// The first and the last day.
    pub(crate) const fn days(&self) -> (Day, Day) {
        (self.from, self.until)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (signer, rest) = bytes.split_first_chunk()?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (from, rest) = rest.split_first_chunk()?;
        let (until, signature) = rest.split_first_chunk()?;
        Some(Self {
            signer: VerifyingKey::from_bytes(signer).ok()?,
            generation: u32::from_be_bytes(*generation),
            from: Day::new(u16::from_be_bytes(*from)),
            until: Day::new(u16::from_be_bytes(*until)),
            signature: Signature::from_bytes(signature.try_into().ok()?),
        })
    }

    pub(crate) fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..BODY].copy_from_slice(&self.body());
        bytes[BODY..].copy_from_slice(&self.signature.to_bytes());
        bytes
    }

    fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        body[..32].copy_from_slice(self.signer.as_bytes());
        body[32..36].copy_from_slice(&self.generation.to_be_bytes());
        body[36..38].copy_from_slice(&self.from.number().to_be_bytes());
        body[38..].copy_from_slice(&self.until.number().to_be_bytes());
        body
    }

    fn message(&self) -> Vec<u8> {
        [CONTEXT, &self.body()].concat()
    }

    /// The certified key, if the authority signed the certificate.
    pub(crate) fn verified(&self, authority: &VerifyingKey) -> Option<VerifyingKey> {
        // Strict: small-order keys and non-canonical encodings are rejected, so that one signature has one form.
        authority.verify_strict(&self.message(), &self.signature).ok()?;
        Some(self.signer)
    }
}
