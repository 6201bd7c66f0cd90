//! The log on disk: append an entry, sync it, erase its key, and recover after a kill.
//!
//! A state of the files that a kill cannot leave is reported as tampering; see the [module's description](super).

use super::chain::{self, ChainMac};
use super::entry::{EntryOutcome, LogEntry};
use super::error::LogError;
use super::head::Answer;
use crate::device::store::{FolderStore, SharedStore};
use crate::secret::Key;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::Path;
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of the header of `log`: as many as of a record, so that no record lies in two sectors.
pub(super) const HEADER: usize = 128;
/// Bytes of an entry with its MAC.
pub(super) const RECORD: usize = LogEntry::LEN + 32;
const MAGIC: &[u8; 16] = b"wayseal log 2\n\0\0";
const NAME_MAX: usize = 48;

/// Bytes that a disk writes at once.
const SECTOR: usize = 512;
const SLOT: usize = 4 + 8 + 32 + 32 + 32;
const SLOT_MAGIC: &[u8; 4] = b"WSK1";
/// Slots are in different sectors: a torn write of one cannot damage the other.
const SLOT_AT: [u64; 2] = [0, 512];

/// Records that are read at once.
const READ: u64 = 256;

/// The log of a device, open for appending.
pub struct Log {
    store: SharedStore,
    device: String,
    key: Key,
    head: ChainMac,
    count: u64,
}

/// What [`Log::open`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing to recover.
    Whole,
    /// The last entry was complete and its key not yet erased; it is erased now.
    Finished,
    /// A torn entry was cut off. Nothing had been shown for it.
    Torn,
}

impl Log {
    /// The file of entries within the state folder.
    pub const FILE: &'static str = "log";
    /// The file of the current key.
    pub const KEY_FILE: &'static str = "log.key";

    /// Begins the log of a device with its first key, in a folder without a log, of which it keeps other processes out.
    ///
    /// # Errors
    /// [`LogError::Exists`], [`LogError::Name`], [`LogError::Busy`], [`LogError::File`].
    pub fn create(folder: &Path, device: &str, first: &Key) -> Result<Self, LogError> {
        let store = SharedStore::new(FolderStore::create(folder)?);
        if !store.lock()? {
            return Err(LogError::Busy);
        }
        Self::create_in(store, device, first)
    }

    /// The same in a store, which the caller has locked.
    ///
    /// # Errors
    /// [`LogError::Exists`], [`LogError::Name`], [`LogError::File`].
    pub fn create_in(store: SharedStore, device: &str, first: &Key) -> Result<Self, LogError> {
        let header = header(device)?;
        if store.has(Self::FILE)? {
            return Err(LogError::Exists(store.place(Self::FILE)));
        }
        let head = chain::origin(&header);
        let mut keys = Zeroizing::new([0; 1024]);
        keys[..SLOT].copy_from_slice(&Zeroizing::new(slot(0, first, &head))[..]);
        // Both sectors exist from the start: an append overwrites and never extends this file. The log comes last: a key without a
        // log is what a kill left, and is replaced.
        store.write_at(Self::KEY_FILE, 0, &keys[..SECTOR])?;
        store.write_at(Self::KEY_FILE, SECTOR as u64, &keys[SECTOR..])?;
        store.replace(Self::FILE, &header)?;
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        Ok(Self { store, device: device.to_owned(), key, head, count: 0 })
    }

    /// Opens the log of a state folder, of which it keeps other processes out, and recovers from a kill; `now`, in seconds since
    /// 1970-01-01 UTC, is the time of the entry that records a recovery.
    ///
    /// # Errors
    /// [`LogError`], also for tampering that shows without the auditor's secret: [`LogError::Cut`],
    /// [`LogError::Altered`], [`LogError::KeyLost`].
    pub fn open(folder: &Path, now: u64) -> Result<(Self, Recovery), LogError> {
        let store = SharedStore::new(FolderStore::new(folder));
        if !store.lock()? {
            return Err(LogError::Busy);
        }
        Self::open_in(store, now)
    }

