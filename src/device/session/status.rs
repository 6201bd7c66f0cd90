//! What is to be seen of a device: plain values for a screen.

use super::keys::{KeyAccess, session};
use super::work::Session;
use crate::device::state::{DeviceState, HeldSet};
use crate::keys::Day;

/// What is to be seen of a device at a time. It holds no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviceStatus {
    /// The device's name.
    pub device: String,
    /// Its age recipient, to which its grants are sealed; empty without one.
    pub recipient: String,
    /// Entries of its log.
    pub entries: u64,
    /// Entries of which the auditor has signed the head.
    pub handed_in: u64,
    /// Whether the log follows one whose key was lost, and no head of it was signed yet: no budget counts.
    pub unanswered: bool,
    /// The number of the revocation list held; 0 for none.
    pub list: u64,
    /// The last day on which it is valid, in days since 2020-01-01; `None` without one.
    pub list_until: Option<u16>,
    /// The newest signed time that was seen, in seconds since 1970-01-01 UTC, which the clock must not be before; 0 for none.
    pub floor: u64,
    /// The serial of the grant in use; 0 without one.
    pub grant: u64,
    /// Days for which a key may still be used, today included; 0 for no key.
    pub days_left: u16,
    /// Labels that may be opened between two hand-ins; `None` without a limit.
    pub budget: Option<u32>,
    /// Labels left of it.
    pub left: Option<u32>,
    /// Whether the keys of stations are locked away.
    pub locked: bool,
    /// Parcels that are loaded and not signed off.
    pub loaded: usize,
    /// The number of the newest list of operators; 0 if the device asks for none.
    pub operators: u64,
    /// The operator whose shift it is; 0 for nobody.
    pub operator: u32,
}

impl Session {
    /// What is to be seen of the device now, in seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn status(&self, now: u64) -> DeviceStatus {
        let device = self.access.device();
        let terms = self.terms(now);
        DeviceStatus {
            device: self.log.device().to_owned(),
            recipient: device.map_or_else(String::new, |device| device.recipient().to_owned()),
            entries: self.log.count(),
            handed_in: self.head.as_ref().map_or(0, |head| head.count),
            unanswered: self.tally.is_unanswered(),
            list: device.map_or(0, DeviceState::list_number),
            list_until: device.and_then(DeviceState::list_until).map(Day::number),
            floor: device.map_or(0, |device| device.floor().0),
            grant: terms.as_ref().map_or(0, |terms| terms.serial),
            days_left: self.days_left(now),
            budget: terms.as_ref().and_then(|terms| terms.budget),
            left: terms.as_ref().and_then(|terms| self.left(terms)),
            locked: self.is_locked(),
            loaded: self.loaded.count(),
            operators: self.tally.operators(),
            operator: self.tally.operator(now),
        }
    }

    fn days_left(&self, now: u64) -> u16 {
        let span = |today: Day, last: Option<Day>| {
            last.map_or(0, |last| (last.number() + 1).saturating_sub(today.number()))
        };
        match &self.access {
            KeyAccess::Stations(device) => session(device, now).map_or(0, |keys| {
                let last = keys.sets.iter().flat_map(HeldSet::places).map(|(_, last)| last);
                span(keys.today, last.max())
            }),
            KeyAccess::Locked(road) => {
                let today = road.as_ref().and_then(|road| road.device.today(now).ok());
                today.map_or(0, |today| span(today, self.loaded.last_day()))
            }
        }
    }
}
