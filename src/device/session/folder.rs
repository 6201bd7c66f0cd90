//! The files of a state folder: their names, and reading and writing them.

use super::error::SessionError;
use crate::device::log::enrolment::{Enrolment, pin, pinned};
use crate::device::log::head::SignedHead;
use crate::device::log::{Log, LogError};
use crate::device::state::DeviceState;
use crate::files::{self, Access};
use crate::signed::envelope::{self, Identity};
use crate::signed::signer::VerifyingKey;
use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The largest file read from an inbox, in bytes.
const INBOX_MAX: u64 = 64 << 20;

/// A received file: its path and its content.
pub(super) type ReceivedFile = (PathBuf, Zeroizing<Vec<u8>>);

/// A state folder.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub const DEVICE: &'static str = "state";
    /// The extension of grants in the inbox.
    pub const GRANTS: &'static str = "grant";
    /// The extension of revocation lists in the inbox.
    pub const LISTS: &'static str = "list";
    /// The extension of signed heads in the inbox.
    pub const HEADS: &'static str = "head";
    const LOCKED: &'static str = "state.locked";
    const IDENTITY: &'static str = "identity";
    const LOCKED_IDENTITY: &'static str = "identity.locked";

    const AUDITOR: &'static str = "auditor.pub";
    const HEAD: &'static str = "head";
    const INBOX: &'static str = "inbox";

    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Erases what a killed process left half-written: it may be a whole state with keys.
    pub fn sweep(&self) -> Result<(), SessionError> {
        for folder in [self.0.clone(), self.at(Self::INBOX)] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let is_left = entry.file_name().as_encoded_bytes().starts_with(files::TEMPORARY.as_bytes());
                if is_left && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                    erase(&entry.path())?;
                }
            }
        }
        if self.is_locked() { Ok(()) } else { erase(&self.at(Self::LOCKED_IDENTITY)) }
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes the files of a new device. The log is last, so that a folder with a log is complete.
    pub fn begin(&self, enrolment: &Enrolment) -> Result<(), SessionError> {
        let failed = |error| SessionError::Log(LogError::File(self.0.clone(), error));
        if self.at(Log::FILE).exists() {
            return Err(LogError::Exists(self.at(Log::FILE)).into());
        }
        fs::create_dir_all(self.at(Self::INBOX)).map_err(failed)?;
        // A device that has accepted grants already keeps them.
        if !self.at(Self::DEVICE).exists() {
            let identity = self.identity()?;
            let recipient = identity.as_ref().map_or_else(String::new, Identity::recipient);
            let device = DeviceState::new(enrolment.authority, enrolment.device.clone(), recipient);
            device.store(&self.at(Self::DEVICE))?;
        }
        let auditor = pin("auditor", &enrolment.auditor);
        files::write(&self.at(Self::AUDITOR), auditor.as_bytes(), Access::Owner)?;
        Log::create(&self.0, &enrolment.device, &enrolment.first)?;
        Ok(())
    }

    pub fn auditor(&self) -> Result<VerifyingKey, SessionError> {
        match files::read(&self.at(Self::AUDITOR), 4096) {
            Ok(bytes) => pinned("auditor", &bytes).ok_or(SessionError::NotEnrolled),
            Err(error) if error.is_missing() => Err(SessionError::NotEnrolled),
            Err(error) => Err(error.into()),
        }
    }

    pub fn identity(&self) -> Result<Option<Identity>, SessionError> {
        match files::read_secret(&self.at(Self::IDENTITY), 4096) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let text = std::str::from_utf8(&bytes).ok().and_then(Identity::parse);
                text.map(Some).ok_or(SessionError::Identity)
            }
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub fn device(&self, identity: Option<&Identity>) -> Result<DeviceState, SessionError> {
        Ok(DeviceState::load(&self.at(Self::DEVICE), identity)?)
    }

    /// The last signed head. An invalid one counts as none: then more of the budget counts as spent, never less.
    pub fn head(&self, auditor: &VerifyingKey) -> Result<Option<SignedHead>, SessionError> {
        match files::read(&self.at(Self::HEAD), 4096) {
            Ok(bytes) => {
                Ok(std::str::from_utf8(&bytes).ok().and_then(|note| SignedHead::verify(note, auditor).ok()))
            }
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub fn store_head(&self, note: &str) -> Result<(), SessionError> {
        Ok(files::write(&self.at(Self::HEAD), note.as_bytes(), Access::Owner)?)
    }

    /// The received files with an extension, in the order of their names.
    pub fn inbox(&self, ending: &str) -> Result<Vec<ReceivedFile>, SessionError> {
        let Ok(entries) = fs::read_dir(self.at(Self::INBOX)) else { return Ok(Vec::new()) };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|own| own == ending))
            .collect();
        paths.sort();
        let read = |path: PathBuf| Ok((path.clone(), Zeroizing::new(files::read(&path, INBOX_MAX)?)));
        paths.into_iter().map(read).collect()
    }

    pub fn is_locked(&self) -> bool {
        self.at(Self::LOCKED).exists()
    }

    /// Seals the device's state and its identity to the depot, then erases both, and the received grants. What arrives while the
    /// device is locked, and what is left of earlier states on the disk, opens with that identity alone.
    pub fn lock(&self, depot: &str) -> Result<(), SessionError> {
        self.sweep()?;
        let state = Zeroizing::new(files::read_secret(&self.at(Self::DEVICE), 4 * INBOX_MAX)?);
        let sealed = envelope::seal(&state, depot)?;
        // A grant left in the inbox would hold keys of stations on the road.
        for (path, _) in self.inbox(Self::GRANTS)? {
            erase(&path)?;
        }
        match files::read_secret(&self.at(Self::IDENTITY), 4096).map(Zeroizing::new) {
            Ok(identity) => {
                let sealed = envelope::seal(&identity, depot)?;
                files::write(&self.at(Self::LOCKED_IDENTITY), &sealed, Access::Owner)?;
            }
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.into()),
        }
        files::write(&self.at(Self::LOCKED), &sealed, Access::Owner)?;
        self.finish_locking()
    }

    /// The last step of [`Folder::lock`], also after a kill.
    pub fn finish_locking(&self) -> Result<(), SessionError> {
        erase(&self.at(Self::DEVICE))?;
        if self.at(Self::LOCKED_IDENTITY).exists() { erase(&self.at(Self::IDENTITY)) } else { Ok(()) }
    }

    pub fn unlock(&self, depot: &Identity) -> Result<(DeviceState, Option<Identity>), SessionError> {
        let sealed = files::read(&self.at(Self::LOCKED), 8 * INBOX_MAX)?;
        let state = envelope::open(&sealed, Some(depot))?;
        match files::read(&self.at(Self::LOCKED_IDENTITY), 64 << 10) {
            Ok(sealed) => {
                let identity = envelope::open(&sealed, Some(depot))?;
                files::write(&self.at(Self::IDENTITY), &identity, Access::Owner)?;
            }
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.into()),
        }
        // The sealed copies are erased last: a kill before that leaves the device locked, not without its state.
        files::write(&self.at(Self::DEVICE), &state, Access::Owner)?;
        let identity = self.identity()?;
        let device = self.device(identity.as_ref())?;
        erase(&self.at(Self::LOCKED))?;
        erase(&self.at(Self::LOCKED_IDENTITY))?;
        Ok((device, identity))
    }
}

/// Erases a file; a missing one is no error.
pub(super) fn erase(path: &Path) -> Result<(), SessionError> {
    match files::erase(path) {
        Err(error) if !error.is_missing() => Err(error.into()),
        _ => Ok(()),
    }
}
