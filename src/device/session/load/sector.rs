//! Sectors of the file `loaded`: reading, writing, and the hash that shows a torn one.

use crate::secret::scrubbed;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes of a sector.
pub(in crate::device::session) const SECTOR: usize = 512;
pub(in crate::device::session) const CHECK: usize = SECTOR - 32;

/// A sector's bytes, on the heap: moving an array would leave copies of keys on the stack.
pub(in crate::device::session) type Sector = Zeroizing<Vec<u8>>;

/// A sector of zeros.
pub(in crate::device::session) fn blank() -> Sector {
    Zeroizing::new(vec![0; SECTOR])
}

/// Whether a sector's hash matches. The stack is wiped, because the hash reads keys.
pub(in crate::device::session) fn is_intact(sector: &[u8]) -> bool {
    scrubbed(|| Sha256::digest(&sector[..CHECK])[..] == sector[CHECK..])
}

/// Ends a sector with the hash of its content.
pub(in crate::device::session) fn add_check(sector: &mut Sector) {
    let check: [u8; 32] = scrubbed(|| Sha256::digest(&sector[..CHECK]).into());
    sector[CHECK..].copy_from_slice(&check);
}
