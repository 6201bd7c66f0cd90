//! How many delivery codes of a device were right, wrong, not given, or of an unknown first label.

use crate::authority::deliveries::CodeVerdict;

/// The verdicts on a device's sign-offs, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeCounts([u32; CodeVerdict::ALL.len()]);

impl CodeCounts {
    /// Counts a verdict.
    pub const fn add(&mut self, verdict: CodeVerdict) {
        self.0[verdict as usize] = self.0[verdict as usize].saturating_add(1);
    }

    /// How many there are of a verdict.
    #[must_use]
    pub const fn of(&self, verdict: CodeVerdict) -> u32 {
        self.0[verdict as usize]
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|count| *count == 0)
    }
}
