//! What a locked device was locked with: a digest of the terms, and one of each parcel's line.

use super::item::{KEYS, WAYBILL};
use super::sector::CHECK;
use sha2::{Digest as _, Sha256};

/// Bytes of each digest.
const DIGEST: usize = 16;

/// Digests of the sectors of a file, without the keys in them, which a sign-off erases: the first 16 bytes of each SHA-256.
#[derive(Default)]
pub(crate) struct LoadedDigests(Vec<u8>);

impl LoadedDigests {
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The number of sectors.
    pub const fn count(&self) -> usize {
        self.0.len() / DIGEST
    }

    pub fn add(&mut self, sector: &[u8]) {
        let digest = digest(self.count(), sector);
        self.0.extend(digest);
    }

    /// Whether the sector at a place is the one of then.
    pub fn names(&self, index: usize, sector: &[u8]) -> bool {
        self.0.chunks(DIGEST).nth(index) == Some(&digest(index, sector))
    }
}

fn digest(index: usize, sector: &[u8]) -> [u8; DIGEST] {
    let digest = if index == 0 {
        Sha256::digest(&sector[..CHECK])
    } else {
        Sha256::new().chain_update(&sector[..KEYS]).chain_update(&sector[WAYBILL..CHECK]).finalize()
    };
    let mut short = [0; DIGEST];
    short.copy_from_slice(&digest[..DIGEST]);
    short
}
