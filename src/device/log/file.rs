//! The log on disk: append an entry, sync it, erase its key, and recover after a kill.
//!
//! A state of the files that a kill cannot leave is reported as tampering; see the [module's description](super).

use super::chain::{self, ChainMac};
use super::entry::{EntryOutcome, LogEntry};
use super::error::LogError;
use super::head::Answer;
use crate::files::sync_folder;
use crate::secret::Key;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of the header of `log`: as many as of a record, so that no record lies in two sectors.
pub(super) const HEADER: usize = 128;
/// Bytes of an entry with its MAC.
pub(super) const RECORD: usize = LogEntry::LEN + 32;
const MAGIC: &[u8; 16] = b"wayseal log 2\n\0\0";
const NAME_MAX: usize = 48;

const SLOT: usize = 4 + 8 + 32 + 32 + 32;
const SLOT_MAGIC: &[u8; 4] = b"WSK1";
/// Slots are in different sectors: a torn write of one cannot damage the other.
const SLOT_AT: [u64; 2] = [0, 512];

/// The log of a device, open for appending. A file lock keeps other processes out.
pub struct Log {
    file: File,
    keys: File,
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

    /// Begins the log of a device with its first key, in a folder without a log.
    ///
    /// # Errors
    /// [`LogError::Exists`], [`LogError::Name`], [`LogError::File`].
    pub fn create(folder: &Path, device: &str, first: &Key) -> Result<Self, LogError> {
        let header = header(device)?;
        let at = |name: &str| folder.join(name);
        if at(Self::FILE).exists() || at(Self::KEY_FILE).exists() {
            return Err(LogError::Exists(at(Self::FILE)));
        }
        let attempt = || -> io::Result<(File, File)> {
            fs::create_dir_all(folder)?;
            let (mut file, mut keys) =
                (open_private(&at(Self::FILE), true)?, open_private(&at(Self::KEY_FILE), true)?);
            // Locked before the first write, so that no other process sees half a log.
            file.try_lock()?;
            file.write_all(&header)?;
            file.sync_all()?;
            let slot = Zeroizing::new(slot(0, first, &chain::origin(&header)));
            // Both sectors exist from the start: an append overwrites and never extends this file.
            keys.write_all(&[0; 1024])?;
            write_at(&mut keys, SLOT_AT[0], &slot[..])?;
            sync_folder(folder)?;
            Ok((file, keys))
        };
        let (file, keys) = attempt().map_err(|error| LogError::File(at(Self::FILE), error))?;
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        let head = chain::origin(&header);
        Ok(Self { file, keys, device: device.to_owned(), key, head, count: 0 })
    }

