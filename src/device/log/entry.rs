//! One log entry: time, label, purpose and outcome of an attempt, in 40 bytes.

use crate::error::Refusal;
use crate::keys::{Region, Site};
use crate::payload::Handle;
use crate::signed::grant::Purpose;

/// The cause of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryCause {
    /// A courier scanned a label, for this purpose; whether the grant allows it is the outcome.
    Asked(Purpose),
    /// A label was loaded for the day; nothing was shown.
    Load,
    /// An event of the device itself.
    Device,
}

impl EntryCause {
    const LOAD: u8 = 16;
    const DEVICE: u8 = 17;

    /// The stable name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked(purpose) => purpose.name(),
            Self::Load => "load",
            Self::Device => "device",
        }
    }

    const fn number(self) -> u8 {
        match self {
            Self::Asked(purpose) => purpose as u8,
            Self::Load => Self::LOAD,
            Self::Device => Self::DEVICE,
        }
    }

    fn of(number: u8) -> Option<Self> {
        match number {
            Self::LOAD => Some(Self::Load),
            Self::DEVICE => Some(Self::Device),
            _ => Purpose::try_from(number).ok().map(Self::Asked),
        }
    }
}

/// The outcome of an attempt, as the log stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOutcome {
    /// Opened.
    Opened,
    /// Opened again, and charged to the budget.
    Again,
    /// Opened without charge to the budget, by the grant's rule for labels opened or signed off before.
    Uncounted,
    /// Loaded for the day.
    Loaded,
    /// The parcel was signed off.
    Delivered,
    /// The site keys were locked away.
    Locked,
    /// A torn entry was cut off after a kill or a power loss.
    Recovered,
    /// A grant was accepted.
    Granted,
    /// The site keys were unlocked at the depot.
    Unlocked,
    /// Refused: the budget of the shift is spent.
    OverBudget,
    /// Refused: the grant does not allow the purpose.
    PurposeNotGranted,
    /// Refused: signed off before.
    AfterDelivery,
    /// Refused: opened before.
    OpenedBefore,
    /// Refused: the bar code on the label is another waybill's.
    WrongWaybill,
    /// Refused: the site keys are locked, and the parcel is not loaded.
    NotLoaded,
    /// Refused: the device holds no key, or its clock is before signed time.
    NoKeys,
    /// Refused by the verifier.
    Refused(Refusal),
}

const REFUSED: u8 = 64;

impl EntryOutcome {
    const PLAIN: [(Self, u8, &'static str); 16] = [
        (Self::Opened, 1, "opened"),
        (Self::Again, 2, "opened_again"),
        (Self::Loaded, 3, "loaded"),
        (Self::Delivered, 4, "delivered"),
        (Self::Locked, 5, "locked"),
        (Self::Recovered, 6, "recovered"),
        (Self::Granted, 7, "granted"),
        (Self::Unlocked, 8, "unlocked"),
        (Self::Uncounted, 9, "opened_uncounted"),
        (Self::OverBudget, 32, "over_budget"),
        (Self::PurposeNotGranted, 33, "purpose_not_granted"),
        (Self::OpenedBefore, 34, "opened_before"),
        (Self::AfterDelivery, 35, "after_delivery"),
        (Self::WrongWaybill, 36, "wrong_waybill"),
        (Self::NotLoaded, 37, "not_loaded"),
        (Self::NoKeys, 38, "no_keys"),
    ];

    /// The stable name for machines; a refusal's own name if the verifier refused.
    #[must_use]
    pub fn name(self) -> &'static str {
        if let Self::Refused(refusal) = self {
            return refusal.name();
        }
        Self::PLAIN.iter().find(|(mark, ..)| *mark == self).map_or("refused", |(.., name)| name)
    }

    /// Whether a record was shown.
    #[must_use]
    pub const fn shows(self) -> bool {
        matches!(self, Self::Opened | Self::Again | Self::Uncounted)
    }

    /// Whether the attempt is charged to the budget.
    #[must_use]
    pub const fn costs(self) -> bool {
        matches!(self, Self::Opened | Self::Again)
    }

    fn number(self) -> u8 {
        if let Self::Refused(refusal) = self {
            let place = Refusal::ALL.iter().position(|known| *known == refusal);
            // There are fewer than 63 refusals, so that the sum fits a byte.
            return REFUSED + place.map_or(63, |place| place as u8);
        }
        Self::PLAIN.iter().find(|(mark, ..)| *mark == self).map_or(0, |(_, number, _)| *number)
    }

