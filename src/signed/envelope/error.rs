//! Why an envelope is not sealed or not opened.

use super::fault::EnvelopeFault;
use thiserror::Error;

/// Why an envelope is not sealed or not opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not an age recipient; with the error of age's parser.
    #[error("not an age recipient (age1…)")]
    Recipient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file is in an envelope, and no identity was given.
    #[error("the file is sealed to a device, and no identity was given")]
    NoIdentity,
    /// Sealed to another device, or to other recipients.
    #[error("the file is sealed to another device; ask the authority for this one's")]
    OtherIdentity,
    /// Wrong passphrase.
    #[error("the passphrase does not open the envelope; try again")]
    Passphrase,
    /// Truncated or altered.
    #[error("the envelope is damaged; copy the file again, or ask the authority for it")]
    Damaged(#[source] EnvelopeFault),
    /// Opening it would take a higher scrypt work factor than any envelope of this program has.
    #[error("opening the envelope would take too much work: it was not made by this program")]
    Work(#[source] EnvelopeFault),
    /// In a newer version of the age format.
    #[error("the envelope is of a newer format; update this program")]
    Newer,
    /// The envelope cannot be made.
    #[error("the envelope cannot be made")]
    Sealing(#[source] EnvelopeFault),
}

impl EnvelopeError {
    pub(super) fn recipient(cause: &'static str) -> Self {
        Self::Recipient(cause.into())
    }

    pub(super) fn sealing(error: age::EncryptError) -> Self {
        Self::Sealing(error.into())
    }

    /// The error for an envelope that age cannot open; `other` if the key does not fit.
    pub(super) fn unopened(error: age::DecryptError, other: Self) -> Self {
        match error {
            // A wrong scrypt passphrase and a wrong X25519 identity fail in different ones of these.
            age::DecryptError::NoMatchingKeys
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::DecryptionFailed => other,
            age::DecryptError::UnknownFormat => Self::Newer,
            age::DecryptError::ExcessiveWork { .. } => Self::Work(error.into()),
            error => Self::Damaged(error.into()),
        }
    }
}
