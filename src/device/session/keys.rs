//! The keys that a session may use for a label: of stations, or of loaded labels.

use super::error::SessionError;
use super::load::{LoadTerms, Loaded};
use super::outcome::Attempt;
use crate::device::state::{self, DeviceState};
use crate::error::Refusal;
use crate::payload::{Handle, Payload};
use crate::signed::grant::Role;
use crate::verifier::{Buffer, LabelKeys, Opened, Revoked, Verifier};

/// Roles that open labels, as a session looks for them.
const ROLES: [Role; 3] = [Role::Scanner, Role::Region, Role::Relay];

/// The keys that a session has: those of stations, or of loaded labels alone.
pub(super) enum KeyAccess {
    Stations(Box<DeviceState>),
    Locked,
}

/// The keys for one label.
pub(super) enum SessionKeys {
    Station(state::HeldKeys, Vec<Revoked>),
    Label(Box<LabelKeys>),
}

impl KeyAccess {
    /// The keys for a label (`None` if the device is locked and the label not loaded), and the grant's terms.
    pub fn keys(
        &self,
        loaded: &mut Loaded,
        handle: &Handle,
        now: u64,
    ) -> Result<(Option<SessionKeys>, LoadTerms), SessionError> {
        match self {
            Self::Stations(device) => {
                let keys = session(device, now)?;
                let terms = LoadTerms::of(&keys, device.floor().0);
                // A copy, because the session is borrowed mutably for its log meanwhile; lists name few sealers.
                Ok((Some(SessionKeys::Station(keys, device.revoked().to_vec())), terms))
            }
            Self::Locked => {
                let terms = loaded.terms().cloned().ok_or(SessionError::Unloaded)?;
                // The state with the floor is sealed away, so the copy in the file of loaded parcels is used.
                terms.check_clock(now)?;
                Ok((loaded.keys(handle)?.map(SessionKeys::Label), terms))
            }
        }
    }
}

impl SessionKeys {
    /// Whether the keys reach a label, before anything is decrypted. A label's own keys always do.
    pub fn reach(&self, attempt: &Attempt<'_>, payload: &Payload) -> Result<(), Refusal> {
        match self {
            Self::Station(keys, _) => Verifier::new(&keys.nodes, keys.today).reaches(payload, attempt.want),
            Self::Label(_) => Ok(()),
        }
    }

    /// Opens a label into the buffer.
    pub fn open<'b>(
        &self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        buffer: &'b mut Buffer,
    ) -> Result<Opened<'b>, Refusal> {
        match self {
            Self::Station(keys, revoked) => Verifier::new(&keys.nodes, keys.today)
                .with_revoked(revoked)
                .open(attempt.text.as_bytes(), attempt.want, buffer),
            Self::Label(keys) => keys.open(payload, buffer),
        }
    }
}

/// The usable keys of the first role held that opens labels.
pub(super) fn session(device: &DeviceState, now: u64) -> Result<state::HeldKeys, SessionError> {
    let role = ROLES.into_iter().find(|role| device.roles().any(|held| held == *role));
    device.session(role.unwrap_or(Role::Scanner), now).map_err(SessionError::Keys)
}
