//! Why a grant is not accepted or not written.

use crate::files::FileError;
use crate::signed::envelope::EnvelopeError;
use thiserror::Error;

/// Why a grant is not accepted or not written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GrantError {
    /// The file cannot be read or written, or others can read it.
    #[error(transparent)]
    File(#[from] FileError),
    /// Not a grant, or a truncated or altered one.
    #[error("the file is not a grant, or it is damaged; ask the authority for it again")]
    Form,
    /// Written by a newer program.
    #[error("the grant was written by a newer program; update this one")]
    Newer,
    /// Not signed by the authority that is pinned here.
    #[error("the grant is not signed by the authority pinned here")]
    Signature,
    /// Its envelope does not open, or cannot be made.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// An issuer signed for a day, region, role or serial that is not its own, or beyond its ceilings.
    #[error("the grant exceeds the certificate of the issuer that signed it; report it to the authority")]
    BeyondIssuer,
}
