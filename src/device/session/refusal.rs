//! What a refusal for a label's day means to a courier: too old, not yet granted, or the clock is wrong.

use super::keys::{KeyAccess, session};
use super::outcome::ScanOutcome;
use super::work::Session;
use crate::device::state::HeldSet;
use crate::error::Refusal;
use crate::keys::Day;
use crate::payload::Payload;
use crate::signed::grant::SEALER_DAYS;

impl Session {
    /// The outcome of a refusal by the verifier.
    pub(super) fn refusal(
        &self,
        refusal: Refusal,
        payload: Option<&Payload>,
        now: u64,
    ) -> ScanOutcome<'static> {
        let of_the_day = payload.filter(|_| refusal == Refusal::DayNotInHand);
        of_the_day.and_then(|payload| self.day_fault(payload, now)).unwrap_or(ScanOutcome::Refused(refusal))
    }

    /// What is wrong with the day of a label that no key in hand reaches; `None` if its key is not granted yet.
    fn day_fault(&self, payload: &Payload, now: u64) -> Option<ScanOutcome<'static>> {
        let today = Day::from_unix(now)?;
        let day = payload.header().day(today)?;
        // Sealers hold keys of today and the days after it: a label of a later day was sealed by a clock that is right while this one
        // is not.
        if day.number() >= today.number().saturating_add(SEALER_DAYS) {
            return Some(ScanOutcome::ClockWrong);
        }
        match &self.access {
            KeyAccess::Stations(device) => {
                let keys = session(device, now).ok()?;
                let places = keys.sets.iter().flat_map(HeldSet::places);
                let first = places.map(|(path, _)| path.day_of()).min()?;
                (day < first).then_some(ScanOutcome::TooOld)
            }
            // The key of a loaded label is past its window.
            KeyAccess::Locked(_) => Some(ScanOutcome::TooOld),
        }
    }
}
