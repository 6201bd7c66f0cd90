//! The chain of keys and MACs.

use super::entry::LogEntry;
use crate::keys::Prk;
use crate::secret::{Key, scrubbed};
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::{Digest, Sha256};

/// The MAC of an entry; that of the last entry is the head of a log.
pub type ChainMac = [u8; 32];

/// `K[0] = HKDF-Expand(log root, "WS1 log key" ‖ device, 32)`.
pub fn first_key(root: &Key, device: &str, out: &mut Key) {
    scrubbed(|| Prk::new(root).expand(&[b"WS1 log key", device.as_bytes()], out));
}

/// `K[i+1] = SHA-256("WS1 log" ‖ K[i])`, in place: K\[i] is overwritten.
pub fn advance(key: &mut Key) {
    scrubbed(|| {
        // One way: whoever steals the next key cannot compute this one, nor forge earlier MACs.
        let next = Sha256::new().chain_update(b"WS1 log").chain_update(key.expose()).finalize();
        key.expose_mut().copy_from_slice(&next);
    });
}

/// `mac[−1] = SHA-256("WS1 log file" ‖ file header)`.
#[must_use]
pub fn origin(header: &[u8]) -> ChainMac {
    Sha256::new().chain_update(b"WS1 log file").chain_update(header).finalize().into()
}

/// `mac[i] = HMAC-SHA256(K[i], i u64 ‖ mac[i−1] ‖ entry)`.
#[must_use]
pub fn mac(key: &Key, index: u64, before: &ChainMac, entry: &[u8; LogEntry::LEN]) -> ChainMac {
    keyed(key, &[&index.to_be_bytes(), before, entry])
}

/// Like [`mac`], for an auditor's search over millions: the caller wipes the stack once, after the last.
pub(crate) fn mac_unscrubbed(
    key: &Key,
    index: u64,
    before: &ChainMac,
    entry: &[u8; LogEntry::LEN],
) -> ChainMac {
    hmac(key, &[&index.to_be_bytes(), before, entry])
}

/// HMAC-SHA256 (RFC 2104) of the concatenated parts.
pub(super) fn keyed(key: &Key, parts: &[&[u8]]) -> ChainMac {
    scrubbed(|| hmac(key, parts))
}

/// HMAC-SHA256 without wiping the stack; the caller does that.
fn hmac(key: &Key, parts: &[&[u8]]) -> ChainMac {
    // HMAC accepts keys of any length, so this does not fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.expose()) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two MACs are equal, in constant time.
#[must_use]
pub fn equal(left: &ChainMac, right: &ChainMac) -> bool {
    // `black_box` keeps the compiler from ending the fold at the first difference.
    std::hint::black_box(left.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b))) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_the_formula() {
        let mut key = Key::zero();
        key.expose_mut().fill(7);
        let before: [u8; 32] = Sha256::digest([b"WS1 log".as_slice(), &[7; 32]].concat()).into();
        advance(&mut key);
        assert_eq!(key.expose(), &before);
        let mut tag = Hmac::<Sha256>::new_from_slice(&before).unwrap();
        tag.update(&[&3u64.to_be_bytes()[..], &[1; 32], &[2; LogEntry::LEN]].concat());
        let expected: [u8; 32] = tag.finalize().into_bytes().into();
        assert_eq!(mac(&key, 3, &[1; 32], &[2; LogEntry::LEN]), expected);
        assert!(equal(&expected, &expected) && !equal(&expected, &[0; 32]));
    }
}
