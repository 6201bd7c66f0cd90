//! Payload to record, with the keys of a station.
//!
//! Imports [`keys`](crate::keys), [`payload`](crate::payload), [`record`](crate::record),
//! [`secret`](crate::secret) and [`error`](crate::error).
//!
//! ```text
//! text → framing → generation → station → day → tier → tag → decoding → revocation → record
//! ```
//!
//! Each arrow can refuse, the first wins, and none says anything about the content.
//!
//! It needs no heap and no operating system. A device's keys come as bundles of 44 bytes:
//!
//! ```
//! use wayseal_core::{error::Refusal, keys::{Day, Generation, Node}, verifier::{Buffer, Verifier, Want}};
//!
//! # let digits = "030109d702f3000c000000006432ce060865ad27a7643dbbeced123b7c403a6cbee61c64e9b6be8b054e9f26";
//! # let mut bundle = [0; Node::BUNDLED];
//! # for (byte, at) in bundle.iter_mut().zip((0..).step_by(2)) {
//! #     *byte = u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
//! # }
//! # let text = "WS1:PY7IWU8RP+27N01TGUR$H$WREDUFQI65U6QP%70Y$5%HFGL6864N8Q0 DH.3J.9.CL7G3BR36$CX17N9UP0OB6\
//! #     GOR14Y2*Q5MSI.2F7JMW%4U.CYEP-.E";
//! let mut nodes = [Node::empty()];
//! assert!(nodes[0].read(Generation::EVEN, &bundle));
//! let verifier = Verifier::new(&nodes, Day(2519));
//! let mut buffer = Buffer::new();
//! let opened = verifier.open(text.as_bytes(), Want::Held, &mut buffer)?;
//! let delivery = opened.delivery.as_ref().unwrap();
//! assert_eq!((delivery.name, &*opened.header.waybill.text()), ("欧阳修远", "YT8800123456789"));
//! // These are the keys of one tier, so that the phone stays closed.
//! assert!(opened.contact.is_none());
//! let refusal = verifier.open(&text.as_bytes()[..40], Want::Held, &mut buffer).unwrap_err();
//! assert_eq!(refusal, Refusal::Damaged);
//! # Ok::<(), Refusal>(())
//! ```

mod loaded;
#[cfg(test)]
mod tests;

pub use loaded::LabelKeys;

use crate::error::Refusal;
use crate::keys::{AliasKey, Day, Level, Node, Path, Prk, SealerId, Tier};
use crate::payload::{Header, PAYLOAD_MAX, Payload, TAG_LEN};
use crate::record::{
    Contact, Delivery, Malformed, ReadContact, ReadDelivery, TEXT_MAX, read_contact, read_delivery,
};
use crate::secret::{Key, Secret, aead, scrubbed};
use core::fmt;

/// Bytes of text that a contact section can decode to.
const CONTACT_TEXT_MAX: usize = 256;

/// Opens the labels that its keys reach.
#[derive(Clone, Copy, Debug)]
pub struct Verifier<'k> {
    nodes: &'k [Node],
    today: Day,
    revoked: &'k [Revoked],
}

impl<'k> Verifier<'k> {
    /// A verifier with these keys, on the day `today`, which only resolves the nine bits of a label's day.
    #[must_use]
    pub const fn new(nodes: &'k [Node], today: Day) -> Self {
        Self { nodes, today, revoked: &[] }
    }

    /// Refuses the labels of revoked sealers; `revoked` is sorted by sealer, one entry each.
    ///
    /// A label names its sealer by an alias, which the delivery keys of its site turn back. Without them,
    /// as on a device that holds contact keys alone, no sealer is recognised.
    #[must_use]
    pub const fn with_revoked(mut self, revoked: &'k [Revoked]) -> Self {
        self.revoked = revoked;
        self
    }

