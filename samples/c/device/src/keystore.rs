//! The platform's key store, by the caller's functions.

use crate::raw::{In, lend};
use crate::types::{Keystore, KeystoreCall};
use wayseal::device::app::{DeviceCode, DeviceFailure};
use wayseal::device::store::{Keys, KeysError};
use zeroize::{Zeroize as _, Zeroizing};

/// Room for what the key store gives.
const ROOM: usize = 4096;

pub struct Platform(Keystore);

impl Platform {
    /// `None` for null: a device without a key store.
    pub fn of(keystore: In<Keystore>, is_null: bool) -> Result<Option<Self>, DeviceFailure> {
        if is_null {
            return Ok(None);
        }
        let keystore = keystore.get().filter(|keystore| keystore.wrap.is_some() && keystore.unwrap.is_some());
        keystore.map(|keystore| Some(Self(keystore))).ok_or_else(crate::handles::argument)
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
