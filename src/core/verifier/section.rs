//! The sections of a label: key derivation, tag verification, decryption and decoding.

use super::buffer::{Buffer, Opened, SkippedEntries};
use crate::error::Refusal;
use crate::keys::{Day, KeyPath, Node, Prk};
use crate::payload::{Payload, TAG_LEN};
use crate::record::{Contact, DecodeError, Delivery, ReadContact, ReadDelivery, read_contact, read_delivery};
use crate::secret::{Key, aead};

/// A section of a label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Delivery,
    Contact,
}

/// Which sections were decrypted, and their day of sealing.
#[derive(Clone, Copy)]
pub(super) struct DecryptedSections {
    pub(super) day: Day,
    pub(super) delivery: bool,
    pub(super) contact: bool,
}

/// Derives `HKDF-Expand(leaf, "WS1" ‖ 05 ‖ header, 32)` for a planned leaf. A separate function, so that its frame
/// is gone before the cipher's is created.
#[cfg_attr(not(feature = "fast"), inline(never))]
pub(super) fn label_key(
    payload: &Payload,
    (node, path): (&Node, KeyPath),
    key: &mut Key,
) -> Result<(), Refusal> {
    let mut leaf = Node::empty();
    node.derive(path, &mut leaf).map_err(|_| Refusal::TierNotGranted)?;
    Prk::new(leaf.key()).label_key(&payload.bytes()[payload.layout().header.clone()], key);
    Ok(())
}

/// Verifies a section's tag, then decrypts it in `buffer`, which holds the payload.
pub(super) fn decrypt_section(
    payload: &Payload,
    section: Section,
    key: &Key,
    buffer: &mut Buffer,
) -> Result<(), Refusal> {
    let layout = payload.layout();
    let (section, tag) = match section {
        Section::Delivery => (&layout.delivery, &layout.delivery_tag),
        Section::Contact => (&layout.contact, &layout.contact_tag),
    };
    // The layout gives a tag its length.
    let expected: &[u8; TAG_LEN] = payload.bytes()[tag.clone()].try_into().map_err(|_| Refusal::Tampered)?;
    let target = &mut buffer.payload.expose_mut()[section.clone()];
    // The associated data is everything before the section, as printed on the label.
    aead::open(key, &aead::NONCE, &payload.bytes()[..section.start], target, expected)
        .map_err(|_| Refusal::Tampered)
}

/// Decodes the decrypted sections. If the label is refused, everything is wiped.
pub(super) fn decode<'b>(
    payload: &Payload,
    parts: DecryptedSections,
    buffer: &'b mut Buffer,
) -> Result<Opened<'b>, Refusal> {
    // Validate everything before borrowing: borrowed output cannot be wiped.
    let refusal = |error| match error {
        DecodeError::Malformed => Refusal::Tampered,
        DecodeError::Unsupported => Refusal::Unsupported,
    };
    let read = read(payload, parts, buffer).map_err(|error| {
        buffer.wipe();
        refusal(error)
    })?;
    let (delivery, contact) = read.sections(buffer).map_err(refusal)?;
    let skipped = SkippedEntries {
        delivery: read.delivery.as_ref().map_or_else(Default::default, ReadDelivery::skipped),
        contact: read.contact.as_ref().map_or_else(Default::default, ReadContact::skipped),
    };
    Ok(Opened { header: payload.header().clone(), day: parts.day, delivery, contact, skipped })
}

/// The decoded sections, before they are borrowed.
struct SectionRead {
    delivery: Option<ReadDelivery>,
    contact: Option<ReadContact>,
}

fn read(
    payload: &Payload,
    parts: DecryptedSections,
    buffer: &mut Buffer,
) -> Result<SectionRead, DecodeError> {
    let layout = payload.layout();
    let plain = buffer.payload.expose();
    let delivery = parts
        .delivery
        .then(|| read_delivery(&plain[layout.delivery.clone()], buffer.delivery.expose_mut()))
        .transpose();
    // The contact is malformed before the delivery is unsupported.
    if let Err(DecodeError::Malformed) = delivery {
        return Err(DecodeError::Malformed);
    }
    let contact = parts
        .contact
        .then(|| read_contact(&plain[layout.contact.clone()], buffer.contact.expose_mut()))
        .transpose()?;
    Ok(SectionRead { delivery: delivery?, contact })
}

impl SectionRead {
    fn sections<'b>(
        &self,
        buffer: &'b Buffer,
    ) -> Result<(Option<Delivery<'b>>, Option<Contact<'b>>), DecodeError> {
        let delivery = self.delivery.as_ref().map(|read| read.texts(buffer.delivery.expose())).transpose()?;
        let contact = self.contact.as_ref().map(|read| read.texts(buffer.contact.expose())).transpose()?;
        Ok((delivery, contact))
    }
}
