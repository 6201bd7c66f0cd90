//! A store whose files of keys are cipher text, under a key that the platform's key store wraps.
//!
//! ```text
//! file           what is kept
//! device.key     a wrap of K, 32 random bytes
//! state, identity, asking, state.road, state.road.next
//!                nonce 12 ‖ content ‖ tag 12
//! log.key, loaded, passes
//!                blocks of 512 bytes: at 536 i  nonce 12 ‖ block i ‖ tag 12
//! ```
//!
//! AES-256-GCM under `HMAC-SHA256(K, "WS1 store" ‖ name)`, with a random nonce, and as associated data the block's number (u64). The
//! log and what is signed or sealed to the depot is kept as it is.

use super::api::Store;
use super::keys::{Keys, KeysError};
use crate::files::FileError;
use crate::secret::aead::{self, NONCE_LEN, TAG_LEN};
use crate::secret::mac::Mac;
use crate::secret::{Key, scrubbed};
use std::io;
use std::path::PathBuf;
use thiserror::Error;
use zeroize::Zeroizing;

pub(in crate::device) const WRAP: &str = "device.key";
/// The largest wrap.
const WRAP_MAX: u64 = 4096;
/// Files that are read and written as a whole.
const WHOLE: [&str; 5] = ["state", "identity", "asking", "state.road", "state.road.next"];
/// Files that are read and written in blocks.
const BLOCKS: [&str; 3] = ["log.key", "loaded", "passes"];
const BLOCK: usize = 512;
const SEALED: usize = NONCE_LEN + BLOCK + TAG_LEN;

/// A store that seals what a device may keep to itself alone: its identities, its state and what a locked one keeps of it, the key of
/// its log, and the keys of labels that are loaded or came by a pass. A block that was altered or torn reads as zeros.
pub struct SealedStore<S> {
    store: S,
    key: Key,
}

/// Why a sealed store does not open.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SealedError {
    /// The key store gives no key.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// There are no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomBytes,
}

impl<S: Store> SealedStore<S> {
    /// Makes a key for a store without one, and has it wrapped.
    ///
    /// # Errors
    /// [`SealedError`].
    pub fn create(mut store: S, keys: &dyn Keys) -> Result<Self, SealedError> {
        if store.read(WRAP, WRAP_MAX)?.is_some() {
            // An enrolment that was interrupted.
            return Self::open(store, keys);
        }
        let mut key = Key::zero();
        getrandom::fill(key.expose_mut()).map_err(|_| SealedError::NoRandomBytes)?;
        let wrap = keys.wrap(key.expose())?;
        store.replace(WRAP, &wrap)?;
        Ok(Self { store, key })
    }

    /// Opens a store: the one call that waits for the key store.
    ///
    /// # Errors
    /// [`SealedError`]: [`KeysError::Lost`] also for a store that was not made with a key store.
    pub fn open(store: S, keys: &dyn Keys) -> Result<Self, SealedError> {
        let mut key = Key::zero();
        unwrapped(&store, keys, &mut key)?;
        Ok(Self { store, key })
    }

    /// The key of a file.
    fn key_of(&self, name: &str) -> Key {
        let mut key = Key::zero();
        scrubbed(|| {
            Mac::new(&self.key).message().update(b"WS1 store").update(name.as_bytes()).tag(key.expose_mut())
        });
        key
    }

    fn seal(&self, name: &str, number: u64, content: &[u8]) -> Result<Vec<u8>, FileError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce)
            .map_err(|error| FileError::new(&self.store.place(name), "seal", io::Error::other(error)))?;
        let mut sealed = Vec::with_capacity(NONCE_LEN + content.len() + TAG_LEN);
        sealed.extend(nonce);
        sealed.extend(content);
        let key = self.key_of(name);
        let tag = scrubbed(|| aead::seal(&key, &nonce, &number.to_be_bytes(), &mut sealed[NONCE_LEN..]));
        sealed.extend(tag);
        Ok(sealed)
    }

    /// The content; `None` if it was altered.
    fn unseal(&self, name: &str, number: u64, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let (content, tag) = rest.split_last_chunk::<TAG_LEN>()?;
        let mut content = Zeroizing::new(content.to_vec());
        let key = self.key_of(name);
        scrubbed(|| aead::open(&key, nonce, &number.to_be_bytes(), &mut content, tag)).ok()?;
        Some(content)
    }

    fn block(&self, name: &str, number: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let sealed = self.store.read_at(name, number * SEALED as u64, SEALED)?;
        if sealed.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.unseal(name, number, &sealed).unwrap_or_else(|| Zeroizing::new(vec![0; BLOCK]))))
    }
}

/// Whether the key store has lost the key of a store.
///
/// # Errors
/// [`SealedError`], also if the key store does not answer now.
pub(in crate::device) fn is_lost(store: &impl Store, keys: &dyn Keys) -> Result<bool, SealedError> {
    match unwrapped(store, keys, &mut Key::zero()) {
        Ok(()) => Ok(false),
        Err(SealedError::Keys(KeysError::Lost)) => Ok(true),
        Err(error) => Err(error),
    }
}

fn unwrapped(store: &impl Store, keys: &dyn Keys, key: &mut Key) -> Result<(), SealedError> {
    let wrap = store.read(WRAP, WRAP_MAX)?.ok_or(KeysError::Lost)?;
    let secret = keys.unwrap(&wrap)?;
    if secret.len() != key.expose().len() {
        return Err(KeysError::Lost.into());
    }
    key.expose_mut().copy_from_slice(&secret);
    Ok(())
}

