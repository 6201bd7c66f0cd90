//! A station with its authority, auditor, sealer and a courier's device, in a temporary folder.

use super::label::{CONTACT, DELIVERY, sealed};
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{Destination, GrantTerms, Limits, Scope, issue};
use wayseal::device::session::{Attempt, ScanOutcome, Session};
use wayseal::keys::{Day, Region, SealerId, Site, Tier};
use wayseal::record::Delivery;
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::{Grant, Purpose};

pub const DAY: Day = Day::new(2519);
/// Eleven o'clock of that day, UTC.
pub const NOW: u64 = (2519 + Day::UNIX_OFFSET) * 86_400 + 11 * 3600;

pub struct Place {
    folder: tempfile::TempDir,
    pub root: Authority,
    pub auditor: Auditor,
    pub depot: Identity,
    serial: std::cell::Cell<u64>,
}

pub fn station(site: u16) -> Destination {
    (Region::new(755).unwrap(), Site::new(site).unwrap())
}

impl Place {
    /// A device `pda-17` with a grant for station 12, both tiers, fourteen days.
    pub fn new(purposes: &[Purpose], budget: Option<u32>) -> Self {
        let place = Self {
            folder: super::folder::folder(),
            root: Authority::generate(0).unwrap(),
            auditor: Auditor::generate().unwrap(),
            depot: Identity::generate(),
            serial: 1.into(),
        };
        Session::enrol(&place.state(), &place.auditor.enrol("pda-17", place.root.public())).unwrap();
        let grant = place.grant(DAY, NOW, purposes, budget);
        std::fs::write(place.state().join("inbox/first.grant"), &grant[..]).unwrap();
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn state(&self) -> PathBuf {
        self.path().join("pda")
    }

    pub fn open(&self) -> Session {
        Session::open(&self.state(), NOW).unwrap()
    }

    pub fn issued(&self, day: Day, issued: u64, purposes: &[Purpose], budget: Option<u32>) -> Grant {
        self.serial.set(self.serial.get() + 1);
        let mut terms = GrantTerms::new("pda-17", self.serial.get(), issued);
        terms.purposes = purposes.to_vec();
        terms.budget = budget;
        let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station(12)] };
        issue(&self.root, terms, &scope, Days::ending(day, 14), Limits::Kept).unwrap()
    }

    pub fn grant(&self, day: Day, issued: u64, purposes: &[Purpose], budget: Option<u32>) -> Vec<u8> {
        self.issued(day, issued, purposes, budget).sign(&self.root).unwrap().to_vec()
    }

    /// The text of a label's code for a station, sealed on that day; its recipient is `name`.
    pub fn label(&self, number: u64, site: u16, name: &str) -> String {
        self.label_of(DAY, number, site, name)
    }

    pub fn label_of(&self, day: Day, number: u64, site: u16, name: &str) -> String {
        let destinations = [station(site)];
        let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &destinations };
        let issued = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400;
        let terms = GrantTerms::new("sealer-7", 1, issued);
        let grant = issue(&self.root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
        sealed(&grant, station(site), number, &Delivery { name, ..DELIVERY }, &CONTACT)
    }
}

pub fn at(text: &str) -> Attempt<'_> {
    Attempt::at(text, NOW)
}

/// The name of an outcome; for an opened label the recipient's name and the number of the opening.
pub fn told(session: &mut Session, attempt: &Attempt<'_>) -> String {
    match session.scan(attempt).unwrap() {
        ScanOutcome::Opened { record, times, .. } => {
            format!("{} {times}", record.delivery.as_ref().unwrap().name)
        }
        outcome => outcome.name().to_owned(),
    }
}
