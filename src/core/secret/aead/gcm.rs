//! Sealing and opening of one buffer with AES-256-GCM.

#[cfg(any(target_pointer_width = "32", test))]
use super::ahead;
use crate::secret::Key;
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::{U12, U12 as TagSize};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::aes::Aes256;

/// GCM over a key schedule that is not moved, because a move would leave a copy.
#[cfg(not(target_pointer_width = "32"))]
type Cipher<'k> = AesGcm<&'k Aes256, U12, TagSize>;
#[cfg(target_pointer_width = "32")]
type Cipher<'k> = AesGcm<ahead::Ahead<'k>, U12, TagSize>;

/// Length in bytes of a nonce.
pub const NONCE_LEN: usize = 12;
/// Length in bytes of a tag.
pub const TAG_LEN: usize = 12;

/// The nonce of every section. Each key encrypts one message, so a constant nonce is safe.
pub const NONCE: [u8; NONCE_LEN] = [0; NONCE_LEN];

/// Expands the key schedule in a separate stack frame, so that copies made by moves are off the stack before the
/// cipher runs.
#[cfg_attr(target_pointer_width = "32", inline(never))]
fn schedule(key: &Key) -> Aes256 {
    Aes256::new(key.expose().into())
}

fn cipher(aes: &Aes256) -> Cipher<'_> {
    #[cfg(target_pointer_width = "32")]
    let aes = ahead::Ahead::new(aes);
    aes.into()
}

/// Encrypts `buffer` in place and returns its tag.
#[must_use]
pub fn seal(key: &Key, nonce: &[u8; NONCE_LEN], aad: &[u8], buffer: &mut [u8]) -> [u8; TAG_LEN] {
    match cipher(&schedule(key)).encrypt_inout_detached(nonce.into(), aad, buffer.into()) {
        Ok(tag) => tag.into(),
        // Only inputs above 64 GiB fail. If one ever did, its plaintext must not be returned as ciphertext.
        Err(_) => {
            buffer.fill(0);
            [0; TAG_LEN]
        }
    }
}

/// The tag is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forged;

impl core::fmt::Display for Forged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the tag is wrong")
    }
}

impl core::error::Error for Forged {}

/// Verifies `tag`, then decrypts `buffer` in place.
///
/// # Errors
/// [`Forged`] if the tag is wrong; `buffer` is unchanged then.
pub fn open(
    key: &Key,
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    buffer: &mut [u8],
    tag: &[u8; TAG_LEN],
) -> Result<(), Forged> {
    cipher(&schedule(key))
        .decrypt_inout_detached(nonce.into(), aad, buffer.into(), tag.into())
        .map_err(|_| Forged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_buffer_comes_back_unchanged() {
        let mut key = Key::zero();
        key.expose_mut().fill(9);
        let mut buffer = *b"name and address";
        let tag = seal(&key, &NONCE, b"header", &mut buffer);
        let sealed = buffer;
        let mut bad = tag;
        bad[11] ^= 1;
        assert_eq!(open(&key, &NONCE, b"header", &mut buffer, &bad), Err(Forged));
        assert_eq!(buffer, sealed);
        assert_eq!(open(&key, &NONCE, b"Header", &mut buffer, &tag), Err(Forged));
        assert_eq!(open(&key, &NONCE, b"header", &mut buffer, &tag), Ok(()));
        assert_eq!(&buffer, b"name and address");
    }

    #[test]
    fn two_blocks_at_a_time_give_the_same() {
        let mut key = Key::zero();
        key.expose_mut().fill(5);
        let aes = schedule(&key);
        // Includes the highest counters of the last nonce byte.
        for nonce in [NONCE, [0xff; NONCE_LEN]] {
            for len in 0..100 {
                let ahead = AesGcm::<_, U12, TagSize>::from(ahead::Ahead::new(&aes));
                let (mut one, mut two) = ([3; 100], [3; 100]);
                let tag = seal(&key, &nonce, b"header", &mut one[..len]);
                let same = ahead.encrypt_inout_detached(&nonce.into(), b"header", two[..len].as_mut().into());
                assert_eq!((&same.unwrap()[..], &two[..]), (&tag[..], &one[..]), "{len}");
            }
        }
    }
}
