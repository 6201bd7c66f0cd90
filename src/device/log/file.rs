//! The log on disk: append, sync, erase the key, and start again after a kill.

use super::chain::{self, ChainMac};
use super::entry::{EntryOutcome, LogEntry};
use super::error::LogError;
use super::head::Answer;
use crate::secret::Key;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of the file's header.
pub(super) const HEADER: usize = 64;
/// Bytes of an entry with its MAC.
pub(super) const RECORD: usize = LogEntry::LEN + 32;
const MAGIC: &[u8; 16] = b"wayseal log 1\n\0\0";
const NAME_MAX: usize = HEADER - MAGIC.len();

const SLOT: usize = 4 + 8 + 32 + 32 + 32;
const SLOT_MAGIC: &[u8; 4] = b"WSK1";
/// Slots are a sector apart: one that is being written cannot spoil the other.
const SLOT_AT: [u64; 2] = [0, 512];

/// The log of a device, open for appending. One process at a time holds it.
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
    /// The log as it was left.
    Whole,
    /// The last entry was whole, its key not yet erased: it is now.
    Finished,
    /// A torn entry was cut off. Nothing was shown for it.
    Torn,
}

impl Log {
    /// The file of entries within the state folder.
    pub const FILE: &'static str = "log";
    /// The file of the current key.
    pub const KEY_FILE: &'static str = "log.key";

    /// Begins the log of a device with its first key, in a folder that holds none.
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
            let (mut file, mut keys) = (private(&at(Self::FILE), true)?, private(&at(Self::KEY_FILE), true)?);
            file.try_lock()?;
            file.write_all(&header)?;
            file.sync_all()?;
            let slot = Zeroizing::new(slot(0, first, &chain::origin(&header)));
            keys.write_all(&[0; 1024])?;
            write_at(&mut keys, SLOT_AT[0], &slot[..])?;
            File::open(folder)?.sync_all()?;
            Ok((file, keys))
        };
        let (file, keys) = attempt().map_err(|error| LogError::File(at(Self::FILE), error))?;
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        let head = chain::origin(&header);
        Ok(Self { file, keys, device: device.to_owned(), key, head, count: 0 })
    }

    /// Opens the log of a state folder, after whatever ended the last process; `now` is for the entry that
    /// says so.
    ///
    /// # Errors
    /// [`LogError`]; tampering that needs no secret of the authority to be seen is refused here already.
    pub fn open(folder: &Path, now: u64) -> Result<(Self, Recovery), LogError> {
        let path = folder.join(Self::FILE);
        let failed = |error| LogError::File(path.clone(), error);
        let mut file = private(&path, false).map_err(failed)?;
        let mut keys = private(&folder.join(Self::KEY_FILE), false).map_err(failed)?;
        file.try_lock().map_err(|error| match error {
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

        let (whole, rest) = ((len - HEADER as u64) / RECORD as u64, (len - HEADER as u64) % RECORD as u64);
        if whole < count {
            return Err(LogError::Cut);
        }
        if whole > count + 1 || (whole > count && rest > 0) {
            return Err(LogError::Altered);
        }
        // The last entry of the count, and what a kill may have left after it.
        let mut record = |index: u64| -> Result<Option<([u8; LogEntry::LEN], ChainMac)>, LogError> {
            let mut bytes = [0; RECORD];
            if index >= whole {
                return Ok(None);
            }
            file.seek(SeekFrom::Start(place(index))).map_err(failed)?;
            file.read_exact(&mut bytes).map_err(failed)?;
            Ok(Some(parts(&bytes)))
        };
        let last = count.checked_sub(1).map(&mut record).transpose()?.flatten();
        let beyond = record(count)?;
        let before = last.map_or_else(|| chain::origin(&header), |(_, mac)| mac);
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
                log.turn(mac).map_err(failed)?;
                Recovery::Finished
            }
            None if whole == count && rest == 0 => {
                // Step 3 may be what the kill prevented.
                log.erase_other_slot().map_err(failed)?;
                Recovery::Whole
            }
            None => {
                log.file.set_len(place(count)).map_err(failed)?;
                let serial =
                    last.and_then(|(entry, _)| LogEntry::read(&entry)).map_or(0, |entry| entry.serial);
                log.append(&LogEntry::of_device(now, EntryOutcome::Recovered, serial))?;
                Recovery::Torn
            }
        };
        Ok((log, recovery))
    }

    /// Puts an entry on disk and erases the key that sealed it. What the entry is about may be shown once
    /// this has returned, and not before.
    ///
    /// # Errors
    /// [`LogError::File`]; nothing may be shown then.
    pub fn append(&mut self, entry: &LogEntry) -> Result<(), LogError> {
        let mut attempt = || -> io::Result<()> {
            let bytes = entry.write();
            let mac = chain::mac(&self.key, self.count(), &self.head, &bytes);
            let mut record = [0; RECORD];
            record[..LogEntry::LEN].copy_from_slice(&bytes);
            record[LogEntry::LEN..].copy_from_slice(&mac);
            // The count says where, so that an append that failed half-way is written over by the next.
            write_at(&mut self.file, place(self.count), &record)?;
            self.turn(mac)
        };
        attempt().map_err(|error| LogError::File(PathBuf::from(Self::FILE), error))
    }

    /// Steps 2 and 3: the next key, then zeros over the last.
    fn turn(&mut self, mac: ChainMac) -> io::Result<()> {
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

    /// Entries.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The MAC of the last entry.
    #[must_use]
    pub const fn head(&self) -> &ChainMac {
        &self.head
    }

    /// The entries from `first` on, oldest first, read from the file one by one: a log is not held in memory.
    ///
    /// # Errors
    /// [`LogError::File`]; of an entry also [`LogError::Altered`].
    pub fn entries(&mut self, first: u64) -> Result<LogEntries<'_>, LogError> {
        let failed = |error| LogError::File(PathBuf::from(Self::FILE), error);
        self.file.seek(SeekFrom::Start(place(first))).map_err(failed)?;
        Ok(LogEntries { file: BufReader::new(&mut self.file), left: self.count.saturating_sub(first) })
    }

    /// The MAC of the entry before `count`, which a head signed at that count must name.
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
        self.file.seek(SeekFrom::Start(place(last) + LogEntry::LEN as u64)).map_err(failed)?;
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

/// Entries of a log, as the file holds them.
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

/// Where an entry is in the file.
const fn place(index: u64) -> u64 {
    HEADER as u64 + RECORD as u64 * index
}

/// The entry and the MAC of a record.
pub(super) fn parts(record: &[u8; RECORD]) -> ([u8; LogEntry::LEN], ChainMac) {
    let (mut entry, mut mac) = ([0; LogEntry::LEN], [0; 32]);
    entry.copy_from_slice(&record[..LogEntry::LEN]);
    mac.copy_from_slice(&record[LogEntry::LEN..]);
    (entry, mac)
}

/// The device's name, and what follows the header.
pub(super) fn parse_header(bytes: &[u8]) -> Result<(String, &[u8]), LogError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(LogError::NoLog)?;
    let (name, records) = rest.split_at_checked(NAME_MAX).ok_or(LogError::NoLog)?;
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

fn private(path: &Path, new: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(new);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Writes at a place and waits until it is on disk.
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
