//! Sealing. In: a record, a waybill number and the keys of a destination. Out: the text of a QR code.
//!
//! No random source is used: the salt is a MAC of the label's content, under a key that only the sealer and the
//! authority hold. Equal input gives equal text.

use crate::error::{Excess, Field, RecordSection, SealError};
use crate::keys::{
    Alias, Day, Generation, KeyLevel, KeyPath, Node, Prk, Region, SALT_LEN, SaltKey, Site, Tenant, Tier,
    WrongNode,
};
use crate::payload::{ContactClass, Header, Layout, PAYLOAD_MAX, PayloadText, SIZES, TAG_LEN, Waybill};
use crate::record::{
    CONTACT_SIZES, Contact, Country, DELIVERY_MAX, Delivery, encode_contact_to, encode_delivery, longest_text,
};
use crate::secret::{Key, Secret, aead, scrubbed};
use core::fmt;

/// One sealer on one day. It seals for every destination whose [`DestinationKeys`] it is given.
pub struct Sealer {
    generation: Generation,
    day: Day,
    salt: SaltKey,
}

impl Sealer {
    /// Creates the sealer of an origin leaf.
    ///
    /// # Errors
    /// [`SealError::Keys`] if `origin` is not an origin leaf.
    pub fn new(origin: &Node) -> Result<Self, SealError> {
        Self::with(origin, || SaltKey::try_from(origin))
    }

    /// Creates the sealer of an origin leaf that seals for one of its tenants. A tenant's labels have salts of their own;
    /// readers see no difference.
    ///
    /// # Errors
    /// [`SealError::Keys`] if `origin` is not an origin leaf.
    pub fn for_tenant(origin: &Node, tenant: Tenant) -> Result<Self, SealError> {
        Self::with(origin, || SaltKey::for_tenant(origin, tenant))
    }

    fn with(origin: &Node, salt: impl FnOnce() -> Result<SaltKey, WrongNode>) -> Result<Self, SealError> {
        let path = origin.path();
        let salt = scrubbed(salt).map_err(|_| SealError::Keys)?;
        Ok(Self { generation: path.generation_of(), day: path.day_of(), salt })
    }

    /// The day of sealing.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Seals a record into the text of a label's QR code. Equal input gives equal text. What does not fit the contact section
    /// is [left out](SealedLabel::left_out), as [`Plain::encode`] says.
    ///
    /// # Errors
    /// [`SealError`] for a record that breaks a field's rule or does not fit a label, and for keys of another day.
    pub fn seal(
        &self,
        destination: &DestinationKeys,
        waybill: &Waybill,
        delivery: &Delivery<'_>,
        contact: Option<&Contact<'_>>,
    ) -> Result<SealedLabel, SealError> {
        let mut plain = Plain::empty();
        let mut left_out = LeftOut::default();
        let text = self.finish(|key, payload| {
            let encoded = plain.encode(delivery, contact);
            #[cfg(feature = "fast")]
            let encoded = encoded.map_err(|error| plain.in_label(waybill, error));
            left_out = encoded?;
            self.fill(destination, waybill, &plain, key, payload)
        })?;
        Ok(SealedLabel { text, left_out })
    }

    /// Seals a record that is already encoded.
    ///
    /// # Errors
    /// [`SealError::TooLong`] if it does not fit with this waybill number, [`SealError::Keys`] for keys of another
    /// day or without the contact key that the record needs.
    pub fn seal_encoded(
        &self,
        destination: &DestinationKeys,
        waybill: &Waybill,
        plain: &Plain,
    ) -> Result<PayloadText, SealError> {
        self.finish(|key, payload| self.fill(destination, waybill, plain, key, payload))
    }

    /// Runs `fill`, which writes a payload and returns its size; wipes the stack once; then encodes the text.
    #[inline(always)]
    fn finish(
        &self,
        fill: impl FnOnce(&mut Key, &mut [u8; PAYLOAD_MAX]) -> Result<usize, SealError>,
    ) -> Result<PayloadText, SealError> {
        // Both outlive the wiped frames: `key` wipes itself, and `payload` is public once it is encrypted.
        let mut payload = [0; PAYLOAD_MAX];
        let mut key = Key::zero();
        let size = scrubbed(|| fill(&mut key, &mut payload))?;
        Ok(PayloadText::new(&payload[..size]))
    }

