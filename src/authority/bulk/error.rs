//! Why a grant of a run is not made, and why a run stops.

use crate::authority::day_keys::IssueError;
use crate::files::FileError;
use crate::signed::grant::GrantError;
use std::path::PathBuf;
use thiserror::Error;

/// Why one grant of a run is not made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MakeError {
    /// Its scope or days.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// Its terms, its envelope or its file.
    #[error(transparent)]
    Grant(#[from] GrantError),
}

/// Why a run stops.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BulkError {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder cannot be made, or its journal cannot be written.
    #[error("cannot write {}: {error}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        #[source]
        error: std::io::Error,
    },
    /// The file `run` is not a journal.
    #[error("{}: not the journal of a run; choose another folder", .0.display())]
    Damaged(PathBuf),
    /// The folder has a run of other orders.
    #[error(
        "{} holds the grants of another run; choose another folder, or remove this one with its grants",
        .0.display()
    )]
    OtherRun(PathBuf),
}
