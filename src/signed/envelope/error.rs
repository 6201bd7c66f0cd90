//! Why an envelope is not sealed or not opened.

use thiserror::Error;

/// Why an envelope is not sealed or not opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not an age recipient; what age's parser says of it.
    #[error("not an age recipient (age1…)")]
    Recipient(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It is in an envelope, and no identity was given.
    #[error("the file is sealed to a device, and no identity was given")]
    NoIdentity,
    /// Sealed to another device, or to other recipients.
    #[error("the file is sealed to another device; ask the authority for this one's")]
    OtherIdentity,
    /// The passphrase is another one.
    #[error("the passphrase does not open the envelope; try again")]
    Passphrase,
    /// Cut or altered.
    #[error("the envelope is damaged; copy the file again, or ask the authority for it")]
    Damaged(#[source] age::DecryptError),
    /// Opening it would take more work than any envelope of this program does.
    #[error("the envelope asks for too much work to open it: it was not made by this program")]
    Work(#[source] age::DecryptError),
    /// In a newer version of the age format.
    #[error("the envelope is of a newer format; update this program")]
    Newer,
    /// The envelope cannot be made.
    #[error("the envelope cannot be made")]
    Sealing(#[source] age::EncryptError),
}

impl EnvelopeError {
    pub(super) fn recipient(cause: &'static str) -> Self {
        Self::Recipient(cause.into())
    }

    /// What age says of an envelope that does not open; `other` if the key is another one.
    pub(super) fn unopened(error: age::DecryptError, other: Self) -> Self {
        match error {
            age::DecryptError::NoMatchingKeys
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::DecryptionFailed => other,
            age::DecryptError::UnknownFormat => Self::Newer,
            age::DecryptError::ExcessiveWork { .. } => Self::Work(error),
            error => Self::Damaged(error),
        }
    }
}
