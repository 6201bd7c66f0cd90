//! A day issuer's own signing key: certified by the authority for its days, so that a stolen one signs
//! nothing for other days, and devices still pin one key.
//!
//! ```text
//! certificate  signer 32 ‖ generation u32 ‖ from u16 ‖ until u16 ‖ signature 64
//! signature    Ed25519 over "WS1 issuer" ‖ 00 ‖ signer ‖ generation ‖ from ‖ until
//! delegate     signing key 32 ‖ certificate
//! ```

use crate::authority::grant::{Grant, Role, Signs};
use crate::authority::moment::Moment;
use crate::keys::Day;
use crate::secret::Key;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;
use zeroize::Zeroizing;

const CONTEXT: &[u8] = b"WS1 issuer\0";
const BODY: usize = 32 + 4 + 2 + 2;

/// A certified signing key.
pub struct Delegate {
    signing: SigningKey,
    certificate: Certificate,
}

impl Delegate {
    /// A new key, certified by `authority` for days of a generation.
    ///
    /// # Errors
    /// The operating system's, if it gives no random bytes.
    pub fn generate(
        authority: &impl Signs,
        generation: u32,
        from: Day,
        until: Day,
    ) -> Result<Self, getrandom::Error> {
        let mut seed = Key::zero();
        getrandom::fill(seed.expose_mut())?;
        let signing = SigningKey::from_bytes(seed.expose());
        let mut certificate = Certificate {
            signer: signing.verifying_key(),
            generation,
            from,
            until,
            signature: Signature::from_bytes(&[0; 64]),
        };
        certificate.signature = authority.sign(&certificate.message());
        Ok(Self { signing, certificate })
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (seed, certificate) = bytes.split_first_chunk()?;
        let signing = SigningKey::from_bytes(seed);
        let certificate = Certificate::from_bytes(certificate)?;
        (certificate.signer == signing.verifying_key()).then_some(Self { signing, certificate })
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<[u8; 32 + BODY + 64]> {
        let mut bytes = Zeroizing::new([0; 32 + BODY + 64]);
        bytes[..32].copy_from_slice(&Zeroizing::new(self.signing.to_bytes())[..]);
        bytes[32..].copy_from_slice(&self.certificate.to_bytes());
        bytes
    }
}

impl Signs for Delegate {
    fn sign(&self, message: &[u8]) -> Signature {
        self.signing.sign(message)
    }

    fn certificate(&self) -> Option<&Certificate> {
        Some(&self.certificate)
    }
}

impl fmt::Debug for Delegate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delegate").field("certificate", &self.certificate).finish_non_exhaustive()
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
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (signer, rest) = bytes.split_first_chunk()?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (from, rest) = rest.split_first_chunk()?;
        let (until, signature) = rest.split_first_chunk()?;
        Some(Self {
            signer: VerifyingKey::from_bytes(signer).ok()?,
            generation: u32::from_be_bytes(*generation),
            from: Day(u16::from_be_bytes(*from)),
            until: Day(u16::from_be_bytes(*until)),
            signature: Signature::from_bytes(signature.try_into().ok()?),
        })
    }

    pub(super) fn to_bytes(&self) -> [u8; BODY + 64] {
        let mut bytes = [0; BODY + 64];
        bytes[..BODY].copy_from_slice(&self.body());
        bytes[BODY..].copy_from_slice(&self.signature.to_bytes());
        bytes
    }

    fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        body[..32].copy_from_slice(self.signer.as_bytes());
        body[32..36].copy_from_slice(&self.generation.to_be_bytes());
        body[36..38].copy_from_slice(&self.from.0.to_be_bytes());
        body[38..].copy_from_slice(&self.until.0.to_be_bytes());
        body
    }

    fn message(&self) -> Vec<u8> {
        [CONTEXT, &self.body()].concat()
    }

    /// The key, if the authority signed the certificate.
    pub(super) fn verified(&self, authority: &VerifyingKey) -> Option<VerifyingKey> {
        authority.verify_strict(&self.message(), &self.signature).ok()?;
        Some(self.signer)
    }

    /// Whether a grant is one that this issuer may sign: of its days and generation, and no issuer's.
    pub(super) fn covers(&self, grant: &Grant) -> bool {
        grant.role != Role::DayIssuer
            && grant.generation == self.generation
            && self.from <= grant.from
            && grant.until <= self.until
            // Signed time is the floor of a device's clock: from a later day it would lock the device.
            && Moment(grant.issued).day() <= self.until
    }
}
