//! What goes into a scan, and what comes of it.

use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
use crate::error::Refusal;
use crate::payload::{Handle, Payload};
use crate::signed::grant::Purpose;
use crate::verifier::{Opened, Want};
use std::time::{SystemTime, UNIX_EPOCH};

/// One scan.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The text of the QR code.
    pub text: &'a str,
    /// What the label is opened for.
    pub purpose: Purpose,
    /// The text of the bar code beside it, if it was read: another waybill's means that the code was moved.
    pub printed: Option<&'a str>,
    /// Which parts to open.
    pub want: Want,
    /// Now by the device's clock, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl<'a> Attempt<'a> {
    /// For delivery, whatever the keys reach, now by the system's clock; where there is none, as in a browser, use
    /// [`Attempt::at`].
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self::at(text, now)
    }

    /// The same, at a time that the caller knows: in seconds since 1970-01-01 UTC.
    #[must_use]
    pub const fn at(text: &'a str, now: u64) -> Self {
        Self { text, purpose: Purpose::Deliver, printed: None, want: Want::Held, now }
    }

    /// Its entry in the log.
    pub(super) fn entry(&self, payload: Option<&Payload>, mark: EntryOutcome, serial: u64) -> LogEntry {
        LogEntry {
            time: self.now,
            cause: EntryCause::Asked(self.purpose),
            mark,
            serial,
            station: payload.map(|payload| (payload.header().region, payload.header().site)),
            handle: payload.map_or([0; 16], |payload| *payload.handle().bytes()),
        }
    }
}

/// What came of a scan. Its entry is on disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScanOutcome<'s> {
    /// Opened.
    Opened {
        /// The record, which lives in the session until the next call.
        record: Box<Opened<'s>>,
        /// The label.
        handle: Handle,
        /// Which opening of the label this is: 1 for the first.
        times: u32,
        /// Labels that the budget leaves until the next hand-in; `None` without a budget.
        left: Option<u32>,
    },
    /// Loaded for the day: so many parcels are.
    Loaded(usize),
    /// Refused by the verifier.
    Refused(Refusal),
    /// As many labels were shown as the grant allows until the next hand-in.
    BudgetSpent(u32),
    /// The grant does not name the purpose.
    PurposeNotGranted(Purpose),
    /// The parcel was signed off: its label opens for this purpose no more.
    AfterDelivery,
    /// The label was opened before, and the grant lets none be opened twice.
    OpenedBefore,
    /// The keys of stations are locked away, and the parcel is none of today's, or it was signed off.
    NotLoaded,
    /// The bar code beside the code is another waybill's: the code was moved to another parcel.
    Moved,
}

impl ScanOutcome<'_> {
    /// The stable name for machines; a refusal's own if the verifier refused.
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
        }
    }
}

/// What came of a sign-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOff {
    /// It is in the log now.
    Done,
    /// It was before.
    Already,
    /// The device has neither opened nor loaded this label.
    NotOpened,
}
