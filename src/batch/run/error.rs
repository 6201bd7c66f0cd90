//! Errors of a batch.

use crate::batch::pipeline::PlanError;
use crate::files::FileError;
use thiserror::Error;

/// Why a batch stopped.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The rows cannot be read, or the labels cannot be drawn at all.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The labels cannot be written.
    #[error(transparent)]
    Output(#[from] FileError),
    /// The counts of rows in and out differ: a bug, checked so that no parcel is lost in silence.
    #[error("{rows} rows were read, but {out} accounted for; this is a bug in wayseal: please report it")]
    Lost {
        /// Rows read.
        rows: u64,
        /// Labels, rejected orders, and rows joined to them.
        out: u64,
    },
}
