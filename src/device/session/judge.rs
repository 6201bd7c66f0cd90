//! Whether the grant allows an opening, by what the log says of the label.

use super::load::LoadTerms;
use super::outcome::Attempt;
use super::tally::Tally;
use crate::device::log::EntryOutcome;
use crate::payload::Payload;
use crate::signed::grant::Reopen;

/// Which opening of the label this would be and the mark of its entry, or why it is none.
pub(super) fn allowed(
    tally: &Tally,
    attempt: &Attempt<'_>,
    payload: &Payload,
    terms: &LoadTerms,
) -> Result<(u32, EntryOutcome), EntryOutcome> {
    let handle = payload.handle();
    if !terms.purposes.contains(&attempt.purpose) {
        return Err(EntryOutcome::PurposeNotGranted);
    }
    let (times, delivered) = (tally.times(&handle), tally.delivered(&handle));
    let signed_off = terms.reopening.signed_off(attempt.purpose).filter(|_| delivered);
    let opened = if times > 0 { terms.reopening.again } else { Reopen::Count };
    let mark = match signed_off.unwrap_or(opened) {
        Reopen::Refuse if signed_off.is_some() => return Err(EntryOutcome::AfterDelivery),
        Reopen::Refuse => return Err(EntryOutcome::OpenedBefore),
        Reopen::Allow => EntryOutcome::Uncounted,
        Reopen::Count if times > 0 => EntryOutcome::Again,
        Reopen::Count => EntryOutcome::Opened,
    };
    if mark.costs() && terms.budget.is_some_and(|budget| tally.spent() >= budget) {
        return Err(EntryOutcome::OverBudget);
    }
    Ok((times.saturating_add(1), mark))
}