    /// Writes the payload and returns its size.
    fn fill(
        &self,
        destination: &DestinationKeys,
        waybill: &Waybill,
        plain: &Plain,
        key: &mut Key,
        payload: &mut [u8; PAYLOAD_MAX],
    ) -> Result<usize, SealError> {
        // Check before any plaintext is copied to the payload buffer, which an error does not wipe.
        let other = (destination.generation, destination.day) != (self.generation, self.day);
        if other || (!plain.class.is_empty() && destination.contact.is_none()) {
            return Err(SealError::Keys);
        }
        let header = Header {
            generation: destination.generation,
            contact: plain.class,
            day_low: destination.day.low(),
            region: destination.region,
            site: destination.site,
            alias: destination.alias,
            waybill: *waybill,
            salt: [0; SALT_LEN],
        };
        let header_len = header.write(payload);
        let (unsalted, _) = payload.split_at(header_len - SALT_LEN);
        let (size, layout) = smallest(header_len, plain.class, plain.delivery_len)
            .map_err(|over| SealError::TooLong(Excess::new(RecordSection::Delivery, plain.longest, over)))?;

        // The plaintexts are zero-padded to their section sizes, so that the lengths reveal little.
        let delivery = &plain.delivery.expose()[..layout.delivery.len()];
        let contact = &plain.contact.expose()[..layout.contact.len()];
        // The salt depends on everything that is encrypted or authenticated, so two labels share a key only if they are
        // identical, apart from collisions of 48 bits.
        let salt = self.salt.salt(destination.day, unsalted, delivery, contact);
        payload[header_len - SALT_LEN..header_len].copy_from_slice(&salt);
        payload[layout.delivery.clone()].copy_from_slice(delivery);
        payload[layout.contact.clone()].copy_from_slice(contact);

        let contact = destination.contact.as_ref().filter(|_| !plain.class.is_empty());
        for (leaf, section) in [(Some(&destination.delivery), layout.delivery), (contact, layout.contact)] {
            let Some(leaf) = leaf else { continue };
            leaf.label_key(&payload[layout.header.clone()], key);
            // The associated data is everything before the section. The tag follows the section.
            let (aad, rest) = payload.split_at_mut(section.start);
            let (section, rest) = rest.split_at_mut(section.len());
            rest[..TAG_LEN].copy_from_slice(&aead::seal(key, &aead::NONCE, aad, section));
        }
        Ok(size)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").field("day", &self.day).finish_non_exhaustive()
    }
}

/// The smallest payload size whose delivery section holds `len` bytes, or by how many bytes it exceeds the largest.
fn smallest(header: usize, class: ContactClass, len: usize) -> Result<(usize, Layout), usize> {
    let mut room = 0;
    for size in SIZES {
        let Some(layout) = Layout::new(header, class, size) else { continue };
        room = layout.delivery.len();
        if len <= room {
            return Ok((size, layout));
        }
    }
    Err(len - room)
}

fn is_too_long(error: SealError) -> bool {
    matches!(error, SealError::TooLong(_))
}

/// A sealed label, and what the record had that is not in it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SealedLabel {
    /// The text of the QR code.
    pub text: PayloadText,
    /// What did not fit.
    pub left_out: LeftOut,
}

/// What is left out of a contact section that would be too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "a recipient may ask the carrier for the sender: what is left out should be said"]
#[non_exhaustive]
pub struct LeftOut {
    /// The sender's name.
    pub sender_name: bool,
    /// The sender's phone.
    pub sender_phone: bool,
}

impl LeftOut {
    /// The whole sender of a contact: for a label that is sealed without its contact section.
    pub const fn sender(contact: &Contact<'_>) -> Self {
        Self { sender_name: !contact.sender_name.is_empty(), sender_phone: !contact.sender_phone.is_empty() }
    }

    /// Whether nothing is left out.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        !self.sender_name && !self.sender_phone
    }
}

/// A sealer's leaf keys for one destination on one day, with their HMAC states precomputed.
pub struct DestinationKeys {
    generation: Generation,
    day: Day,
    region: Region,
    site: Site,
    alias: Alias,
    delivery: Prk,
    contact: Option<Prk>,
}

impl DestinationKeys {
    /// From a delivery leaf and, for labels with a contact section, the contact leaf of the same destination.
    ///
    /// # Errors
    /// [`SealError::Keys`] unless both are leaves of the right tier for one sealer, destination and day.
    pub fn new(delivery: &Node, contact: Option<&Node>) -> Result<Self, SealError> {
        let path = delivery.path();
        let alias = Alias::new(path.leaf()).ok_or(SealError::Keys)?;
        let at = |tier| {
            KeyPath::day(path.generation_of(), tier, path.day_of())
                .region(path.region_of())
                .site(path.site_of())
                .sealer(alias)
        };
        if path.level() != KeyLevel::Sealer
            || path != at(Tier::Delivery)
            || contact.is_some_and(|node| node.path() != at(Tier::Contact))
        {
            return Err(SealError::Keys);
        }
        Ok(scrubbed(|| Self {
            generation: path.generation_of(),
            day: path.day_of(),
            region: path.region_of(),
            site: path.site_of(),
            alias,
            delivery: Prk::new(delivery.key()),
            contact: contact.map(|node| Prk::new(node.key())),
        }))
    }

