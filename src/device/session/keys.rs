//! The keys that a session may use for a label: of stations, or of loaded labels.

use super::error::SessionError;
use super::held::{HeldLabel, NodeStore};
use super::load::{LabelFacts, LoadTerms, Loaded, LoadedKeys};
use super::outcome::Attempt;
use super::passes::PassedLabels;
use crate::device::log::LabelHeader;
use crate::device::state::{self, DeviceState, HeldSet, Refused, RoadState};
use crate::error::Refusal;
use crate::keys::{Day, KeyPath, SealerId, Tier};
use crate::payload::Payload;
use crate::signed::grant::{PassLabel, Role};
use crate::verifier::{Buffer, LabelKeys, Opened, Revoked, Verifier, Want};
use zeroize::Zeroizing;

/// Roles that open labels, as a session looks for them.
const ROLES: [Role; 3] = [Role::Scanner, Role::Region, Role::Relay];

/// The keys that a session has: those of stations, or of loaded labels alone.
pub(super) enum KeyAccess {
    Stations(Box<DeviceState>),
    /// With what is left of the state, if it and the loaded parcels are what the log names.
    Locked(Option<Box<RoadState>>),
}

/// The keys for one label.
pub(super) enum SessionKeys {
    Station(HeldSet, Day),
    Label {
        keys: Box<LabelKeys>,
        /// Whether the label's sealer is revoked.
        revoked: bool,
    },
    /// The keys of the label are past their window.
    Over,
}

impl KeyAccess {
    /// The device's state, or what a locked one has of it; `None` if that is not what the log names.
    pub fn device(&self) -> Option<&DeviceState> {
        match self {
            Self::Stations(device) => Some(device),
            Self::Locked(road) => road.as_ref().map(|road| &road.device),
        }
    }

    pub fn device_mut(&mut self) -> Option<&mut DeviceState> {
        match self {
            Self::Stations(device) => Some(device),
            Self::Locked(road) => road.as_mut().map(|road| &mut road.device),
        }
    }

    /// The revoked sealers of the lists in force; none without a state, which opens nothing.
    pub fn revoked(&self) -> &[Revoked] {
        self.device().map_or(&[], DeviceState::revoked)
    }

    /// The keys for a label (`None` if the device is locked and the label not loaded), and the grant's terms.
    pub fn keys(
        &self,
        loaded: &Loaded,
        passed: &PassedLabels,
        nodes: &NodeStore,
        (attempt, payload): (&Attempt<'_>, &Payload),
    ) -> Result<(Option<SessionKeys>, LoadTerms), SessionError> {
        match self {
            Self::Stations(device) => {
                let station =
                    session(device, attempt.now).and_then(|keys| reaching(keys, attempt, Some(payload)));
                let serves = |(set, today): &(HeldSet, Day)| {
                    set.purposes.contains(&attempt.purpose)
                        && set.reaches(payload, attempt.want, *today).is_ok()
                };
                // A pass is for what the station's keys do not open, or not for this purpose.
                if !station.as_ref().is_ok_and(serves)
                    && let Some((keys, terms, _)) = by_pass(device, payload, attempt.now)
                {
                    return Ok((Some(SessionKeys::Label { keys, revoked: false }), terms));
                }
                let (set, today) = station?;
                let terms = LoadTerms::of(&set, device.floor().0);
                let keys = SessionKeys::from_station((set, today), nodes, payload, attempt.want, device)?;
                Ok((Some(keys), terms))
            }
            Self::Locked(road) => {
                let device = &road.as_ref().ok_or(SessionError::Damaged)?.device;
                let today = device.today(attempt.now).map_err(SessionError::Keys)?;
                let terms = loaded.terms().cloned();
                let is_granted =
                    terms.as_ref().is_some_and(|terms| terms.purposes.contains(&attempt.purpose));
                let found = loaded.keys(&payload.handle(), today)?;
                let is_usable = matches!(found, Some((LoadedKeys::Usable(_), _)));
                if !(is_granted && is_usable)
                    && let Some((keys, terms, _)) = passed.keys(payload, today)?
                {
                    return Ok((Some(SessionKeys::Label { keys, revoked: false }), terms));
                }
                let terms = terms.ok_or(SessionError::Unloaded)?;
                let keys = found.map(|(keys, facts)| SessionKeys::from_loaded(keys, facts, device));
                Ok((keys, terms))
            }
        }
    }
}

impl SessionKeys {
    /// The keys of a station, or those of the label if a key store derives them.
    pub fn from_station(
        (set, today): (HeldSet, Day),
        nodes: &NodeStore,
        payload: &Payload,
        want: Want,
        device: &DeviceState,
    ) -> Result<Self, SessionError> {
        Ok(match nodes.label(&set, today, payload, want)? {
            Some(HeldLabel { keys, sealer }) => Self::from_held(keys, sealer, device),
            None => Self::Station(set, today),
        })
    }

    /// The keys of a label that a key store derived, judged by the list in force.
    pub fn from_held(keys: Box<LabelKeys>, sealer: Option<SealerId>, device: &DeviceState) -> Self {
        let revoked = is_revoked(sealer, keys.day(), device.revoked());
        Self::Label { keys, revoked }
    }

