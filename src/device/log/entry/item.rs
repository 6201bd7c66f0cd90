//! The entry and its bytes.

use super::cause::EntryCause;
use super::detail::{DETAIL, EntryDetail};
use super::outcome::EntryOutcome;
use super::taken::TakenKind;
use crate::keys::{Region, Site};
use crate::payload::Handle;
use sha2::{Digest as _, Sha256};

/// The latest time that an entry holds: six bytes, of which no clock has the end.
const TIME_MAX: u64 = (1 << 48) - 1;

/// A log entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogEntry {
    /// Seconds since 1970-01-01 UTC, by the device's clock; six bytes of it are kept.
    pub time: u64,
    /// The cause.
    pub cause: EntryCause,
    /// The outcome.
    pub mark: EntryOutcome,
    /// The serial of the grant in use.
    pub serial: u64,
    /// The number of the operator whose shift it is; 0 for none.
    pub operator: u32,
    /// The station that the label claims; `None` if the text was not a label.
    pub station: Option<(Region, Site)>,
    /// The label's handle; zeros if the text was not a label.
    pub handle: [u8; 16],
    /// What else there is to say.
    pub detail: EntryDetail,
}

impl LogEntry {
    /// Bytes of an entry.
    pub const LEN: usize = Self::COMMON + DETAIL;
    /// Bytes that all forms have in common.
    const COMMON: usize = 42;

    /// An entry about the device itself.
    #[must_use]
    pub const fn by_device(time: u64, mark: EntryOutcome, serial: u64) -> Self {
        Self {
            time,
            cause: EntryCause::Device,
            mark,
            serial,
            operator: 0,
            station: None,
            handle: [0; 16],
            detail: EntryDetail::Plain,
        }
    }

    /// The same of another cause.
    #[must_use]
    pub const fn with_cause(self, cause: EntryCause) -> Self {
        Self { cause, ..self }
    }

    /// The same under the grant of this serial.
    #[must_use]
    pub const fn with_serial(self, serial: u64) -> Self {
        Self { serial, ..self }
    }

    /// The same of a label, by its handle.
    #[must_use]
    pub const fn with_handle(self, handle: [u8; 16]) -> Self {
        Self { handle, ..self }
    }

    /// With what else there is to say.
    #[must_use]
    pub const fn with_detail(self, detail: EntryDetail) -> Self {
        Self { detail, ..self }
    }

    /// The entry of something signed that the device took, with its number and its signed bytes, out of any envelope.
    #[must_use]
    pub fn taken(kind: TakenKind, number: u64, signed: &[u8], time: u64, serial: u64) -> Self {
        let detail = EntryDetail::Taken { kind, number, digest: Sha256::digest(signed).into() };
        Self { detail, ..Self::by_device(time, EntryOutcome::Taken, serial) }
    }

    /// The entry of a pass that the device gave, with its serial and its signed bytes, out of its envelope. The taker's log names
    /// the same.
    #[must_use]
    pub fn given(serial: u64, signed: &[u8], time: u64) -> Self {
        let digest = Sha256::digest(signed).into();
        let detail = EntryDetail::Taken { kind: TakenKind::Pass, number: serial, digest };
        Self { detail, ..Self::by_device(time, EntryOutcome::PassGiven, serial) }
    }

    /// The label's handle in its printed form.
    #[must_use]
    pub fn label(&self) -> String {
        Handle::from(self.handle).printed().to_string()
    }

    /// The encoded entry: layout in the [log's description](crate::device::log), integers big endian.
    #[must_use]
    pub fn write(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..4].copy_from_slice(&[self.detail.form(), self.cause.number(), self.mark.number(), 0]);
        bytes[4..10].copy_from_slice(&self.time.min(TIME_MAX).to_be_bytes()[2..]);
        bytes[10..18].copy_from_slice(&self.serial.to_be_bytes());
        bytes[18..22].copy_from_slice(&self.operator.to_be_bytes());
        let (region, site) =
            self.station.map_or((u16::MAX, u16::MAX), |(region, site)| (region.number(), site.number()));
        bytes[22..24].copy_from_slice(&region.to_be_bytes());
        bytes[24..26].copy_from_slice(&site.to_be_bytes());
        bytes[26..42].copy_from_slice(&self.handle);
        bytes[Self::COMMON..].copy_from_slice(&self.detail.write());
        bytes
    }

    /// Decodes an entry; `None` for bytes that no device writes.
    #[must_use]
    pub fn read(bytes: &[u8; Self::LEN]) -> Option<Self> {
        let [form, cause, mark, 0, rest @ ..] = bytes else { return None };
        let (time, rest) = rest.split_first_chunk::<6>()?;
        let (serial, rest) = rest.split_first_chunk()?;
        let (operator, rest) = rest.split_first_chunk()?;
        let (region, rest) = rest.split_first_chunk()?;
        let (site, rest) = rest.split_first_chunk()?;
        let (handle, rest) = rest.split_first_chunk()?;
        // `ffff` is outside the twelve bits of a region or a site.
        let station = match (u16::from_be_bytes(*region), u16::from_be_bytes(*site)) {
            (u16::MAX, u16::MAX) => None,
            (region, site) => Some((Region::new(region)?, Site::new(site)?)),
        };
        let mark = EntryOutcome::of(*mark)?;
        let detail = EntryDetail::read(*form, rest.try_into().ok()?)?;
        detail.goes_with(mark).then_some(Self {
            time: time.iter().fold(0, |time, byte| time << 8 | u64::from(*byte)),
            cause: EntryCause::of(*cause)?,
            mark,
            serial: u64::from_be_bytes(*serial),
            operator: u32::from_be_bytes(*operator),
            station,
            handle: *handle,
            detail,
        })
    }
}
