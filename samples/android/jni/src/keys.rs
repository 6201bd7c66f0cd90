//! The platform's key store, as `io.wayseal.device.internal.KeysBridge` asks it.

use crate::vm::{Env, Object, Threw, Value};
use wayseal_host::device::store::{Keys, KeysError};
use zeroize::{Zeroize as _, Zeroizing};

/// A key store of the caller's, for the length of one call.
pub(crate) struct CallersKeys<'l> {
    env: Env<'l>,
    bridge: Object<'l>,
}

const LOST: u8 = 1;

impl<'l> CallersKeys<'l> {
    pub fn of(env: Env<'l>, bridge: Object<'l>) -> Option<Self> {
        (!bridge.is_null()).then_some(Self { env, bridge })
    }

    fn ask(&self, wrap: bool, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        content(self.env.ask(self.bridge, c"ask", &[Value::Flag(wrap), Value::Bytes(bytes)]))
    }
}

/// The content of an answer, or why there is none.
pub(crate) fn content(answer: Result<Zeroizing<Vec<u8>>, Threw>) -> Result<Zeroizing<Vec<u8>>, KeysError> {
    // The bridge throws nothing itself.
    let answer = answer.map_err(|Threw| KeysError::Unavailable("the virtual machine failed".into()))?;
    match answer.split_first() {
        Some((0, content)) => Ok(Zeroizing::new(content.to_vec())),
        Some((&LOST, _)) => Err(KeysError::Lost),
        Some((_, message)) => Err(KeysError::Unavailable(String::from_utf8_lossy(message).into_owned())),
        None => Err(KeysError::Unavailable("no answer".into())),
    }
}

impl Keys for CallersKeys<'_> {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
        let mut wrap = self.ask(true, secret)?;
        let given = wrap.to_vec();
        wrap.zeroize();
        Ok(given)
    }

    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        self.ask(false, wrap)
    }
}
