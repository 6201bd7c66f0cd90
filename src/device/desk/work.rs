//! The desk at work: one call a label.

use super::made::{DeskOutcome, NotMade, ReplacedLabel};
use super::request::{DeskScan, PlaceOf, ReturnPlace, ReturnedLabel, ToStation};
use crate::device::session::{Attempt, InHand, LoadTerms, Replacing, Session, SessionError};
use crate::keys::{KeyLevel, Node, Tier};
use crate::payload::Handle;
use crate::payload::PayloadText;
use crate::record::{Contact, Country, Delivery, Division, division};
use crate::sealer::{DestinationKeys, LeftOut, Sealer};
use crate::signed::grant::Purpose;
use crate::signed::signer::VerifyingKey;
use crate::summary::{Person, Summary};
use crate::verifier::Want;
use std::fmt;
use std::path::Path;

/// A desk at work in its state folder. One process at a time uses a folder.
pub struct Desk {
    session: Session,
}

impl Desk {
    /// Opens the state folder of a desk's device; `now` is its clock, in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open(folder: &Path, now: u64) -> Result<Self, SessionError> {
        Session::open(folder, now).map(Self::of)
    }

    /// The desk of a session, which any device may be whose grants say so.
    pub(in crate::device) const fn of(session: Session) -> Self {
        Self { session }
    }

    pub(in crate::device) const fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    pub(in crate::device) const fn held(&self) -> &Session {
        &self.session
    }

    /// Makes a new label of the same parcel for a station: another one, or the same for a worn label.
    ///
    /// # Errors
    /// [`SessionError`]: no usable key, or the log cannot be written. No new label is given out then.
    pub fn relabel<'t>(
        &mut self,
        scan: &DeskScan<'_>,
        to: &ToStation<'t>,
    ) -> Result<DeskOutcome<'t>, SessionError> {
        self.replace(scan, Purpose::Relabel, |in_hand| {
            let (Some(delivery), contact) = (&in_hand.record.delivery, &in_hand.record.contact) else {
                return Err(NotMade::Sealing(crate::error::SealError::Keys));
            };
            let recipient = person(delivery, contact.as_ref().map_or("", |contact| contact.phone));
            let sender = contact.as_ref().and_then(|contact| sender(contact, delivery.country));
            seal(in_hand, to, delivery, contact.as_ref(), &recipient, sender.as_ref())
        })
    }

    /// Makes a label that brings the parcel back: its sender becomes the recipient, and its recipient is on it no more. `place`
    /// says where it goes, by who sealed the label and its number.
    ///
    /// # Errors
    /// As [`relabel`](Self::relabel).
    pub fn give_back<'t>(
        &mut self,
        scan: &DeskScan<'_>,
        place: impl FnOnce(&ReturnedLabel<'_>) -> Option<ReturnPlace<'t>>,
    ) -> Result<DeskOutcome<'t>, SessionError> {
        self.replace(scan, Purpose::Return, |in_hand| {
            let record = in_hand.record;
            let sent = record.contact.as_ref();
            let (name, phone) = sent.map_or(("", ""), |sent| (sent.sender_name, sent.sender_phone));
            let has_sender = !name.is_empty() || !phone.is_empty();
            let label = ReturnedLabel { sealer: in_hand.sealer, waybill: &record.header.waybill, has_sender };
            let ReturnPlace { to, place } = place(&label).ok_or(NotMade::NoPlace)?;
            let at =
                place.unwrap_or(PlaceOf { name: to.code, phone: "", division: [""; 3], detail: to.code });
            let [province, city, district] = at.division;
            let country = record.delivery.as_ref().map_or(Country::CN, |delivery| delivery.country);
            let delivery = Delivery {
                name: or(name, or(at.name, to.code)),
                country,
                postcode: "",
                division: Division::Names { province, city, district },
                street: "",
                detail: or(at.detail, to.code),
                note: "",
            };
            let contact = Contact { phone: or(phone, at.phone), sender_phone: "", sender_name: "" };
            let recipient = person(&delivery, contact.phone);
            let contact = Some(&contact).filter(|contact| !contact.is_empty());
            let (mut made, text) = seal(in_hand, &to, &delivery, contact, &recipient, None)?;
            made.is_without_sender = !has_sender;
            Ok((made, text))
        })
    }

    fn replace<'t>(
        &mut self,
        scan: &DeskScan<'_>,
        purpose: Purpose,
        make: impl FnOnce(&InHand<'_>) -> Result<(Box<ReplacedLabel<'t>>, PayloadText), NotMade>,
    ) -> Result<DeskOutcome<'t>, SessionError> {
        let attempt =
            Attempt { purpose, printed: scan.printed, want: Want::Both, ..Attempt::at(scan.text, scan.now) };
        Ok(match self.session.replace(&attempt, scan.stations, make)? {
            Replacing::Made(mut label, old, left) => {
                (label.old, label.left) = (old, left);
                DeskOutcome::Made(label)
            }
            Replacing::NotMade(reason) => DeskOutcome::NotMade(reason),
            Replacing::NotOpened(mark) => DeskOutcome::NotOpened(mark),
        })
    }

    /// Whether the device has a sealer's keys of today that may be used with a file of stations that the authority signed then:
    /// in seconds since 1970-01-01 UTC, `None` if it is not signed.
    ///
    /// # Errors
    /// [`SessionError`], as the first label would give it.
    pub fn check(&self, stations: Option<u64>, now: u64) -> Result<(), SessionError> {
        self.session.sealing(stations, now).map(drop)
    }

    /// The authority that the device pins: who may have signed a file of stations.
    #[must_use]
    pub fn authority(&self) -> Option<VerifyingKey> {
        self.session.authority()
    }

    /// The files of the inbox that were refused since the last call: name and reason.
    pub fn notices(&mut self) -> Vec<(String, SessionError)> {
        self.session.notices()
    }

    /// Labels charged to the budget since the last signed head.
    #[must_use]
    pub fn spent(&self) -> u32 {
        self.session.spent()
    }

    /// The number of entries of the log.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.session.log().count()
    }

    /// The terms of the device's grant, `None` without one that opens labels for a courier: a desk's has none.
    #[must_use]
    pub fn terms(&self, now: u64) -> Option<LoadTerms> {
        self.session.terms(now)
    }
}

