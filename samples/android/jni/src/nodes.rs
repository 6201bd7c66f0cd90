//! The part of a key store that holds nodes, as `io.wayseal.device.internal.NodesBridge` asks it, for as long as a device is open.

use crate::keys::content;
use crate::vm::{Env, Kept, Object, Threw, Value};
use wayseal_host::device::app::{DeviceCode, DeviceFailure};
use wayseal_host::device::store::{KeysError, NodeKeys};
use zeroize::Zeroizing;

/// What the bridge does, by number.
const HOLD: i32 = 0;
const HMAC: i32 = 1;
const KEEP: i32 = 2;

/// Nodes in the caller's key store.
pub(crate) struct CallersNodes(Kept);

impl CallersNodes {
    /// Those of a key store, if it holds any.
    pub fn of(env: Env<'_>, keys: Object<'_>) -> Result<Option<Self>, DeviceFailure> {
        if keys.is_null() {
            return Ok(None);
        }
        let nodes = env.member(keys, c"nodes", "io/wayseal/device/internal/NodesBridge");
        let kept = nodes.and_then(|nodes| nodes.map(|nodes| Kept::new(env, nodes)).transpose());
        Ok(kept.map_err(|Threw| DeviceFailure::of(DeviceCode::KeystoreUnavailable))?.map(Self))
    }

    fn ask(&self, call: i32, names: &str, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        let values = [Value::Number(call), Value::Bytes(names.as_bytes()), Value::Bytes(bytes)];
        content(self.0.ask(c"ask", &values))
    }
}

impl NodeKeys for CallersNodes {
    fn hold(&self, name: &str, node: &[u8; 32]) -> Result<(), KeysError> {
        done(self.ask(HOLD, name, node))
    }

    fn hmac(&self, name: &str, message: &[u8], out: &mut [u8; 32]) -> Result<(), KeysError> {
        let mac = self.ask(HMAC, name, message)?;
        if mac.len() != out.len() {
            return Err(KeysError::Unavailable("an answer of another length".into()));
        }
        out.copy_from_slice(&mac);
        Ok(())
    }

    fn keep(&self, names: &[String]) -> Result<(), KeysError> {
        done(self.ask(KEEP, &names.join("\n"), &[]))
    }
}

/// Whatever fails here is asked again.
fn done(answer: Result<Zeroizing<Vec<u8>>, KeysError>) -> Result<(), KeysError> {
    match answer {
        Ok(_) => Ok(()),
        Err(KeysError::Lost) => Err(KeysError::Unavailable("lost".into())),
        Err(error) => Err(error),
    }
}
