//! The platform's key store, by the caller's functions.

use crate::raw::{In, lend};
use crate::types::{Keystore, KeystoreCall, NodeHmac, NodeHold, NodeKeep};
use std::ffi::{CString, c_int, c_void};
use std::sync::Arc;
use wayseal::device::app::{DeviceCode, DeviceFailure};
use wayseal::device::store::{Keys, KeysError, NodeKeys};
use zeroize::{Zeroize as _, Zeroizing};

/// Room for what the key store gives.
const ROOM: usize = 4096;

pub struct Platform(Keystore);

/// The functions that hold nodes, for as long as the device is open. The context is the caller's, who never has it followed here.
struct Nodes {
    context: usize,
    hold: NodeHold,
    hmac: NodeHmac,
    keep: NodeKeep,
}

impl Platform {
    /// `None` for null: a device without a key store.
    pub fn of(keystore: In<Keystore>, is_null: bool) -> Result<Option<Self>, DeviceFailure> {
        if is_null {
            return Ok(None);
        }
        let keystore = keystore.get().filter(|keystore| keystore.wrap.is_some() && keystore.unwrap.is_some());
        keystore.map(|keystore| Some(Self(keystore))).ok_or_else(crate::handles::argument)
    }

    /// The functions that hold nodes: all or none of them are there.
    pub fn nodes(&self) -> Result<Option<Arc<dyn NodeKeys>>, DeviceFailure> {
        let context = self.0.context.expose_provenance();
        match (self.0.hold, self.0.hmac, self.0.keep) {
            (None, None, None) => Ok(None),
            (Some(hold), Some(hmac), Some(keep)) => Ok(Some(Arc::new(Nodes { context, hold, hmac, keep }))),
            _ => Err(crate::handles::argument()),
        }
    }

    fn call(&self, call: Option<KeystoreCall>, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        let Some(call) = call else { return Err(KeysError::Unavailable("no function".into())) };
        let mut out = Zeroizing::new(vec![0; ROOM]);
        let mut written = ROOM;
        let code = call(self.0.context, lend(bytes), bytes.len(), out.as_mut_ptr(), &raw mut written);
        if code == DeviceCode::KeystoreLost.number() {
            return Err(KeysError::Lost);
        }
        if code != 0 || written > ROOM {
            return Err(KeysError::Unavailable(format!("code {code}")));
        }
        out[written..].zeroize();
        out.truncate(written);
        Ok(out)
    }
}

impl Keys for Platform {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
        self.call(self.0.wrap, secret).map(|wrap| wrap.to_vec())
    }

    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        self.call(self.0.unwrap, wrap)
    }
}

impl Nodes {
    fn context(&self) -> *mut c_void {
        std::ptr::with_exposed_provenance_mut(self.context)
    }
}

impl NodeKeys for Nodes {
    fn hold(&self, name: &str, node: &[u8; 32]) -> Result<(), KeysError> {
        let name = text(name);
        done((self.hold)(self.context(), name.as_ptr(), lend(node)))
    }

    fn hmac(&self, name: &str, message: &[u8], out: &mut [u8; 32]) -> Result<(), KeysError> {
        let name = text(name);
        let code = (self.hmac)(self.context(), name.as_ptr(), lend(message), message.len(), out.as_mut_ptr());
        if code == DeviceCode::KeystoreLost.number() { Err(KeysError::Lost) } else { done(code) }
    }

    fn keep(&self, names: &[String]) -> Result<(), KeysError> {
        let texts: Vec<CString> = names.iter().map(|name| text(name)).collect();
        let names: Vec<_> = texts.iter().map(|name| name.as_ptr()).collect();
        done((self.keep)(self.context(), names.as_ptr(), names.len()))
    }
}

fn done(code: c_int) -> Result<(), KeysError> {
    if code == 0 { Ok(()) } else { Err(KeysError::Unavailable(format!("code {code}"))) }
}

/// A name, which has no zero within.
fn text(name: &str) -> CString {
    CString::new(name).unwrap_or_default()
}
