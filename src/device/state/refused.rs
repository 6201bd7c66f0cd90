//! Why a device takes no grant, or opens no session with those it holds.

use super::window::Window;
use crate::keys::Day;
use crate::signed::grant::{GrantError, Role};
use crate::signed::moment::Moment;
use crate::signed::revocation::ListError;
use std::fmt;

/// A refusal of a device; nothing of its state has changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// No grant, a damaged one, or not of the authority that is pinned.
    Grant(GrantError),
    /// A grant for another device.
    OtherDevice {
        /// Whom it is for.
        to: String,
        /// This device.
        own: String,
    },
    /// A role that is no device's to hold.
    Role(Role),
    /// Other bytes under the serial of the grant held: a second grant was made under one number.
    Replay {
        /// The serial of both.
        serial: u64,
    },
    /// An older grant than the one held.
    Older {
        /// Its serial.
        serial: u64,
        /// The serial held.
        held: u64,
    },
    /// Of an older root than the newest seen.
    OlderGeneration {
        /// Its generation.
        generation: u32,
        /// The newest seen.
        newest: u32,
    },
    /// No day of the grant is of use any more, or none is by the device's clock.
    Over {
        /// The device's time.
        now: Moment,
        /// When the grant is of use.
        window: Window,
    },
    /// The device's clock is behind signed time.
    ClockBehind {
        /// The device's time.
        now: Moment,
        /// The newest signed time.
        floor: Moment,
        /// When the grant is of use, if one was looked at.
        window: Window,
    },
    /// No grant of that role is held.
    None(Role),
    /// No revocation list, a damaged one, or not of the authority that is pinned.
    List(ListError),
    /// The grant wants a newer revocation list than the one held.
    ListBehind {
        /// The number held, or 0.
        held: u64,
        /// The least number wanted.
        wanted: u64,
    },
    /// The revocation list is not good any more.
    ListOver {
        /// The device's time.
        now: Moment,
        /// The last day on which it was good.
        until: Day,
    },
    /// The device itself is revoked.
    Revoked {
        /// The first day that it gets no more.
        from: Day,
    },
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
                "the grant is of root {generation}, and root {newest} is in use; ask the authority for a \
                 new grant"
            ),
            Self::Over { now, window } => write!(
                f,
                "the device's time is {now}, and the grant is of use on {window}; set the clock if it is \
                 wrong, otherwise ask the authority for a new grant"
            ),
            Self::ClockBehind { now, floor, window } => write!(
                f,
                "the device's time is {now}, before {floor}, when the authority signed last (the grant is of \
                 use on {window}); set the clock"
            ),
            Self::List(error) => error.fmt(f),
            Self::ListBehind { held: 0, wanted } => write!(
                f,
                "the grant wants revocation list {wanted} or newer, and none is held; get the newest list \
                 from the authority"
            ),
            Self::ListBehind { held, wanted } => write!(
                f,
                "the grant wants revocation list {wanted} or newer, and list {held} is held; get the newest \
                 list from the authority"
            ),
            Self::ListOver { now, until } => write!(
                f,
                "the device's time is {now}, and the revocation list is good until {until}; set the clock if \
                 it is wrong, otherwise get the newest list from the authority"
            ),
            Self::Revoked { from } => {
                write!(f, "the device is revoked from {from} on; bring it to the authority")
            }
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
