//! The files of a device: their names, and what is read from and written to its store.

use super::error::SessionError;
use super::locking::Sealing;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::SignedHead;
use crate::device::log::{Log, LogError};
use crate::device::operators::{OPERATORS_MAX, OperatorList};
use crate::device::state::{DeviceState, HeldSet, RoadState, StateError};
use crate::device::store::SharedStore;
use crate::files::shown;
use crate::signed::envelope::{self, Identity};
use crate::signed::signer::VerifyingKey;

/// The largest file of a state and its envelope, in bytes.
const STATE_MAX: u64 = 2 * DeviceState::FILE_MAX;
/// The largest of other files.
const SMALL: u64 = 64 << 10;

/// The list of the command's screen, which is beside the device's own files.
const TODAY: &str = "today";

/// A device's files.
pub(super) struct Folder(pub SharedStore);

impl Folder {
    const DEVICE: &'static str = "state";
    /// The extension of grants in the inbox.
    pub const GRANTS: &'static str = "grant";
    /// The extension of revocation lists in the inbox.
    pub const LISTS: &'static str = "list";
    /// The extension of signed heads in the inbox.
    pub const HEADS: &'static str = "head";
    /// The list of operators, and the extension of lists in the inbox.
    pub const OPERATORS: &'static str = "operators";
    const LOCKED: &'static str = "state.locked";
    /// The sealed state before the log says that the device is locked.
    const LOCKING: &'static str = "state.locking";
    /// What a locked device keeps of its state in the clear.
    const ROAD: &'static str = "state.road";
    const IDENTITY: &'static str = "identity";
    const LOCKED_IDENTITY: &'static str = "identity.locked";
    const HEAD: &'static str = "head";
    /// What it keeps from the next entry of a lock on.
    const NEXT_ROAD: &'static str = "state.road.next";
    /// The identity to which a colleague's pass is to be sealed.
    const ASKING: &'static str = "asking";
    /// The extension of passes in the inbox, which a locked device takes too.
    pub const PASSES: &'static str = "pass";
    /// The labels of passes on a locked device.
    pub const PASSED: &'static str = "passes";
    /// The loaded parcels.
    pub const LOADED: &'static str = "loaded";
    /// What was refused: a line each.
    const REFUSED: &'static str = "refused";
    /// The files of a device but its log: what goes when it is begun anew.
    pub const OWN: [&'static str; 14] = [
        Self::DEVICE,
        Self::IDENTITY,
        Self::LOADED,
        Self::LOCKED,
        Self::LOCKING,
        Self::ROAD,
        Self::NEXT_ROAD,
        Self::PASSED,
        Self::ASKING,
        Self::LOCKED_IDENTITY,
        Self::HEAD,
        Self::OPERATORS,
        Self::REFUSED,
        TODAY,
    ];

    /// Writes the files of a new device. The log is last, so that a store with a log is complete.
    pub fn begin(&self, enrolment: &Enrolment) -> Result<(), SessionError> {
        if self.0.has(Log::FILE)? {
            return Err(LogError::Exists(self.0.place(Log::FILE)).into());
        }
        self.check_name(&enrolment.device)?;
        let identity = self.identity()?;
        // A device that has accepted grants already keeps them.
        let mut device = if self.0.has(Self::DEVICE)? {
            self.device(identity.as_ref())?
        } else {
            let recipient = identity.as_ref().map_or_else(String::new, Identity::recipient);
            DeviceState::new(enrolment.authority, enrolment.device.clone(), recipient)
        };
        device.pin_auditor(enrolment.auditor);
        self.store(&device)?;
        Log::create_in(self.0.clone(), &enrolment.device, &enrolment.first)?;
        Ok(())
    }

    /// The recipient of the device's identity, which is made if there is none.
    pub fn identify(&self) -> Result<String, SessionError> {
        if let Some(identity) = self.identity()? {
            return Ok(identity.recipient());
        }
        let identity = Identity::generate();
        self.0.replace(Self::IDENTITY, identity.file().as_bytes())?;
        Ok(identity.recipient())
    }

    pub fn identity(&self) -> Result<Option<Identity>, SessionError> {
        let Some(bytes) = self.0.read(Self::IDENTITY, SMALL)? else { return Ok(None) };
        let text = std::str::from_utf8(&bytes).ok().and_then(Identity::parse);
        text.map(Some).ok_or(SessionError::Identity)
    }

