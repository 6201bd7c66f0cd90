//! Who signs: the authority, or a day issuer under a certificate for its days alone.
//!
//! ```text
//! certificate  signer 32 ‖ generation u32 ‖ from u16 ‖ until u16 ‖ signature 64
//! signature    Ed25519 over "WS1 issuer" ‖ 00 ‖ signer ‖ generation ‖ from ‖ until
//! ```

use crate::keys::Day;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

const CONTEXT: &[u8] = b"WS1 issuer\0";
const BODY: usize = 32 + 4 + 2 + 2;

/// What signs grants and revocation lists: the authority, or a day issuer with its certificate.
pub trait Signs {
    /// The Ed25519 signature of `message` (RFC 8032).
    fn sign(&self, message: &[u8]) -> Signature;
    /// The certificate that devices check first, of a day issuer; `None` of the authority.
    fn certificate(&self) -> Option<&Certificate>;
}

/// The bare key of an authority.
impl Signs for SigningKey {
    fn sign(&self, message: &[u8]) -> Signature {
        Signer::sign(self, message)
    }

    fn certificate(&self) -> Option<&Certificate> {
        None
    }
}

/// What the authority says of a day issuer's key.
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

    /// Of `signer`, signed by `authority`, for days of a generation.
    pub(crate) fn new(
        signer: VerifyingKey,
        generation: u32,
        from: Day,
        until: Day,
        authority: &impl Signs,
    ) -> Self {
        let signature = Signature::from_bytes(&[0; 64]);
        let mut certificate = Self { signer, generation, from, until, signature };
        certificate.signature = authority.sign(&certificate.message());
        certificate
    }

    /// The key that it certifies.
    pub(crate) const fn signer(&self) -> &VerifyingKey {
        &self.signer
    }

    /// The generation of the root whose days these are.
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

    /// The key, if the authority signed the certificate.
    pub(crate) fn verified(&self, authority: &VerifyingKey) -> Option<VerifyingKey> {
        authority.verify_strict(&self.message(), &self.signature).ok()?;
        Some(self.signer)
    }
}
