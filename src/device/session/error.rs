//! Why a call of a session fails.

use crate::device::log::{HeadError, LogError};
use crate::device::operators::OperatorsError;
use crate::device::state::{Refused, StateError};
use crate::device::store::SealedError;
use crate::files::FileError;
use crate::keys::{Day, Region, Site};
use crate::signed::envelope::EnvelopeError;
use std::path::PathBuf;
use thiserror::Error;

/// Why a call of a session fails. Nothing may be shown then.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The log cannot be read or written, or was tampered with.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The device's state cannot be read or written.
    #[error(transparent)]
    State(#[from] StateError),
    /// A file of the state folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder holds no device.
    #[error("the folder holds no device; begin one with its enrolment")]
    NotEnrolled,
    /// The file `identity` is not an age identity, or is under a passphrase.
    #[error(
        "the device's identity is not an age identity, or is under a passphrase; a courier's device needs one without"
    )]
    Identity,
    /// The device has no usable key now, or a grant was refused.
    #[error(transparent)]
    Keys(#[from] Refused),
    /// What the inbox brought is refused by the device's clock alone, which may be wrong. It stays there, and is taken when the
    /// clock is right.
    #[error("{0}; the file stays in the inbox, and is taken once the clock is right")]
    Waits(#[source] Refused),
    /// The platform's key store gives no key, or the files that it protects are not to be read.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// The key store has lost nodes that it held. They are forgotten, and their grant is taken again.
    #[error("the key store has lost keys of stations that it held; get the device's grant again")]
    NodesLost,
    /// An envelope does not open.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// A head that the auditor did not sign, or that was altered.
    #[error(
        "the head is {0}; ask for it again, and hand the device to the security line if it is refused again"
    )]
    ForeignHead(#[source] HeadError),
    /// A head that the auditor signed for another device or another log, or an older one than the last.
    #[error(
        "the head is another device's, or does not match this log; ask for it again, and hand the device to the \
         security line if it is refused again"
    )]
    Head,
    /// The keys of stations are locked away.
    #[error("the keys of stations are locked away for the day; unlock them at the depot")]
    Locked,
    /// Nothing was loaded for the day.
    #[error("no parcel is loaded; scan the day's parcels at the depot")]
    Unloaded,
    /// The file of loaded parcels is full.
    #[error("{most} parcels are loaded, the most that fit; unlock the device at the depot and load fewer")]
    Full {
        /// The most that can be loaded.
        most: usize,
    },
    /// Two state folders hold keys of one place and day: a label of one carrier would be tried with the other's key.
    #[error(
        "{} and {} both hold keys of {}{} on {day}; one device serves one carrier at a place, so open one of them alone",
        .one.display(), .other.display(), .region.number(), of_site(*.site)
    )]
    SamePlace {
        /// One folder.
        one: PathBuf,
        /// The other.
        other: PathBuf,
        /// The region.
        region: Region,
        /// The site; `None` for a whole region.
        site: Option<Site>,
        /// The day of sealing.
        day: Day,
    },
    /// The files of a locked device are not those that its log names: damaged, or altered.
    #[error(
        "the files of loaded parcels are damaged or were altered; unlock the device at the depot and load again"
    )]
    Damaged,
    /// The device asks for operators, and none has begun a shift, or the shift is over.
    #[error("no operator has begun a shift; begin one with number and PIN")]
    NoShift,
    /// The key store has the device's key, so that there is no reason to enrol it anew.
    #[error("the key store has the device's key; open the device")]
    KeysNotLost,
    /// A log of this name went before: its keys follow from the name.
    #[error("a log of {0} was kept here before; ask the auditor for an enrolment under another name")]
    NameUsed(String),
    /// A list of operators is not used, or the newest that was taken is gone.
    #[error(transparent)]
    Operators(#[from] OperatorsError),
}

fn of_site(site: Option<Site>) -> String {
    site.map_or_else(String::new, |site| format!("-{}", site.number()))
}
