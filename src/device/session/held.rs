//! Nodes that a key store holds, and the keys of one label that it derives from them.
//!
//! In: the key store, and the places of the nodes. Out: the label's keys and its sealer. A child is `HKDF-Expand(node, info, 32)`, which of
//! 32 bytes is one HMAC: `HMAC-SHA256(node, info ‖ 01)`. The key store does the first step below a node, and this program the others:
//!
//! ```text
//! node held   asked of the key store             derived here
//! site        leaf; of the delivery tier 06 too  label key; the sealer of the alias
//! region      site                               leaf, label key; 06 and the sealer
//! ```
//!
//! A node is held before the state that names it is written, and erased after a state that does not. What a kill leaves in between is
//! erased when the device is opened.

use super::error::SessionError;
use crate::device::state::{DeviceState, HeldNode, HeldSet};
use crate::device::store::{KeysError, NodeKeys, SealedError};
use crate::keys::{AliasKey, DOMAIN, Day, KeyLevel, KeyPath, Node, SealerId, Tier};
use crate::payload::{Header, Payload};
use crate::secret::{Key, scrubbed};
use crate::verifier::{LabelKeys, Verifier, Want};
use std::sync::Arc;

/// The key store that holds a device's nodes, if it has one.
pub(super) struct NodeStore {
    keys: Option<Arc<dyn NodeKeys>>,
    /// The names that it was told to keep; `None` if it may hold others.
    kept: Option<Vec<String>>,
}

/// The keys of one label, and its sealer if they tell.
pub(super) struct HeldLabel {
    pub keys: Box<LabelKeys>,
    pub sealer: Option<SealerId>,
}

impl NodeStore {
    /// Of a device that keeps its nodes itself.
    pub const fn none() -> Self {
        Self { keys: None, kept: None }
    }

    pub fn of(keys: Arc<dyn NodeKeys>) -> Self {
        Self { keys: Some(keys), kept: None }
    }

    /// Moves what may be held into the key store; whether there was anything. The state is to be written then.
    pub fn hold(&mut self, device: &mut DeviceState) -> Result<bool, SessionError> {
        let Some(keys) = &self.keys else { return Ok(false) };
        // Whatever comes of it, there may be more than a state names.
        self.kept = None;
        device.put_out(&**keys).map_err(failed)
    }

    /// Has all erased but what the state on disk names; nothing stays of a device without one.
    pub fn keep(&mut self, device: Option<&DeviceState>) -> Result<(), SessionError> {
        let Some(keys) = &self.keys else { return Ok(()) };
        let names = device.map_or_else(Vec::new, DeviceState::out_names);
        if self.kept.as_ref() != Some(&names) {
            self.kept = None;
            keys.keep(&names).map_err(failed)?;
            self.kept = Some(names);
        }
        Ok(())
    }

    /// Whether the last call of [`Self::keep`] failed, or something was held since.
    pub const fn is_unswept(&self) -> bool {
        self.keys.is_some() && self.kept.is_none()
    }

    /// The keys of a label that a set reaches, if the key store holds any of the set's.
    pub fn label(
        &self,
        set: &HeldSet,
        today: Day,
        payload: &Payload,
        want: Want,
    ) -> Result<Option<HeldLabel>, SessionError> {
        if set.held.is_empty() || set.reaches(payload, want, today).is_err() {
            return Ok(None);
        }
        let none =
            || KeysError::Unavailable("the device was opened without the one that holds its nodes".into());
        let keys = self.keys.as_deref().ok_or_else(none).map_err(failed)?;
        let derived = scrubbed(|| derive_label(keys, set, today, payload, want));
        derived.map(Some).map_err(|error| match error {
            KeysError::Lost => SessionError::NodesLost,
            error => failed(error),
        })
    }
}

fn failed(error: KeysError) -> SessionError {
    SealedError::Keys(error).into()
}

fn derive_label(
    keys: &dyn NodeKeys,
    set: &HeldSet,
    today: Day,
    payload: &Payload,
    want: Want,
) -> Result<HeldLabel, KeysError> {
    let header = payload.header();
    let day = header.day(today).unwrap_or(today);
    let mut leaves = [Node::empty(), Node::empty()];
    let mut count = 0;
    let tiers = [
        (Tier::Delivery, want != Want::Contact),
        (Tier::Contact, want != Want::Delivery && !header.contact.is_empty()),
    ];
    for (tier, _) in tiers.into_iter().filter(|(_, is_wanted)| *is_wanted) {
        let leaf = site(header, tier, day).sealer(header.alias);
        if derive(keys, set, header, leaf, &mut leaves[count])? {
            count += 1;
        }
    }
    let mut label = HeldLabel { keys: Box::new(LabelKeys::empty()), sealer: sealer(keys, set, header, day)? };
    // Never but for a set that does not reach the label, which was asked before. Keys that are not there open nothing.
    let _reached = Verifier::new(&leaves[..count], today).load(payload, want, &mut label.keys);
    Ok(label)
}

const fn site(header: &Header, tier: Tier, day: Day) -> KeyPath {
    KeyPath::day(header.generation, tier, day).region(header.region).site(header.site)
}

/// Who sealed a label, by the key of its site; `None` without one of the delivery tier, or above.
fn sealer(
    keys: &dyn NodeKeys,
    set: &HeldSet,
    header: &Header,
    day: Day,
) -> Result<Option<SealerId>, KeysError> {
    let path = site(header, Tier::Delivery, day);
    let is_site = |held: &&HeldNode| held.path == path;
    let alias = if let Some(held) = set.held.iter().find(is_site) {
        let mut key = Key::zero();
        expand(keys, held, &[&DOMAIN[..], &[KeyLevel::Alias as u8]].concat(), &mut key)?;
        Some(AliasKey::from_key(&key))
    } else {
        let mut node = Node::empty();
        let is_there = derive(keys, set, header, path, &mut node)?;
        Some(&node).filter(|_| is_there).and_then(|node| AliasKey::try_from(node).ok())
    };
    Ok(alias.map(|alias| alias.sealer(header.alias)))
}

/// Derives the node at `path` from the first that covers it, those that the device keeps first; whether there is one.
fn derive(
    keys: &dyn NodeKeys,
    set: &HeldSet,
    header: &Header,
    path: KeyPath,
    out: &mut Node,
) -> Result<bool, KeysError> {
    if let Some(node) = set.nodes.iter().find(|node| node.path().covers(&path)) {
        return Ok(node.derive(path, out).is_ok());
    }
    let Some(held) = set.held.iter().find(|held| held.path.covers(&path)) else { return Ok(false) };
    let child = match held.path.level() {
        KeyLevel::Region => held.path.site(header.site),
        KeyLevel::Site => held.path.sealer(header.alias),
        // No such node is held.
        _ => return Ok(false),
    };
    let (info, len) = child.info(child.level());
    let mut key = Key::zero();
    expand(keys, held, &info[..len], &mut key)?;
    let mut node = Node::empty();
    node.set(child, key.expose());
    Ok(node.derive(path, out).is_ok())
}

/// `out = HKDF-Expand(node, info, 32)`.
fn expand(keys: &dyn NodeKeys, held: &HeldNode, info: &[u8], out: &mut Key) -> Result<(), KeysError> {
    keys.hmac(&held.name, &[info, &[1][..]].concat(), out.expose_mut())
}
