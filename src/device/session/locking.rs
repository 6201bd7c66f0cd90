//! Whether a device is locked, which its log says and not its files, and what the files of a locked one must be.

use crate::device::log::{EntryOutcome, Log, LogEntry, LogError};
use crate::device::state::RoadState;

/// Entries that are read at once, from the end of a log.
const BLOCK: u64 = 1024;

/// Whether the keys of stations are locked away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sealing {
    Locked,
    Open,
}

/// What the entry of a lock says of the files that a locked device goes by.
pub(super) type LockedFiles = [u8; 16];

/// What the entry names of what a locked device keeps.
pub(super) fn named(road: &RoadState) -> LockedFiles {
    let mut short = LockedFiles::default();
    short.copy_from_slice(&road.pins()[..16]);
    short
}

/// The entry of a lock.
pub(super) fn entry(now: u64, serial: u64, road: &RoadState) -> LogEntry {
    LogEntry { handle: named(road), ..LogEntry::of_device(now, EntryOutcome::Locked, serial) }
}

/// What the newest entry of a lock names, unless the device was unlocked after it.
pub(super) fn locked_files(log: &mut Log) -> Result<Option<LockedFiles>, LogError> {
    let mut end = log.count();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        let mut newest = None;
        for entry in log.entries(start)?.take((end - start) as usize) {
            let entry = entry?;
            match entry.mark {
                EntryOutcome::Locked => newest = Some(Some(entry.handle)),
                EntryOutcome::Unlocked => newest = Some(None),
                _ => {}
            }
        }
        if let Some(found) = newest {
            return Ok(found);
        }
        end = start;
    }
    Ok(None)
}
