//! Sealers whose labels are refused.

use crate::keys::{Day, SealerId};

/// A revoked sealer and the first day on which its labels are doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// The sealer's own number.
    pub sealer: SealerId,
    /// The first doubtful day: thieves date back.
    pub from: Day,
}
