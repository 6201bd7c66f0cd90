//! What a key store holds of a session, in step with its state: held before the state that names it is written, erased after one that does
//! not.

use super::error::SessionError;
use super::keys::KeyAccess;
use super::outcome::Attempt;
use super::work::Session;
use crate::device::log::EntryOutcome;
use crate::payload::Payload;

impl Session {
    /// Moves what a device keeps into the key store that it was opened with, and has erased there what its state does not name.
    pub(super) fn settle_nodes(&mut self) -> Result<(), SessionError> {
        if let KeyAccess::Stations(device) = &mut self.access
            && self.nodes.hold(device)?
        {
            self.folder.store(device)?;
        }
        self.keep_nodes()
    }

    /// Has erased in the key store what the state on disk does not name: of a locked device everything.
    pub(super) fn keep_nodes(&mut self) -> Result<(), SessionError> {
        match &self.access {
            KeyAccess::Stations(device) => self.nodes.keep(Some(device)),
            KeyAccess::Locked(_) => self.nodes.keep(None),
        }
    }

    /// Notes an attempt for which there are no keys. Nodes that the key store lost are forgotten, so that the grant that brought them is
    /// taken again.
    pub(super) fn without_keys(
        &mut self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        error: SessionError,
    ) -> Result<SessionError, SessionError> {
        let entry = attempt.entry(Some(payload), EntryOutcome::NoKeys, self.tally.serial());
        self.note(&entry)?;
        self.forget_lost(&error)?;
        Ok(error)
    }

    /// Forgets the held nodes, if an error says that the key store lost them.
    pub(super) fn forget_lost(&mut self, error: &SessionError) -> Result<(), SessionError> {
        if let (SessionError::NodesLost, KeyAccess::Stations(device)) = (error, &mut self.access) {
            device.forget_out();
            self.store()?;
        }
        Ok(())
    }
}
