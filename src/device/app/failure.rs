//! A failure as a value.

use super::code::DeviceCode;
use crate::device::desk::NotMade;
use crate::device::log::{EntryOutcome, LogError};
use crate::device::operators::OperatorsError;
use crate::device::session::{ScanOutcome, SessionError};
use crate::device::state::{Refused, StateError};
use crate::device::store::{KeysError, SealedError};
use crate::error::Refusal;
use crate::files::FileError;
use std::fmt;
use std::io;

/// Why there is no result: a code, and what to write into the app's own log. It holds nothing of a record.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviceFailure {
    /// The code.
    pub code: DeviceCode,
    /// How many: PINs that may still be tried of [`DeviceCode::WrongPin`], labels of the budget of [`DeviceCode::BudgetSpent`], labels left of
    /// [`DeviceCode::BudgetShort`], and of a label that cannot be given its place among them, from 1; else 0.
    pub count: u32,
    /// One sentence in English.
    pub message: String,
}

impl DeviceFailure {
    /// A failure with a sentence.
    #[must_use]
    pub fn new(code: DeviceCode, message: impl Into<String>) -> Self {
        Self { code, count: 0, message: message.into() }
    }

    /// A failure of which its name says everything.
    #[must_use]
    pub fn of(code: DeviceCode) -> Self {
        Self::new(code, code.name())
    }

    pub(super) fn counted(code: DeviceCode, count: u32) -> Self {
        Self { count, ..Self::of(code) }
    }

    pub(super) fn refused(outcome: &ScanOutcome<'_>) -> Self {
        match outcome {
            ScanOutcome::Refused(refusal) => (*refusal).into(),
            ScanOutcome::BudgetSpent(budget) => Self::counted(DeviceCode::BudgetSpent, *budget),
            ScanOutcome::PurposeNotGranted(_) => Self::of(DeviceCode::PurposeNotGranted),
            ScanOutcome::AfterDelivery => Self::of(DeviceCode::AfterDelivery),
            ScanOutcome::OpenedBefore => Self::of(DeviceCode::OpenedBefore),
            ScanOutcome::NotLoaded => Self::of(DeviceCode::NotLoaded),
            ScanOutcome::Moved => Self::of(DeviceCode::Moved),
            ScanOutcome::TooOld => Self::of(DeviceCode::TooOld),
            ScanOutcome::ClockWrong => Self::of(DeviceCode::ClockWrong),
            ScanOutcome::Opened { .. } | ScanOutcome::Loaded(_) => Self::of(DeviceCode::Internal),
        }
    }

    /// Why a desk made no label.
    #[must_use]
    pub fn not_made(reason: &NotMade) -> Self {
        let code = match reason {
            NotMade::NoLane(..) => DeviceCode::NoLane,
            NotMade::NoPlace => DeviceCode::NoPlace,
            NotMade::Sealing(_) => DeviceCode::NotSealed,
            NotMade::Mask(_) | NotMade::Told(_) => DeviceCode::NotMasked,
        };
        // The reason of a mask names a field and no content, as all errors of the core.
        Self::new(code, reason.to_string())
    }
}

impl From<Refusal> for DeviceFailure {
    fn from(refusal: Refusal) -> Self {
        Self::of(refusal.into())
    }
}

/// Why a desk did not open a label: the outcome as the log has it.
impl From<EntryOutcome> for DeviceFailure {
    fn from(outcome: EntryOutcome) -> Self {
        Self::of(match outcome {
            EntryOutcome::Refused(refusal) => refusal.into(),
            EntryOutcome::OverBudget => DeviceCode::BudgetSpent,
            EntryOutcome::PurposeNotGranted => DeviceCode::PurposeNotGranted,
            EntryOutcome::AfterDelivery => DeviceCode::AfterDelivery,
            EntryOutcome::OpenedBefore => DeviceCode::OpenedBefore,
            EntryOutcome::WrongWaybill => DeviceCode::Moved,
            EntryOutcome::NotLoaded => DeviceCode::NotLoaded,
            _ => DeviceCode::NoKeys,
        })
    }
}