    /// Opens the text of a label's QR code into `buffer`, which is wiped first and when dropped.
    ///
    /// # Errors
    /// [`Refusal`], in the order of its variants; nothing is left in `buffer` then.
    pub fn open<'b>(&self, text: &[u8], want: Want, buffer: &'b mut Buffer) -> Result<Opened<'b>, Refusal> {
        buffer.wipe();
        // Held where it was parsed: a move would leave a second copy on the stack.
        let parsed = Payload::parse(text);
        let payload = parsed.as_ref().map_err(|refusal| *refusal)?;
        let plan = self.plan(payload, want)?;
        if cfg!(target_pointer_width = "32") {
            // Each by itself: together their frames take more stack than a small device has.
            scrubbed(|| self.decrypt_or_wipe(payload, &plan, buffer))?;
            return scrubbed(|| decode(payload, plan.parts(), buffer));
        }
        scrubbed(|| {
            self.decrypt_or_wipe(payload, &plan, buffer)?;
            decode(payload, plan.parts(), buffer)
        })
    }

    fn decrypt_or_wipe(
        &self,
        payload: &Payload,
        plan: &Plan<'_>,
        buffer: &mut Buffer,
    ) -> Result<(), Refusal> {
        self.decrypt(payload, plan, buffer).inspect_err(|_| buffer.wipe())
    }

    /// Whether the keys reach a label, by what it claims: the refusals before the tag.
    ///
    /// # Errors
    /// [`Refusal`], from [`Refusal::OtherGeneration`] to [`Refusal::TierNotGranted`].
    pub fn reaches(&self, payload: &Payload, want: Want) -> Result<(), Refusal> {
        self.plan(payload, want).map(|_| ())
    }

    /// The nodes that open what is wanted, or the refusal that comes first.
    fn plan(&self, payload: &Payload, want: Want) -> Result<Plan<'k>, Refusal> {
        let header = payload.header();
        let day = header.day(self.today);
        let leaf = |tier, day| {
            Path::day(header.generation, tier, day)
                .region(header.region)
                .site(header.site)
                .sealer(header.alias)
        };
        let delivery_leaf = leaf(Tier::Delivery, day.unwrap_or(Day(0)));
        let contact_leaf = leaf(Tier::Contact, day.unwrap_or(Day(0)));
        // A day that does not resolve is refused below, whatever its leaves find.
        let (mut same_generation, mut same_station, mut same_day) = (false, false, false);
        let (mut delivery, mut contact, mut alias_node) = (None, None, None);
        for node in self.nodes {
            let path = node.path();
            if path.generation_of() != header.generation {
                continue;
            }
            same_generation = true;
            let level = path.level();
            if (level >= Level::Region && path.region_of() != header.region)
                || (level >= Level::Site && path.site_of() != header.site)
                || (level >= Level::Sealer && path.leaf() != header.alias.number())
                || (level >= Level::Day && path.tier() == Tier::Origin)
            {
                continue;
            }
            same_station = true;
            same_day |= level < Level::Day || Some(path.day_of()) == day;
            if path.covers(&delivery_leaf) {
                delivery = delivery.or(Some(node));
                // Not always the node that opens: of a leaf and its site, whatever their order, the site
                // tells the sealer.
                if level <= Level::Site {
                    alias_node = alias_node.or(Some(node));
                }
            }
            if path.covers(&contact_leaf) {
                contact = contact.or(Some(node));
            }
        }
        if !same_generation {
            return Err(Refusal::OtherGeneration);
        }
        if !same_station {
            return Err(Refusal::OtherStation);
        }
        let day = day.filter(|_| same_day).ok_or(Refusal::DayNotInHand)?;
        let contact = contact.filter(|_| !header.contact.is_empty());
        let (with_delivery, with_contact) = match want {
            Want::Held => (delivery.is_some(), contact.is_some()),
            Want::Delivery => (true, false),
            Want::Contact => (false, true),
            Want::Both => (true, !header.contact.is_empty()),
        };
        if (with_delivery && delivery.is_none())
            || (with_contact && contact.is_none())
            || !(with_delivery || with_contact)
        {
            return Err(Refusal::TierNotGranted);
        }
        Ok(Plan {
            day,
            delivery: delivery.filter(|_| with_delivery).map(|node| (node, delivery_leaf)),
            contact: contact.filter(|_| with_contact).map(|node| (node, contact_leaf)),
            alias_node,
        })
    }

    /// Checks the tags, then decrypts into `buffer`; then looks for the sealer among the revoked.
    fn decrypt(&self, payload: &Payload, plan: &Plan<'_>, buffer: &mut Buffer) -> Result<(), Refusal> {
        buffer.payload.expose_mut()[..payload.bytes().len()].copy_from_slice(payload.bytes());
        let mut key = Key::zero();
        for (section, reached) in [(Section::Delivery, plan.delivery), (Section::Contact, plan.contact)] {
            if let Some(reached) = reached {
                label_key(payload, reached, &mut key)?;
                decrypt_section(payload, section, &key, buffer)?;
            }
        }
        if self.revoked.is_empty() { Ok(()) } else { self.check_sealer(payload, plan, buffer) }
    }

    /// Looks for the sealer of a decrypted label among the revoked, in a frame that the decryption
    /// does not have on its stack.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    fn check_sealer(&self, payload: &Payload, plan: &Plan<'_>, buffer: &mut Buffer) -> Result<(), Refusal> {
        if let Some(sealer) = plan.sealer(payload.header())
            && let Ok(entry) = self.revoked.binary_search_by_key(&sealer, |entry| entry.sealer)
            && plan.day >= self.revoked[entry].from
        {
            // Still `tampered` if the content does not decode: it comes before the revocation.
            decode(payload, plan.parts(), buffer)?;
            return Err(Refusal::SealerRevoked);
        }
        Ok(())
    }
}

