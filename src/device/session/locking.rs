//! Whether a device is locked, which its log says and not its files, and what the files of a locked one must be.

use crate::device::log::{EntryDetail, EntryOutcome, Log, LogEntry, LogError};
use crate::device::state::RoadState;

/// Entries that are read at once, from the end of a log.
const BLOCK: u64 = 1024;

/// Whether the keys of stations are locked away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sealing {
    Locked,
    Open,
}

/// The entry of a lock, which names what the locked device goes by.
pub(super) fn entry(now: u64, serial: u64, budget: Option<u32>, road: &RoadState) -> LogEntry {
    let detail = EntryDetail::Locked { budget, digest: road.pins() };
    LogEntry { detail, ..LogEntry::by_device(now, EntryOutcome::Locked, serial) }
}

/// What the newest entry of a lock names, unless the device was unlocked after it.
pub(super) fn locked_with(log: &mut Log) -> Result<Option<[u8; 32]>, LogError> {
    let mut end = log.count();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        let mut newest = None;
        for entry in log.entries(start)?.take((end - start) as usize) {
            let entry = entry?;
            match (entry.mark, entry.detail) {
                (EntryOutcome::Locked, EntryDetail::Locked { digest, .. }) => newest = Some(Some(digest)),
                // Of no device that wrote this log: nothing has that digest.
                (EntryOutcome::Locked, _) => newest = Some(Some([0; 32])),
                (EntryOutcome::Unlocked, _) => newest = Some(None),
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
