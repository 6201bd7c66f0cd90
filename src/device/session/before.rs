//! The log before this one, whose key was lost with the key store's: it is set aside, and the next log names it in its first entry.
//!
//! In: a store, and the bytes of its log. Out: the log under a name beside, and later the first entry of the next. The log is copied before it is
//! erased, and no log begins beside a copy without naming it.

use super::error::SessionError;
use super::folder::Folder;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::{EntryDetail, EntryOutcome, Log, LogEntry, LogError, TakenKind, last_of};
use crate::device::store::Store;
use crate::files::FileError;
use zeroize::Zeroizing;

/// The most logs that are set aside: each is one more loss before the auditor signed a head.
const MOST: u32 = 9;
/// The largest log, as the auditor reads it: two million entries.
pub(super) const LOG_MAX: u64 = 256 << 20;

fn name(number: u32) -> String {
    format!("log.lost.{number}")
}

/// Copies a log to its place beside, then erases it.
pub(super) fn set_aside(
    store: &mut impl Store,
    log: &[u8],
    enrolment: &Enrolment,
) -> Result<(), SessionError> {
    let (device, ..) = last_of(log)?;
    if device == enrolment.device {
        return Err(SessionError::NameUsed(device));
    }
    for number in 1..=MOST {
        match store.read(&name(number), LOG_MAX)? {
            // Copied before a kill.
            Some(kept) if *kept == *log => return Ok(store.erase(Log::FILE)?),
            Some(_) => {}
            None => {
                store.replace(&name(number), log)?;
                return Ok(store.erase(Log::FILE)?);
            }
        }
    }
    Err(LogError::Exists(store.place(&name(MOST))).into())
}

/// Names the log before in the first entry, if there is one; nothing else comes before that.
pub(super) fn follow(log: &mut Log, folder: &Folder, now: u64) -> Result<(), SessionError> {
    if log.count() > 0 {
        return Ok(());
    }
    let Some(before) = folder.log_before()? else { return Ok(()) };
    let (_, number, digest) = last_of(&before)?;
    let detail = EntryDetail::Taken { kind: TakenKind::LogBefore, number, digest };
    log.append(&LogEntry { detail, ..LogEntry::by_device(now, EntryOutcome::Unanswered, 0) })?;
    Ok(())
}

/// The newest log that was set aside.
pub(super) fn newest(
    read: impl Fn(&str, u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError>,
) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
    let mut found = None;
    for number in 1..=MOST {
        match read(&name(number), LOG_MAX)? {
            None => break,
            log => found = log,
        }
    }
    Ok(found)
}

impl Folder {
    fn log_before(&self) -> Result<Option<Zeroizing<Vec<u8>>>, SessionError> {
        Ok(newest(|name, limit| self.0.read(name, limit))?)
    }

    /// Refuses a name that a log here had: the keys of a log follow from its name.
    pub(super) fn check_name(&self, device: &str) -> Result<(), SessionError> {
        for number in 1..=MOST {
            let Some(log) = self.0.read(&name(number), LOG_MAX)? else { return Ok(()) };
            if last_of(&log)?.0 == device {
                return Err(SessionError::NameUsed(device.to_owned()));
            }
        }
        Ok(())
    }

    /// Erases the logs before, which the auditor has.
    pub(super) fn erase_lost(&self) -> Result<(), SessionError> {
        // The newest first, so that no gap hides an older one.
        for number in (1..=MOST).rev() {
            if self.0.has(&name(number))? {
                self.0.erase(&name(number))?;
            }
        }
        Ok(())
    }
}
