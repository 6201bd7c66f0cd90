//! The keys of a device that a key store of the platform holds: what opens labels of stations, for whoever carries them.
//!
//! In: the key store. Out: a state in which their places stand without the keys.

use super::device::DeviceState;
use super::holding::Holding;
use crate::device::store::{KeysError, NodeKeys};
use crate::signed::grant::Role;

impl DeviceState {
    /// Moves the keys that may be held by a key store there; whether there were any. What was not moved when it fails is as before.
    ///
    /// # Errors
    /// [`KeysError`].
    pub(crate) fn put_out(&mut self, keys: &dyn NodeKeys) -> Result<bool, KeysError> {
        let mut is_any = false;
        for holding in self.holdings.iter_mut().filter(|holding| is_held(holding.role)) {
            for set in &mut holding.sets {
                let signer = set.signer();
                for held in set.keys.iter_mut().filter(|held| held.may_be_out()) {
                    keys.hold(&held.name(signer), held.node.key().expose())?;
                    held.put_out();
                    is_any = true;
                }
            }
        }
        Ok(is_any)
    }

    /// The names of the keys that a key store holds, in order.
    pub(crate) fn out_names(&self) -> Vec<String> {
        let out = self.holdings.iter().flat_map(Holding::out);
        let mut names: Vec<String> = out.map(|(signer, held)| held.name(signer)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Forgets the keys that a key store holds no more. The grants that brought them are taken again.
    pub(crate) fn forget_out(&mut self) {
        self.holdings.iter_mut().for_each(Holding::forget_out);
    }
}

/// A desk's and a sealer's keys stay here: they seal, or are asked for by the thousand.
const fn is_held(role: Role) -> bool {
    matches!(role, Role::Scanner | Role::Region | Role::Relay)
}
