//! A key store that holds nodes in memory, counts how often it is asked, and plays faults.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use wayseal::device::store::{KeysError, NodeKeys};

#[derive(Default)]
pub struct MemoryNodes {
    nodes: Mutex<BTreeMap<String, [u8; 32]>>,
    /// How many HMACs were computed.
    asked: AtomicU32,
    silent: AtomicBool,
}

impl MemoryNodes {
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    pub fn count(&self) -> usize {
        self.nodes.lock().unwrap().len()
    }

    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    /// Whether it holds a node with these bytes.
    pub fn holds(&self, node: &[u8; 32]) -> bool {
        self.nodes.lock().unwrap().values().any(|held| held == node)
    }

    /// Answers no more, or again.
    pub fn fall_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    /// Loses everything.
    pub fn lose(&self) {
        self.nodes.lock().unwrap().clear();
    }

    /// Puts a node there, as a process that was killed after it did.
    pub fn put(&self, name: &str) {
        self.nodes.lock().unwrap().insert(name.to_owned(), [9; 32]);
    }

    fn answers(&self) -> Result<(), KeysError> {
        if self.silent.load(Ordering::SeqCst) { Err(KeysError::Unavailable("busy".into())) } else { Ok(()) }
    }
}

impl NodeKeys for MemoryNodes {
    fn hold(&self, name: &str, node: &[u8; 32]) -> Result<(), KeysError> {
        self.answers()?;
        assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
        assert_ne!(node, &[0; 32], "a node that is held already");
        self.nodes.lock().unwrap().insert(name.to_owned(), *node);
        Ok(())
    }

    fn hmac(&self, name: &str, message: &[u8], out: &mut [u8; 32]) -> Result<(), KeysError> {
        self.answers()?;
        self.asked.fetch_add(1, Ordering::SeqCst);
        let node = *self.nodes.lock().unwrap().get(name).ok_or(KeysError::Lost)?;
        let mac = Hmac::<Sha256>::new_from_slice(&node).unwrap().chain_update(message);
        out.copy_from_slice(&mac.finalize().into_bytes());
        Ok(())
    }

    fn keep(&self, names: &[String]) -> Result<(), KeysError> {
        self.answers()?;
        self.nodes.lock().unwrap().retain(|name, _| names.contains(name));
        Ok(())
    }
}
