//! Notes that the auditor signs (<https://c2sp.org/signed-note>): lines of text, an empty line, and the line of the signature.
//!
//! ```text
//! — wayseal-audit base64(key id 4 ‖ Ed25519 signature 64)
//! ```
//!
//! The key id is `SHA-256(name ‖ "\n" ‖ 01 ‖ public key)[..4]`, and the signature covers the lines before the empty one.

use crate::signed::signer::{Signature, SigningKey, VerifyingKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The signer's name in notes.
const NAME: &str = "wayseal-audit";

/// The note of a text, which ends with a line end.
pub(in crate::device) fn sign(text: &str, key: &SigningKey) -> String {
    let mut signature = key_id(&key.verifying_key()).to_vec();
    signature.extend(key.sign(text.as_bytes()).to_bytes());
    format!("{text}\n— {NAME} {}\n", STANDARD.encode(signature))
}

/// The text of a note that the auditor signed, with its last line end.
pub(in crate::device) fn verify(note: &str, auditor: &VerifyingKey) -> Result<String, HeadError> {
    let (text, signature) = note.split_once("\n\n").ok_or(HeadError::Form)?;
    let text = format!("{text}\n");
    let signature = signature.strip_prefix("— wayseal-audit ").ok_or(HeadError::Form)?;
    let signature = STANDARD.decode(signature.trim_end_matches('\n')).map_err(|_| HeadError::Form)?;
    let (id, signature) = signature.split_first_chunk::<4>().ok_or(HeadError::Form)?;
    let signature = Signature::from_slice(signature).map_err(|_| HeadError::Form)?;
    // A quick check for a clear error; the signature below is what proves the signer.
    if *id != key_id(auditor) {
        return Err(HeadError::Signature);
    }
    auditor.verify_strict(text.as_bytes(), &signature).map_err(|_| HeadError::Signature)?;
    Ok(text)
}

/// The key id of a signed note, four bytes.
fn key_id(key: &VerifyingKey) -> [u8; 4] {
    let digest =
        Sha256::new().chain_update(NAME).chain_update(b"\n\x01").chain_update(key.as_bytes()).finalize();
    let mut id = [0; 4];
    id.copy_from_slice(&digest[..4]);
    id
}

/// Why an answer or a head is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HeadError {
    /// Malformed.
    #[error("malformed: it was truncated or altered")]
    Form,
    /// Not signed by the pinned key of the auditor.
    #[error("not signed by the auditor pinned here")]
    Signature,
}
