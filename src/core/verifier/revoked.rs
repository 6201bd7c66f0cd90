//! Revoked sealers.

use crate::keys::{Day, SealerId};

/// A revoked sealer and the first day whose labels are refused.
///
/// Exhaustive: callers build it from a revocation list, and a further field would change what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// The sealer's own number.
    pub sealer: SealerId,
    /// The first refused day. It may precede the revocation, because a thief can backdate labels.
    pub from: Day,
}
