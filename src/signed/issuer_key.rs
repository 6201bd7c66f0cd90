//! A certified signing key: a day issuer's, a region issuer's or a stop key.
//!
//! In: the authority's signature, or an issuer's for a device that gives passes. Out: a key that signs within its certificate. A stolen one signs nothing that a
//! device accepts for other days, regions, serials or terms, and devices still pin one key, the authority's.
//!
//! ```text
//! key          signing key 32 ‖ certificate
//! ```

use super::certificate::{CERTIFICATE_MAX, Certificate, CertificateTerms, SignsGrants, giving_serials};
use super::signer::{Signature, SigningKey, Signs};
use crate::secret::Key;
use std::fmt;
use zeroize::Zeroizing;

/// The most bytes of a key with its certificate.
pub(crate) const ISSUER_KEY_MAX: usize = 32 + CERTIFICATE_MAX;

/// A signing key with its certificate. It wipes itself when dropped.
pub struct IssuerKey {
    signing: SigningKey,
    certificate: Certificate,
}

impl IssuerKey {
    /// A new key, certified by `authority`.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate(authority: &impl SignsGrants, terms: CertificateTerms) -> Result<Self, getrandom::Error> {
        let mut seed = Key::zero();
        getrandom::fill(seed.expose_mut())?;
        let signing = SigningKey::from_bytes(seed.expose());
        let certificate = Certificate::new(signing.verifying_key(), terms, authority);
        Ok(Self { signing, certificate })
    }

    /// A new key by which a device gives passes, certified by the authority or an issuer; its serials follow from the key.
    ///
    /// # Errors
    /// The operating system's error, if it gives no random bytes.
    pub fn generate_giving(
        signer: &impl SignsGrants,
        terms: CertificateTerms,
    ) -> Result<Self, getrandom::Error> {
        let mut seed = Key::zero();
        getrandom::fill(seed.expose_mut())?;
        let signing = SigningKey::from_bytes(seed.expose());
        let key = signing.verifying_key();
        let terms = CertificateTerms { serials: giving_serials(&key), ..terms };
        let certificate = Certificate::new(key, terms, signer);
        Ok(Self { signing, certificate })
    }

    /// A copy, whose bytes on the way are wiped.
    #[cfg(feature = "device")]
    pub(crate) fn copy(&self) -> Option<Self> {
        Self::from_bytes(&self.to_bytes())
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (seed, certificate) = bytes.split_first_chunk()?;
        let signing = SigningKey::from_bytes(seed);
        let certificate = Certificate::from_bytes(certificate)?;
        // A certificate of another key would sign grants that no device accepts.
        (*certificate.key() == signing.verifying_key()).then_some(Self { signing, certificate })
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Allocated once: a buffer that grows leaves an unwiped copy of the key.
        let mut bytes = Zeroizing::new(Vec::with_capacity(ISSUER_KEY_MAX));
        // `to_bytes` returns a copy of the secret key, which wipes itself here.
        bytes.extend_from_slice(&Zeroizing::new(self.signing.to_bytes())[..]);
        bytes.extend_from_slice(&self.certificate.to_bytes());
        bytes
    }
}

impl Signs for IssuerKey {
    fn sign(&self, message: &[u8]) -> Signature {
        Signs::sign(&self.signing, message)
    }
}

impl SignsGrants for IssuerKey {
    fn certificate(&self) -> Option<&Certificate> {
        Some(&self.certificate)
    }
}

impl fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuerKey").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}