/// The block in which bytes lie, and where; all of them lie in one.
fn within(at: u64, len: usize) -> Option<(u64, usize)> {
    let (number, start) = (at / BLOCK as u64, (at % BLOCK as u64) as usize);
    (start + len <= BLOCK).then_some((number, start))
}

impl<S: Store> Store for SealedStore<S> {
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let room = if WHOLE.contains(&name) { (NONCE_LEN + TAG_LEN) as u64 } else { 0 };
        let Some(bytes) = self.store.read(name, limit + room)? else { return Ok(None) };
        if room == 0 {
            return Ok(Some(bytes));
        }
        let content = self.unseal(name, 0, &bytes).ok_or_else(|| {
            let error = io::Error::new(io::ErrorKind::InvalidData, "altered, or sealed under another key");
            FileError::new(&self.store.place(name), "open", error)
        })?;
        Ok(Some(content))
    }

    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        if !BLOCKS.contains(&name) {
            return self.store.read_at(name, at, len);
        }
        let place = within(at, len).ok_or_else(|| misplaced(&self.store.place(name)))?;
        let Some(block) = self.block(name, place.0)? else { return Ok(Zeroizing::default()) };
        Ok(Zeroizing::new(block[place.1..][..len].to_vec()))
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError> {
        if WHOLE.contains(&name) {
            let sealed = self.seal(name, 0, content)?;
            return self.store.replace(name, &sealed);
        }
        self.store.replace(name, content)
    }

    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        if !BLOCKS.contains(&name) {
            return self.store.write_at(name, at, bytes);
        }
        let (number, start) = within(at, bytes.len()).ok_or_else(|| misplaced(&self.store.place(name)))?;
        let mut block = self.block(name, number)?.unwrap_or_else(|| Zeroizing::new(vec![0; BLOCK]));
        block[start..start + bytes.len()].copy_from_slice(bytes);
        let sealed = self.seal(name, number, &block)?;
        self.store.write_at(name, number * SEALED as u64, &sealed)
    }

    fn erase(&mut self, name: &str) -> Result<(), FileError> {
        self.store.erase(name)
    }

    fn lock(&mut self) -> Result<bool, FileError> {
        self.store.lock()
    }

    fn sweep(&mut self, inbox: bool) -> Result<(), FileError> {
        self.store.sweep(inbox)
    }

    fn inbox(&self, ending: &str) -> Vec<String> {
        self.store.inbox(ending)
    }

    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.store.take(name)
    }

    fn erase_taken(&mut self, name: &str) -> Result<(), FileError> {
        self.store.erase_taken(name)
    }

    fn give_back(&mut self, name: &str) -> Result<(), FileError> {
        self.store.give_back(name)
    }

    fn place(&self, name: &str) -> PathBuf {
        self.store.place(name)
    }
}

fn misplaced(place: &std::path::Path) -> FileError {
    FileError::new(place, "reach", io::Error::new(io::ErrorKind::InvalidInput, "bytes in two blocks"))
}

#[cfg(test)]
mod tests {
    use super::super::memory::MemoryStore;
    use super::*;

    struct Plain;

    impl Keys for Plain {
        fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
            Ok(secret.iter().map(|byte| byte ^ 0x5a).collect())
        }

        fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
            Ok(Zeroizing::new(wrap.iter().map(|byte| byte ^ 0x5a).collect()))
        }
    }

    #[test]
    fn blocks_and_files_come_back_and_no_altered_or_moved_one_does() {
        let files = MemoryStore::new();
        let mut store = SealedStore::create(files.clone(), &Plain).unwrap();
        store.replace("state", b"a state").unwrap();
        for (number, byte) in [1, 2, 3].into_iter().enumerate() {
            store.write_at("loaded", (number * BLOCK) as u64, &[byte; BLOCK]).unwrap();
        }
        store.write_at("loaded", 512 + 20, &[9; 4]).unwrap();
        let mut store = SealedStore::open(files.clone(), &Plain).unwrap();
        assert_eq!(**store.read("state", 7).unwrap().unwrap(), *b"a state");
        assert!(store.read("state", 6).is_err());
        assert_eq!(**store.read_at("loaded", 512 + 18, 8).unwrap(), [2, 2, 9, 9, 9, 9, 2, 2]);
        assert!(store.read_at("loaded", 500, 20).is_err(), "bytes of two blocks");
        assert!(store.read_at("loaded", 3 * 512, 512).unwrap().is_empty());
        let whole = files.files();
        assert!(!whole["state"].windows(7).any(|window| window == b"a state"));
        // One block put in the place of another, and every byte of a block.
        let mut moved = whole["loaded"].clone();
        moved.copy_within(0..SEALED, SEALED);
        files.put("loaded", &moved);
        assert_eq!(**store.read_at("loaded", 512, 512).unwrap(), [0; 512]);
        for place in 0..SEALED {
            let mut altered = whole["loaded"].clone();
            altered[place] ^= 1;
            files.put("loaded", &altered);
            assert_eq!(**store.read_at("loaded", 0, 512).unwrap(), [0; 512], "{place}");
        }
        // One file in the place of another, too.
        files.put("identity", &whole["state"]);
        assert!(store.read("identity", 100).is_err());
        // A torn block is written anew.
        files.put("loaded", &whole["loaded"][..SEALED + 40]);
        assert_eq!(**store.read_at("loaded", 512, 512).unwrap(), [0; 512]);
        store.write_at("loaded", 512, &[7; 512]).unwrap();
        assert_eq!(**store.read_at("loaded", 512, 512).unwrap(), [7; 512]);
    }
}
