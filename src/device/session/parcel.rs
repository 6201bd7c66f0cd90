//! A parcel in the day's list.

use super::tally::Tally;
use crate::device::log::{EntryOutcome, LabelHeader};
use crate::payload::{Handle, Payload};
use crate::record::{Division, division};
use crate::summary::{Person, Summary, Terms};
use crate::verifier::Opened;

/// The digits of a phone by which a recipient is found.
pub(super) const PHONE_DIGITS: usize = 4;

/// A parcel in the day's list, masked like the summary on its label.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parcel {
    /// The label.
    pub handle: Handle,
    /// The label's header, by which a delivery code is judged; `None` if the file of loaded parcels was torn there.
    pub header: Option<LabelHeader>,
    /// The waybill number.
    pub waybill: String,
    /// The recipient's name, masked.
    pub name: String,
    /// The address, masked.
    pub address: String,
    /// The place and the building, without a person: what sorting needs. Empty if the parcel was not
    /// loaded, nor opened since the session began.
    pub place: String,
    /// The last digits of the phone, as far as the mask shows them: what a recipient names at the door.
    pub phone: String,
    /// Whether it was signed off.
    pub delivered: bool,
    /// What was said of it last; `None` if nothing was, or it was taken back.
    pub outcome: Option<EntryOutcome>,
}

impl Parcel {
    pub(super) fn of(payload: &Payload) -> Self {
        Self {
            header: Some(payload.header().into()),
            waybill: payload.header().waybill.text().to_string(),
            ..Self::blank(payload.handle())
        }
    }

    /// A parcel of which only the label's handle is known.
    pub(super) const fn blank(handle: Handle) -> Self {
        Self {
            handle,
            header: None,
            waybill: String::new(),
            name: String::new(),
            address: String::new(),
            place: String::new(),
            phone: String::new(),
            delivered: false,
            outcome: None,
        }
    }

    /// Takes what was said of it from the log's counts.
    pub(super) fn hear(&mut self, tally: &Tally) {
        self.outcome = tally.said(&self.handle).map(|said| said.mark);
        self.delivered = tally.delivered(&self.handle);
    }
}

/// Fills in a parcel's masked name and address from its opened record.
pub(super) fn mask(mut parcel: Parcel, record: &Opened<'_>) -> Parcel {
    let Some(delivery) = &record.delivery else { return parcel };
    let division = match delivery.division {
        Division::Code(code) => division::names(code).unwrap_or_default(),
        Division::Names { province, city, district } => [province, city, district],
    };
    let person = Person {
        name: delivery.name,
        // A summary masks the phone too; the list does not show it.
        phone: record.contact.as_ref().map_or("", |contact| contact.phone),
        postcode: delivery.postcode,
        country: delivery.country,
        division,
        street: delivery.street,
        detail: delivery.detail,
    };
    // A name or address that cannot be masked well enough stays empty: the list is on the screen all day.
    if let Ok(summary) = Summary::new(&person, None) {
        parcel.name = summary.recipient().name.to_string();
        parcel.address = summary.recipient().address.to_string();
        let phone = summary.recipient().phone.as_bytes();
        let shown = phone.iter().rev().take_while(|byte| byte.is_ascii_digit()).take(PHONE_DIGITS).count();
        parcel.phone = String::from_utf8_lossy(&phone[phone.len() - shown..]).into_owned();
    }
    let terms = Terms::default().with_building(true);
    if let Ok(summary) = Summary::on(terms, &person, None) {
        parcel.place = summary.recipient().address.to_string();
    }
    parcel
}
