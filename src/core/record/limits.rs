//! Size limits of a record.

use crate::error::SealError;

/// Most bytes of decoded text in one section, all fields together.
pub const TEXT_MAX: usize = 768;

/// Most bytes of plaintext in a delivery section.
pub const DELIVERY_MAX: usize = 172;

/// The sizes of a contact plaintext in bytes, by size class.
pub const CONTACT_SIZES: [usize; 3] = [6, 14, 30];

/// Checks that `used` bytes of plaintext fit `room`.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn fits(used: usize, room: usize) -> Result<(), SealError> {
    match used.checked_sub(room) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(over.min(u16::MAX.into()) as u16)),
    }
}
