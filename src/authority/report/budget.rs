//! Openings between two hand-ins, compared with the budget that was granted.
//!
//! A device keeps its own budget, and who can write to the folder of one without a key store can have it keep a wider one. What the
//! authority granted is known elsewhere, and every opening is on the log: here they are counted as the device counts them, from the
//! newest head that the auditor signed.

use crate::device::log::verify::Verified;
use crate::device::log::{EntryDetail, LogEntry, TakenKind};
use std::collections::{HashMap, HashSet};

/// The SHA-256 of a signed head's note.
pub type HeadDigest = [u8; 32];

/// What each device was granted, and which heads the auditor signed for it.
#[derive(Clone, Debug, Default)]
pub struct Granted {
    budgets: HashMap<String, Option<u32>>,
    heads: HashMap<String, HashSet<HeadDigest>>,
}

impl Granted {
    /// Notes the budget of a grant for a device, `None` for no limit. Of several the highest counts: a report covers the days of all.
    pub fn budget(&mut self, device: &str, budget: Option<u32>) {
        let held = self.budgets.entry(device.to_owned()).or_insert(budget);
        *held = held.zip(budget).map(|(held, budget)| held.max(budget));
    }

    /// Notes a head that the auditor signed for a device. Of a device with one or more, no other head begins a count anew; of a device
    /// without, all that its log names do.
    pub fn head(&mut self, device: &str, digest: HeadDigest) {
        self.heads.entry(device.to_owned()).or_default().insert(digest);
    }

    /// Whether a budget, or that there is none, is known of a device.
    #[must_use]
    pub fn knows(&self, device: &str) -> bool {
        self.budgets.contains_key(device)
    }
}

/// More labels between two hand-ins than were granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BeyondBudget {
    /// Labels charged to the budget.
    pub labels: u32,
    /// The budget.
    pub budget: u32,
    /// The first opening, in seconds since 1970-01-01 UTC by the device's clock.
    pub from: u64,
    /// The last.
    pub until: u64,
}

/// What a log shows of budgets.
#[derive(Debug, Default)]
pub(super) struct BudgetFindings {
    /// By the operator to whom the labels are charged.
    pub beyond: HashMap<u32, Vec<BeyondBudget>>,
    /// Heads that the log says were taken and that the auditor did not sign.
    pub foreign_heads: u32,
}

#[derive(Default)]
struct Interval {
    labels: HashSet<[u8; 16]>,
    from: Option<u64>,
    until: u64,
}

/// Counts a log from head to head.
pub(super) fn findings(log: &Verified, granted: &Granted) -> BudgetFindings {
    let mut found = BudgetFindings::default();
    let budget = granted.budgets.get(&log.device).copied().flatten();
    let signed = granted.heads.get(&log.device);
    let mut open: HashMap<u32, Interval> = HashMap::new();
    for (at, entry) in log.entries.iter().enumerate() {
        if let EntryDetail::Taken { kind: TakenKind::Head, number, digest } = entry.detail {
            if signed.is_some_and(|signed| !signed.contains(&digest)) {
                found.foreign_heads += 1;
                continue;
            }
            close(&mut open, budget, &mut found);
            // The count begins at the entries that the head covers and not at its own entry, so that an old head that is taken
            // again begins nothing anew.
            let since = usize::try_from(number).map_or(at, |number| number.min(at));
            log.entries[since..at].iter().for_each(|entry| charge(&mut open, entry));
        } else {
            charge(&mut open, entry);
        }
    }
    close(&mut open, budget, &mut found);
    found
}

fn charge(open: &mut HashMap<u32, Interval>, entry: &LogEntry) {
    if entry.mark.costs() {
        let interval = open.entry(entry.operator).or_default();
        interval.labels.insert(entry.handle);
        interval.from.get_or_insert(entry.time);
        interval.until = entry.time;
    }
}

