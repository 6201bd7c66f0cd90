//! HMAC-SHA256 (RFC 2104, FIPS 198-1) under a 32-byte key, stored as two precomputed hash states.
//!
//! ```text
//! HMAC(key, m) = SHA-256(key ⊕ 5c… ‖ SHA-256(key ⊕ 36… ‖ m))         key filled with zeros to a block
//! ```
//!
//! Both hashes begin with a block that depends only on the key. Those blocks are compressed once, so a message of
//! up to 55 bytes costs two compressions. Compared with the `hmac` crate, this stores 64 bytes instead of 190,
//! saves three kilobytes of a device's flash, and leaves no unwiped copy of a state. [`Message`] implements the
//! traits that the `hkdf` crate expects of an HMAC.

use super::Key;
use hkdf::HmacImpl;
use sha2::block_api::compress256;
use sha2::digest::{Output, OutputSizeUser, consts::U32};
use zeroize::Zeroize;

/// Length in bytes of a tag.
pub const MAC_LEN: usize = 32;

/// Length in bytes of a SHA-256 block.
const BLOCK: usize = 64;

type State = [u32; 8];

/// The initial state of SHA-256 (FIPS 180-4, 5.3.3).
const START: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// A key as precomputed hash states. Wiped on drop.
pub struct Mac {
    inner: State,
    outer: State,
}

impl Mac {
    /// Precomputes the states of `key`.
    #[must_use]
    #[inline(never)]
    pub fn new(key: &Key) -> Self {
        let mut mac = Self { inner: START, outer: START };
        for (state, pad) in [(&mut mac.inner, 0x36), (&mut mac.outer, 0x5c)] {
            let mut block = [pad; BLOCK];
            for (byte, key) in block.iter_mut().zip(key.expose()) {
                *byte ^= key;
            }
            compress256(state, core::slice::from_ref(&block));
            block.as_mut_slice().zeroize();
        }
        mac
    }

    /// Starts a message.
    #[must_use]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub fn message(&self) -> Message {
        Message { outer: self.outer, state: self.inner, block: [0; BLOCK], len: 0 }
    }
}

impl Drop for Mac {
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn drop(&mut self) {
        self.inner.as_mut_slice().zeroize();
        self.outer.as_mut_slice().zeroize();
    }
}

/// A message being authenticated by a [`Mac`]. Wiped on drop. `Clone` exists for the `hkdf` crate only.
#[derive(Clone)]
pub struct Message {
    outer: State,
    state: State,
    block: [u8; BLOCK],
    len: usize,
}

impl Message {
    /// Appends `bytes`.
    #[inline(never)]
    pub fn update(&mut self, bytes: &[u8]) -> &mut Self {
        let mut rest = bytes;
        while !rest.is_empty() {
            let used = self.len % BLOCK;
            let (now, after) = rest.split_at(rest.len().min(BLOCK - used));
            self.block[used..used + now.len()].copy_from_slice(now);
            self.len += now.len();
            if used + now.len() == BLOCK {
                self.compress();
            }
            rest = after;
        }
        self
    }

    /// Finishes the message and writes its tag.
    #[inline(never)]
    pub fn tag(&mut self, out: &mut [u8; MAC_LEN]) {
        self.pad();
        let digest = self.state;
        self.state = self.outer;
        for (bytes, word) in self.block.chunks_exact_mut(4).zip(digest) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        self.len = MAC_LEN;
        self.pad();
        for (bytes, word) in out.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
    }

    /// The padding of SHA-256 (FIPS 180-4, 5.1.1) and the last compression.
    fn pad(&mut self) {
        let used = self.len % BLOCK;
        self.block[used] = 0x80;
        self.block[used + 1..].fill(0);
        if used >= BLOCK - 8 {
            self.compress();
            self.block.fill(0);
        }
        // The key block precedes the message. Messages are far below 2^29 bytes, so the bit length fits 32 bits.
        let bits = 8 * (BLOCK + self.len) as u32;
        self.block[BLOCK - 4..].copy_from_slice(&bits.to_be_bytes());
        self.compress();
    }

    fn compress(&mut self) {
        compress256(&mut self.state, core::slice::from_ref(&self.block));
    }
}

impl OutputSizeUser for Message {
    type OutputSize = U32;
}

impl HmacImpl for Message {
    fn new_from_slice(key: &[u8]) -> Self {
        // Cannot fail: keys of the tree have 32 bytes, and the `hkdf` crate rejects shorter ones earlier.
        let mut own = Key::zero();
        own.expose_mut().iter_mut().zip(key).for_each(|(own, byte)| *own = *byte);
        Mac::new(&own).message()
    }

    fn update(&mut self, data: &[u8]) {
        Message::update(self, data);
    }

    fn finalize(mut self) -> Output<Self> {
        let mut tag = [0; MAC_LEN];
        self.tag(&mut tag);
        tag.into()
    }
}

impl Drop for Message {
    // Out of line, where inlining would give a device three copies.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn drop(&mut self) {
        self.outer.as_mut_slice().zeroize();
        self.state.as_mut_slice().zeroize();
        self.block.as_mut_slice().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hmac::Hmac;
    use sha2::Sha256;

    #[test]
    fn agrees_with_the_crate_at_every_length_and_cut() {
        let mut key = Key::zero();
        key.expose_mut().iter_mut().zip(1..).for_each(|(byte, value)| *byte = value);
        let mac = Mac::new(&key);
        let message: [u8; 300] = core::array::from_fn(|i| (i * 7) as u8);
        for len in 0..message.len() {
            let cut = len * 5 / 7;
            let mut expected = <Hmac<Sha256> as HmacImpl>::new_from_slice(key.expose());
            HmacImpl::update(&mut expected, &message[..len]);
            let mut tag = [0; MAC_LEN];
            mac.message().update(&message[..cut]).update(&message[cut..len]).tag(&mut tag);
            assert_eq!(tag[..], HmacImpl::finalize(expected)[..], "{len}");
        }
    }
}
