//! Counts from the log: openings of each label and what was said of its parcel, the budget spent, and whose shift it is.

use crate::device::log::head::SignedHead;
use crate::device::log::{
    EntryCause, EntryDetail, EntryOutcome, LabelHeader, Log, LogEntry, LogError, TakenKind,
};
use crate::keys::{Region, Site};
use crate::payload::Handle;
use std::collections::{HashMap, HashSet};

/// Seconds after which a label is forgotten: within the limits of grants no scanner holds keys for as long.
const REMEMBERED: u64 = 60 * 86_400;

/// Seconds within which a label that arrives again is the same scan: scanners send a code twice, and a finger pulls the
/// trigger twice.
const REPEATED: u64 = 5;

/// Seconds after which a shift is over, whether or not it was ended.
pub(super) const SHIFT_MAX: u64 = 16 * 3600;

/// The counts: read once when the log is opened, and updated with every entry.
#[derive(Default)]
pub(super) struct Tally {
    labels: HashMap<[u8; 16], LabelTally>,
    /// The labels that are charged to each operator since the last signed head: a budget counts labels, not openings.
    charged: HashMap<u32, HashSet<[u8; 16]>>,
    serial: u64,
    shift: Option<(u32, u64)>,
    /// PINs refused of each operator since the last signed head, or since a shift of his own began after it. Somebody else's PIN takes
    /// none of them back: who knows one would try another's for ever.
    refused_pins: HashMap<u32, u32>,
    /// The number of the newest list of operators that was taken.
    operators: u64,
    /// Whether the log follows one whose key was lost, and no head of it was signed yet.
    unanswered: bool,
}

struct LabelTally {
    times: u32,
    station: Option<(Region, Site)>,
    /// The last opening, until something is said of the parcel.
    opened: Option<(u64, EntryCause)>,
    /// What was said of the parcel and not taken back, the last last.
    said: Vec<Said>,
    /// Whether a delivery code was given, also one that was taken back with its sign-off.
    coded: bool,
    /// The label's header, from its sign-off.
    header: Option<LabelHeader>,
}

/// What was said of a parcel.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub mark: EntryOutcome,
    pub operator: u32,
    pub time: u64,
    /// Whether it is after the last signed head: not yet handed in.
    pub since: bool,
}

impl Tally {
    /// The counts of a log; the budget is counted from the last signed head on.
    pub fn of(log: &mut Log, head: Option<&SignedHead>, now: u64) -> Result<Self, LogError> {
        let signed = head.map_or(0, |head| head.count);
        let mut tally = Self::default();
        for (index, entry) in (0..).zip(log.entries(0)?) {
            let entry = entry?;
            tally.follow(&entry, index >= signed);
            // Old labels are dropped to bound memory, but nothing since the last signed head is.
            if entry.time.saturating_add(REMEMBERED) > now || index >= signed {
                tally.count_label(&entry, index >= signed);
            }
        }
        Ok(tally)
    }

    /// Counts an entry that is written after the last signed head.
    pub fn count(&mut self, entry: &LogEntry) {
        self.follow(entry, true);
        self.count_label(entry, true);
    }

    /// Follows what an entry says of the device: its grant, its shift, its operators.
    fn follow(&mut self, entry: &LogEntry, since: bool) {
        self.serial = entry.serial;
        match (entry.mark, entry.detail) {
            (EntryOutcome::ShiftBegun, _) => {
                self.shift = Some((entry.operator, entry.time));
                self.refused_pins.remove(&entry.operator);
            }
            (EntryOutcome::ShiftEnded, _) => self.shift = None,
            (EntryOutcome::Unanswered, _) => self.unanswered = since,
            (EntryOutcome::PinRefused, _) if since => {
                let refused = self.refused_pins.entry(entry.operator).or_default();
                *refused = refused.saturating_add(1);
            }
            (_, EntryDetail::Taken { kind: TakenKind::Operators, number, .. }) => self.operators = number,
            _ => {}
        }
        if since && entry.mark.costs() {
            self.charged.entry(entry.operator).or_default().insert(entry.handle);
        }
    }

