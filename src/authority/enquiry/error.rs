//! Why an enquiry is not made, or its log not believed.

use crate::authority::day_keys::IssueError;
use crate::error::Refusal;
use crate::files::FileError;
use thiserror::Error;

/// The most characters of a case's text.
pub const CASE_MAX: usize = 200;

/// Why an enquiry is not made, or its log not believed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnquiryError {
    /// The case has no text, or one that is no line.
    #[error("the case must be one line of 1 to {CASE_MAX} characters")]
    Case,
    /// Fewer than two officers act.
    #[error("an enquiry needs two officers")]
    Officers,
    /// The label does not open; the attempt is on the log.
    #[error(transparent)]
    Label(#[from] Refusal),
    /// The keys do not reach the label's day.
    #[error(transparent)]
    Keys(#[from] IssueError),
    /// A line of the log is not as the authority signed it, or not in its place.
    #[error(
        "line {0} of the log of enquiries is not as it was signed, or lines before it are missing; nothing is opened"
    )]
    Damaged(u64),
    /// The log has its greatest size.
    #[error("the log of enquiries is full; keep it, and move it away to begin another")]
    Full,
    /// The log cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