    /// The keys of a loaded label, judged by the list in force.
    pub fn from_loaded(keys: LoadedKeys, facts: LabelFacts, device: &DeviceState) -> Self {
        match keys {
            LoadedKeys::Usable(keys) => {
                let revoked = is_revoked(facts.sealer, keys.day(), device.revoked());
                Self::Label { keys, revoked }
            }
            LoadedKeys::Over => Self::Over,
        }
    }

    /// The keys of a loaded label for a pass.
    pub fn loaded_copy(
        keys: &LoadedKeys,
        facts: LabelFacts,
        device: &DeviceState,
        header: &LabelHeader,
    ) -> Result<PassLabel, Refusal> {
        let LoadedKeys::Usable(keys) = keys else { return Err(Refusal::DayNotInHand) };
        if is_revoked(facts.sealer, keys.day(), device.revoked()) {
            return Err(Refusal::SealerRevoked);
        }
        let mut label = PassLabel::of_header(header.bytes());
        keys.copy_to(label.keys_mut());
        Ok(label)
    }

    /// Whether the keys reach what is wanted of a label, before anything is decrypted.
    pub fn reach(&self, attempt: &Attempt<'_>, payload: &Payload) -> Result<(), Refusal> {
        match self {
            Self::Station(set, today) => set.reaches(payload, attempt.want, *today),
            Self::Label { keys, .. } => keys.reaches(payload, attempt.want),
            Self::Over => Err(Refusal::DayNotInHand),
        }
    }

    /// Opens a label into the buffer. `revoked` is [`KeyAccess::revoked`]; of a loaded label it was asked when its keys were found.
    pub fn open<'b>(
        &self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        revoked: &[Revoked],
        buffer: &'b mut Buffer,
    ) -> Result<Opened<'b>, Refusal> {
        match self {
            Self::Station(set, today) => Verifier::new(&set.nodes, *today).with_revoked(revoked).open(
                attempt.text.as_bytes(),
                attempt.want,
                buffer,
            ),
            // In the order of refusals: another label's tag comes before its sealer.
            Self::Label { keys, revoked: true } => {
                let opened = keys.open(payload, attempt.want, buffer).map(drop);
                buffer.wipe();
                Err(match opened {
                    Err(refusal @ (Refusal::TierNotGranted | Refusal::Tampered)) => refusal,
                    _ => Refusal::SealerRevoked,
                })
            }
            Self::Label { keys, revoked: false } => keys.open(payload, attempt.want, buffer),
            Self::Over => Err(Refusal::DayNotInHand),
        }
    }
}

/// Whether a list revokes the sealer of a label of that day.
fn is_revoked(sealer: Option<SealerId>, day: Day, revoked: &[Revoked]) -> bool {
    let entry = |sealer| revoked.iter().find(|entry| entry.sealer == sealer);
    sealer.and_then(entry).is_some_and(|entry| day >= entry.from)
}

/// What is kept of a loaded label: its sealer, and until when each of its keys may be used.
pub(super) fn facts(set: &HeldSet, payload: &Payload, sealer: Option<SealerId>, day: Day) -> LabelFacts {
    let header = payload.header();
    // As the verifier chooses: the first that covers the label's leaf.
    let last = [Tier::Delivery, Tier::Contact].map(|tier| {
        let leaf = KeyPath::day(header.generation, tier, day)
            .region(header.region)
            .site(header.site)
            .sealer(header.alias);
        set.places().find(|(path, _)| path.covers(&leaf)).map(|(_, last)| last)
    });
    LabelFacts { sealer, last }
}

/// The keys of a label by a pass, the terms of the pass, and its last day.
pub(super) fn by_pass(
    device: &DeviceState,
    payload: &Payload,
    now: u64,
) -> Option<(Box<LabelKeys>, LoadTerms, Day)> {
    let held = device.pass(payload, now).ok()?;
    // Sets without a label may be there too: of nodes, which no pass has today.
    let (set, label) = held.sets.iter().find_map(|set| Some((set, set.labels.first()?)))?;
    let terms = LoadTerms::of(set, device.floor().0);
    let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
    label.keys().write(&mut bytes);
    // Read in place: moving keys leaves copies on the stack.
    let mut keys = Box::new(LabelKeys::empty());
    keys.read(&bytes).then_some((keys, terms, set.until))
}

/// Whether there is a pass for a label.
pub(super) fn has_pass(device: &DeviceState, payload: &Payload, now: u64) -> bool {
    let held = device.session(Role::Pass, now);
    held.is_ok_and(|held| held.sets.iter().any(|set| set.labels.iter().any(|label| label.is_of(payload))))
}

/// The first set whose keys reach a label, which decides by which terms it opens; the first of all if none does.
pub(super) fn reaching(
    keys: state::HeldKeys,
    attempt: &Attempt<'_>,
    payload: Option<&Payload>,
) -> Result<(HeldSet, Day), SessionError> {
    let (today, role) = (keys.today, keys.role);
    let mut sets = keys.sets;
    let reaches =
        |set: &HeldSet| payload.is_some_and(|payload| set.reaches(payload, attempt.want, today).is_ok());
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
