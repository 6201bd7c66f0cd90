//! What is asked of a desk.

use crate::keys::{Region, SealerId, Site};
use crate::payload::Waybill;
use crate::summary::Terms;

/// A label that is scanned at a desk.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DeskScan<'a> {
    /// The text of the QR code.
    pub text: &'a str,
    /// The text of the label's bar code, if it was read. Another waybill number is refused: the QR code was moved.
    pub printed: Option<&'a str>,
    /// When the authority signed the file of stations that says where parcels go, in seconds since 1970-01-01 UTC, its
    /// signature verified; `None` if it is not signed. A sealer's grant may demand it.
    pub stations: Option<u64>,
    /// Now by the device's clock, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl<'a> DeskScan<'a> {
    /// A scan without a bar code, by a file of stations that is not signed.
    #[must_use]
    pub const fn new(text: &'a str, now: u64) -> Self {
        Self { text, printed: None, stations: None, now }
    }

    /// With the text of the label's bar code, if it was read.
    #[must_use]
    pub const fn with_printed(self, printed: Option<&'a str>) -> Self {
        Self { printed, ..self }
    }

    /// With the time of the signature of the file of stations, if it is signed.
    #[must_use]
    pub const fn with_stations(self, stations: Option<u64>) -> Self {
        Self { stations, ..self }
    }
}

/// Where a parcel goes, and what its label says beside the people. None of it is of the record.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ToStation<'t> {
    /// The station's region.
    pub region: Region,
    /// The station's site.
    pub site: Site,
    /// The station's code, which is the address of a return without another one.
    pub code: &'t str,
    /// The routing code, or empty.
    pub routing: &'t str,
    /// The line of the hub, or empty.
    pub hub: &'t str,
    /// The goods, or empty.
    pub goods: &'t str,
    /// A remark for the carrier, or empty.
    pub remark: &'t str,
    /// What the carrier asks of the masks.
    pub terms: Terms<'t>,
    /// Whether the label has a contact section: phones and sender.
    pub contact: bool,
}

impl<'t> ToStation<'t> {
    /// A label with both sections and nothing beside the people; the building is hidden.
    #[must_use]
    pub fn new(region: Region, site: Site, code: &'t str) -> Self {
        Self {
            region,
            site,
            code,
            routing: "",
            hub: "",
            goods: "",
            remark: "",
            terms: Terms::default(),
            contact: true,
        }
    }

    /// With a routing code, or empty.
    #[must_use]
    pub const fn with_routing(self, routing: &'t str) -> Self {
        Self { routing, ..self }
    }

    /// With the line of a hub, or empty.
    #[must_use]
    pub const fn with_hub(self, hub: &'t str) -> Self {
        Self { hub, ..self }
    }

    /// With goods, or empty.
    #[must_use]
    pub const fn with_goods(self, goods: &'t str) -> Self {
        Self { goods, ..self }
    }

    /// With a remark for the carrier, or empty.
    #[must_use]
    pub const fn with_remark(self, remark: &'t str) -> Self {
        Self { remark, ..self }
    }

    /// With what the carrier asks of the masks.
    #[must_use]
    pub const fn with_terms(self, terms: Terms<'t>) -> Self {
        Self { terms, ..self }
    }

    /// With or without a contact section.
    #[must_use]
    pub const fn with_contact(self, contact: bool) -> Self {
        Self { contact, ..self }
    }
}

/// What decides where a returned parcel goes. It is no part of the record.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReturnedLabel<'a> {
    /// Who sealed it; `None` if it was opened by a pass.
    pub sealer: Option<SealerId>,
    /// Its number.
    pub waybill: &'a Waybill,
    /// Whether the label has its sender's name or phone.
    pub has_sender: bool,
}

/// Where a returned parcel goes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReturnPlace<'t> {
    /// The station, and what the label says.
    pub to: ToStation<'t>,
    /// Who takes it there; `None` to go by the label's sender alone.
    pub place: Option<PlaceOf<'t>>,
}

impl<'t> ReturnPlace<'t> {
    /// A return that goes by the label's sender alone.
    #[must_use]
    pub const fn new(to: ToStation<'t>) -> Self {
        Self { to, place: None }
    }

    /// With who takes it at the station, if anybody is known.
    #[must_use]
    pub const fn with_place(self, place: Option<PlaceOf<'t>>) -> Self {
        Self { place, ..self }
    }
}

/// The place to which a sealer's parcels are returned.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PlaceOf<'t> {
    /// Who takes the parcel if the label has no sender's name.
    pub name: &'t str,
    /// The phone if the label has no sender's, or empty.
    pub phone: &'t str,
    /// Province, city and district; each may be empty.
    pub division: [&'t str; 3],
    /// The address.
    pub detail: &'t str,
}

impl<'t> PlaceOf<'t> {
    /// A place without a phone and a division.
    #[must_use]
    pub const fn new(name: &'t str, detail: &'t str) -> Self {
        Self { name, phone: "", division: [""; 3], detail }
    }

    /// With the phone if the label has no sender's, or empty.
    #[must_use]
    pub const fn with_phone(self, phone: &'t str) -> Self {
        Self { phone, ..self }
    }

    /// With province, city and district; each may be empty.
    #[must_use]
    pub const fn with_division(self, division: [&'t str; 3]) -> Self {
        Self { division, ..self }
    }
}
