//! A device that begins anew in the store of one whose key the key store has lost.
//!
//! In: a store whose wrap does not open any more, and an enrolment under another name. Out: a new device in the same store, whose log names the
//! one before it. After a kill at any write [`Session::enrol_anew`] is called again, and finishes.

use super::before::{LOG_MAX, newest, set_aside};
use super::error::SessionError;
use super::folder::Folder;
use super::work::Session;
use crate::device::log::Log;
use crate::device::log::enrolment::Enrolment;
use crate::device::state::StateError;
use crate::device::store::{Keys, SealedStore, SharedStore, Store, WRAP, is_lost};

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
            return Err(StateError::Busy.into());
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
