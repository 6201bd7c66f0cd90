//! Size limits of a record.

use crate::error::{Excess, Field, RecordSection, SealError};

/// Most bytes of decoded text in one section, all fields together.
pub const TEXT_MAX: usize = 768;

/// Most bytes of plaintext in a delivery section.
pub const DELIVERY_MAX: usize = 172;

/// The sizes of a contact plaintext in bytes, by size class.
pub const CONTACT_SIZES: [usize; 3] = [6, 14, 30];

/// Checks that `used` bytes of a section fit `room`; an error names the field that `longest` finds.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn fits(
    used: usize,
    room: usize,
    section: RecordSection,
    longest: impl FnOnce() -> Field,
) -> Result<(), SealError> {
    match used.checked_sub(room) {
        None | Some(0) => Ok(()),
        Some(over) => Err(SealError::TooLong(Excess::new(section, longest(), over))),
    }
}
