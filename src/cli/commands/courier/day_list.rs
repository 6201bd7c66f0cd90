//! The day's parcels, kept on disk so that the list and its counts are there after a restart. Names and addresses are masked,
//! as they are on the labels.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use wayseal::device::session::Parcel;
use wayseal::files::{self, Access, FileError};

/// The file in the state folder.
const FILE: &str = "today";
/// How long a parcel stays on the list, in seconds: a shift, and less than the time to the next day's end.
const SHIFT: u64 = 16 * 3600;
/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 4 << 20;

/// One parcel of the list.
pub struct DayParcel {
    handle: String,
    pub waybill: String,
    pub name: String,
    pub address: String,
    pub delivered: bool,
    /// When it was opened last or signed off, in seconds since 1970.
    time: u64,
}

/// The list, and where it is kept.
pub struct DayList {
    file: PathBuf,
    parcels: Vec<DayParcel>,
}

impl DayList {
    /// The list as the last run left it. A line that cannot be read is dropped: the log has its entry.
    pub fn open(state: &Path, now: u64) -> Result<Self, FileError> {
        let file = state.join(FILE);
        let bytes = match files::read(&file, FILE_MAX) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => Vec::new(),
            Err(error) => return Err(error),
        };
        let lines = bytes.split(|byte| *byte == b'\n');
        let parcels = lines.filter_map(DayParcel::parse).filter(|parcel| parcel.is_of_the_shift(now));
        Ok(Self { file, parcels: parcels.collect() })
    }

    /// The list's parcels, the first opened first.
    pub fn parcels(&self) -> &[DayParcel] {
        &self.parcels
    }

    /// A parcel of the list.
    pub fn find(&self, waybill: &str) -> Option<&DayParcel> {
        self.parcels.iter().rev().find(|parcel| parcel.waybill == waybill)
    }

    /// Takes over what a session knows of its parcels. Nothing is written if nothing changed.
    pub fn update(&mut self, known: &[Parcel], now: u64) -> Result<(), FileError> {
        let mut changed = false;
        for parcel in known {
            let new = DayParcel::of(parcel, now);
            match self.parcels.iter_mut().find(|old| old.handle == new.handle) {
                Some(old) if old.delivered || old.delivered == new.delivered => {}
                Some(old) => {
                    (old.delivered, old.time) = (true, now);
                    changed = true;
                }
                None => {
                    self.parcels.push(new);
                    changed = true;
                }
            }
        }
        if !changed {
            return Ok(());
        }
        self.parcels.retain(|parcel| parcel.is_of_the_shift(now));
        let lines = self.parcels.iter().map(|parcel| parcel.value().to_string() + "\n");
        files::write(&self.file, lines.collect::<String>().as_bytes(), Access::Owner)
    }
}

impl DayParcel {
    fn of(parcel: &Parcel, time: u64) -> Self {
        let handle = parcel.handle.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let (waybill, name, address) = (&parcel.waybill, &parcel.name, &parcel.address);
        Self {
            handle,
            waybill: waybill.to_string(),
            name: name.to_string(),
            address: address.to_string(),
            delivered: parcel.delivered,
            time,
        }
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(line).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(ToOwned::to_owned);
        Some(Self {
            handle: text("handle")?,
            waybill: text("waybill")?,
            name: text("name")?,
            address: text("address")?,
            delivered: value.get("delivered")?.as_bool()?,
            time: value.get("time")?.as_u64()?,
        })
    }

    fn value(&self) -> Value {
        json!({
            "handle": self.handle, "waybill": self.waybill, "name": self.name, "address": self.address,
            "delivered": self.delivered, "time": self.time,
        })
    }

    fn is_of_the_shift(&self, now: u64) -> bool {
        self.time.saturating_add(SHIFT) > now
    }
}