    fn count_label(&mut self, entry: &LogEntry, since: bool) {
        let (shows, says) = (entry.mark.shows(), entry.mark.concludes());
        if !shows && !says && entry.mark != EntryOutcome::TakenBack {
            return;
        }
        let label = self.labels.entry(entry.handle).or_insert_with(|| LabelTally {
            times: 0,
            station: entry.station,
            opened: None,
            said: Vec::new(),
            coded: false,
            header: None,
        });
        label.times = label.times.saturating_add(u32::from(shows));
        label.opened = shows.then_some((entry.time, entry.cause));
        label.coded |= matches!(entry.detail, EntryDetail::SignOff { code: Some(_), .. });
        if let EntryDetail::SignOff { header, .. } = entry.detail {
            label.header = Some(header);
        }
        if says {
            let LogEntry { mark, operator, time, .. } = *entry;
            label.said.push(Said { mark, operator, time, since });
        } else if !shows {
            label.said.pop();
        }
    }

    /// Counts the budget again, from a new signed head at `signed` entries. What was said before it is handed in.
    pub fn restart(&mut self, log: &mut Log, signed: u64) -> Result<(), LogError> {
        self.charged.clear();
        self.refused_pins.clear();
        self.unanswered = false;
        for said in self.labels.values_mut().flat_map(|label| &mut label.said) {
            said.since = false;
        }
        for entry in log.entries(signed)? {
            let entry = entry?;
            self.follow(&entry, true);
            if entry.mark.concludes()
                && let Some(label) = self.labels.get_mut(&entry.handle)
            {
                // What is not handed in can still be taken back; of one parcel it is the last that was said.
                let said = label.said.iter_mut().rev().find(|said| said.time == entry.time);
                said.into_iter().for_each(|said| said.since = true);
            }
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

    /// What was said last of a parcel and not taken back.
    pub fn said(&self, handle: &Handle) -> Option<Said> {
        self.labels.get(handle.bytes())?.said.last().copied()
    }

    /// Whether a label was signed off.
    pub fn delivered(&self, handle: &Handle) -> bool {
        self.said(handle).is_some_and(|said| said.mark.signs_off())
    }

    /// Whether the label with a header was signed off.
    pub fn is_delivered(&self, header: &LabelHeader) -> bool {
        self.labels.values().any(|label| {
            label.header.as_ref() == Some(header)
                && label.said.last().is_some_and(|said| said.mark.signs_off())
        })
    }

    /// Whether a delivery code was ever given for a label.
    pub fn is_coded(&self, handle: &Handle) -> bool {
        self.labels.get(handle.bytes()).is_some_and(|label| label.coded)
    }

    /// The station that a label claims, if it was shown or signed off.
    pub fn station(&self, handle: &Handle) -> Option<(Region, Site)> {
        self.labels.get(handle.bytes())?.station
    }

    /// Whether a label is charged to an operator since the last signed head.
    pub fn is_charged(&self, handle: &Handle, operator: u32) -> bool {
        self.charged.get(&operator).is_some_and(|labels| labels.contains(handle.bytes()))
    }

    /// Labels charged to an operator's budget since the last signed head.
    pub fn spent(&self, operator: u32) -> u32 {
        // As many as entries, of which a log has far fewer than 2^32.
        self.charged.get(&operator).map_or(0, |labels| labels.len() as u32)
    }

    /// The operator whose shift it is at a time; 0 if it is nobody's.
    pub fn operator(&self, now: u64) -> u32 {
        self.shift
            .filter(|(_, begun)| now < begun.saturating_add(SHIFT_MAX))
            .map_or(0, |(operator, _)| operator)
    }

    /// The operator whose shift began last and was not ended.
    pub fn last_operator(&self) -> u32 {
        self.shift.map_or(0, |(operator, _)| operator)
    }

    /// When the shift began that is going on.
    pub fn shift_begun(&self) -> Option<u64> {
        self.shift.map(|(_, begun)| begun)
    }

    /// PINs of all operators that were refused since the last signed head, less those of an operator whose shift began after them.
    pub fn refused_pins(&self) -> u32 {
        self.refused_pins.values().fold(0, |sum, refused| sum.saturating_add(*refused))
    }

    /// The number of the newest list of operators that was taken; 0 if none was.
    pub const fn operators(&self) -> u64 {
        self.operators
    }

    /// Whether the log follows one whose key was lost, and no head of it was signed yet: then no budget counts, since what was left of the
    /// old one must not come back.
    pub const fn is_unanswered(&self) -> bool {
        self.unanswered
    }

    /// Labels that are left of a budget to an operator.
    pub fn left(&self, budget: u32, operator: u32) -> u32 {
        if self.unanswered { 0 } else { budget.saturating_sub(self.spent(operator)) }
    }

    /// The serial of the grant in the newest entry.
    pub const fn serial(&self) -> u64 {
        self.serial
    }
}
