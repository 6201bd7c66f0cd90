//! What a locked device keeps of its state in the clear: whom it trusts, signed time, what is revoked, and the key by which it gives
//! passes of what is loaded. No key of a station.
//!
//! ```text
//! CBOR [ "wayseal road", 1, number of the list at the lock, signed time at the lock, digests of the loaded parcels,
//!        state as in its own file, digests of the labels of passes ]
//! ```

use super::device::DeviceState;
use super::error::StateError;
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::moment::Moment;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal road";
const VERSION: u64 = 1;
/// Parts of the outer array.
const PARTS: usize = 7;
/// Those of a device that was locked before it kept passes.
const PARTS_BEFORE: usize = 6;

/// A device's state without the keys of stations, for as long as they are locked away. Lists and signed time are taken as before.
pub struct RoadState {
    /// The state; it has no holdings.
    pub device: DeviceState,
    /// The number of the list at the time of the lock, below which none is believed later.
    list: u64,
    /// Signed time then.
    floor: Moment,
    loaded: Vec<u8>,
    /// The digests of the labels of passes.
    pub passes: Vec<u8>,
}

impl RoadState {
    /// What is kept of a state when its keys are locked away, and the digests of the parcels that were loaded with them.
    #[must_use]
    pub fn of(state: &DeviceState, loaded: Vec<u8>) -> Self {
        let mut device = DeviceState::new(state.pinned, state.name.clone(), state.recipient.clone());
        device.auditor = state.auditor;
        device.floor = state.floor;
        device.generation = state.generation;
        device.in_force = state.in_force.clone();
        device.giving = state.giving.as_ref().and_then(IssuerKey::copy);
        Self { list: device.list_number(), floor: device.floor, device, loaded, passes: Vec::new() }
    }

    /// The digests of the loaded parcels, as they were given.
    #[must_use]
    pub fn loaded(&self) -> &[u8] {
        &self.loaded
    }

    /// What does not change until the keys are unlocked: the SHA-256 of pinned keys, names, numbers and loaded parcels. The log
    /// names it, so that nothing of it is changed unseen.
    #[must_use]
    pub fn pins(&self) -> [u8; 32] {
        let none = [0; 32];
        let name = |name: &str| [&(name.len() as u64).to_be_bytes()[..], name.as_bytes()].concat();
        // What is not there adds nothing.
        let giving = self.device.giving.as_ref().map(|key| Sha256::digest(&key.to_bytes()[..]));
        let mut pins = Sha256::new()
            .chain_update(b"WS1 road")
            .chain_update(self.device.pinned.as_bytes())
            .chain_update(self.device.auditor.as_ref().map_or(&none, |auditor| auditor.as_bytes()))
            .chain_update(name(&self.device.name))
            .chain_update(name(&self.device.recipient))
            .chain_update(self.device.generation.to_be_bytes())
            .chain_update(self.list.to_be_bytes())
            .chain_update(self.floor.0.to_be_bytes())
            .chain_update(&self.loaded);
        if let Some(giving) = giving {
            pins.update(giving);
        }
        if !self.passes.is_empty() {
            pins.update(b"passes");
            pins.update(&self.passes);
        }
        pins.finalize().into()
    }

    /// The encoded form, which holds no key that opens.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let state = self.device.to_bytes();
        let mut out = CborWriter::with_room(state.len() + self.loaded.len() + self.passes.len() + 64);
        out.array(PARTS);
        out.text(MAGIC);
        out.uint(VERSION);
        out.uint(self.list);
        out.uint(self.floor.0);
        out.bytes(&self.loaded);
        out.bytes(&state);
        out.bytes(&self.passes);
        out.finish()
    }

    /// Decodes it.
    ///
    /// # Errors
    /// [`StateError`], also for an older list or an earlier signed time than at the lock.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut file = CborReader::new(bytes);
        let mut read = || {
            let parts = file.array().filter(|parts| matches!(*parts, PARTS | PARTS_BEFORE))?;
            file.text().filter(|magic| *magic == MAGIC)?;
            file.uint().filter(|version| *version == VERSION)?;
            let (list, floor) = (file.uint()?, Moment(file.uint()?));
            let (loaded, state) = (file.bytes()?, file.bytes()?);
            let passes = if parts == PARTS { file.bytes()? } else { &[] };
            file.end()?;
            Some((list, floor, loaded.to_vec(), state, passes.to_vec()))
        };
        let (list, floor, loaded, state, passes) = read().ok_or(StateError::Damaged)?;
        let device = DeviceState::from_bytes(state)?;
        if device.list_number() < list || device.floor < floor || device.roles().next().is_some() {
            return Err(StateError::Damaged);
        }
        Ok(Self { device, list, floor, loaded, passes })
    }
}

impl DeviceState {
    /// Takes over what came while the keys were locked away: the list and its additions, verified again, and signed time.
    pub fn return_from(&mut self, road: &RoadState) {
        self.floor = self.floor.max(road.device.floor);
        self.in_force.absorb(&road.device.in_force, &self.pinned);
        self.erase_revoked();
        self.erase();
    }
}

impl fmt::Debug for RoadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoadState").field("device", &self.device).finish_non_exhaustive()
    }
}
