//! A desk's device and its two grants: it serves station 12, and seals for 12, 13 and 14.

use super::station::{Place, station};
use std::path::PathBuf;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::desk::ToStation;
use wayseal::device::session::Session;
use wayseal::keys::{Day, SealerId};
use wayseal::signed::grant::{Grant, Purpose};

/// The sealer that only replaces labels.
pub const DESK: u32 = 900;

/// The grant by which a desk opens.
pub fn desk_grant(place: &Place, day: Day, now: u64, budget: Option<u32>) -> Grant {
    let mut terms = GrantTerms::new("desk-1", 1, now).with_purposes([Purpose::Return, Purpose::Relabel]);
    terms.budget = budget;
    let scope = Scope::Desk { stations: &[station(12)] };
    issue(&place.root, terms, &scope, Days::ending(day, 14), Limits::Kept).unwrap()
}

/// The grant by which it seals, which demands files of stations signed at a time or later, 0 for none.
pub fn sealer_grant(place: &Place, day: Day, now: u64, serial: u64, demanded: u64) -> Grant {
    let to = [station(12), station(13), station(14)];
    let scope = Scope::Sealer { sealer: SealerId::new(DESK).unwrap(), destinations: &to };
    let terms = GrantTerms::new("desk-1", serial, now).with_stations(demanded);
    issue(&place.root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap()
}

/// The folder of a desk's device with these grants in its inbox.
pub fn folder(place: &Place, grants: &[Grant]) -> PathBuf {
    let folder = place.path().join("desk");
    Session::enrol(&folder, &place.auditor.enrol("desk-1", place.root.public())).unwrap();
    for (at, grant) in grants.iter().enumerate() {
        let file = folder.join(format!("inbox/{at}.grant"));
        std::fs::write(file, &grant.sign(&place.root).unwrap()[..]).unwrap();
    }
    folder
}

pub fn to(site: u16) -> ToStation<'static> {
    let (region, site) = station(site);
    ToStation::new(region, site, "SZ-013").with_routing("755-A13")
}
