//! The grant's rules applied to an attempt, with the label's history from the log.

use super::load::LoadTerms;
use super::outcome::Attempt;
use super::tally::Tally;
use crate::device::log::{EntryCause, EntryOutcome};
use crate::payload::Payload;
use crate::signed::grant::Reopen;

/// The number of this opening of the label and the outcome to log, or the outcome that refuses it.
pub(super) fn allowed(
    (tally, operator): (&Tally, u32),
    attempt: &Attempt<'_>,
    payload: &Payload,
    terms: &LoadTerms,
) -> Result<(u32, EntryOutcome), EntryOutcome> {
    // The order of the checks is the order of reasons that a courier is shown.
    let handle = payload.handle();
    if !terms.purposes.contains(&attempt.purpose) {
        return Err(EntryOutcome::PurposeNotGranted);
    }
    let (times, delivered) = (tally.times(&handle), tally.delivered(&handle));
    // Whatever the rule for another opening: this is none.
    if tally.is_repeated(&handle, EntryCause::Asked(attempt.purpose), attempt.now) {
        return Ok((times, EntryOutcome::Repeated));
    }
    let signed_off = terms.reopening.signed_off(attempt.purpose).filter(|_| delivered);
    let opened = if times > 0 { terms.reopening.again } else { Reopen::Count };
    let mark = match signed_off.unwrap_or(opened) {
        Reopen::Refuse if signed_off.is_some() => return Err(EntryOutcome::AfterDelivery),
        Reopen::Refuse => return Err(EntryOutcome::OpenedBefore),
        Reopen::Allow => EntryOutcome::Uncounted,
        // A pass names its labels, and whoever gave it was charged for them.
        Reopen::Count if terms.is_pass && terms.budget.is_none() => EntryOutcome::Uncounted,
        // A budget counts labels: sorting and delivering one parcel is one.
        Reopen::Count if tally.is_charged(&handle, operator) => EntryOutcome::Uncounted,
        Reopen::Count if times > 0 => EntryOutcome::Again,
        Reopen::Count => EntryOutcome::Opened,
    };
    if mark.costs() && terms.budget.is_some_and(|budget| tally.left(budget, operator) == 0) {
        return Err(EntryOutcome::OverBudget);
    }
    Ok((times.saturating_add(1), mark))
}
