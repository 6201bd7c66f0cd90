//! Where the cells of a field go: what is sealed, what is printed, and what is only read.
//!
//! [`Column::destination`] is the one declaration of it. Reports, events and manifests are derived from it, and a test
//! compares it with what orders really seal and print, so they cannot disagree.

use super::column::Column;
use crate::batch::product::ProductKind;
use crate::label::Template;
use serde::{Deserialize, Serialize};

/// What a label of the batch has room for: the switches of its template and product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LabelParts {
    /// Whether there is a contact section.
    pub contact: bool,
    /// Whether masked fields are printed, by us or by a layout that gets them, and not the payload alone made.
    pub printed: bool,
    /// Whether the hub is printed.
    pub hub: bool,
    /// Whether the sender is printed.
    pub sender: bool,
    /// Whether goods are printed.
    pub goods: bool,
    /// Whether the remark is printed.
    pub remark: bool,
}

impl LabelParts {
    /// A label with everything.
    pub const ALL: Self =
        Self { contact: true, printed: true, hub: true, sender: true, goods: true, remark: true };

    /// The parts of a product under a template.
    #[must_use]
    pub const fn of(template: &Template, make: ProductKind) -> Self {
        Self {
            contact: template.contact,
            printed: matches!(make, ProductKind::Label(..) | ProductKind::Symbol(_)),
            hub: template.hub,
            sender: template.sender,
            goods: template.goods,
            remark: template.remark,
        }
    }
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Destination {
    /// Encrypted into the label.
    pub sealed: bool,
    /// Printed in plain text: masked, if it is of a person.
    pub printed: bool,
    /// Decides about the label without being on it.
    pub read: bool,
}

impl Destination {
    const fn sealed(sealed: bool) -> Self {
        Self { sealed, printed: false, read: false }
    }

    const fn and_printed(self, printed: bool) -> Self {
        Self { printed, ..self }
    }

    const READ: Self = Self { sealed: false, printed: false, read: true };

    /// Whether the field has no use at all.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        !(self.sealed || self.printed || self.read)
    }
}

impl Column {
    /// What becomes of the field on a label of these parts, in a file that has a sender's name or not: without one no
    /// sender is printed.
    #[must_use]
    pub const fn destination(self, parts: LabelParts, has_sender: bool) -> Destination {
        let LabelParts { contact, printed, .. } = parts;
        let sender = printed && parts.sender && has_sender;
        match self {
            // In plain text in the payload too.
            Self::Waybill => Destination::sealed(false).and_printed(true),
            Self::Name | Self::Province | Self::City | Self::District | Self::Street | Self::Detail => {
                Destination::sealed(true).and_printed(printed)
            }
            // It decides how the address is masked.
            Self::Country | Self::Postcode | Self::Note => Destination::sealed(true),
            Self::Phone | Self::VirtualPhone => Destination::sealed(contact).and_printed(printed),
            Self::Extension => Destination::sealed(contact),
            Self::SenderName | Self::SenderPhone => Destination::sealed(contact).and_printed(sender),
            Self::SenderProvince
            | Self::SenderCity
            | Self::SenderDistrict
            | Self::SenderStreet
            | Self::SenderDetail => Destination::sealed(false).and_printed(sender),
            Self::Routing => Destination::sealed(false).and_printed(printed),
            Self::Hub => Destination::sealed(false).and_printed(printed && parts.hub),
            Self::Goods => Destination::sealed(false).and_printed(printed && parts.goods),
            Self::Remark => Destination::sealed(false).and_printed(printed && parts.remark),
            // On the label, or in the line of its payload for somebody else's layout.
            Self::Cod | Self::Payment | Self::Declared | Self::Currency if printed => {
                Destination::sealed(false).and_printed(true)
            }
            Self::Cod | Self::Payment | Self::Declared | Self::Currency | Self::Pieces | Self::Children
            // Whether there is something to collect.
            | Self::PaymentMethod => {
                Destination::READ
            }
            Self::Discreet if !printed => Destination::sealed(false),
            Self::SenderCountry if !sender => Destination::sealed(false),
            Self::Station | Self::PhoneValidity | Self::SenderCountry | Self::Discreet | Self::Order => {
                Destination::READ
            }
        }
    }
}
