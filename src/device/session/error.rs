//! Why a session cannot go on.

use crate::device::log::LogError;
use crate::device::log::head::HeadError;
use crate::device::state::{Refused, StateError};
use crate::files::FileError;
use crate::signed::envelope::EnvelopeError;
use thiserror::Error;

/// Why a session cannot go on. Nothing may be shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The device's state.
    #[error(transparent)]
    State(#[from] StateError),
    /// A file of the folder.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder holds no device.
    #[error("the folder holds no device; begin one with its enrolment")]
    NotEnrolled,
    /// The device's identity is none, or under a passphrase.
    #[error(
        "the device's identity is no age identity, or under a passphrase; a courier's device has one without"
    )]
    Identity,
    /// No key is in hand now, or a grant was refused.
    #[error(transparent)]
    Keys(#[from] Refused),
    /// An envelope does not open.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// A head that is not the auditor's, or was altered.
    #[error(
        "the head is {0}; ask for it again, and hand the device to the security line if it is refused again"
    )]
    ForeignHead(#[source] HeadError),
    /// A head of the auditor's that is not this device's, older than the last, or not of this log.
    #[error(
        "the head is not this device's, or not of this log; ask for it again, and hand the device to the security \
         line if it is refused again"
    )]
    Head,
    /// The keys of stations are locked away.
    #[error("the keys of stations are locked away for the day; unlock them at the depot")]
    Locked,
    /// Nothing was loaded for the day.
    #[error("no parcel is loaded; scan the day's parcels at the depot")]
    Unloaded,
    /// As many parcels are loaded as the file takes.
    #[error("{most} parcels are loaded, and the device takes no more; unlock it at the depot and load fewer")]
    Full {
        /// The most that can be loaded.
        most: usize,
    },
    /// The file of loaded parcels is damaged.
    #[error("the file of loaded parcels is damaged; unlock the device at the depot and load again")]
    Damaged,
}
