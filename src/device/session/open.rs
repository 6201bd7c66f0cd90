//! Opening: a session of what a store holds, from the enrolment on, and again after a call that failed halfway.

use super::before::{self, LOG_MAX};
use super::error::SessionError;
use super::folder::Folder;
use super::held::NodeStore;
use super::keys::KeyAccess;
use super::load::{Loaded, LoadedDigests};
use super::locking::{self, Sealing};
use super::parcel::Parcel;
use super::passes::PassedLabels;
use super::tally::Tally;
use super::work::{Session, is_of};
use crate::device::log::Log;
use crate::device::log::enrolment::Enrolment;
use crate::device::state::{DeviceState, StateError};
use crate::device::store::{FolderStore, Keys, NodeKeys, SealedStore, SharedStore, Store, WRAP};
use crate::verifier::Buffer;
use std::path::Path;
use std::sync::Arc;

impl Session {
    /// Creates the state folder of a device from its enrolment.
    ///
    /// # Errors
    /// [`SessionError`], also if the folder has a log already.
    pub fn enrol(folder: &Path, enrolment: &Enrolment) -> Result<(), SessionError> {
        Self::enrol_in(FolderStore::create(folder)?, enrolment)
    }

    /// The same in any store.
    ///
    /// # Errors
    /// [`SessionError`], also if the store has a log already.
    pub fn enrol_in(store: impl Store + 'static, enrolment: &Enrolment) -> Result<(), SessionError> {
        let store = SharedStore::new(store);
        locked(&store)?;
        Folder(store).begin(enrolment)
    }

    /// The same with the platform's key store, which protects what is kept; the device gets an identity of its own. Returns its
    /// age recipient, to which its grants are sealed.
    ///
    /// # Errors
    /// [`SessionError`], also if the store has a log already.
    pub fn enrol_with(
        store: impl Store + 'static,
        keys: &dyn Keys,
        enrolment: &Enrolment,
    ) -> Result<String, SessionError> {
        let store = SharedStore::new(SealedStore::create(store, keys)?);
        locked(&store)?;
        let folder = Folder(store);
        let recipient = folder.identify()?;
        folder.begin(enrolment)?;
        Ok(recipient)
    }

