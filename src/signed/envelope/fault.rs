//! What age says of an envelope, as a value of this crate.

use std::io;
use thiserror::Error;

/// What of an envelope is not as it has to be: the cause of an [`EnvelopeError`](super::EnvelopeError).
///
/// It is told apart by this crate, since age's own errors bring its texts in a dozen languages, and what reads them, into each
/// program.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvelopeFault {
    /// The header is none of the age format, or longer than 16 KiB.
    #[error("its header is not as the format has it")]
    Header,
    /// The header's MAC is another one.
    #[error("its header was altered")]
    Mac,
    /// The header or the content ends early, or a part of the content does not pass its check; with age's reason.
    #[error("its bytes are not those that were written")]
    Bytes(#[source] io::Error),
    /// A guess at the passphrase costs more than is done; costs are log2 of scrypt's N.
    #[error("a guess at its passphrase takes 2^{required} steps; 2^{second} take about a second")]
    Work {
        /// What the envelope asks for.
        required: u8,
        /// What takes this machine about a second.
        second: u8,
    },
    /// No recipient, or recipients that cannot share an envelope.
    #[error("its recipients cannot share an envelope")]
    Recipients,
    /// The envelope cannot be written; with age's reason.
    #[error("it cannot be written")]
    Written(#[source] io::Error),
    /// What this version of the crate has no name for.
    #[error("age refuses it")]
    Other,
}

impl From<age::DecryptError> for EnvelopeFault {
    fn from(error: age::DecryptError) -> Self {
        match error {
            age::DecryptError::InvalidHeader => Self::Header,
            age::DecryptError::InvalidMac => Self::Mac,
            age::DecryptError::Io(cause) => Self::Bytes(cause),
            age::DecryptError::ExcessiveWork { required, target } => Self::Work { required, second: target },
            _ => Self::Other,
        }
    }
}

impl From<age::EncryptError> for EnvelopeFault {
    fn from(error: age::EncryptError) -> Self {
        match error {
            age::EncryptError::Io(cause) => Self::Written(cause),
            age::EncryptError::IncompatibleRecipients { .. }
            | age::EncryptError::InvalidRecipientLabels(_)
            | age::EncryptError::MissingRecipients
            | age::EncryptError::MixedRecipientAndPassphrase => Self::Recipients,
            _ => Self::Other,
        }
    }
}
