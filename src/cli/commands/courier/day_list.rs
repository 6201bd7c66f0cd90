//! The day's parcels, kept on disk so that the list and its counts are there after a restart. Names and addresses are masked,
//! as they are on the labels.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::Parcel;
use wayseal::files::{self, Access, FileError};
use wayseal::payload::Handle;

/// The file in the state folder.
const FILE: &str = "today";
/// How long a parcel stays on the list, in seconds: a shift, and less than the time to the next day's end.
const SHIFT: u64 = 16 * 3600;
/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 4 << 20;

/// One parcel of the list.
pub struct DayParcel {
    pub handle: Handle,
    pub waybill: String,
    pub name: String,
    pub address: String,
    /// The place and the building, without a person, while the session knows it; the file does not keep it.
    pub place: String,
    /// The last digits of its phone that the label shows.
    pub phone: String,
    pub delivered: bool,
    /// What was said of it last, by its name; empty if nothing was.
    pub outcome: String,
    /// When it was opened last or something was said of it, in seconds since 1970.
    time: u64,
}

/// The list, and where it is kept: a line for each change, of which the last of a parcel counts.
pub struct DayList {
    file: PathBuf,
    parcels: Vec<DayParcel>,
    /// Where each label stands in the list: a day has a thousand.
    places: HashMap<[u8; 16], usize>,
    /// Whether lines of the file no longer count: then it is written anew.
    is_stale: bool,
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
        let mut list = Self { file, parcels: Vec::new(), places: HashMap::new(), is_stale: true };
        for parcel in bytes.split(|byte| *byte == b'\n').filter_map(DayParcel::parse) {
            if parcel.is_of_the_shift(now) {
                list.put(parcel);
            }
        }
        Ok(list)
    }

    /// The list's parcels, the first opened first.
    pub fn parcels(&self) -> &[DayParcel] {
        &self.parcels
    }

    /// The parcels with their numbers, as they are sorted into a van: by place, those of which nothing was said first.
    pub fn by_place(&self) -> Vec<(usize, &DayParcel)> {
        let mut sorted: Vec<_> = (1..).zip(&self.parcels).collect();
        sorted.sort_by_cached_key(|(number, parcel)| (parcel.is_said(), parcel.place.clone(), *number));
        sorted
    }

    /// A parcel of the list by its waybill number.
    pub fn find(&self, waybill: &str) -> Option<&DayParcel> {
        self.parcels.iter().rev().find(|parcel| parcel.waybill == waybill)
    }

    /// Takes over what a session knows of its parcels, and what the log says of all of them: of one that was opened before a
    /// restart the session knows no more. Nothing is written if nothing changed, and otherwise what changed.
    pub fn update<'p>(
        &mut self,
        known: impl Iterator<Item = &'p Parcel>,
        said: impl Fn(&Handle) -> Option<EntryOutcome>,
        now: u64,
    ) -> Result<(), FileError> {
        let mut lines = String::new();
        for parcel in known {
            let outcome = parcel.outcome.map_or("", EntryOutcome::name);
            let old = self.places.get(parcel.handle.bytes()).map(|at| &mut self.parcels[*at]);
            let old = old.map(|old| {
                if old.place != parcel.place {
                    old.place.clone_from(&parcel.place);
                }
                &*old
            });
            if old.is_some_and(|old| (old.delivered, old.outcome.as_str()) == (parcel.delivered, outcome)) {
                continue;
            }
            let new = DayParcel::of(parcel, now);
            lines += &(new.value().to_string() + "\n");
            self.put(new);
        }
        for parcel in &mut self.parcels {
            let said = said(&parcel.handle);
            let outcome = said.map_or("", EntryOutcome::name);
            if parcel.outcome != outcome {
                parcel.outcome = outcome.to_owned();
                parcel.delivered = said.is_some_and(EntryOutcome::signs_off);
                lines += &(parcel.value().to_string() + "\n");
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        if !self.is_stale {
            let written = files::append_own(&self.file)?.write_all(lines.as_bytes());
            return written.map_err(|error| FileError::new(&self.file, "write", error));
        }
        self.is_stale = false;
        let lines = self.parcels.iter().map(|parcel| parcel.value().to_string() + "\n");
        files::write(&self.file, lines.collect::<String>().as_bytes(), Access::Owner)
    }

    fn put(&mut self, parcel: DayParcel) {
        match self.places.get(parcel.handle.bytes()) {
            Some(at) => self.parcels[*at] = parcel,
            None => {
                self.places.insert(*parcel.handle.bytes(), self.parcels.len());
                self.parcels.push(parcel);
            }
        }
    }
}

impl DayParcel {
    /// Whether it is signed off, or was said why not.
    pub fn is_said(&self) -> bool {
        self.delivered || !self.outcome.is_empty()
    }

    fn of(parcel: &Parcel, time: u64) -> Self {
        Self {
            handle: parcel.handle,
            waybill: parcel.waybill.clone(),
            name: parcel.name.clone(),
            address: parcel.address.clone(),
            place: parcel.place.clone(),
            phone: parcel.phone.clone(),
            delivered: parcel.delivered,
            outcome: parcel.outcome.map_or_else(String::new, |outcome| outcome.name().to_owned()),
            time,
        }
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(line).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(ToOwned::to_owned);
        let digits = text("handle")?;
        let mut handle = [0; 16];
        let whole = base16ct::mixed::decode(&digits, &mut handle).is_ok_and(|bytes| bytes.len() == 16);
        Some(Self {
            handle: whole.then(|| handle.into())?,
            waybill: text("waybill")?,
            name: text("name")?,
            address: text("address")?,
            place: String::new(),
            phone: text("phone").unwrap_or_default(),
            delivered: value.get("delivered")?.as_bool()?,
            outcome: text("outcome").unwrap_or_default(),
            time: value.get("time")?.as_u64()?,
        })
    }

    fn value(&self) -> Value {
        let handle = base16ct::lower::encode_string(self.handle.bytes());
        json!({
            "handle": handle, "waybill": self.waybill, "name": self.name, "address": self.address, "phone": self.phone,
            "delivered": self.delivered, "outcome": self.outcome, "time": self.time,
        })
    }

    fn is_of_the_shift(&self, now: u64) -> bool {
        self.time.saturating_add(SHIFT) > now
    }
}
