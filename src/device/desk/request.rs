//! What is asked of a desk.

use crate::keys::{Region, SealerId, Site};
use crate::payload::Waybill;
use crate::summary::Terms;

/// A label that is scanned at a desk.
#[derive(Clone, Copy, Debug)]
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

/// Where a parcel goes, and what its label says beside the people. None of it is of the record.
#[derive(Clone, Copy, Debug)]
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

/// What decides where a returned parcel goes. It is no part of the record.
#[derive(Clone, Copy, Debug)]
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
pub struct ReturnPlace<'t> {
    /// The station, and what the label says.
    pub to: ToStation<'t>,
    /// Who takes it there; `None` to go by the label's sender alone.
    pub place: Option<PlaceOf<'t>>,
}

/// The place to which a sealer's parcels are returned.
#[derive(Clone, Copy, Debug)]
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
