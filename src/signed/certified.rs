//! Files that a certified key signs: what is signed, its signature, and the certificate by which the authority stands for the key.
//!
//! ```text
//! file       CBOR [ magic, version, body, signature, certificate ]
//! signature  Ed25519 by the certified key over context ‖ body
//! ```

use super::cbor::{CborReader, CborWriter};
use super::certificate::{CERTIFICATE_MAX, Certificate, SignsGrants};
use super::signer::{Signature, VerifyingKey};

/// What tells one kind of such files from another.
pub(super) struct CertifiedForm {
    /// The first part.
    pub magic: &'static str,
    /// The second part.
    pub version: u64,
    /// Prefix of the signed message, so that no signature of another kind passes for one of this.
    pub context: &'static [u8],
    /// The most bytes of a file.
    pub longest: usize,
}

/// Why a file is refused.
pub(super) enum CertifiedError {
    /// Another kind of file, or damaged.
    Form,
    /// Of a later version.
    Newer,
    /// Signature or certificate are not of this authority.
    Signature,
}

impl CertifiedForm {
    /// The signed file of a body.
    pub(super) fn sign(&self, body: &[u8], key: &impl SignsGrants, certificate: &Certificate) -> Vec<u8> {
        let signature = key.sign(&self.message(body));
        let mut file = CborWriter::with_room(body.len() + CERTIFICATE_MAX + 128);
        file.array(5);
        file.text(self.magic);
        file.uint(self.version);
        file.bytes(body);
        file.bytes(&signature.to_bytes());
        file.bytes(&certificate.to_bytes());
        file.finish().to_vec()
    }

    /// The body of a file and the certificate of its signer, both verified. What the certificate permits is the caller's to judge.
    pub(super) fn verify<'f>(
        &self,
        bytes: &'f [u8],
        authority: &VerifyingKey,
    ) -> Result<(&'f [u8], Certificate), CertifiedError> {
        if bytes.len() > self.longest || !self.is_named_by(bytes) {
            return Err(CertifiedError::Form);
        }
        let mut file = CborReader::new(bytes);
        file.array();
        file.text();
        match file.uint() {
            Some(version) if version == self.version => {}
            Some(newer) if newer > self.version => return Err(CertifiedError::Newer),
            _ => return Err(CertifiedError::Form),
        }
        let mut rest = || {
            let (body, signature) = (file.bytes()?, Signature::from_bytes(file.fixed()?));
            let certificate = Certificate::from_bytes(file.bytes()?)?;
            file.end()?;
            Some((body, signature, certificate))
        };
        let (body, signature, certificate) = rest().ok_or(CertifiedError::Form)?;
        let key = certificate.verified(authority).ok_or(CertifiedError::Signature)?;
        key.verify_strict(&self.message(body), &signature).map_err(|_| CertifiedError::Signature)?;
        Ok((body, certificate))
    }

    /// Whether a file says that it is of this kind.
    pub(super) fn is_named_by(&self, bytes: &[u8]) -> bool {
        let mut file = CborReader::new(bytes);
        file.array() == Some(5) && file.text() == Some(self.magic)
    }

    fn message(&self, body: &[u8]) -> Vec<u8> {
        [self.context, body].concat()
    }
}