    /// Opens a state folder, and finishes what a killed process left undone; `now` is the device's clock, in seconds
    /// since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open(folder: &Path, now: u64) -> Result<Self, SessionError> {
        if !folder.join(Log::FILE).exists() {
            return Err(SessionError::NotEnrolled);
        }
        Self::open_in(FolderStore::new(folder), now)
    }

    /// The same of any store.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open_in(store: impl Store + 'static, now: u64) -> Result<Self, SessionError> {
        Self::open_shared(SharedStore::new(store), NodeStore::none(), now)
    }

    /// The same of any store, or of one that the platform's key store protects, with the nodes of stations held by a key store: what is
    /// not there yet is moved there, and erased there is what the state does not name.
    ///
    /// # Errors
    /// [`SessionError`], as [`open_with`](Self::open_with).
    pub fn open_holding(
        store: impl Store + 'static,
        keys: Option<&dyn Keys>,
        nodes: Arc<dyn NodeKeys>,
        now: u64,
    ) -> Result<Self, SessionError> {
        let store = match keys {
            Some(keys) => SharedStore::new(sealed(store, keys)?),
            None => SharedStore::new(store),
        };
        Self::open_shared(store, NodeStore::of(nodes), now)
    }

    fn open_shared(store: SharedStore, nodes: NodeStore, now: u64) -> Result<Self, SessionError> {
        if !store.has(Log::FILE)? {
            // A folder that is not there cannot be locked.
            return Err(SessionError::NotEnrolled);
        }
        locked(&store)?;
        let mut session = Self::read(store, now)?;
        session.nodes = nodes;
        session.settle_nodes()?;
        session.refresh(now)?;
        Ok(session)
    }

    /// The same of a store that the platform's key store protects.
    ///
    /// # Errors
    /// [`SessionError`]: [`KeysError::Lost`](crate::device::store::KeysError::Lost) within [`SessionError::Sealed`] if the device
    /// has to be enrolled anew. Its log stays in the store, in the clear, to be handed in without an answer.
    pub fn open_with(store: impl Store + 'static, keys: &dyn Keys, now: u64) -> Result<Self, SessionError> {
        Self::open_in(sealed(store, keys)?, now)
    }

    /// Reads what is kept, and finishes or undoes what was left halfway.
    fn read(store: SharedStore, now: u64) -> Result<Self, SessionError> {
        if !store.has(Log::FILE)? {
            return Err(SessionError::NotEnrolled);
        }
        store.sweep(false)?;
        let folder = Folder(store.clone());
        let (mut log, _) = Log::open_in(store.clone(), now)?;
        before::follow(&mut log, &folder, now)?;
        // The log says whether the device is locked: a kill may have left the files of both.
        let locked = locking::locked_with(&mut log)?;
        let sealing = if locked.is_some() { Sealing::Locked } else { Sealing::Open };
        let settled = folder.settle(sealing)?;
        let identity = folder.identity()?;
        let mut loaded;
        let mut passed = PassedLabels::none(store.clone());
        let access = match locked {
            Some(named) => {
                let road = folder.road(&named)?.filter(|_| settled);
                let digests = road
                    .as_ref()
                    .map_or_else(LoadedDigests::default, |road| LoadedDigests::from_bytes(road.loaded()));
                loaded = Loaded::open(store.clone(), Some(&digests))?;
                if let Some(road) = &road {
                    passed = PassedLabels::open(store.clone(), &LoadedDigests::from_bytes(&road.passes))?;
                }
                let is_as_locked = loaded.is_as_locked() && passed.is_as_locked();
                KeyAccess::Locked(road.filter(|_| is_as_locked).map(Box::new))
            }
            None => {
                loaded = Loaded::open(store.clone(), None)?;
                if settled {
                    KeyAccess::Stations(Box::new(folder.device(identity.as_ref())?))
                } else {
                    // Its state is gone, or sealed by a lock of which the log has no entry.
                    KeyAccess::Locked(None)
                }
            }
        };
        // Read again as it was taken: a file that was put there later, of another device, log or auditor, would restart the
        // budget.
        let head = match access.device().and_then(DeviceState::auditor) {
            Some(auditor) => match folder.head(auditor)? {
                Some(head) if is_of(&head, &mut log)? => Some(head),
                _ => None,
            },
            None => None,
        };
        let tally = Tally::of(&mut log, head.as_ref(), now)?;
        let operators = match access.device().and_then(DeviceState::auditor) {
            Some(auditor) => folder.operators(auditor)?,
            None => None,
        };
        // A kill may have come between the entry of a sign-off and the erasure of its key.
        loaded.erase_where(|handle| tally.delivered(handle))?;
        passed.erase_where(|header| tally.is_delivered(header))?;
        if let Some(device) = access.device() {
            passed.erase_untrusted(|by| device.trusts(by))?;
        }
        let mut parcels: Vec<Parcel> = loaded.parcels().collect();
        for parcel in &mut parcels {
            parcel.hear(&tally);
        }
        store.was_read();
        Ok(Self {
            folder,
            identity,
            access,
            nodes: NodeStore::none(),
            log,
            head,
            operators,
            tally,
            parcels,
            notices: Vec::new(),
            left: Vec::new(),
            loaded,
            passed,
            buffer: Buffer::new(),
        })
    }

    /// Wipes the record that was shown. If a call failed halfway before, what is kept is read again: memory may say more than that.
    pub(super) fn begin(&mut self, now: u64) -> Result<(), SessionError> {
        self.buffer.wipe();
        if !self.folder.0.has_failed() {
            if self.nodes.is_unswept() {
                // A key store that does not answer stops no scan of what it does not hold; it is asked again.
                let _later = self.keep_nodes();
            }
            return Ok(());
        }
        let fresh = Self::read(self.folder.0.clone(), now)?;
        // Of parcels that were opened and not loaded, memory alone knows.
        let known = |parcel: &Parcel| fresh.parcels.iter().any(|other| other.handle == parcel.handle);
        let opened: Vec<Parcel> = self.parcels.drain(..).filter(|parcel| !known(parcel)).collect();
        let Self { identity, access, log, head, operators, tally, loaded, passed, parcels, .. } = fresh;
        (self.identity, self.access, self.log, self.head) = (identity, access, log, head);
        self.operators = operators;
        (self.tally, self.loaded, self.passed, self.parcels) = (tally, loaded, passed, parcels);
        self.parcels.extend(opened);
        Ok(())
    }
}

/// A store that a key store protects.
fn sealed<S: Store>(store: S, keys: &dyn Keys) -> Result<SealedStore<S>, SessionError> {
    // Without a wrap there is a log whose key is lost, or no device at all.
    if store.read(WRAP, LOG_MAX)?.is_none() {
        Session::lost_log(&store)?;
    }
    Ok(SealedStore::open(store, keys)?)
}

/// Keeps other processes away from a store.
pub(super) fn locked(store: &SharedStore) -> Result<(), SessionError> {
    if store.lock()? { Ok(()) } else { Err(StateError::Busy.into()) }
}