    fn of(number: u8) -> Option<Self> {
        if let Some(place) = number.checked_sub(REFUSED) {
            return Refusal::ALL.get(usize::from(place)).copied().map(Self::Refused);
        }
        Self::PLAIN.iter().find(|(_, known, _)| *known == number).map(|(mark, ..)| *mark)
    }
}

/// A log entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Seconds since 1970-01-01 UTC, by the device's clock.
    pub time: u64,
    /// The cause.
    pub cause: EntryCause,
    /// The outcome.
    pub mark: EntryOutcome,
    /// The serial of the grant in use.
    pub serial: u64,
    /// The station that the label claims; `None` if the text was not a label.
    pub station: Option<(Region, Site)>,
    /// The label's handle; zeros if the text was not a label.
    pub handle: [u8; 16],
}

impl LogEntry {
    /// Bytes of an entry.
    pub const LEN: usize = 40;
    const FORM: u8 = 1;

    /// An entry about the device itself.
    #[must_use]
    pub const fn of_device(time: u64, mark: EntryOutcome, serial: u64) -> Self {
        Self { time, cause: EntryCause::Device, mark, serial, station: None, handle: [0; 16] }
    }

    /// The label's handle in its printed form.
    #[must_use]
    pub fn label(&self) -> String {
        Handle::from(self.handle).printed().to_string()
    }

    /// The encoded entry: layout in the [module's description](super), integers big endian.
    #[must_use]
    pub fn write(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..4].copy_from_slice(&[Self::FORM, self.cause.number(), self.mark.number(), 0]);
        bytes[4..12].copy_from_slice(&self.time.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.serial.to_be_bytes());
        let (region, site) =
            self.station.map_or((u16::MAX, u16::MAX), |(region, site)| (region.number(), site.number()));
        bytes[20..22].copy_from_slice(&region.to_be_bytes());
        bytes[22..24].copy_from_slice(&site.to_be_bytes());
        bytes[24..].copy_from_slice(&self.handle);
        bytes
    }

    /// Decodes an entry; `None` for bytes that no device writes.
    #[must_use]
    pub fn read(bytes: &[u8; Self::LEN]) -> Option<Self> {
        let [Self::FORM, cause, mark, 0, rest @ ..] = bytes else { return None };
        let word = |at: usize| rest.get(at..at + 8)?.try_into().ok().map(u64::from_be_bytes);
        let half = |at: usize| rest.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
        // `ffff` is outside the twelve bits of a region or a site.
        let station = match (half(16)?, half(18)?) {
            (u16::MAX, u16::MAX) => None,
            (region, site) => Some((Region::new(region)?, Site::new(site)?)),
        };
        Some(Self {
            time: word(0)?,
            cause: EntryCause::of(*cause)?,
            mark: EntryOutcome::of(*mark)?,
            serial: word(8)?,
            station,
            handle: rest.get(20..)?.try_into().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_and_purpose_comes_back() {
        let marks = EntryOutcome::PLAIN.map(|(mark, ..)| mark).into_iter();
        for mark in marks.chain(Refusal::ALL.map(EntryOutcome::Refused)) {
            let causes = Purpose::ALL.iter().copied().map(EntryCause::Asked);
            for cause in causes.chain([EntryCause::Load, EntryCause::Device]) {
                for station in [None, Some((Region::new(755).unwrap(), Site::new(12).unwrap()))] {
                    let entry = LogEntry {
                        time: 1_795_478_400,
                        cause,
                        mark,
                        serial: 77,
                        station,
                        handle: [0xa5; 16],
                    };
                    assert_eq!(LogEntry::read(&entry.write()), Some(entry));
                }
            }
        }
    }

    #[test]
    fn other_bytes_are_no_entry() {
        let whole = LogEntry::of_device(1, EntryOutcome::Locked, 2).write();
        for (place, value) in [(0, 2), (1, 0), (1, 7), (2, 0), (2, 63), (2, 200), (3, 1), (20, 0x10)] {
            let mut other = whole;
            other[place] = value;
            assert_eq!(LogEntry::read(&other), None, "{place}");
        }
    }
}
