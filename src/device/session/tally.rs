//! Counts from the log: openings and sign-off of each label, and the budget spent.

use crate::device::log::head::SignedHead;
use crate::device::log::{EntryCause, Log, LogEntry, LogError};
use crate::keys::{Region, Site};
use crate::payload::Handle;
use std::collections::HashMap;

/// Seconds after which a label is forgotten: within the limits of grants no scanner holds keys for as long.
const REMEMBERED: u64 = 60 * 86_400;

/// Seconds within which a label that arrives again is the same scan: scanners send a code twice, and a finger pulls the
/// trigger twice.
const REPEATED: u64 = 5;

/// The counts: read once when the log is opened, and updated with every entry.
#[derive(Default)]
pub(super) struct Tally {
    labels: HashMap<[u8; 16], LabelTally>,
    spent: u32,
    serial: u64,
}

struct LabelTally {
    times: u32,
    delivered: bool,
    station: Option<(Region, Site)>,
    /// The last opening, until it is signed off.
    opened: Option<(u64, EntryCause)>,
}

impl Tally {
    /// The counts of a log; the budget is counted from the last signed head on.
    pub fn of(log: &mut Log, head: Option<&SignedHead>, now: u64) -> Result<Self, LogError> {
        let signed = head.map_or(0, |head| head.count);
        let mut tally = Self::default();
        for (index, entry) in (0..).zip(log.entries(0)?) {
            let entry = entry?;
            // Old labels are dropped to bound memory, but nothing since the last signed head is.
            if entry.time.saturating_add(REMEMBERED) > now || index >= signed {
                tally.count(&entry, index >= signed);
            }
            tally.serial = entry.serial;
        }
        Ok(tally)
    }

    /// Counts an entry; `since` says whether it is after the last signed head.
    pub fn count(&mut self, entry: &LogEntry, since: bool) {
        self.serial = entry.serial;
        let shows = entry.mark.shows();
        self.spent = self.spent.saturating_add(u32::from(since && entry.mark.costs()));
        if shows || entry.mark.signs_off() {
            let label = self.labels.entry(entry.handle).or_insert(LabelTally {
                times: 0,
                delivered: false,
                station: entry.station,
                opened: None,
            });
            label.times = label.times.saturating_add(u32::from(shows));
            label.delivered |= entry.mark.signs_off();
            label.opened = shows.then_some((entry.time, entry.cause));
        }
    }

    /// Counts the budget again, from a new signed head at `signed` entries.
    pub fn restart(&mut self, log: &mut Log, signed: u64) -> Result<(), LogError> {
        self.spent = 0;
        for entry in log.entries(signed)? {
            self.spent = self.spent.saturating_add(u32::from(entry?.mark.costs()));
        }
        Ok(())
    }

    /// The number of times that a label was shown.
    pub fn times(&self, handle: &Handle) -> u32 {
        self.labels.get(handle.bytes()).map_or(0, |label| label.times)
    }

    /// Whether a scan at this time is a label's last opening once more. Counted from the opening and not from its last copy: no
    /// stream of copies keeps a record on the screen.
    pub fn is_repeated(&self, handle: &Handle, cause: EntryCause, now: u64) -> bool {
        let opened = self.labels.get(handle.bytes()).and_then(|label| label.opened);
        opened.is_some_and(|(at, of)| of == cause && (at..=at.saturating_add(REPEATED)).contains(&now))
    }

    /// Whether a label was signed off.
    pub fn delivered(&self, handle: &Handle) -> bool {
        self.labels.get(handle.bytes()).is_some_and(|label| label.delivered)
    }

    /// The station that a label claims, if it was shown or signed off.
    pub fn station(&self, handle: &Handle) -> Option<(Region, Site)> {
        self.labels.get(handle.bytes())?.station
    }

    /// Openings charged to the budget since the last signed head.
    pub const fn spent(&self) -> u32 {
        self.spent
    }

    /// The serial of the grant in the newest entry.
    pub const fn serial(&self) -> u64 {
        self.serial
    }
}
