//! Additions to the revocation list, signed by a duty officer's stop key.

use super::error::ListError;
use super::list::{RevocationList, list_body, read_body};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::certificate::{CERTIFICATE_MAX, Certificate, SignsGrants};
use crate::signed::role::Role;
use crate::signed::signer::{Signature, VerifyingKey};

const MAGIC: &str = "wayseal revocations";
const VERSION: u64 = 1;
/// Prefix of the signed message, so that no list and no grant passes for additions, nor these for a list.
const CONTEXT: &[u8] = b"WS1 stop\0";

/// The largest file of additions, in bytes.
pub const ADDITIONS_MAX: u64 = 64 * 1024;

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
        let mut file = CborReader::new(bytes);
        file.array() == Some(5) && file.text() == Some(MAGIC)
    }

    /// The signed file of these entries.
    ///
    /// # Errors
    /// [`ListError::Form`] for a name that is empty or too long, entries that take more than [`ADDITIONS_MAX`] bytes, a
    /// key that is no stop key, or a time outside its certificate.
    pub fn sign(entries: &RevocationList, key: &impl SignsGrants) -> Result<Vec<u8>, ListError> {
        let certificate = key.certificate().filter(|by| permits(by, entries)).ok_or(ListError::Form)?;
        let body = list_body(entries).ok_or(ListError::Form)?;
        let signature = key.sign(&message(&body));
        let mut file = CborWriter::with_room(body.len() + CERTIFICATE_MAX + 128);
        file.array(5);
        file.text(MAGIC);
        file.uint(VERSION);
        file.bytes(&body);
        file.bytes(&signature.to_bytes());
        file.bytes(&certificate.to_bytes());
        let file = file.finish().to_vec();
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
        let mut file = CborReader::new(bytes);
        if bytes.len() as u64 > ADDITIONS_MAX || file.array() != Some(5) || file.text() != Some(MAGIC) {
            return Err(ListError::Form);
        }
        match file.uint() {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(ListError::Newer),
            _ => return Err(ListError::Form),
        }
        let mut rest = || {
            let (body, signature) = (file.bytes()?, Signature::from_bytes(file.fixed()?));
            let certificate = Certificate::from_bytes(file.bytes()?)?;
            file.end()?;
            Some((body, signature, certificate))
        };
        let (body, signature, certificate) = rest().ok_or(ListError::Form)?;
        let key = certificate.verified(authority).ok_or(ListError::Signature)?;
        key.verify_strict(&message(body), &signature).map_err(|_| ListError::Signature)?;
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

fn message(body: &[u8]) -> Vec<u8> {
    [CONTEXT, body].concat()
}