    /// The same in a store, which the caller has locked.
    ///
    /// # Errors
    /// As [`Log::open`].
    pub fn open_in(store: SharedStore, now: u64) -> Result<(Self, Recovery), LogError> {
        let header = store.read_at(Self::FILE, 0, HEADER)?;
        let header = header.first_chunk::<HEADER>().ok_or(LogError::NoLog)?;
        let (device, _) = parse_header(header)?;

        let found = SLOT_AT.into_iter().map(|at| store.read_at(Self::KEY_FILE, at, SLOT));
        let found = found.collect::<Result<Vec<_>, _>>()?;
        let found = found.iter().filter_map(|slot| parse_slot(slot)).max_by_key(|(count, ..)| *count);
        let (count, key, head) = found.ok_or(LogError::KeyLost)?;

        // The last entry that the key file counts, and what follows it. Only a kill during or after step 1 leaves bytes there,
        // and at most one record of them.
        let first = count.saturating_sub(1);
        let tail = store.read_at(Self::FILE, offset(first), 3 * RECORD)?;
        let (records, rest) = tail.as_chunks::<RECORD>();
        let behind = records.len() as u64 + first;
        if behind < count {
            return Err(LogError::Cut);
        }
        if behind > count + 1 || (behind > count && !rest.is_empty()) {
            return Err(LogError::Altered);
        }
        let record = |index: u64| {
            let at = usize::try_from(index.checked_sub(first)?).ok()?;
            records.get(at).map(parts)
        };
        let last = count.checked_sub(1).and_then(record);
        let beyond = record(count);
        let before = last.map_or_else(|| chain::origin(header), |(_, mac)| mac);
        // The key file names the MAC of the last entry, so that a replaced `log` does not fit it.
        if !chain::equal(&before, &head) {
            return Err(LogError::Altered);
        }
        let mut log = Self { store, device, key, head, count };
        let finished = beyond.and_then(|(entry, mac)| {
            let holds = chain::equal(&chain::mac(&log.key, count, &log.head, &entry), &mac);
            (holds && LogEntry::read(&entry).is_some()).then_some(mac)
        });
        let recovery = match finished {
            Some(mac) => {
                log.advance_key(mac)?;
                Recovery::Finished
            }
            None if behind == count && rest.is_empty() => {
                // A kill may have prevented step 3, the erasure of the old slot.
                log.erase_other_slot()?;
                Recovery::Whole
            }
            None => {
                let serial =
                    last.and_then(|(entry, _)| LogEntry::read(&entry)).map_or(0, |entry| entry.serial);
                // As long as what was torn, and written over it.
                log.append(&LogEntry::by_device(now, EntryOutcome::Recovered, serial))?;
                Recovery::Torn
            }
        };
        Ok((log, recovery))
    }

    /// Writes an entry to disk and erases the key that authenticated it. A record may be shown only after this
    /// returned `Ok`.
    ///
    /// # Errors
    /// [`LogError::File`]; nothing may be shown.
    pub fn append(&mut self, entry: &LogEntry) -> Result<(), LogError> {
        let bytes = entry.write();
        let mac = chain::mac(&self.key, self.count(), &self.head, &bytes);
        let mut record = [0; RECORD];
        record[..LogEntry::LEN].copy_from_slice(&bytes);
        record[LogEntry::LEN..].copy_from_slice(&mac);
        // The position follows from the count, so that the next append overwrites one that failed here.
        self.store.write_at(Self::FILE, offset(self.count), &record)?;
        self.advance_key(mac)
    }

    /// Steps 2 and 3: the next key, then zeros over the last.
    fn advance_key(&mut self, mac: ChainMac) -> Result<(), LogError> {
        // The current key is overwritten in memory only after the next one is on disk.
        let mut next = Key::zero();
        next.expose_mut().copy_from_slice(self.key.expose());
        chain::advance(&mut next);
        let count = self.count + 1;
        let slot = Zeroizing::new(slot(count, &next, &mac));
        self.store.write_at(Self::KEY_FILE, SLOT_AT[usize::from(count % 2 == 1)], &slot[..])?;
        self.key.expose_mut().copy_from_slice(next.expose());
        self.head = mac;
        self.count = count;
        self.erase_other_slot()
    }

    fn erase_other_slot(&self) -> Result<(), LogError> {
        let other = SLOT_AT[usize::from(self.count.is_multiple_of(2))];
        Ok(self.store.write_at(Self::KEY_FILE, other, &[0; SLOT])?)
    }

    /// The device's name.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The number of entries.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The MAC of the last entry.
    #[must_use]
    pub const fn head(&self) -> &ChainMac {
        &self.head
    }

    /// The entries from index `first` on, oldest first, read from the file one by one: a log is not held in memory.
    ///
    /// # Errors
    /// [`LogError::File`]; each item also [`LogError::Altered`].
    pub fn entries(&mut self, first: u64) -> Result<LogEntries<'_>, LogError> {
        Ok(LogEntries {
            store: &self.store,
            next: first,
            count: self.count,
            read: Zeroizing::default(),
            at: 0,
        })
    }

    /// The newest entry, `None` if there is none.
    ///
    /// # Errors
    /// [`LogError::File`], [`LogError::Altered`].
    pub fn last(&mut self) -> Result<Option<LogEntry>, LogError> {
        self.entries(self.count.saturating_sub(1))?.next().transpose()
    }

    /// The MAC of entry `count - 1`, which a head signed at that count must name.
    ///
    /// # Errors
    /// [`LogError::Cut`] if there are fewer entries; [`LogError::File`].
    pub fn head_at(&mut self, count: u64) -> Result<ChainMac, LogError> {
        if count > self.count {
            return Err(LogError::Cut);
        }
        let Some(last) = count.checked_sub(1) else {
            return header(&self.device).map(|header| chain::origin(&header));
        };
        let mac = self.store.read_at(Self::FILE, offset(last) + LogEntry::LEN as u64, 32)?;
        mac.first_chunk().copied().ok_or(LogError::Cut)
    }

    /// Answers a challenge under the current key.
    #[must_use]
    pub fn answer(&self, challenge: &[u8; 32]) -> Answer {
        Answer::new(&self.key, challenge, self.count, &self.head)
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log")
            .field("device", &self.device)
            .field("count", &self.count())
            .finish_non_exhaustive()
    }
}

