//! The platform's key store, as `io.wayseal.device.internal.KeysBridge` asks it.

use jni::objects::{JByteArray, JObject, JValue};
use jni::{Env, jni_sig, jni_str};
use std::cell::RefCell;
use wayseal_host::device::store::{Keys, KeysError};
use zeroize::{Zeroize as _, Zeroizing};

/// A key store of the caller's, for the length of one call.
pub(crate) struct CallersKeys<'e, 'l> {
    env: RefCell<&'e mut Env<'l>>,
    bridge: &'e JObject<'l>,
}

const LOST: u8 = 1;

impl<'e, 'l> CallersKeys<'e, 'l> {
    pub const fn new(env: &'e mut Env<'l>, bridge: &'e JObject<'l>) -> Self {
        Self { env: RefCell::new(env), bridge }
    }

    fn ask(&self, wrap: bool, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        let mut env = self.env.borrow_mut();
        let mut asked = || -> jni::errors::Result<Zeroizing<Vec<u8>>> {
            let argument = env.byte_array_from_slice(bytes)?;
            let arguments = [JValue::Bool(wrap), JValue::Object(&argument)];
            let answer = env.call_method(self.bridge, jni_str!("ask"), jni_sig!("(Z[B)[B"), &arguments)?;
            let answer = env.cast_local::<JByteArray<'_>>(answer.l()?)?;
            let taken = Zeroizing::new(env.convert_byte_array(&answer)?);
            // The bridge gave its array away: no copy of a secret stays on the heap.
            answer.set_region(&env, 0, &vec![0; taken.len()])?;
            Ok(taken)
        };
        let answer = match asked() {
            Ok(answer) => answer,
            Err(error) => {
                env.exception_clear();
                return Err(KeysError::Unavailable(error.to_string()));
            }
        };
        content(&answer)
    }
}

/// The content of an answer, or why there is none.
pub(crate) fn content(answer: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
    match answer.split_first() {
        Some((0, content)) => Ok(Zeroizing::new(content.to_vec())),
        Some((&LOST, _)) => Err(KeysError::Lost),
        Some((_, message)) => Err(KeysError::Unavailable(String::from_utf8_lossy(message).into_owned())),
        None => Err(KeysError::Unavailable("no answer".into())),
    }
}

impl Keys for CallersKeys<'_, '_> {
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
