//! The log before this one, whose key was lost with the key store's: it is set aside, and the next log names it in its first entry.
//!
//! In: a store whose wrap does not open any more, and an enrolment under another name. Out: a new device in the same store. The order of
//! the writes is such that a kill leaves a store that [`Session::enrol_anew`] finishes: the log is copied before it is erased, and no
//! log begins beside a copy without naming it.

use super::error::SessionError;
use super::folder::Folder;
use super::work::Session;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::{EntryDetail, EntryOutcome, Log, LogEntry, LogError, TakenKind, last_of};
use crate::device::store::{Keys, SealedStore, SharedStore, Store, WRAP, is_lost};
use crate::files::FileError;
use zeroize::Zeroizing;

/// The most logs that are set aside: each is one more loss before the auditor signed a head.
const MOST: u32 = 9;
/// The largest log, as the auditor reads it: two million entries.
const LOG_MAX: u64 = 256 << 20;

fn name(number: u32) -> String {
    format!("log.lost.{number}")
}

impl Session {
    /// The log of a device whose key was lost, as it is in the store.
    ///
    /// # Errors
    /// [`SessionError::NotEnrolled`] without a log.
    pub fn lost_log(store: &impl Store) -> Result<Vec<u8>, SessionError> {
        let log = match store.read(Log::FILE, LOG_MAX)? {
            Some(log) => Some(log),
            None => newest(|name, limit| store.read(name, limit))?,
        };
        Ok(log.ok_or(SessionError::NotEnrolled)?.to_vec())
    }

    /// Begins the device anew in a store whose key the key store has lost, as [`enrol_with`](Self::enrol_with) does in an empty one. What
    /// the lost key protected is erased. The first entry of the new log names the count and the last MAC of the old one, and no
    /// budget counts before the auditor signs its head. After a kill it is called again.
    ///
    /// # Errors
    /// [`SessionError::KeysNotLost`] if the key is there, [`SessionError::NameUsed`] for the name of a log before, and those of
    /// [`enrol_with`](Self::enrol_with).
    pub fn enrol_anew(
        mut store: impl Store + 'static,
        keys: &dyn Keys,
        enrolment: &Enrolment,
    ) -> Result<String, SessionError> {
        if !store.lock()? {
            return Err(crate::device::state::StateError::Busy.into());
        }
        let log = store.read(Log::FILE, LOG_MAX)?;
        if is_lost(&store, keys)? {
            if let Some(log) = &log {
                set_aside(&mut store, log, enrolment)?;
            }
            for name in Folder::OWN.into_iter().chain([Log::KEY_FILE, WRAP]) {
                store.erase(name)?;
            }
        } else if log.is_some() {
            return Err(SessionError::KeysNotLost);
        }
        let folder = Folder(SharedStore::new(SealedStore::create(store, keys)?));
        let recipient = folder.identify()?;
        folder.begin(enrolment)?;
        Ok(recipient)
    }

    /// The bytes of the log.
    ///
    /// # Errors
    /// [`SessionError::File`].
    pub fn log_bytes(&self) -> Result<Vec<u8>, SessionError> {
        Ok(self.folder.0.read(Log::FILE, LOG_MAX)?.map_or_else(Vec::new, |log| log.to_vec()))
    }
}

/// Copies a log to its place beside, then erases it.
fn set_aside(store: &mut impl Store, log: &[u8], enrolment: &Enrolment) -> Result<(), SessionError> {
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
    log.append(&LogEntry { detail, ..LogEntry::of_device(now, EntryOutcome::Unanswered, 0) })?;
    Ok(())
}

/// The newest log that was set aside.
fn newest(
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
        // The newest first: none is left behind a gap.
        for number in (1..=MOST).rev() {
            if self.0.has(&name(number))? {
                self.0.erase(&name(number))?;
            }
        }
        Ok(())
    }
}
