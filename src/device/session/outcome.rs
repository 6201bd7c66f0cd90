//! The input and the outcome of a scan.

use crate::device::log::{EntryCause, EntryDetail, EntryOutcome, LogEntry};
use crate::error::Refusal;
use crate::payload::{Handle, Payload};
use crate::signed::grant::Purpose;
use crate::verifier::{Opened, Want};
use std::time::{SystemTime, UNIX_EPOCH};

/// One scan.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The text of the QR code.
    pub text: &'a str,
    /// The purpose for which the label is opened.
    pub purpose: Purpose,
    /// The text of the label's bar code, if it was read. Another waybill number means that the QR code was moved here
    /// from another label.
    pub printed: Option<&'a str>,
    /// Which sections to open.
    pub want: Want,
    /// Now by the device's clock, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl<'a> Attempt<'a> {
    /// A scan for delivery, of all sections that the keys reach, at the time of the system's clock.
    ///
    /// # Panics
    /// On `wasm32-unknown-unknown`, which has no clock: use [`Attempt::at`].
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self::at(text, now)
    }

    /// The same at a given time, in seconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn at(text: &'a str, now: u64) -> Self {
        Self { text, purpose: Purpose::Deliver, printed: None, want: Want::Held, now }
    }

    /// The same for a purpose.
    #[must_use]
    pub const fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// With the text of the label's bar code, if it was read.
    #[must_use]
    pub const fn with_printed(self, printed: Option<&'a str>) -> Self {
        Self { printed, ..self }
    }

    /// The same of some sections alone.
    #[must_use]
    pub const fn with_want(self, want: Want) -> Self {
        Self { want, ..self }
    }

    /// The same at another time, in seconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn with_now(self, now: u64) -> Self {
        Self { now, ..self }
    }

    /// The attempt's log entry.
    pub(super) fn entry(&self, payload: Option<&Payload>, mark: EntryOutcome, serial: u64) -> LogEntry {
        LogEntry {
            time: self.now,
            cause: EntryCause::Asked(self.purpose),
            mark,
            serial,
            operator: 0,
            station: payload.map(|payload| (payload.header().region, payload.header().site)),
            handle: payload.map_or([0; 16], |payload| *payload.handle().bytes()),
            detail: EntryDetail::Plain,
        }
    }
}

/// The outcome of a scan. Its log entry is on disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScanOutcome<'s> {
    /// Opened.
    Opened {
        /// The record; it borrows the session's buffer, which the next call wipes.
        record: Box<Opened<'s>>,
        /// The label.
        handle: Handle,
        /// The number of this opening of the label, 1 for the first.
        times: u32,
        /// Whether the scan was sent twice: a part of the opening before it, of the same number, and charged once.
        repeated: bool,
        /// Labels left in the budget until the next hand-in; `None` without a budget.
        left: Option<u32>,
    },
    /// Loaded for the day; with the number of parcels loaded now.
    Loaded(usize),
    /// Refused by the verifier.
    Refused(Refusal),
    /// The budget of this many labels is spent until the next hand-in.
    BudgetSpent(u32),
    /// The grant does not name the purpose.
    PurposeNotGranted(Purpose),
    /// The parcel was signed off, and the grant refuses this purpose after that.
    AfterDelivery,
    /// The label was opened before, and the grant refuses a second opening.
    OpenedBefore,
    /// The keys of stations are locked away, and the parcel is not loaded, or it was signed off.
    NotLoaded,
    /// The label's bar code is another waybill's: the QR code was moved to another parcel.
    Moved,
    /// The label is older than any key in hand: a pass opens it.
    TooOld,
    /// By the device's clock the label was sealed later than any sealer can: the clock is wrong.
    ClockWrong,
}

impl ScanOutcome<'_> {
    /// The stable name for machines; a refusal's own name if the verifier refused.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Loaded(_) => "loaded",
            Self::Refused(refusal) => refusal.name(),
            Self::BudgetSpent(_) => "budget_spent",
            Self::PurposeNotGranted(_) => "purpose_not_granted",
            Self::AfterDelivery => "after_delivery",
            Self::OpenedBefore => "opened_before",
            Self::NotLoaded => "not_loaded",
            Self::Moved => "moved",
            Self::TooOld => "too_old",
            Self::ClockWrong => "clock_wrong",
        }
    }
}

/// The label that is signed off.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SignedLabel<'a> {
    /// A label that the session opened or that is loaded.
    Handle(&'a Handle),
    /// The text of its QR code.
    Text(&'a str),
}

impl<'a> From<&'a Handle> for SignedLabel<'a> {
    fn from(handle: &'a Handle) -> Self {
        Self::Handle(handle)
    }
}

impl<'a> From<&'a str> for SignedLabel<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// What became of a parcel in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParcelOutcome {
    /// Its recipient has it.
    Delivered,
    /// Handed over to a pick-up point, or to somebody for the recipient.
    HandedOver,
    /// Left where the recipient wanted it.
    Left,
    /// Nobody was there.
    Nobody,
    /// The recipient did not take it.
    Refused,
    /// The address is wrong.
    WrongAddress,
    /// The parcel is damaged.
    Damaged,
}

impl ParcelOutcome {
    /// Every outcome, in the order of the enum.
    pub const ALL: [Self; 7] = [
        Self::Delivered,
        Self::HandedOver,
        Self::Left,
        Self::Nobody,
        Self::Refused,
        Self::WrongAddress,
        Self::Damaged,
    ];

    /// As the log has it.
    #[must_use]
    pub const fn mark(self) -> EntryOutcome {
        match self {
            Self::Delivered => EntryOutcome::Delivered,
            Self::HandedOver => EntryOutcome::HandedOver,
            Self::Left => EntryOutcome::Left,
            Self::Nobody => EntryOutcome::Nobody,
            Self::Refused => EntryOutcome::RefusedByRecipient,
            Self::WrongAddress => EntryOutcome::WrongAddress,
            Self::Damaged => EntryOutcome::ParcelDamaged,
        }
    }
}

/// What came of taking back what was said last of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TakeBack {
    /// It is taken back, and the label opens for delivery again.
    Done,
    /// It is taken back, but the keys of the loaded label were erased with the sign-off: a pass opens it.
    Erased,
    /// Nothing was said of the parcel.
    Nothing,
    /// Another operator said it, or it is handed in or of an earlier shift: it stays.
    Over,
}

/// The outcome of a sign-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignOff {
    /// The sign-off is in the log now.
    Done,
    /// The parcel was signed off before.
    Already,
    /// The device has neither opened nor loaded this label.
    NotOpened,
    /// The label was opened before the session began, and its header is not known any more: sign off with its text.
    TextNeeded,
    /// A delivery code was given for this parcel before, with a sign-off that was taken back: a second one would be a guess. Nothing is
    /// signed off; it can be without a code.
    CodeGiven,
    /// The text is not a label's.
    NoLabel(Refusal),
}
