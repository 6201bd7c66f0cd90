//! The keys of a single label, for a device that locks its site keys away after loading the day's parcels.

use super::buffer::{Buffer, Opened};
use super::plan::Want;
use super::section::{DecryptedSections, Section, decode, decrypt_section};
use crate::error::Refusal;
use crate::keys::Day;
use crate::payload::Payload;
use crate::secret::{Key, scrubbed};
use core::fmt;

/// The label keys of one label. They open no other label. Wiped on drop.
pub struct LabelKeys {
    pub(super) day: Day,
    pub(super) delivery: Option<Key>,
    pub(super) contact: Option<Key>,
}

impl LabelKeys {
    /// Length in bytes of the stored form: `day u16 ‖ parts u8 ‖ delivery key 32 ‖ contact key 32`.
    pub const LEN: usize = 2 + 1 + 32 + 32;

    /// An empty value, to be filled by [`Verifier::load`](super::Verifier::load) or [`LabelKeys::read`].
    #[must_use]
    pub const fn empty() -> Self {
        Self { day: Day::new(0), delivery: None, contact: None }
    }

    /// The label's day of sealing.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Writes the stored form.
    pub fn write(&self, out: &mut [u8; Self::LEN]) {
        out.fill(0);
        out[..2].copy_from_slice(&self.day.number().to_be_bytes());
        out[2] = u8::from(self.delivery.is_some()) | u8::from(self.contact.is_some()) << 1;
        for (key, place) in [(&self.delivery, 3), (&self.contact, 35)] {
            if let Some(key) = key {
                out[place..place + 32].copy_from_slice(key.expose());
            }
        }
    }

    /// Reads the stored form; returns whether the bytes are valid.
    #[must_use]
    pub fn read(&mut self, bytes: &[u8; Self::LEN]) -> bool {
        if !(1..4).contains(&bytes[2]) {
            return false;
        }
        self.day = Day::new(u16::from_be_bytes([bytes[0], bytes[1]]));
        for (key, bit, place) in [(&mut self.delivery, 1, 3), (&mut self.contact, 2, 35)] {
            *key = None;
            if bytes[2] & bit != 0 {
                key.insert(Key::zero()).expose_mut().copy_from_slice(&bytes[place..place + 32]);
            }
        }
        true
    }

    /// Copies the keys in place: a copy that is moved would leave others on the stack.
    pub fn copy_to(&self, out: &mut Self) {
        out.day = self.day;
        for (from, to) in [(&self.delivery, &mut out.delivery), (&self.contact, &mut out.contact)] {
            *to = None;
            if let Some(key) = from {
                to.insert(Key::zero()).expose_mut().copy_from_slice(key.expose());
            }
        }
    }

    /// Whether there are keys for the wanted sections of a label, as [`Verifier::reaches`](super::Verifier::reaches) says it
    /// of a station's keys.
    ///
    /// # Errors
    /// [`Refusal::TierNotGranted`].
    pub fn reaches(&self, payload: &Payload, want: Want) -> Result<(), Refusal> {
        self.wanted(payload, want).map(drop)
    }

    /// The keys of the wanted sections.
    fn wanted(&self, payload: &Payload, want: Want) -> Result<[Option<&Key>; 2], Refusal> {
        let has_contact = !payload.header().contact.is_empty();
        let (delivery, contact) = (self.delivery.as_ref(), self.contact.as_ref().filter(|_| has_contact));
        let missing = match want {
            Want::Held => delivery.is_none() && contact.is_none(),
            Want::Delivery => delivery.is_none(),
            Want::Contact => contact.is_none(),
            Want::Both => delivery.is_none() || (has_contact && contact.is_none()),
        };
        if missing {
            return Err(Refusal::TierNotGranted);
        }
        Ok([delivery.filter(|_| want != Want::Contact), contact.filter(|_| want != Want::Delivery)])
    }

    /// Opens the wanted sections of the label into `buffer`, which is wiped before use and on drop.
    ///
    /// # Errors
    /// [`Refusal::TierNotGranted`] without a key for what is wanted, [`Refusal::Tampered`] for any other label,
    /// [`Refusal::Unsupported`] for one of a later version; `buffer` is wiped then.
    pub fn open<'b>(
        &self,
        payload: &Payload,
        want: Want,
        buffer: &'b mut Buffer,
    ) -> Result<Opened<'b>, Refusal> {
        buffer.wipe();
        let [delivery, contact] = self.wanted(payload, want)?;
        buffer.payload.expose_mut()[..payload.bytes().len()].copy_from_slice(payload.bytes());
        for (section, key) in [(Section::Delivery, delivery), (Section::Contact, contact)] {
            let Some(key) = key else { continue };
            if let Err(refusal) = scrubbed(|| decrypt_section(payload, section, key, buffer)) {
                buffer.wipe();
                return Err(refusal);
            }
        }
        let parts =
            DecryptedSections { day: self.day, delivery: delivery.is_some(), contact: contact.is_some() };
        scrubbed(|| decode(payload, parts, buffer))
    }
}

impl Default for LabelKeys {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for LabelKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LabelKeys").field("day", &self.day).finish_non_exhaustive()
    }
}