/// Masks, checks and seals; in this order, since a label that cannot be printed is not sealed.
fn seal<'t>(
    in_hand: &InHand<'_>,
    to: &ToStation<'t>,
    delivery: &Delivery<'_>,
    contact: Option<&Contact<'_>>,
    recipient: &Person<'_>,
    sender: Option<&Person<'_>>,
) -> Result<(Box<ReplacedLabel<'t>>, PayloadText), NotMade> {
    let summary = Summary::on(to.terms, recipient, sender)?;
    let code =
        |text: &'t str| (!text.is_empty()).then(|| summary.show_code(text, recipient, sender)).transpose();
    let (routing, hub) = (code(to.routing)?, code(to.hub)?);
    let [goods, remark] = summary.show_both([to.goods, to.remark], recipient, sender);
    let today = in_hand.sealing.today;
    let nodes = || in_hand.sealing.sets.iter().flat_map(|set| &set.nodes);
    let leaf = |tier: Tier| {
        nodes().find(|node: &&Node| {
            let path = node.path();
            let is_there = tier == Tier::Origin || (path.region_of(), path.site_of()) == (to.region, to.site);
            path.level() == KeyLevel::Sealer && path.tier() == tier && path.day_of() == today && is_there
        })
    };
    let no_lane = NotMade::NoLane(to.region, to.site);
    let origin = leaf(Tier::Origin).ok_or(no_lane)?;
    let lane = DestinationKeys::new(leaf(Tier::Delivery).ok_or(no_lane)?, leaf(Tier::Contact))?;
    let waybill = in_hand.record.header.waybill;
    let sealed_contact = contact.filter(|_| to.contact);
    let sealed = Sealer::new(origin)?.seal(&lane, &waybill, delivery, sealed_contact)?;
    let left_out = match (sealed_contact, contact) {
        (None, Some(contact)) => LeftOut::sender(contact),
        _ => sealed.left_out,
    };
    let handle = sealed.text.handle();
    let label = ReplacedLabel {
        waybill,
        text: sealed.text,
        handle,
        old: Handle::from([0; 16]),
        day: today,
        summary,
        routing,
        hub,
        goods,
        remark,
        left_out,
        lost_entries: !in_hand.record.skipped.is_empty(),
        is_without_sender: false,
        left: None,
    };
    Ok((Box::new(label), sealed.text))
}

/// A text, or another one where it is empty.
const fn or<'a>(own: &'a str, other: &'a str) -> &'a str {
    if own.is_empty() { other } else { own }
}

/// The recipient, as the masks take people.
fn person<'r>(delivery: &Delivery<'r>, phone: &'r str) -> Person<'r> {
    let names = match delivery.division {
        Division::Code(code) => division::names(code).unwrap_or_default(),
        Division::Names { province, city, district } => [province, city, district],
    };
    Person {
        name: delivery.name,
        phone,
        country: delivery.country,
        postcode: delivery.postcode,
        division: names,
        street: delivery.street,
        detail: delivery.detail,
    }
}

/// The sender of a contact section, if there is one; its address is in no record.
fn sender<'r>(contact: &Contact<'r>, country: Country) -> Option<Person<'r>> {
    let is_there = !contact.sender_name.is_empty() || !contact.sender_phone.is_empty();
    is_there.then_some(Person {
        name: contact.sender_name,
        phone: contact.sender_phone,
        country,
        postcode: "",
        division: [""; 3],
        street: "",
        detail: "",
    })
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("session", &self.session).finish()
    }
}
