//! What goes into a scan, and what comes of it.

use crate::device::log::LogError;
use crate::device::state::{Refused, StateError};
use crate::error::Refusal;
use crate::files::FileError;
use crate::payload::{Handle, Payload};
use crate::signed::envelope::EnvelopeError;
use crate::signed::grant::Purpose;
use crate::verifier::{Opened, Want};
use std::fmt;
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
    /// For delivery, whatever the keys reach, now.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self { text, purpose: Purpose::Deliver, printed: None, want: Want::Held, now }
    }
}

/// What came of a scan. Its entry is on disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome<'s> {
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

impl Outcome<'_> {
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

/// A parcel as the day's list shows it: masked, as its label is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The label.
    pub handle: Handle,
    /// The waybill number.
    pub waybill: String,
    /// The recipient's name, masked.
    pub name: String,
    /// The address, masked.
    pub address: String,
    /// Whether it was signed off.
    pub delivered: bool,
}

impl Parcel {
    pub(super) fn of(payload: &Payload) -> Self {
        Self {
            handle: payload.handle(),
            waybill: payload.header().waybill.text().to_string(),
            name: String::new(),
            address: String::new(),
            delivered: false,
        }
    }
}

/// Why a session cannot go on. Nothing may be shown.
#[derive(Debug)]
#[non_exhaustive]
pub enum SessionError {
    /// The log.
    Log(LogError),
    /// The device's state.
    State(StateError),
    /// A file of the folder.
    File(FileError),
    /// The folder holds no device.
    NotEnrolled,
    /// The device's identity is none, or under a passphrase.
    Identity,
    /// No key is in hand now, or a grant was refused.
    Keys(Refused),
    /// An envelope does not open.
    Envelope(EnvelopeError),
    /// A head is not the auditor's, not this device's, or not of this log.
    Head,
    /// The keys of stations are locked away.
    Locked,
    /// Nothing was loaded for the day.
    Unloaded,
    /// The file of loaded parcels is damaged.
    Damaged,
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(error) => error.fmt(f),
            Self::State(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::NotEnrolled => f.write_str(
                "the folder holds no device; begin one with `wayseal courier init --enrolment FILE`",
            ),
            Self::Identity => f.write_str(
                "the device's identity is no age identity, or under a passphrase; a courier's device has one \
                 without, as `wayseal device init` makes it unless told to protect it",
            ),
            Self::Keys(refused) => refused.fmt(f),
            Self::Envelope(error) => error.fmt(f),
            Self::Head => f.write_str(
                "the head is not the auditor's, not this device's, or not of this log; ask for it again, and \
                 hand the device to the security line if it is refused again",
            ),
            Self::Locked => f.write_str(
                "the keys of stations are locked away for the day; unlock them at the depot with \
                 `wayseal courier unlock`",
            ),
            Self::Unloaded => {
                f.write_str("no parcel is loaded; scan the day's parcels with `wayseal courier load`")
            }
            Self::Damaged => f.write_str(
                "the file of loaded parcels is damaged; unlock the device at the depot and load again",
            ),
        }
    }
}

impl std::error::Error for SessionError {}

impl From<FileError> for SessionError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<StateError> for SessionError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<EnvelopeError> for SessionError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}
