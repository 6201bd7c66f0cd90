//! Why the authority's secrets are not at hand.

use crate::files::FileError;
use crate::signed::envelope::EnvelopeError;
use std::fmt;

/// Why the authority's secrets are not at hand.
#[derive(Debug)]
#[non_exhaustive]
pub enum CustodyError {
    /// The file cannot be read or written, or others can read it.
    File(FileError),
    /// The passphrase is another one.
    Passphrase,
    /// The two passphrases typed differ.
    Differ,
    /// No passphrase was given, and there is no terminal to ask on.
    NoPassphrase,
    /// The envelope is sealed to recipients, and the identity is of none of them.
    Identity,
    /// The envelope is sealed to recipients, and no identity was given.
    NoIdentity,
    /// The envelope was sealed to recipients, and none are named to seal it to again.
    NoRecipient,
    /// The envelope cannot be made.
    Envelope(EnvelopeError),
    /// The envelope or its content is cut or altered.
    Damaged,
    /// Written by a newer program.
    Newer,
    /// The root is in a token, which this program cannot reach.
    NoToken,
    /// A root that is not the next.
    Rotation,
    /// The operating system gave no random bytes.
    Random,
    /// No PIN was given, and there is no terminal to ask on.
    #[cfg(feature = "hsm")]
    NoPin,
    /// The token.
    #[cfg(feature = "hsm")]
    Token(crate::authority::token::TokenError),
}

impl CustodyError {
    pub(super) fn of(error: &age::DecryptError) -> Self {
        match error {
            age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::NoMatchingKeys => Self::Passphrase,
            age::DecryptError::UnknownFormat => Self::Newer,
            _ => Self::Damaged,
        }
    }
}

impl fmt::Display for CustodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Passphrase => f.write_str("the passphrase does not open the envelope; try again"),
            Self::Differ => f.write_str("the two passphrases differ; try again"),
            Self::NoPassphrase => f.write_str(
                "no passphrase: give --passphrase-file or --passphrase-fd, set WAYSEAL_PASSPHRASE, or run on \
                 a terminal",
            ),
            Self::Identity => {
                f.write_str("the envelope is sealed to other recipients; give the --identity of one of them")
            }
            Self::NoIdentity => {
                f.write_str("the envelope is sealed to age recipients; give the --identity of one of them")
            }
            Self::NoRecipient => {
                f.write_str("the envelope is sealed to age recipients; name them again with --recipient")
            }
            Self::Envelope(error) => error.fmt(f),
            Self::Damaged => f.write_str(
                "the envelope is damaged; copy it again from a backup, or run `wayseal authority shares \
                 restore`",
            ),
            Self::Newer => f.write_str("the envelope was written by a newer program; update this one"),
            Self::NoToken => {
                f.write_str("the root is in a token; use a program that was built with the feature hsm")
            }
            Self::Rotation => f.write_str(
                "the new root is not the next one, or too many are held; run `wayseal authority retire` when \
                 no parcel of the old root is under way",
            ),
            Self::Random => f.write_str("the operating system gave no random bytes"),
            #[cfg(feature = "hsm")]
            Self::NoPin => f.write_str(
                "no PIN for the token: give --pin-file or --pin-fd, set WAYSEAL_PIN, or run on a terminal",
            ),
            #[cfg(feature = "hsm")]
            Self::Token(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CustodyError {}

#[cfg(feature = "hsm")]
impl From<crate::authority::token::TokenError> for CustodyError {
    fn from(error: crate::authority::token::TokenError) -> Self {
        Self::Token(error)
    }
}
