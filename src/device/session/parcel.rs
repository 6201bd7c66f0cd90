//! A parcel as the day's list shows it.

use crate::payload::{Handle, Payload};
use crate::record::{Division, division};
use crate::summary::{Person, Summary};
use crate::verifier::Opened;

/// A parcel as the day's list shows it: masked, as its label is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The label.
    pub handle: Handle,
    /// The waybill number.
    pub waybill: String,
    /// The recipient's name, masked.
    pub name: String,
    /// The address, masked.
    pub address: String,
    /// Whether it was signed off.
    pub delivered: bool,
}

impl Parcel {
    pub(super) fn of(payload: &Payload) -> Self {
        Self {
            handle: payload.handle(),
            waybill: payload.header().waybill.text().to_string(),
            name: String::new(),
            address: String::new(),
            delivered: false,
        }
    }
}

/// A parcel's line in the list, masked as its label is.
pub(super) fn mask(mut parcel: Parcel, record: &Opened<'_>) -> Parcel {
    let Some(delivery) = &record.delivery else { return parcel };
    let division = match delivery.division {
        Division::Code(code) => division::names(code).unwrap_or_default(),
        Division::Names { province, city, district } => [province, city, district],
    };
    let person = Person {
        name: delivery.name,
        phone: record.contact.as_ref().map_or("", |contact| contact.phone),
        postcode: delivery.postcode,
        country: delivery.country,
        division,
        street: delivery.street,
        detail: delivery.detail,
    };
    // What the masker cannot hide enough of is left out.
    if let Ok(summary) = Summary::new(&person, None) {
        parcel.name = summary.recipient().name.to_string();
        parcel.address = summary.recipient().address.to_string();
    }
    parcel
}
