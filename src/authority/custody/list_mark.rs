//! What an authority remembers of its newest revocation list, in its envelope.

use crate::signed::revocation::RevocationList;
use sha2::{Digest as _, Sha256};

/// Number and digest of the newest revocation list that an authority signed; of number 0 before the first.
///
/// A list is a file that anybody can remove or replace by an older one of the same signature. The envelope says which is
/// the newest, and no grant is made without that one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListMark {
    number: u64,
    digest: [u8; 32],
}

impl ListMark {
    /// Bytes in the envelope: number u64 ‖ SHA-256 of the signed file.
    pub(super) const LEN: usize = 8 + 32;

    /// The mark of a list and its signed file.
    #[must_use]
    pub fn of(list: &RevocationList, signed: &[u8]) -> Self {
        Self { number: list.number, digest: Sha256::digest(signed).into() }
    }

    /// The list's number; 0 if none was signed yet.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Whether a verified list is this one, or was signed after it: the file is written before the envelope, and a kill
    /// may come in between.
    #[must_use]
    pub fn admits(&self, list: &RevocationList, signed: &[u8]) -> bool {
        list.number > self.number || *self == Self::of(list, signed)
    }

    pub(super) fn from_bytes(bytes: &[u8; Self::LEN]) -> Self {
        let (number, digest) = bytes.split_at(8);
        let mut mark = Self::default();
        mark.number = number.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        mark.digest.copy_from_slice(digest);
        mark
    }

    pub(super) fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..8].copy_from_slice(&self.number.to_be_bytes());
        bytes[8..].copy_from_slice(&self.digest);
        bytes
    }
}