    /// Opens the log of a state folder and recovers from a kill; `now`, in seconds since 1970-01-01 UTC, is the time of
    /// the entry that records a recovery.
    ///
    /// # Errors
    /// [`LogError`], also for tampering that shows without the auditor's secret: [`LogError::Cut`],
    /// [`LogError::Altered`], [`LogError::KeyLost`].
    pub fn open(folder: &Path, now: u64) -> Result<(Self, Recovery), LogError> {
        let path = folder.join(Self::FILE);
        let failed = |error| LogError::File(path.clone(), error);
        let mut file = open_private(&path, false).map_err(failed)?;
        let mut keys = open_private(&folder.join(Self::KEY_FILE), false).map_err(failed)?;
        lock(&file).map_err(|error| match error {
            TryLockError::WouldBlock => LogError::Busy,
            TryLockError::Error(error) => failed(error),
        })?;
        let mut header = [0; HEADER];
        let len = file.metadata().map_err(failed)?.len();
        file.read_exact(&mut header).map_err(|_| LogError::NoLog)?;
        let (device, _) = parse_header(&header)?;

        let mut slots = Zeroizing::new(Vec::with_capacity(1024));
        (&mut keys).take(1024).read_to_end(&mut slots).map_err(failed)?;
        let found = SLOT_AT.into_iter().filter_map(|at| slots.get(at as usize..at as usize + SLOT));
        let found = found.filter_map(parse_slot).max_by_key(|(count, ..)| *count);
        let (count, key, head) = found.ok_or(LogError::KeyLost)?;

        // Only a kill during or after step 1 leaves bytes beyond the count, and at most one record of them.
        let (whole, rest) = ((len - HEADER as u64) / RECORD as u64, (len - HEADER as u64) % RECORD as u64);
        if whole < count {
            return Err(LogError::Cut);
        }
        if whole > count + 1 || (whole > count && rest > 0) {
            return Err(LogError::Altered);
        }
        // The last entry that the key file counts, and an entry that a kill may have left after it.
        let mut record = |index: u64| -> Result<Option<([u8; LogEntry::LEN], ChainMac)>, LogError> {
            let mut bytes = [0; RECORD];
            if index >= whole {
                return Ok(None);
            }
            file.seek(SeekFrom::Start(offset(index))).map_err(failed)?;
            file.read_exact(&mut bytes).map_err(failed)?;
            Ok(Some(parts(&bytes)))
        };
        let last = count.checked_sub(1).map(&mut record).transpose()?.flatten();
        let beyond = record(count)?;
        let before = last.map_or_else(|| chain::origin(&header), |(_, mac)| mac);
        // The key file names the MAC of the last entry, so that a replaced `log` does not fit it.
        if !chain::equal(&before, &head) {
            return Err(LogError::Altered);
        }
        let mut log = Self { file, keys, device, key, head, count };
        let finished = beyond.and_then(|(entry, mac)| {
            let holds = chain::equal(&chain::mac(&log.key, count, &log.head, &entry), &mac);
            (holds && LogEntry::read(&entry).is_some()).then_some(mac)
        });
        let recovery = match finished {
            Some(mac) => {
                log.advance_key(mac).map_err(failed)?;
                Recovery::Finished
            }
            None if whole == count && rest == 0 => {
                // A kill may have prevented step 3, the erasure of the old slot.
                log.erase_other_slot().map_err(failed)?;
                Recovery::Whole
            }
            None => {
                log.file.set_len(offset(count)).map_err(failed)?;
                let serial =
                    last.and_then(|(entry, _)| LogEntry::read(&entry)).map_or(0, |entry| entry.serial);
                log.append(&LogEntry::of_device(now, EntryOutcome::Recovered, serial))?;
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
        let mut attempt = || -> io::Result<()> {
            let bytes = entry.write();
            let mac = chain::mac(&self.key, self.count(), &self.head, &bytes);
            let mut record = [0; RECORD];
            record[..LogEntry::LEN].copy_from_slice(&bytes);
            record[LogEntry::LEN..].copy_from_slice(&mac);
            // The position follows from the count, so that the next append overwrites one that failed.
            write_at(&mut self.file, offset(self.count), &record)?;
            self.advance_key(mac)
        };
        attempt().map_err(|error| LogError::File(PathBuf::from(Self::FILE), error))
    }

    /// Steps 2 and 3: the next key, then zeros over the last.
    fn advance_key(&mut self, mac: ChainMac) -> io::Result<()> {
        // The current key is overwritten in memory only after the next one is on disk.
        let mut next = Key::zero();
        next.expose_mut().copy_from_slice(self.key.expose());
        chain::advance(&mut next);
        let count = self.count + 1;
        let slot = Zeroizing::new(slot(count, &next, &mac));
        write_at(&mut self.keys, SLOT_AT[usize::from(count % 2 == 1)], &slot[..])?;
        self.key.expose_mut().copy_from_slice(next.expose());
        self.head = mac;
        self.count = count;
        self.erase_other_slot()
    }

    fn erase_other_slot(&mut self) -> io::Result<()> {
        let other = SLOT_AT[usize::from(self.count.is_multiple_of(2))];
        write_at(&mut self.keys, other, &[0; SLOT])
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
        let failed = |error| LogError::File(PathBuf::from(Self::FILE), error);
        self.file.seek(SeekFrom::Start(offset(first))).map_err(failed)?;
        Ok(LogEntries { file: BufReader::new(&mut self.file), left: self.count.saturating_sub(first) })
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
        let failed = |error| LogError::File(PathBuf::from(Self::FILE), error);
        if count > self.count {
            return Err(LogError::Cut);
        }
        let Some(last) = count.checked_sub(1) else {
            return header(&self.device).map(|header| chain::origin(&header));
        };
        let mut mac = [0; 32];
        self.file.seek(SeekFrom::Start(offset(last) + LogEntry::LEN as u64)).map_err(failed)?;
        self.file.read_exact(&mut mac).map_err(failed)?;
        Ok(mac)
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
    file: BufReader<&'l mut File>,
    left: u64,
}

impl Iterator for LogEntries<'_> {
    type Item = Result<LogEntry, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let mut record = [0; RECORD];
        Some(match self.file.read_exact(&mut record) {
            Ok(()) => LogEntry::read(&parts(&record).0).ok_or(LogError::Altered),
            Err(error) => Err(LogError::File(PathBuf::from(Log::FILE), error)),
        })
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

/// Locks a file. A process that is just being started holds the locks of the one that starts it until it has become another
/// program: that is waited for.
fn lock(file: &File) -> Result<(), TryLockError> {
    for _ in 0..40 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(std::time::Duration::from_millis(5)),
            other => return other,
        }
    }
    file.try_lock()
}

fn open_private(path: &Path, new: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(new);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Writes at an offset and waits until it is on disk.
fn write_at(file: &mut File, at: u64, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)?;
    file.sync_data()
}

impl Drop for Log {
    fn drop(&mut self) {
        self.head.zeroize();
    }
}

#[cfg(test)]
mod tests;
