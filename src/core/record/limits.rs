//! How much a record may hold.

use crate::error::SealError;

/// Bytes of text, all fields together, that a decoded part of a record may have.
pub const TEXT_MAX: usize = 768;

/// Bytes of plaintext the largest delivery section holds.
pub const DELIVERY_MAX: usize = 172;

/// Bytes of contact plaintext, smallest class first.
pub const CONTACT_SIZES: [usize; 3] = [6, 14, 30];

/// Whether `used` bytes of plaintext fit into `room`.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn fits(used: usize, room: usize) -> Result<(), SealError> {
    match used.checked_sub(room) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(over.min(u16::MAX.into()) as u16)),
    }
}
