//! The part of a key store that holds nodes, as `io.wayseal.device.internal.NodesBridge` asks it, for as long as a device is open.

use crate::keys::content;
use jni::objects::{JByteArray, JObject, JValue};
use jni::refs::Global;
use jni::{Env, JavaVM, jni_sig, jni_str};
use wayseal_host::device::store::{KeysError, NodeKeys};
use zeroize::Zeroizing;

/// What the bridge does, by number.
const HOLD: i32 = 0;
const HMAC: i32 = 1;
const KEEP: i32 = 2;

/// Nodes in the caller's key store.
pub(crate) struct CallersNodes {
    vm: JavaVM,
    bridge: Global<JObject<'static>>,
}

impl CallersNodes {
    /// Those of a key store, if it holds any.
    pub fn of(env: &mut Env<'_>, keys: &JObject<'_>) -> jni::errors::Result<Option<Self>> {
        if keys.is_null() {
            return Ok(None);
        }
        let signature = jni_sig!("()Lio/wayseal/device/internal/NodesBridge;");
        let nodes = env.call_method(keys, jni_str!("nodes"), signature, &[])?.l()?;
        if nodes.is_null() {
            return Ok(None);
        }
        Ok(Some(Self { vm: env.get_java_vm()?, bridge: env.new_global_ref(nodes)? }))
    }

    fn ask(&self, call: i32, names: &str, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        let answer = self.vm.attach_current_thread(|env| {
            let asked = self.asked(env, call, names, bytes);
            if asked.is_err() {
                env.exception_clear();
            }
            asked
        });
        content(&answer.map_err(|error| KeysError::Unavailable(error.to_string()))?)
    }

    fn asked(
        &self,
        env: &mut Env<'_>,
        call: i32,
        names: &str,
        bytes: &[u8],
    ) -> jni::errors::Result<Zeroizing<Vec<u8>>> {
        let (names, bytes) =
            (env.byte_array_from_slice(names.as_bytes())?, env.byte_array_from_slice(bytes)?);
        let arguments = [JValue::Int(call), JValue::Object(&names), JValue::Object(&bytes)];
        let answer = env.call_method(&self.bridge, jni_str!("ask"), jni_sig!("(I[B[B)[B"), &arguments)?;
        let answer = env.cast_local::<JByteArray<'_>>(answer.l()?)?;
        let taken = Zeroizing::new(env.convert_byte_array(&answer)?);
        // The bridge gave its array away: no copy of a secret stays on the heap.
        answer.set_region(env, 0, &vec![0; taken.len()])?;
        Ok(taken)
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
