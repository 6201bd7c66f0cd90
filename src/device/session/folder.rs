//! The files of a state folder: their names, and reading and writing them.

use super::error::SessionError;
use super::locking::Sealing;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::SignedHead;
use crate::device::log::{Log, LogError};
use crate::device::state::{DeviceState, RoadState};
use crate::files::{self, Access, FileError, TakenFile};
use crate::signed::envelope::{self, Identity};
use crate::signed::signer::VerifyingKey;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The largest file read from an inbox, in bytes.
const INBOX_MAX: u64 = 64 << 20;

/// The most entries of an inbox that are looked at in one call; the others wait for the next.
const INBOX_ENTRIES: usize = 10_000;
/// The largest record of refused files, in bytes; then it begins anew.
const REFUSED_MAX: u64 = 64 << 10;

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
    /// The sealed state before the log says that the device is locked.
    const LOCKING: &'static str = "state.locking";
    /// What a locked device keeps of its state in the clear.
    const ROAD: &'static str = "state.road";
    const IDENTITY: &'static str = "identity";
    const LOCKED_IDENTITY: &'static str = "identity.locked";
    const HEAD: &'static str = "head";
    /// The loaded parcels.
    pub const LOADED: &'static str = "loaded";
    const INBOX: &'static str = "inbox";
    /// Received files, from when they are read until they are erased.
    const TAKEN: &'static str = "taken";
    /// What was refused: a line each.
    const REFUSED: &'static str = "refused";

    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Erases what a killed process left half-written in the folder: it may be a whole state with keys.
    pub fn sweep(&self) -> Result<(), SessionError> {
        half_written(&self.0).try_for_each(|path| erase(&path))
    }

    pub fn is_enrolled(&self) -> bool {
        self.at(Log::FILE).exists()
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
        files::private_folder(&self.at(Self::INBOX)).map_err(failed)?;
        let identity = self.identity()?;
        // A device that has accepted grants already keeps them.
        let mut device = if self.at(Self::DEVICE).exists() {
            self.device(identity.as_ref())?
        } else {
            let recipient = identity.as_ref().map_or_else(String::new, Identity::recipient);
            DeviceState::new(enrolment.authority, enrolment.device.clone(), recipient)
        };
        device.pin_auditor(enrolment.auditor);
        self.store(&device)?;
        Log::create(&self.0, &enrolment.device, &enrolment.first)?;
        Ok(())
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

    pub fn store(&self, device: &DeviceState) -> Result<(), SessionError> {
        Ok(device.store(&self.at(Self::DEVICE))?)
    }

    /// What a locked device keeps of its state; `None` if it is missing or damaged.
    pub fn road(&self) -> Result<Option<RoadState>, SessionError> {
        match files::read(&self.at(Self::ROAD), 4 * INBOX_MAX) {
            Ok(bytes) => Ok(RoadState::from_bytes(&bytes).ok()),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub fn store_road(&self, road: &RoadState) -> Result<(), SessionError> {
        Ok(files::write(&self.at(Self::ROAD), &road.to_bytes(), Access::Owner)?)
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

    /// The received files with an extension: those of an interrupted call first, then the inbox, in the order of their names.
    pub fn inbox(&self, ending: &str) -> Vec<PathBuf> {
        let within = |name: &str| {
            let entries = fs::read_dir(self.at(name)).into_iter().flatten().take(INBOX_ENTRIES);
            let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
            let mut paths: Vec<PathBuf> =
                paths.filter(|path| path.extension().is_some_and(|own| own == ending)).collect();
            paths.sort();
            paths
        };
        let mut paths = within(Self::TAKEN);
        paths.extend(within(Self::INBOX));
        paths
    }

    /// Takes a received file out of the inbox, to which others can write.
    pub fn take(&self, path: &Path) -> Result<TakenFile, SessionError> {
        let taken = self.at(Self::TAKEN);
        files::private_folder(&taken)
            .map_err(|error| SessionError::Log(LogError::File(taken.clone(), error)))?;
        Ok(TakenFile::take(path, &taken, INBOX_MAX)?)
    }

    /// Records why a received file was refused, since the file itself is erased. A name is written with its control characters
    /// as codes.
    pub fn keep_refusal(&self, name: &str, error: &SessionError, now: u64) -> Result<(), SessionError> {
        let path = self.at(Self::REFUSED);
        let mut file = files::append_own(&path)?;
        let attempt = |file: &mut fs::File| {
            if file.metadata()?.len() > REFUSED_MAX {
                file.set_len(0)?;
            }
            writeln!(file, "{now} {name:?} {error}")
        };
        attempt(&mut file).map_err(|error| FileError::new(&path, "write", error).into())
    }

    /// Writes what a locked device needs, beside its state and identity: both sealed to the depot, and what it keeps in the
    /// clear. None of it counts until the log says that the device is locked.
    pub fn prepare_lock(&self, depot: &str, road: &RoadState) -> Result<(), SessionError> {
        self.sweep()?;
        // Others write to the inbox: what is not a plain file of one name is left as it is, and stops nothing.
        half_written(&self.at(Self::INBOX)).for_each(|path| drop(erase(&path)));
        let state = Zeroizing::new(files::read_secret(&self.at(Self::DEVICE), 4 * INBOX_MAX)?);
        let sealed = envelope::seal(&state, depot)?;
        match files::read_secret(&self.at(Self::IDENTITY), 4096).map(Zeroizing::new) {
            Ok(identity) => {
                let sealed = envelope::seal(&identity, depot)?;
                files::write(&self.at(Self::LOCKED_IDENTITY), &sealed, Access::Owner)?;
            }
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.into()),
        }
        self.store_road(road)?;
        Ok(files::write(&self.at(Self::LOCKING), &sealed, Access::Owner)?)
    }

    /// Brings the files in line with the log: of a device that is locked, or of one that is not. A kill may have come at any
    /// step of locking or unlocking. Whether the files can be those of such a device.
    pub fn settle(&self, sealing: Sealing) -> Result<bool, SessionError> {
        match sealing {
            Sealing::Locked => {
                if self.at(Self::LOCKING).exists() {
                    self.rename(Self::LOCKING, Self::LOCKED)?;
                }
                if !self.at(Self::LOCKED).exists() {
                    return Ok(false);
                }
                // What arrives while the device is locked, and what is left of earlier states on the disk, opens with the
                // identity alone.
                erase(&self.at(Self::DEVICE))?;
                if self.at(Self::LOCKED_IDENTITY).exists() {
                    erase(&self.at(Self::IDENTITY))?;
                }
                Ok(true)
            }
            Sealing::Open => {
                if !self.at(Self::DEVICE).exists() {
                    return Ok(false);
                }
                if self.at(Self::LOCKED).exists() {
                    // The keys of the day's labels go before what shows that they are to go.
                    erase(&self.at(Self::LOADED))?;
                }
                for name in [Self::LOCKING, Self::LOCKED, Self::LOCKED_IDENTITY, Self::ROAD] {
                    erase(&self.at(name))?;
                }
                Ok(true)
            }
        }
    }

    /// Erases received grants: left in the inbox, they would hold keys of stations on the road.
    pub fn erase_grants(&self) -> Result<(), SessionError> {
        for path in self.inbox(Self::GRANTS) {
            // What is not a plain file is none of ours, and is left as it is.
            if let Ok(file) = self.take(&path) {
                file.erase()?;
            }
        }
        Ok(())
    }

    /// Restores state and identity beside their sealed copies, and what came since to the state. Nothing of it counts until
    /// the log says that the device is unlocked.
    pub fn prepare_unlock(
        &self,
        depot: &Identity,
        road: Option<&RoadState>,
    ) -> Result<(DeviceState, Option<Identity>), SessionError> {
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
        files::write(&self.at(Self::DEVICE), &state, Access::Owner)?;
        let identity = self.identity()?;
        let mut device = self.device(identity.as_ref())?;
        if let Some(road) = road {
            device.return_from(road);
            self.store(&device)?;
        }
        Ok((device, identity))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), SessionError> {
        let attempt = || {
            fs::rename(self.at(from), self.at(to))?;
            files::sync_folder(&self.0)
        };
        attempt().map_err(|error| FileError::new(&self.at(from), "rename", error).into())
    }
}

/// The files of a folder that were written and not yet renamed.
fn half_written(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(INBOX_ENTRIES);
    entries
        .filter(|entry| {
            entry.file_name().as_encoded_bytes().starts_with(files::TEMPORARY.as_bytes())
                && entry.file_type().is_ok_and(|kind| kind.is_file())
        })
        .map(|entry| entry.path())
}

/// Erases a file; a missing one is no error.
pub(super) fn erase(path: &Path) -> Result<(), SessionError> {
    match files::erase(path) {
        Err(error) if !error.is_missing() => Err(error.into()),
        _ => Ok(()),
    }
}
