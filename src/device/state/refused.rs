//! Why a device accepts no grant or list, or has no usable keys.

use super::window::Window;
use crate::keys::Day;
use crate::signed::grant::{GrantError, Role};
use crate::signed::moment::Moment;
use crate::signed::revocation::ListError;
use std::fmt;

/// A refusal by a device, which leaves its state unchanged.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// Not a grant, a damaged one, or not signed by the pinned authority.
    Grant(GrantError),
    /// A grant for another device.
    OtherDevice {
        /// The device that the grant names.
        to: String,
        /// This device's name.
        own: String,
    },
    /// A role whose grants a device does not hold.
    Role(Role),
    /// Another grant with the serial of the one held: two grants were made with one number.
    Replay {
        /// The serial of both.
        serial: u64,
    },
    /// An older grant than the one held.
    Older {
        /// The refused serial.
        serial: u64,
        /// The serial held.
        held: u64,
    },
    /// A grant from an older root than the one before the newest seen.
    OlderGeneration {
        /// The grant's generation.
        generation: u32,
        /// The newest generation seen.
        newest: u32,
    },
    /// The grant has no valid day, by the device's clock.
    Over {
        /// The device's time.
        now: Moment,
        /// The days on which the grant is valid.
        window: Window,
    },
    /// The device's clock is before signed time.
    ClockBehind {
        /// The device's time.
        now: Moment,
        /// The newest signed time.
        floor: Moment,
        /// The days on which the grant or list at hand is valid.
        window: Window,
    },
    /// No grant of that role is held.
    None(Role),
    /// A sealer's grant demands a file of stations that the authority signed.
    Stations {
        /// When the file at hand was signed; `None` if it was not.
        signed: Option<Moment>,
        /// The earliest time of signing that the grant takes.
        least: Moment,
    },
    /// Not a revocation list, a damaged one, or not signed by the pinned authority.
    List(ListError),
    /// The grant requires a newer revocation list than the one held.
    ListBehind {
        /// The number held; 0 for none.
        held: u64,
        /// The lowest number that the grant accepts.
        wanted: u64,
    },
    /// The revocation list has expired.
    ListOver {
        /// The device's time.
        now: Moment,
        /// The last day on which it was valid.
        until: Day,
    },
    /// An issuer's certificate ended before the grant arrived.
    IssuerOver {
        /// The issuer's name.
        issuer: String,
        /// The last day of its certificate.
        until: Day,
    },
    /// The issuer of the grant is revoked.
    IssuerRevoked {
        /// The issuer's name.
        issuer: String,
        /// The first doubtful day.
        from: Day,
    },
    /// As many files of additions as a device holds beside a list.
    Additions {
        /// The most.
        most: usize,
    },
    /// The device itself is revoked.
    Revoked {
        /// The first day without a grant.
        from: Day,
    },
}

impl Refused {
    /// Whether another clock might take what is refused here: its days are not over by signed time, which no clock changes.
    pub(crate) fn is_by_clock(&self, floor: Moment) -> bool {
        let until = match self {
            Self::ClockBehind { .. } => return true,
            Self::Over { window, .. } => window.until,
            Self::ListOver { until, .. } => *until,
            // What it signed in the evening arrives the next morning.
            Self::IssuerOver { until, .. } => Day::new(until.number().saturating_add(1)),
            _ => return false,
        };
        until >= floor.day()
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grant(error) => error.fmt(f),
            Self::OtherDevice { to, own } => write!(
                f,
                "the grant is for {to}, and this device is {own}; ask the authority for its own grant"
            ),
            Self::Role(role) => write!(f, "a {} grant is not for a device to hold", role.name()),
            Self::Replay { serial } => write!(
                f,
                "another grant with serial {serial} is held already; report it to the authority and ask for \
                 a new grant"
            ),
            Self::Older { serial, held } => write!(
                f,
                "the grant has serial {serial}, older than {held}, which is held; use the newest grant, or \
                 ask the authority for one"
            ),
            Self::OlderGeneration { generation, newest } => write!(
                f,
                "the grant is from root {generation}, and root {newest} is in use; ask the authority for a \
                 new grant"
            ),
            Self::Over { now, window } => write!(
                f,
                "the device's time is {now}, and the grant is valid on {window}; set the clock if it is \
                 wrong, otherwise ask the authority for a new grant"
            ),
            Self::ClockBehind { now, floor, window } => write!(
                f,
                "the device's time is {now}, before {floor}, when the authority last signed (the grant is \
                 valid on {window}); set the clock"
            ),
            Self::List(error) => error.fmt(f),
            Self::ListBehind { held: 0, wanted } => write!(
                f,
                "the grant requires revocation list {wanted} or newer, and none is held; get the newest list \
                 from the authority"
            ),
            Self::ListBehind { held, wanted } => write!(
                f,
                "the grant requires revocation list {wanted} or newer, and list {held} is held; get the newest \
                 list from the authority"
            ),
            Self::ListOver { now, until } => write!(
                f,
                "the device's time is {now}, and the revocation list is valid until {until}; set the clock if \
                 it is wrong, otherwise get the newest list from the authority"
            ),
            Self::IssuerOver { issuer, until } => write!(
                f,
                "the grant was signed by {issuer}, whose certificate ended on {until}; ask the authority for a new \
                 grant"
            ),
            Self::IssuerRevoked { issuer, from } => write!(
                f,
                "the grant was signed by {issuer}, revoked from {from} on; report it to the authority and ask for a \
                 new grant"
            ),
            Self::Additions { most } => write!(
                f,
                "{most} additions to the revocation list are held, the most that fit; get the newest list from the \
                 authority"
            ),
            Self::Revoked { from } => {
                write!(f, "the device is revoked from {from} on; bring it to the authority")
            }
            Self::Stations { signed: None, least } => write!(
                f,
                "the sealer's grant demands a file of stations that the authority signed, at {least} or later; ask the \
                 authority for the file and its signature"
            ),
            Self::Stations { signed: Some(signed), least } => write!(
                f,
                "the file of stations was signed at {signed}, and the sealer's grant demands one of {least} or later; \
                 ask the authority for the newest file and its signature"
            ),
            Self::None(role) => {
                write!(f, "no {} grant is held; ask the authority for one", role.name())
            }
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Grant(error) => error.source(),
            Self::List(error) => error.source(),
            _ => None,
        }
    }
}

impl From<GrantError> for Refused {
    fn from(error: GrantError) -> Self {
        Self::Grant(error)
    }
}

impl From<ListError> for Refused {
    fn from(error: ListError) -> Self {
        Self::List(error)
    }
}