/// An iterator over the entries in the file.
pub struct LogEntries<'l> {
    store: &'l SharedStore,
    next: u64,
    count: u64,
    /// Records that were read, of which those before `at` are done.
    read: Zeroizing<Vec<u8>>,
    at: usize,
}

impl LogEntries<'_> {
    fn record(&mut self) -> Result<LogEntry, LogError> {
        if self.read.get(self.at..).is_none_or(<[u8]>::is_empty) {
            let records = (self.count - self.next).min(READ) as usize;
            self.read = self.store.read_at(Log::FILE, offset(self.next), records * RECORD)?;
            self.at = 0;
        }
        let record = self.read.get(self.at..).and_then(|rest| rest.first_chunk()).ok_or(LogError::Cut)?;
        let entry = LogEntry::read(&parts(record).0);
        self.at += RECORD;
        self.next += 1;
        entry.ok_or(LogError::Altered)
    }
}

impl Iterator for LogEntries<'_> {
    type Item = Result<LogEntry, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.count {
            return None;
        }
        let entry = self.record();
        if matches!(entry, Err(LogError::File(..) | LogError::Cut)) {
            self.next = self.count;
        }
        Some(entry)
    }
}

/// The offset of an entry in the file.
const fn offset(index: u64) -> u64 {
    HEADER as u64 + RECORD as u64 * index
}

/// Splits a record into the entry's bytes and its MAC.
pub(super) fn parts(record: &[u8; RECORD]) -> ([u8; LogEntry::LEN], ChainMac) {
    let (mut entry, mut mac) = ([0; LogEntry::LEN], [0; 32]);
    entry.copy_from_slice(&record[..LogEntry::LEN]);
    mac.copy_from_slice(&record[LogEntry::LEN..]);
    (entry, mac)
}

/// The device's name, and the bytes after the header.
pub(super) fn parse_header(bytes: &[u8]) -> Result<(String, &[u8]), LogError> {
    let (header, records) = bytes.split_at_checked(HEADER).ok_or(LogError::NoLog)?;
    let rest = header.strip_prefix(MAGIC).ok_or(LogError::NoLog)?;
    let (name, zeros) = rest.split_at_checked(NAME_MAX).ok_or(LogError::NoLog)?;
    if zeros.iter().any(|byte| *byte != 0) {
        return Err(LogError::NoLog);
    }
    let end = name.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let name = std::str::from_utf8(&name[..end]).map_err(|_| LogError::NoLog)?;
    Ok((name.to_owned(), records))
}

/// The device of a log's bytes, its whole records and the MAC of the last: a torn record at the end counts for nothing.
pub(in crate::device) fn last_of(log: &[u8]) -> Result<(String, u64, ChainMac), LogError> {
    let (device, records) = parse_header(log)?;
    let (whole, _) = records.as_chunks::<RECORD>();
    let mac = whole.last().map_or_else(|| chain::origin(&log[..HEADER]), |record| parts(record).1);
    Ok((device, whole.len() as u64, mac))
}

pub(super) fn header(device: &str) -> Result<[u8; HEADER], LogError> {
    let fits = !device.is_empty() && device.len() <= NAME_MAX && !device.chars().any(char::is_control);
    if !fits {
        return Err(LogError::Name);
    }
    let mut header = [0; HEADER];
    header[..MAGIC.len()].copy_from_slice(MAGIC);
    header[MAGIC.len()..][..device.len()].copy_from_slice(device.as_bytes());
    Ok(header)
}

fn slot(count: u64, key: &Key, head: &ChainMac) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[..4].copy_from_slice(SLOT_MAGIC);
    slot[4..12].copy_from_slice(&count.to_be_bytes());
    slot[12..44].copy_from_slice(key.expose());
    slot[44..76].copy_from_slice(head);
    let check = Sha256::digest(&slot[..76]);
    slot[76..].copy_from_slice(&check);
    slot
}

fn parse_slot(slot: &[u8]) -> Option<(u64, Key, ChainMac)> {
    let (content, check) = slot.split_at_checked(76)?;
    if Sha256::digest(content)[..] != *check {
        return None;
    }
    let content = content.strip_prefix(SLOT_MAGIC)?;
    let (count, content) = content.split_first_chunk::<8>()?;
    let (bytes, head) = content.split_first_chunk::<32>()?;
    let mut key = Key::zero();
    key.expose_mut().copy_from_slice(bytes);
    Some((u64::from_be_bytes(*count), key, head.try_into().ok()?))
}

impl Drop for Log {
    fn drop(&mut self) {
        self.head.zeroize();
    }
}

#[cfg(test)]
mod tests;