impl From<SessionError> for DeviceFailure {
    fn from(error: SessionError) -> Self {
        let code = match &error {
            SessionError::Log(error) => of_log(error),
            SessionError::State(error) => of_state(error),
            SessionError::File(error) => of_file(error),
            SessionError::NotEnrolled => DeviceCode::NotEnrolled,
            SessionError::Identity => DeviceCode::Identity,
            SessionError::Keys(refused) | SessionError::Waits(refused) => of_refused(refused),
            SessionError::Sealed(error) => of_sealed(error),
            SessionError::NodesLost => DeviceCode::NoGrant,
            SessionError::Envelope(_) => DeviceCode::EnvelopeRefused,
            SessionError::ForeignHead(_) => DeviceCode::HeadRefused,
            SessionError::Head => DeviceCode::OtherHead,
            SessionError::Locked => DeviceCode::Locked,
            SessionError::Unloaded => DeviceCode::NothingLoaded,
            SessionError::Full { .. } => DeviceCode::LoadedFull,
            SessionError::SamePlace { .. } => DeviceCode::SamePlace,
            SessionError::Damaged => DeviceCode::LoadedDamaged,
            SessionError::NoShift => DeviceCode::NoShift,
            SessionError::Operators(OperatorsError::Older { .. }) => DeviceCode::OperatorsOlder,
            SessionError::Operators(_) => DeviceCode::OperatorsRefused,
            SessionError::KeysNotLost => DeviceCode::KeystoreNotLost,
            SessionError::NameUsed(_) => DeviceCode::NameUsed,
        };
        Self::new(code, error.to_string())
    }
}

impl From<FileError> for DeviceFailure {
    fn from(error: FileError) -> Self {
        Self::new(of_file(&error), error.to_string())
    }
}

fn of_io(error: &io::Error) -> DeviceCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DeviceCode::DiskFull,
        io::ErrorKind::FileTooLarge => DeviceCode::TooLarge,
        _ => DeviceCode::Storage,
    }
}

fn of_file(error: &FileError) -> DeviceCode {
    of_io(error.cause())
}

fn of_log(error: &LogError) -> DeviceCode {
    match error {
        LogError::File(_, error) => of_io(error),
        LogError::Exists(_) => DeviceCode::AlreadyEnrolled,
        LogError::Name => DeviceCode::Argument,
        LogError::Busy => DeviceCode::Busy,
        LogError::NoLog | LogError::Cut | LogError::Altered | LogError::KeyLost => DeviceCode::LogDamaged,
    }
}

fn of_state(error: &StateError) -> DeviceCode {
    match error {
        StateError::File(error) => of_file(error),
        StateError::Busy => DeviceCode::Busy,
        StateError::Older | StateError::Newer => DeviceCode::StateVersion,
        StateError::Envelope(_) | StateError::Damaged => DeviceCode::StateDamaged,
    }
}

fn of_sealed(error: &SealedError) -> DeviceCode {
    match error {
        SealedError::Keys(KeysError::Lost) => DeviceCode::KeystoreLost,
        SealedError::Keys(KeysError::Unavailable(_)) => DeviceCode::KeystoreUnavailable,
        SealedError::File(error) => of_file(error),
        SealedError::NoRandomBytes => DeviceCode::NoRandomBytes,
    }
}

const fn of_refused(refused: &Refused) -> DeviceCode {
    match refused {
        Refused::Grant(_) => DeviceCode::GrantRefused,
        Refused::OtherDevice { .. } => DeviceCode::OtherDevice,
        Refused::Role(_) => DeviceCode::RoleRefused,
        Refused::Replay { .. } => DeviceCode::Replay,
        Refused::Older { .. } => DeviceCode::Older,
        Refused::OlderGeneration { .. } => DeviceCode::OlderRoot,
        Refused::Over { .. } => DeviceCode::Over,
        Refused::ClockBehind { .. } => DeviceCode::ClockBehind,
        Refused::None(_) => DeviceCode::NoGrant,
        Refused::List(_) => DeviceCode::ListRefused,
        Refused::ListBehind { .. } => DeviceCode::ListBehind,
        Refused::ListOver { .. } => DeviceCode::ListOver,
        Refused::IssuerOver { .. } => DeviceCode::IssuerOver,
        Refused::IssuerRevoked { .. } => DeviceCode::IssuerRevoked,
        Refused::Additions { .. } => DeviceCode::AdditionsFull,
        Refused::Revoked { .. } => DeviceCode::DeviceRevoked,
        Refused::Stations { .. } => DeviceCode::StationsRefused,
    }
}

impl fmt::Display for DeviceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message == self.code.name() {
            return f.write_str(self.code.name());
        }
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl fmt::Debug for DeviceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for DeviceFailure {}
