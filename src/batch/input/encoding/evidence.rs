//! The unit of evidence: the natural logarithm of how much more likely a text is in one encoding than by chance.

/// The evidence of a word that the encoding cannot hold, or no language spells.
pub(super) const IMPOSSIBLE: f32 = -6.0;
