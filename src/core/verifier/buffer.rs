//! The buffer that a label is decrypted into, and the borrowed view of an opened label.

use crate::keys::Day;
use crate::payload::{Header, PAYLOAD_MAX};
use crate::record::{CONTACT_TEXT_MAX, Contact, Delivery, EntryKinds, TEXT_MAX};
use crate::secret::Secret;
use core::fmt;

/// The memory for opening one label: payload and decoded texts. Wiped on drop.
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

    /// Overwrites every byte with zero immediately.
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

/// An opened label, borrowed from the [`Buffer`].
///
/// Exhaustive, so that a caller who destructures it decides about every section.
#[non_exhaustive]
pub struct Opened<'b> {
    /// The header, authenticated by the tag.
    pub header: Header,
    /// The day of sealing.
    pub day: Day,
    /// The delivery section, if it was requested and the keys open it.
    pub delivery: Option<Delivery<'b>>,
    /// The contact section, if it was requested, the keys open it and the label has one.
    pub contact: Option<Contact<'b>>,
    /// What a later version added, and this reader does not know. Whoever seals the record again would lose it.
    pub skipped: SkippedEntries,
}

/// The kinds of entries that were skipped, by section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedEntries {
    /// Those of the delivery section.
    pub delivery: EntryKinds,
    /// Those of the contact section.
    pub contact: EntryKinds,
}

impl SkippedEntries {
    /// Whether nothing was skipped.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.delivery.is_empty() && self.contact.is_empty()
    }
}

impl fmt::Debug for Opened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("header", &self.header)
            .field("day", &self.day)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}
