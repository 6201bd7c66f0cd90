//! Why bytes of the exchange are not read.

use thiserror::Error;

/// Why bytes of the exchange are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Cut, altered, or something else.
    #[error("not a request, an answer or a hand-in of this version, or damaged; ask for it again")]
    Form,
    /// More than is taken.
    #[error("larger than any that is taken; ask for less at once")]
    Large,
}
