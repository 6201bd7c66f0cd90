//! What the shop decides of how orders are read.

use crate::keys::Day;

/// The rules of a batch. By default no day is looked at, and identity numbers are refused.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ReadingRules {
    /// The day of sealing, against which the validity of virtual numbers and the lives of stations are held; `None` if these are
    /// not looked at.
    pub day: Option<Day>,
    /// Whether identity numbers are sealed, in the note, where customs asks for them; otherwise they are refused.
    pub allow_identity: bool,
    /// Whether an order may lack a phone: a cell that cannot be dialled is then none, and its words go into the note.
    pub allow_missing_phone: bool,
}

impl ReadingRules {
    /// The rules of a batch that is sealed on a day.
    #[must_use]
    pub const fn on(day: Day) -> Self {
        Self { day: Some(day), allow_identity: false, allow_missing_phone: false }
    }
}
