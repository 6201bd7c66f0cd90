//! Where a label is opened, and the views into it.

use crate::keys::Day;
use crate::payload::{Header, PAYLOAD_MAX};
use crate::record::{Contact, Delivery, TEXT_MAX};
use crate::secret::Secret;
use core::fmt;

/// Bytes of text that a contact section can decode to.
const CONTACT_TEXT_MAX: usize = 256;

/// Where a label is opened: payload, texts. Wiped on drop.
pub struct Buffer {
    pub(super) payload: Secret<PAYLOAD_MAX>,
    pub(super) delivery: Secret<TEXT_MAX>,
    pub(super) contact: Secret<CONTACT_TEXT_MAX>,
}

impl Buffer {
    /// An empty buffer.
    #[must_use]
    pub const fn new() -> Self {
        Self { payload: Secret::zero(), delivery: Secret::zero(), contact: Secret::zero() }
    }

    /// Makes every byte zero, now.
    pub fn wipe(&mut self) {
        self.payload.wipe();
        self.delivery.wipe();
        self.contact.wipe();
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Buffer { .. }")
    }
}

/// An opened label: views into the [`Buffer`].
pub struct Opened<'b> {
    /// What the header says, now authenticated.
    pub header: Header,
    /// The day of sealing.
    pub day: Day,
    /// The delivery section, if it was wanted and reached.
    pub delivery: Option<Delivery<'b>>,
    /// The contact section, if it was wanted, reached and there.
    pub contact: Option<Contact<'b>>,
}

impl fmt::Debug for Opened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("header", &self.header).field("day", &self.day).finish_non_exhaustive()
    }
}
