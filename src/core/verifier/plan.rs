//! Selects the keys for a label from its unauthenticated header, and returns the refusals that need no tag.

use super::section::DecryptedSections;
use crate::error::Refusal;
use crate::keys::{AliasKey, Day, KeyLevel, KeyPath, Node, SealerId, Tier};
use crate::payload::{Header, Payload};

/// The sections of a label to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// All sections that the keys open.
    Held,
    /// The delivery section only.
    Delivery,
    /// The contact section only. A label without one is refused as `tier_not_granted`.
    Contact,
    /// The delivery section, and the contact section if the label has one.
    Both,
}

/// The nodes chosen for a label, and the leaf paths to derive from them.
pub(super) struct OpeningPlan<'k> {
    pub(super) day: Day,
    pub(super) delivery: Option<(&'k Node, KeyPath)>,
    pub(super) contact: Option<(&'k Node, KeyPath)>,
    pub(super) alias_node: Option<&'k Node>,
}

impl<'k> OpeningPlan<'k> {
    /// Chooses the nodes for the requested sections, or returns the first refusal.
    pub(super) fn new(nodes: &'k [Node], today: Day, payload: &Payload, want: Want) -> Result<Self, Refusal> {
        let header = payload.header();
        let day = header.day(today);
        let leaf = |tier, day| {
            KeyPath::day(header.generation, tier, day)
                .region(header.region)
                .site(header.site)
                .sealer(header.alias)
        };
        let delivery_leaf = leaf(Tier::Delivery, day.unwrap_or(Day::new(0)));
        let contact_leaf = leaf(Tier::Contact, day.unwrap_or(Day::new(0)));
        // An unresolvable day is refused below, whatever the leaf lookup finds.
        let (mut same_generation, mut same_station, mut same_day) = (false, false, false);
        let (mut delivery, mut contact, mut alias_node) = (None, None, None);
        for node in nodes {
            let path = node.path();
            if path.generation_of() != header.generation {
                continue;
            }
            // A refusal names the first property that no node has, so each is recorded in the order of the checks.
            same_generation = true;
            let level = path.level();
            if (level >= KeyLevel::Region && path.region_of() != header.region)
                || (level >= KeyLevel::Site && path.site_of() != header.site)
                || (level >= KeyLevel::Sealer && path.leaf() != header.alias.number())
                || (level >= KeyLevel::Day && path.tier() == Tier::Origin)
            {
                continue;
            }
            same_station = true;
            same_day |= level < KeyLevel::Day || Some(path.day_of()) == day;
            if path.covers(&delivery_leaf) {
                delivery = delivery.or(Some(node));
                // Not always the node that opens the label: if both a leaf and its site are held, in any order, the
                // site identifies the sealer.
                if level <= KeyLevel::Site {
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
        Ok(Self {
            day,
            delivery: delivery.filter(|_| with_delivery).map(|node| (node, delivery_leaf)),
            contact: contact.filter(|_| with_contact).map(|node| (node, contact_leaf)),
            alias_node,
        })
    }

    pub(super) const fn parts(&self) -> DecryptedSections {
        DecryptedSections {
            day: self.day,
            delivery: self.delivery.is_some(),
            contact: self.contact.is_some(),
        }
    }

    pub(super) fn sealer(&self, header: &Header) -> Option<SealerId> {
        let path =
            KeyPath::day(header.generation, Tier::Delivery, self.day).region(header.region).site(header.site);
        let mut site = Node::empty();
        self.alias_node?.derive(path, &mut site).ok()?;
        Some(AliasKey::try_from(&site).ok()?.sealer(header.alias))
    }
}
