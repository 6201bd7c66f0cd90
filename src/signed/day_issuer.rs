//! A day issuer's signing key, certified by the authority for its days.
//!
//! In: the authority's signature. Out: a key that signs grants of those days. A stolen key signs nothing that a device
//! accepts for other days, and devices still pin one key, the authority's.
//!
//! ```text
//! key          signing key 32 ‖ certificate
//! ```

use super::signer::{Certificate, Signature, SigningKey, Signs};
use crate::keys::Day;
use crate::secret::Key;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of a key with its certificate.
const LEN: usize = 32 + Certificate::LEN;

/// A signing key with its certificate. It wipes itself when dropped.
pub struct DayIssuerKey {
    signing: SigningKey,
    certificate: Certificate,
}

impl DayIssuerKey {
    /// A new key, certified by `authority` for the days `from` to `until` of a generation.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate(
        authority: &impl Signs,
        generation: u32,
        from: Day,
        until: Day,
    ) -> Result<Self, getrandom::Error> {
        let mut seed = Key::zero();
        getrandom::fill(seed.expose_mut())?;
        let signing = SigningKey::from_bytes(seed.expose());
        let certificate = Certificate::new(signing.verifying_key(), generation, from, until, authority);
        Ok(Self { signing, certificate })
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (seed, certificate) = bytes.split_first_chunk()?;
        let signing = SigningKey::from_bytes(seed);
        let certificate = Certificate::from_bytes(certificate)?;
        // A certificate of another key would sign grants that no device accepts.
        (*certificate.signer() == signing.verifying_key()).then_some(Self { signing, certificate })
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<[u8; LEN]> {
        let mut bytes = Zeroizing::new([0; LEN]);
        // `to_bytes` returns a copy of the secret key, which wipes itself here.
        bytes[..32].copy_from_slice(&Zeroizing::new(self.signing.to_bytes())[..]);
        bytes[32..].copy_from_slice(&self.certificate.to_bytes());
        bytes
    }
}

impl Signs for DayIssuerKey {
    fn sign(&self, message: &[u8]) -> Signature {
        Signs::sign(&self.signing, message)
    }

    fn certificate(&self) -> Option<&Certificate> {
        Some(&self.certificate)
    }
}

impl fmt::Debug for DayIssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DayIssuerKey").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}
