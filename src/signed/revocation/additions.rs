//! Additions to the revocation list, signed by a duty officer's stop key.

use super::error::ListError;
use super::list::{RevocationList, list_body, read_body};
use crate::signed::certificate::{Certificate, SignsGrants};
use crate::signed::certified::{CertifiedError, CertifiedForm};
use crate::signed::role::Role;
use crate::signed::signer::VerifyingKey;

/// The largest file of additions, in bytes.
pub const ADDITIONS_MAX: u64 = 64 * 1024;

const FORM: CertifiedForm = CertifiedForm {
    magic: "wayseal revocations",
    version: 1,
    context: b"WS1 stop\0",
    longest: ADDITIONS_MAX as usize,
};

/// What a stop key adds to the revocation list. It takes nothing off, and replaces no list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Additions {
    /// The entries. Their number is the time of signing.
    pub entries: RevocationList,
    /// The certificate of the stop key.
    pub certificate: Certificate,
}

impl Additions {
    /// Whether a file of revocations is one of additions: it has five parts, a list has four.
    #[must_use]
    pub fn is_named_by(bytes: &[u8]) -> bool {
        FORM.is_named_by(bytes)
    }

    /// The signed file of these entries.
    ///
    /// # Errors
    /// [`ListError::Form`] for a name that is empty or too long, entries that take more than [`ADDITIONS_MAX`] bytes, a
    /// key that is no stop key, or a time outside its certificate.
    pub fn sign(entries: &RevocationList, key: &impl SignsGrants) -> Result<Vec<u8>, ListError> {
        let certificate = key.certificate().filter(|by| permits(by, entries)).ok_or(ListError::Form)?;
        let body = list_body(entries).ok_or(ListError::Form)?;
        let file = FORM.sign(&body, key, certificate);
        if file.len() as u64 > ADDITIONS_MAX {
            return Err(ListError::Form);
        }
        Ok(file)
    }

    /// Reads additions and verifies certificate and signature before their body is parsed.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn verify(bytes: &[u8], authority: &VerifyingKey) -> Result<Self, ListError> {
        let (body, certificate) = FORM.verify(bytes, authority).map_err(|error| match error {
            CertifiedError::Form => ListError::Form,
            CertifiedError::Newer => ListError::Newer,
            CertifiedError::Signature => ListError::Signature,
        })?;
        let entries = read_body(body).ok_or(ListError::Form)?;
        if !permits(&certificate, &entries) {
            return Err(ListError::Signature);
        }
        Ok(Self { entries, certificate })
    }
}

/// Whether a certificate is a stop key's and covers the time of signing.
fn permits(certificate: &Certificate, entries: &RevocationList) -> bool {
    let terms = certificate.terms();
    terms.role == Role::Stop && terms.signs_at(entries.issued.0)
}
