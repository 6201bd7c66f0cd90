//! The cause of an entry.

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

    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Asked(purpose) => purpose as u8,
            Self::Load => Self::LOAD,
            Self::Device => Self::DEVICE,
        }
    }

    pub(super) fn of(number: u8) -> Option<Self> {
        match number {
            Self::LOAD => Some(Self::Load),
            Self::DEVICE => Some(Self::Device),
            _ => Purpose::try_from(number).ok().map(Self::Asked),
        }
    }
}
