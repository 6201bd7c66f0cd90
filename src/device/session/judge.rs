//! Whether the grant allows an opening, by what the log says of the label.

use super::load::Terms;
use super::outcome::Attempt;
use super::tally::Tally;
use crate::device::log::Mark;
use crate::payload::Payload;
use crate::signed::grant::Reopen;

/// Which opening of the label this would be and the mark of its entry, or why it is none.
pub(super) fn allowed(
    tally: &Tally,
    attempt: &Attempt<'_>,
    payload: &Payload,
    terms: &Terms,
) -> Result<(u32, Mark), Mark> {
    let handle = payload.handle();
    if !terms.purposes.contains(&attempt.purpose) {
        return Err(Mark::PurposeNotGranted);
    }
    let (times, delivered) = (tally.times(&handle), tally.delivered(&handle));
    let signed_off = terms.reopening.signed_off(attempt.purpose).filter(|_| delivered);
    let opened = if times > 0 { terms.reopening.again } else { Reopen::Count };
    let mark = match signed_off.unwrap_or(opened) {
        Reopen::Refuse if signed_off.is_some() => return Err(Mark::AfterDelivery),
        Reopen::Refuse => return Err(Mark::OpenedBefore),
        Reopen::Allow => Mark::Uncounted,
        Reopen::Count if times > 0 => Mark::Again,
        Reopen::Count => Mark::Opened,
    };
    if mark.costs() && terms.budget.is_some_and(|budget| tally.spent() >= budget) {
        return Err(Mark::OverBudget);
    }
    Ok((times.saturating_add(1), mark))
}