fn close(open: &mut HashMap<u32, Interval>, budget: Option<u32>, found: &mut BudgetFindings) {
    for (operator, Interval { labels, from, until }) in open.drain() {
        // A log has far fewer than 2^32 entries.
        let labels = labels.len() as u32;
        if let (Some(budget), Some(from)) = (budget, from)
            && labels > budget
        {
            let beyond = BeyondBudget { labels, budget, from, until };
            found.beyond.entry(operator).or_default().push(beyond);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::{EntryCause, EntryOutcome};
    use crate::signed::grant::Purpose;

    fn opened(label: u8, operator: u32, time: u64) -> LogEntry {
        LogEntry {
            cause: EntryCause::Asked(Purpose::Deliver),
            handle: [label; 16],
            operator,
            ..LogEntry::by_device(time, EntryOutcome::Opened, 1)
        }
    }

    fn log(entries: Vec<LogEntry>) -> Verified {
        let count = entries.len() as u64;
        Verified { device: "pda".to_owned(), entries, count, head: [0; 32], damage: Vec::new() }
    }

    fn head(count: u64, note: &[u8]) -> LogEntry {
        LogEntry::taken(TakenKind::Head, count, note, 50, 1)
    }

    fn of(granted: &Granted, log: &Verified) -> (Vec<(u32, u32)>, u32) {
        let found = findings(log, granted);
        let mut beyond: Vec<(u32, u32)> = found
            .beyond
            .iter()
            .flat_map(|(operator, found)| found.iter().map(|beyond| (*operator, beyond.labels)))
            .collect();
        beyond.sort_unstable();
        (beyond, found.foreign_heads)
    }

    #[test]
    fn labels_are_counted_from_head_to_head_for_each_operator() {
        let mut granted = Granted::default();
        granted.budget("pda", Some(2));
        // The same label again, and two operators with a budget each.
        let kept =
            log(vec![opened(1, 0, 1), opened(1, 0, 2), opened(2, 0, 3), opened(3, 7, 4), opened(4, 7, 5)]);
        assert_eq!(of(&granted, &kept), (vec![], 0));
        let broken = log(vec![opened(1, 0, 1), opened(2, 0, 2), opened(3, 7, 3), opened(3, 0, 9)]);
        let found = findings(&broken, &granted);
        let beyond = BeyondBudget { labels: 3, budget: 2, from: 1, until: 9 };
        assert_eq!(found.beyond, HashMap::from([(0, vec![beyond])]));
        // A head begins a count anew, for what it covers.
        let anew =
            log(vec![opened(1, 0, 1), opened(2, 0, 2), head(2, b"a"), opened(3, 0, 3), opened(4, 0, 4)]);
        assert_eq!(of(&granted, &anew), (vec![], 0));
        let early =
            log(vec![opened(1, 0, 1), opened(2, 0, 2), head(1, b"a"), opened(3, 0, 3), opened(4, 0, 4)]);
        assert_eq!(of(&granted, &early), (vec![(0, 3)], 0));
        // Not once more, and not by one that says it covers more than there is before it.
        let again = log(vec![
            opened(1, 0, 1),
            head(1, b"a"),
            opened(2, 0, 2),
            opened(3, 0, 3),
            head(1, b"a"),
            opened(4, 0, 4),
        ]);
        assert_eq!(of(&granted, &again), (vec![(0, 3)], 0));
    }

    #[test]
    fn a_head_that_the_auditor_did_not_sign_begins_no_count() {
        let mut granted = Granted::default();
        granted.budget("pda", Some(2));
        let entries =
            || vec![opened(1, 0, 1), opened(2, 0, 2), head(2, b"forged"), opened(3, 0, 3), opened(4, 0, 4)];
        assert_eq!(of(&granted, &log(entries())), (vec![], 0));
        let LogEntry { detail: EntryDetail::Taken { digest, .. }, .. } = head(2, b"signed") else { panic!() };
        granted.head("pda", digest);
        assert_eq!(of(&granted, &log(entries())), (vec![(0, 4)], 1));
        // The highest of several budgets counts, and none is the highest.
        granted.budget("pda", Some(4));
        granted.budget("pda", Some(3));
        assert_eq!(of(&granted, &log(entries())), (vec![], 1));
        let mut none = Granted::default();
        none.budget("pda", None);
        none.budget("pda", Some(1));
        assert!(none.knows("pda") && !none.knows("other"));
        assert_eq!(of(&none, &log(entries())), (vec![], 0));
    }
}