    /// Whether these keys can seal a contact section.
    #[must_use]
    pub const fn has_contact(&self) -> bool {
        self.contact.is_some()
    }
}

impl fmt::Debug for DestinationKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DestinationKeys")
            .field("day", &self.day)
            .field("region", &self.region)
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

/// A record's plaintexts, encoded and zero-padded. Wiped on drop.
pub struct Plain {
    delivery: Secret<DELIVERY_MAX>,
    delivery_len: usize,
    contact: Secret<{ CONTACT_SIZES[2] }>,
    class: ContactClass,
    /// The field to shorten if the delivery section does not fit.
    longest: Field,
}

impl Plain {
    /// An empty value, to be filled by encoding a record into it.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            delivery: Secret::zero(),
            delivery_len: 0,
            contact: Secret::zero(),
            class: ContactClass::NONE,
            longest: Field::Detail,
        }
    }

    /// Encodes a record, and returns what is left out of it. The contact section has 30 bytes at most. If phones and the
    /// sender's name take more, the first of these that fits is encoded: without the sender's name; without the sender's
    /// phone; without both, which without a recipient's phone is no contact section.
    ///
    /// # Errors
    /// [`SealError`] for a record that breaks a field's rule or does not fit a label. [`SealError::TooLong`] counts from the
    /// longest delivery section of any label; [`Sealer::seal`] counts from that of the label at hand.
    pub fn encode(
        &mut self,
        delivery: &Delivery<'_>,
        contact: Option<&Contact<'_>>,
    ) -> Result<LeftOut, SealError> {
        self.longest = longest_text(delivery);
        let delivered = encode_delivery(delivery, self.delivery.expose_mut());
        self.class = ContactClass::NONE;
        self.contact.expose_mut().fill(0);
        let left_out = match contact {
            Some(contact) => self.encode_contact(delivery.country, contact),
            None => Ok(LeftOut::default()),
        };
        self.delivery_len = delivered?;
        left_out
    }

    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn encode_contact(&mut self, country: Country, contact: &Contact<'_>) -> Result<LeftOut, SealError> {
        let mut result = Err(SealError::Keys);
        let mut left_out = LeftOut::default();
        for less in 0..4_u8 {
            left_out = LeftOut { sender_name: less & 1 != 0, sender_phone: less & 2 != 0 };
            let part = Contact {
                phone: contact.phone,
                sender_phone: if left_out.sender_phone { "" } else { contact.sender_phone },
                sender_name: if left_out.sender_name { "" } else { contact.sender_name },
            };
            if result.is_err_and(is_too_long) && part.is_empty() {
                // A section that was too long is zeroed.
                return Ok(LeftOut::sender(contact));
            }
            result = encode_contact_to(country, &part, self.contact.expose_mut());
            if !result.is_err_and(is_too_long) {
                break;
            }
        }
        left_out.sender_name &= !contact.sender_name.is_empty();
        left_out.sender_phone &= !contact.sender_phone.is_empty();
        // A section that was encoded fits the last of the classes.
        self.class = ContactClass::holding(result?).ok_or(SealError::Keys)?;
        Ok(left_out)
    }

    /// An error of encoding, counted from what the label of this waybill number holds beside its contact section.
    #[cfg(feature = "fast")]
    fn in_label(&self, waybill: &Waybill, error: SealError) -> SealError {
        let SealError::TooLong(excess) = error else { return error };
        let room = Layout::new(Header::len_with(waybill), self.class, PAYLOAD_MAX);
        match (excess.section, room) {
            (RecordSection::Delivery, Some(room)) => {
                let bytes = usize::from(excess.bytes) + DELIVERY_MAX - room.delivery.len();
                SealError::TooLong(Excess::new(RecordSection::Delivery, excess.field, bytes))
            }
            _ => error,
        }
    }

    /// Length in bytes of the delivery plaintext, without padding.
    #[must_use]
    pub const fn delivery_len(&self) -> usize {
        self.delivery_len
    }

    /// The size class of the contact section.
    #[must_use]
    pub const fn class(&self) -> ContactClass {
        self.class
    }
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plain { .. }")
    }
}
