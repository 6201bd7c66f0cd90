//! The keys that a session may use for a label: of stations, or of loaded labels.

use super::error::SessionError;
use super::load::{LoadTerms, Loaded};
use super::outcome::Attempt;
use crate::device::state::{self, DeviceState, HeldSet, Refused};
use crate::error::Refusal;
use crate::keys::Day;
use crate::payload::Payload;
use crate::signed::grant::Role;
use crate::verifier::{Buffer, LabelKeys, Opened, Revoked, Verifier};
use zeroize::Zeroizing;

/// Roles that open labels, as a session looks for them.
const ROLES: [Role; 3] = [Role::Scanner, Role::Region, Role::Relay];

/// The keys that a session has: those of stations, or of loaded labels alone.
pub(super) enum KeyAccess {
    Stations(Box<DeviceState>),
    Locked,
}

/// The keys for one label.
pub(super) enum SessionKeys {
    Station(HeldSet, Day, Vec<Revoked>),
    Label(Box<LabelKeys>),
}

impl KeyAccess {
    /// The keys for a label (`None` if the device is locked and the label not loaded), and the grant's terms.
    pub fn keys(
        &self,
        loaded: &mut Loaded,
        attempt: &Attempt<'_>,
        payload: &Payload,
    ) -> Result<(Option<SessionKeys>, LoadTerms), SessionError> {
        match self {
            Self::Stations(device) => {
                let station =
                    session(device, attempt.now).and_then(|keys| reaching(keys, attempt, Some(payload)));
                let serves = |(set, today): &(HeldSet, Day)| {
                    set.purposes.contains(&attempt.purpose)
                        && Verifier::new(&set.nodes, *today).reaches(payload, attempt.want).is_ok()
                };
                // A pass is for what the station's keys do not open, or not for this purpose.
                if !station.as_ref().is_ok_and(serves)
                    && let Some((keys, terms)) = by_pass(device, payload, attempt.now)
                {
                    return Ok((Some(SessionKeys::Label(keys)), terms));
                }
                let (set, today) = station?;
                let terms = LoadTerms::of(&set, device.floor().0);
                // A copy, because the session is borrowed mutably for its log meanwhile; lists name few sealers.
                Ok((Some(SessionKeys::Station(set, today, device.revoked().to_vec())), terms))
            }
            Self::Locked => {
                let terms = loaded.terms().cloned().ok_or(SessionError::Unloaded)?;
                // The state with the floor is sealed away, so the copy in the file of loaded parcels is used.
                terms.check_clock(attempt.now)?;
                Ok((loaded.keys(&payload.handle())?.map(SessionKeys::Label), terms))
            }
        }
    }
}

impl SessionKeys {
    /// Whether the keys reach what is wanted of a label, before anything is decrypted.
    pub fn reach(&self, attempt: &Attempt<'_>, payload: &Payload) -> Result<(), Refusal> {
        match self {
            Self::Station(set, today, _) => Verifier::new(&set.nodes, *today).reaches(payload, attempt.want),
            Self::Label(keys) => keys.reaches(payload, attempt.want),
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
            Self::Station(set, today, revoked) => Verifier::new(&set.nodes, *today)
                .with_revoked(revoked)
                .open(attempt.text.as_bytes(), attempt.want, buffer),
            Self::Label(keys) => keys.open(payload, attempt.want, buffer),
        }
    }
}

/// The keys of a label by a pass, and the terms of the pass.
pub(super) fn by_pass(
    device: &DeviceState,
    payload: &Payload,
    now: u64,
) -> Option<(Box<LabelKeys>, LoadTerms)> {
    let held = device.session(Role::Pass, now).ok()?;
    let named = |set: &&HeldSet| set.labels.iter().any(|label| label.is_of(payload));
    let set = held.sets.iter().find(named)?;
    let label = set.labels.iter().find(|label| label.is_of(payload))?;
    let terms = LoadTerms::of(set, device.floor().0);
    let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
    label.keys().write(&mut bytes);
    // Read in place: moving keys leaves copies on the stack.
    let mut keys = Box::new(LabelKeys::empty());
    keys.read(&bytes).then_some((keys, terms))
}

/// The first set whose keys reach a label, which decides by which terms it opens; the first of all if none does.
pub(super) fn reaching(
    keys: state::HeldKeys,
    attempt: &Attempt<'_>,
    payload: Option<&Payload>,
) -> Result<(HeldSet, Day), SessionError> {
    let (today, role) = (keys.today, keys.role);
    let mut sets = keys.sets;
    let reaches = |set: &HeldSet| {
        payload.is_some_and(|payload| Verifier::new(&set.nodes, today).reaches(payload, attempt.want).is_ok())
    };
    let at = sets.iter().position(reaches).unwrap_or(0);
    // A session without a set is refused where it is made.
    if at >= sets.len() {
        return Err(SessionError::Keys(Refused::None(role)));
    }
    Ok((sets.swap_remove(at), today))
}

/// The usable keys of the first role held that opens labels.
pub(super) fn session(device: &DeviceState, now: u64) -> Result<state::HeldKeys, SessionError> {
    let role = ROLES.into_iter().find(|role| device.roles().any(|held| held == *role));
    device.session(role.unwrap_or(Role::Scanner), now).map_err(SessionError::Keys)
}
