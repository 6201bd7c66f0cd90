//! Why a revocation list is not used.

use crate::files::FileError;
use thiserror::Error;

/// Why a list is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListError {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Not a list, or a truncated or altered one.
    #[error("the file is not a revocation list, or it is damaged; ask the authority for it again")]
    Form,
    /// Written by a newer program.
    #[error("the revocation list was written by a newer program; update this one")]
    Newer,
    /// Not signed by the authority that is pinned here.
    #[error("the revocation list is not signed by the authority pinned here")]
    Signature,
}
