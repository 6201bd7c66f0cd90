//! Why the authority's secrets cannot be opened or stored.

use crate::files::FileError;
use crate::signed::envelope::EnvelopeError;
use std::io;
use thiserror::Error;

/// Why the authority's secrets cannot be opened or stored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CustodyError {
    /// The file cannot be read or written, or others can read it.
    #[error(transparent)]
    File(#[from] FileError),
    /// Wrong passphrase.
    #[error("the passphrase does not open the envelope; try again")]
    Passphrase,
    /// The two passphrases typed differ.
    #[error("the two passphrases differ; try again")]
    Differ,
    /// No passphrase was given, and there is no terminal to ask on; with the system's error, if reading one failed.
    #[error("no passphrase was given, and there is no terminal to ask on")]
    NoPassphrase(#[source] Option<io::Error>),
    /// The envelope is sealed to recipients, and the identity is not one of them.
    #[error("the envelope is sealed to other recipients than this identity")]
    Identity,
    /// The envelope is sealed to recipients, and no identity was given.
    #[error("the envelope is sealed to age recipients, and no identity was given")]
    NoIdentity,
    /// More age recipients than an envelope has, or one that is too long.
    #[error("an authority is sealed to at most {most} age recipients, X25519 keys")]
    Recipients {
        /// The most.
        most: usize,
    },
    /// The envelope cannot be made, or is damaged.
    #[error(transparent)]
    Envelope(EnvelopeError),
    /// The envelope opens, but its content is not an authority's secrets.
    #[error("the content of the envelope is damaged")]
    Damaged,
    /// Written by a newer program.
    #[error("the envelope was written by a newer program; update this one")]
    Newer,
    /// The root is in a token, which this program cannot reach.
    #[error("the root is in a token, which this program was built without")]
    NoToken,
    /// The new root's generation is not the next one, or more roots would be held than fit.
    #[error("the new root is not the next one, or too many are held")]
    Rotation,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// No PIN was given, and there is no terminal to ask on; with the system's error, if reading one failed.
    #[cfg(feature = "hsm")]
    #[error("no PIN for the token was given, and there is no terminal to ask on")]
    NoPin(#[source] Option<io::Error>),
    /// The token that holds the root failed.
    #[cfg(feature = "hsm")]
    #[error(transparent)]
    Token(#[from] crate::authority::token::TokenError),
}

impl From<EnvelopeError> for CustodyError {
    fn from(error: EnvelopeError) -> Self {
        // Those for which the command has advice of its own; the others keep the envelope's text.
        match error {
            EnvelopeError::Passphrase => Self::Passphrase,
            EnvelopeError::OtherIdentity => Self::Identity,
            EnvelopeError::NoIdentity => Self::NoIdentity,
            EnvelopeError::Newer => Self::Newer,
            error => Self::Envelope(error),
        }
    }
}