/// Which parts of a label to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Whatever the keys reach.
    Held,
    /// The delivery section.
    Delivery,
    /// The contact section; a label without one is refused as `tier_not_granted`.
    Contact,
    /// The delivery section, and the contact section of labels that have one.
    Both,
}

/// A revoked sealer and the first day on which its labels are doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// The sealer's own number.
    pub sealer: SealerId,
    /// The first doubtful day: thieves date back.
    pub from: Day,
}

/// The nodes chosen for a label, with the leaves to derive.
struct Plan<'k> {
    day: Day,
    delivery: Option<(&'k Node, Path)>,
    contact: Option<(&'k Node, Path)>,
    alias_node: Option<&'k Node>,
}

impl Plan<'_> {
    const fn parts(&self) -> Parts {
        Parts { day: self.day, delivery: self.delivery.is_some(), contact: self.contact.is_some() }
    }

    fn sealer(&self, header: &Header) -> Option<SealerId> {
        let path =
            Path::day(header.generation, Tier::Delivery, self.day).region(header.region).site(header.site);
        let mut site = Node::empty();
        self.alias_node?.derive(path, &mut site).ok()?;
        Some(AliasKey::of_site(&site)?.sealer(header.alias))
    }
}

/// Where a label is opened: payload, texts. Wiped on drop.
pub struct Buffer {
    payload: Secret<PAYLOAD_MAX>,
    delivery: Secret<TEXT_MAX>,
    contact: Secret<CONTACT_TEXT_MAX>,
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

/// A section of a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Delivery,
    Contact,
}

/// Which sections were decrypted, of which day.
#[derive(Clone, Copy)]
struct Parts {
    day: Day,
    delivery: bool,
    contact: bool,
}

/// `HKDF-Expand(leaf, "WS1" ‖ 05 ‖ header, 32)` for the leaf of a plan; its frame is gone when the cipher's comes.
#[cfg_attr(not(feature = "fast"), inline(never))]
fn label_key(payload: &Payload, (node, path): (&Node, Path), key: &mut Key) -> Result<(), Refusal> {
    let mut leaf = Node::empty();
    node.derive(path, &mut leaf).map_err(|_| Refusal::TierNotGranted)?;
    Prk::new(leaf.key()).label_key(&payload.bytes()[payload.layout().header.clone()], key);
    Ok(())
}

/// Checks a section's tag, then decrypts it in `buffer`, which holds the payload.
fn decrypt_section(
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
    let mut expected = [0; TAG_LEN];
    expected.copy_from_slice(&payload.bytes()[tag.clone()]);
    let target = &mut buffer.payload.expose_mut()[section.clone()];
    // All before a section is its associated data, as it stands on the label.
    aead::open(key, &aead::NONCE, &payload.bytes()[..section.start], target, &expected)
        .map_err(|_| Refusal::Tampered)
}

/// Decodes the decrypted sections; of a label that is refused nothing is left.
fn decode<'b>(payload: &Payload, parts: Parts, buffer: &'b mut Buffer) -> Result<Opened<'b>, Refusal> {
    // All is read before any of it is lent: what is lent cannot be wiped.
    let read = read(payload, parts, buffer).map_err(|_| {
        buffer.wipe();
        Refusal::Tampered
    })?;
    let (delivery, contact) = read.sections(buffer).map_err(|_| Refusal::Tampered)?;
    Ok(Opened { header: payload.header().clone(), day: parts.day, delivery, contact })
}

/// What was read of the sections.
struct Read {
    delivery: Option<ReadDelivery>,
    contact: Option<ReadContact>,
}

fn read(payload: &Payload, parts: Parts, buffer: &mut Buffer) -> Result<Read, Malformed> {
    let layout = payload.layout();
    let plain = buffer.payload.expose();
    let mut read = Read { delivery: None, contact: None };
    if parts.delivery {
        read.delivery = Some(read_delivery(&plain[layout.delivery.clone()], buffer.delivery.expose_mut())?);
    }
    if parts.contact {
        read.contact = Some(read_contact(&plain[layout.contact.clone()], buffer.contact.expose_mut())?);
    }
    Ok(read)
}

impl Read {
    fn sections<'b>(
        &self,
        buffer: &'b Buffer,
    ) -> Result<(Option<Delivery<'b>>, Option<Contact<'b>>), Malformed> {
        let delivery = self.delivery.as_ref().map(|read| read.texts(buffer.delivery.expose())).transpose()?;
        let contact = self.contact.as_ref().map(|read| read.texts(buffer.contact.expose())).transpose()?;
        Ok((delivery, contact))
    }
}