    pub fn device(&self, identity: Option<&Identity>) -> Result<DeviceState, SessionError> {
        let bytes = self.0.read(Self::DEVICE, DeviceState::FILE_MAX)?.ok_or(StateError::Damaged)?;
        Ok(DeviceState::from_file(&bytes, identity)?)
    }

    pub fn store(&self, device: &DeviceState) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::DEVICE, &device.to_file()?)?)
    }

    /// What a locked device keeps of its state, as the log names it; `None` if it is missing, damaged or another.
    pub fn road(&self, named: &[u8; 32]) -> Result<Option<RoadState>, SessionError> {
        for name in [Self::ROAD, Self::NEXT_ROAD] {
            let bytes = self.0.read(name, STATE_MAX)?;
            let road = bytes.and_then(|bytes| RoadState::from_bytes(&bytes).ok());
            if let Some(road) = road.filter(|road| road.pins() == *named) {
                if name == Self::NEXT_ROAD {
                    self.store_road(&road)?;
                }
                self.0.erase(Self::NEXT_ROAD)?;
                return Ok(Some(road));
            }
        }
        Ok(None)
    }

    /// Writes what a locked device keeps from the next entry of a lock on.
    pub fn store_next_road(&self, road: &RoadState) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::NEXT_ROAD, &road.to_bytes())?)
    }

    /// Puts it in the place of what was kept before, when the entry is written.
    pub fn settle_road(&self) -> Result<(), SessionError> {
        let next = self.0.read(Self::NEXT_ROAD, STATE_MAX)?.ok_or(SessionError::Damaged)?;
        self.0.replace(Self::ROAD, &next)?;
        Ok(self.0.erase(Self::NEXT_ROAD)?)
    }

    /// The identity to which a colleague's pass is to be sealed.
    pub fn asking(&self) -> Result<Option<Identity>, SessionError> {
        let bytes = self.0.read(Self::ASKING, SMALL)?;
        Ok(bytes.and_then(|bytes| std::str::from_utf8(&bytes).ok().and_then(Identity::parse)))
    }

    pub fn store_asking(&self, identity: &Identity) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::ASKING, identity.file().as_bytes())?)
    }

    pub fn erase_asking(&self) -> Result<(), SessionError> {
        Ok(self.0.erase(Self::ASKING)?)
    }

    pub fn store_road(&self, road: &RoadState) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::ROAD, &road.to_bytes())?)
    }

    /// The last signed head. An invalid one counts as none: then more of the budget counts as spent, never less.
    pub fn head(&self, auditor: &VerifyingKey) -> Result<Option<SignedHead>, SessionError> {
        let bytes = self.0.read(Self::HEAD, SMALL)?.unwrap_or_default();
        Ok(std::str::from_utf8(&bytes).ok().and_then(|note| SignedHead::verify(note, auditor).ok()))
    }

    /// The list of operators. An invalid one counts as none: the log says which one there must be.
    pub fn operators(&self, auditor: &VerifyingKey) -> Result<Option<OperatorList>, SessionError> {
        let bytes = self.0.read(Self::OPERATORS, OPERATORS_MAX)?;
        let note = bytes.as_ref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        Ok(note.and_then(|note| OperatorList::verify(note, auditor).ok()))
    }

    pub fn store_operators(&self, note: &str) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::OPERATORS, note.as_bytes())?)
    }

    pub fn store_head(&self, note: &str) -> Result<(), SessionError> {
        Ok(self.0.replace(Self::HEAD, note.as_bytes())?)
    }

    /// Records why a received file was refused, since the file itself is erased. Its name, and what the reason quotes of it, are
    /// written as a terminal may get them.
    pub fn keep_refusal(&self, name: &str, error: &SessionError, now: u64) -> Result<(), SessionError> {
        let line = format!("{now} {}\n", shown(&format!("{name:?} {error}")));
        let kept = match self.0.read(Self::REFUSED, SMALL) {
            // One that is too long begins anew.
            Err(error) if error.is_too_large() => None,
            kept => kept?,
        };
        let kept = kept.unwrap_or_default();
        if kept.is_empty() {
            return Ok(self.0.replace(Self::REFUSED, line.as_bytes())?);
        }
        Ok(self.0.write_at(Self::REFUSED, kept.len() as u64, line.as_bytes())?)
    }

    /// Writes what a locked device needs, beside its state and identity: both sealed to the depot, and what it keeps in the
    /// clear. None of it counts until the log says that the device is locked.
    pub fn prepare_lock(&self, depot: &str, road: &RoadState) -> Result<(), SessionError> {
        self.0.sweep(true)?;
        let state = self.0.read(Self::DEVICE, STATE_MAX)?.ok_or(StateError::Damaged)?;
        let sealed = envelope::seal(&state, depot)?;
        if let Some(identity) = self.0.read(Self::IDENTITY, SMALL)? {
            self.0.replace(Self::LOCKED_IDENTITY, &envelope::seal(&identity, depot)?)?;
        }
        self.store_road(road)?;
        Ok(self.0.replace(Self::LOCKING, &sealed)?)
    }

    /// Brings the files in line with the log: of a device that is locked, or of one that is not. A kill may have come at any
    /// step of locking or unlocking. Whether the files can be those of such a device.
    pub fn settle(&self, sealing: Sealing) -> Result<bool, SessionError> {
        match sealing {
            Sealing::Locked => {
                if !self.0.has(Self::LOCKED)? {
                    let Some(sealed) = self.0.read(Self::LOCKING, STATE_MAX)? else { return Ok(false) };
                    self.0.replace(Self::LOCKED, &sealed)?;
                }
                self.0.erase(Self::LOCKING)?;
                // What arrives while the device is locked, and what is left of earlier states on the disk, opens with the
                // identity alone.
                self.0.erase(Self::DEVICE)?;
                if self.0.has(Self::LOCKED_IDENTITY)? {
                    self.0.erase(Self::IDENTITY)?;
                }
                Ok(true)
            }
            Sealing::Open => {
                if !self.0.has(Self::DEVICE)? {
                    return Ok(false);
                }
                if self.0.has(Self::LOCKED)? {
                    // The keys of the day's labels go before what shows that they are to go.
                    self.0.erase(Self::LOADED)?;
                    self.0.erase(Self::PASSED)?;
                }
                for name in [
                    Self::LOCKING,
                    Self::LOCKED_IDENTITY,
                    Self::PASSED,
                    Self::NEXT_ROAD,
                    Self::ROAD,
                    Self::LOCKED,
                ] {
                    self.0.erase(name)?;
                }
                Ok(true)
            }
        }
    }

    /// Erases received grants and returns their names: left in the inbox, they would hold keys of stations on the road.
    pub fn erase_grants(&self) -> Result<Vec<String>, SessionError> {
        let mut erased = Vec::new();
        for name in self.0.inbox(Self::GRANTS) {
            // What is not a plain file is none of ours, and is left as it is.
            if self.0.take(&name).is_ok() {
                self.0.erase_taken(&name)?;
                erased.push(name);
            }
        }
        Ok(erased)
    }

    /// Restores state and identity beside their sealed copies, and what came since to the state, the passes of the road among it. Nothing of it counts until
    /// the log says that the device is unlocked.
    pub fn prepare_unlock(
        &self,
        depot: &Identity,
        road: Option<&RoadState>,
        passes: &[HeldSet],
    ) -> Result<(DeviceState, Option<Identity>), SessionError> {
        let sealed = self.0.read(Self::LOCKED, STATE_MAX)?.ok_or(StateError::Damaged)?;
        let state = envelope::open(&sealed, Some(depot))?;
        let identity = match self.0.read(Self::LOCKED_IDENTITY, SMALL)? {
            Some(sealed) => {
                let identity = envelope::open(&sealed, Some(depot))?;
                self.0.replace(Self::IDENTITY, &identity)?;
                self.identity()?
            }
            None => self.identity()?,
        };
        let mut device = DeviceState::from_file(&state, identity.as_ref())?;
        // The lock had them erased.
        device.forget_out();
        if let Some(road) = road {
            device.return_passes(passes);
            // What the newest list names goes with it.
            device.return_from(road);
        }
        self.store(&device)?;
        Ok((device, identity))
    }
}
