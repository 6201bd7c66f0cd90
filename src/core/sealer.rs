//! Sealing. In: a record, a waybill number and the keys of a destination. Out: the text of a QR code.
//!
//! No random source is used: the salt is a MAC of the label's content, under a key that only the sealer and the
//! authority hold. Equal input gives equal text.

use crate::error::SealError;
use crate::keys::{
    Alias, Day, Generation, KeyLevel, KeyPath, Node, Prk, Region, SALT_LEN, SaltKey, Site, Tenant, Tier,
    WrongNode,
};
use crate::payload::{ContactClass, Header, Layout, PAYLOAD_MAX, PayloadText, SIZES, TAG_LEN, Waybill};
use crate::record::{CONTACT_SIZES, Contact, DELIVERY_MAX, Delivery, encode_contact, encode_delivery};
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
        Self::with(origin, || SaltKey::of_tenant(origin, tenant))
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

    /// Seals a record into the text of a label's QR code. Equal input gives equal text.
    ///
    /// # Errors
    /// [`SealError`] for a record that breaks a field's rule or does not fit a label, and for keys of another day.
    pub fn seal(
        &self,
        destination: &DestinationKeys,
        waybill: &Waybill,
        delivery: &Delivery<'_>,
        contact: Option<&Contact<'_>>,
    ) -> Result<PayloadText, SealError> {
        let mut plain = Plain::empty();
        self.finish(|key, payload| {
            plain.encode(delivery, contact)?;
            self.fill(destination, waybill, &plain, key, payload)
        })
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
        let (size, layout) = smallest(header_len, plain.class, plain.delivery_len)?;

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

/// The smallest payload size whose delivery section holds `len` bytes.
fn smallest(header: usize, class: ContactClass, len: usize) -> Result<(usize, Layout), SealError> {
    let mut room = 0;
    for size in SIZES {
        let Some(layout) = Layout::new(header, class, size) else { continue };
        room = layout.delivery.len();
        if len <= room {
            return Ok((size, layout));
        }
    }
    Err(SealError::TooLong((len - room) as u16))
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
    sender: SealedSender,
}

/// How much of the sender a contact section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedSender {
    /// All that was given, which may be nothing.
    Whole,
    /// The phone; the name did not fit.
    Phone,
    /// Nothing; it did not fit.
    LeftOff,
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
            sender: SealedSender::Whole,
        }
    }

    /// Encodes a record. If the contact section is too long, the sender's name is left off, and then the sender's
    /// phone too; [`Plain::sender`] says so. Without a recipient's phone there is no contact section then.
    ///
    /// # Errors
    /// [`SealError`] for a record that breaks a field's rule or does not fit a label.
    pub fn encode(
        &mut self,
        delivery: &Delivery<'_>,
        contact: Option<&Contact<'_>>,
    ) -> Result<(), SealError> {
        self.delivery_len = encode_delivery(delivery, self.delivery.expose_mut())?;
        self.class = ContactClass::NONE;
        self.sender = SealedSender::Whole;
        self.contact.expose_mut().fill(0);
        let Some(&Contact { phone, sender_phone, sender_name }) = contact else { return Ok(()) };
        let parts = [
            (SealedSender::Whole, sender_phone, sender_name),
            (SealedSender::Phone, sender_phone, ""),
            (SealedSender::LeftOff, "", ""),
        ];
        let mut len = 0;
        for (sender, sender_phone, sender_name) in parts {
            self.sender = sender;
            if sender != SealedSender::Whole && phone.is_empty() && sender_phone.is_empty() {
                // Nothing is left to seal. The last attempt has zeroed the section.
                self.sender = SealedSender::LeftOff;
                return Ok(());
            }
            let part = Contact { phone, sender_phone, sender_name };
            match encode_contact(&part, self.contact.expose_mut()) {
                Err(SealError::TooLong(_)) if sender != SealedSender::LeftOff => {}
                encoded => {
                    len = encoded?;
                    break;
                }
            }
        }
        if self.sender == SealedSender::Phone && sender_phone.is_empty() {
            self.sender = SealedSender::LeftOff;
        }
        self.class = ContactClass::holding(len).ok_or(SealError::TooLong(len as u16))?;
        Ok(())
    }

    /// How much of the sender the contact section holds.
    #[must_use]
    pub const fn sender(&self) -> SealedSender {
        self.sender
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
