//! Size limits of a record.

/// Most bytes of decoded text in one section, all fields together.
pub const TEXT_MAX: usize = 768;

/// Most bytes of decoded text in a contact section.
pub const CONTACT_TEXT_MAX: usize = 256;

/// Most bytes of plaintext in a delivery section.
pub const DELIVERY_MAX: usize = 172;

/// The sizes of a contact plaintext in bytes, by size class.
pub const CONTACT_SIZES: [usize; 3] = [6, 14, 30];

/// By how many bytes `used` exceeds `room`; `None` if it fits.
pub(super) const fn excess(used: usize, room: usize) -> Option<usize> {
    if used > room { Some(used - room) } else { None }
}
