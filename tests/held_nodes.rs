//! A device whose nodes of stations a key store holds: it opens and refuses what one opens and refuses that keeps them itself, and no file
//! of it has them.

use crate::common::label::{CONTACT, DELIVERY, sealed};
use crate::common::nodes::MemoryNodes;
use crate::common::station::{DAY, NOW, Place, station};
use std::sync::Arc;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, let_give};
use wayseal::device::app::{Device, DeviceFailure, LabelScan, NextStep, RecordField};
use wayseal::device::log::EntryOutcome;
use wayseal::device::session::{GivenLabel, ParcelOutcome};
use wayseal::device::state::DeviceState;
use wayseal::device::store::{Files, MemoryStore};
use wayseal::keys::{Day, Region, SealerId, Tier};
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::{Grant, Purpose, Role};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::{Revoked, Want};

pub const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];

/// A device's files, and the key store that holds its nodes, if one does.
pub struct Pda {
    pub files: MemoryStore,
    nodes: Option<Arc<MemoryNodes>>,
}

impl Pda {
    pub fn new(place: &Place, nodes: Option<Arc<MemoryNodes>>) -> Self {
        let enrolment = place.auditor.enrol("pda-17", place.root.public()).text();
        let files = MemoryStore::new();
        Device::enrol(files.clone(), None, enrolment.as_bytes()).unwrap();
        Self { files, nodes }
    }

    pub fn holding(place: &Place) -> (Self, Arc<MemoryNodes>) {
        let nodes = MemoryNodes::new();
        (Self::new(place, Some(nodes.clone())), nodes)
    }

    fn try_open(&self, now: u64) -> Result<Device, DeviceFailure> {
        match &self.nodes {
            Some(nodes) => Device::open_holding(self.files.clone(), None, nodes.clone(), now),
            None => Device::open(self.files.clone(), None, now),
        }
    }

    pub fn open(&self, now: u64) -> Device {
        self.try_open(now).unwrap()
    }
}

pub fn code<T: std::fmt::Debug>(result: Result<T, DeviceFailure>) -> &'static str {
    result.unwrap_err().code.name()
}

/// What a scan shows, or its code.
pub fn told(device: &mut Device, scan: &LabelScan<'_>) -> String {
    match device.scan(scan) {
        Ok(opened) => {
            let [name, phone] = [RecordField::Name, RecordField::Phone].map(|field| opened.field(field));
            format!("{name} {phone} {} {:?}", opened.times, opened.left)
        }
        Err(failure) => failure.code.name().to_owned(),
    }
}

pub fn holds(files: &Files, grant: &Grant) -> Vec<String> {
    let has = |content: &[u8]| {
        grant.nodes.iter().any(|node| memchr::memmem::find(content, node.key().expose()).is_some())
    };
    files.iter().filter(|(_, content)| has(content)).map(|(name, _)| name.clone()).collect()
}

fn region_grant(place: &Place, serial: u64) -> Grant {
    let scope = Scope::Region { tiers: &BOTH, regions: &[Region::new(755).unwrap()] };
    issue(&place.root, GrantTerms::new("pda-17", serial, NOW), &scope, Days::from(DAY, 1), Limits::Lifted)
        .unwrap()
}

pub fn scanner_grant(place: &Place, serial: u64, tiers: &[Tier]) -> Grant {
    let scope = Scope::Scanner { tiers, stations: &[station(12)] };
    issue(&place.root, GrantTerms::new("pda-17", serial, NOW), &scope, Days::ending(DAY, 14), Limits::Kept)
        .unwrap()
}

/// A list that revokes the labels' sealer from a day on.
pub fn list(place: &Place, issued: u64, from: u16) -> Vec<u8> {
    let mut list = RevocationList::none();
    list.revoke_sealers([Revoked { sealer: SealerId::new(7).unwrap(), from: Day::new(from) }]);
    list.sign_next(Moment(issued), Day::new(DAY.number() + 14), &place.root).unwrap()
}

/// Labels that a station's keys open, and of each kind that they refuse.
pub fn labels(place: &Place) -> Vec<String> {
    let day = |days: i16| Day::new(DAY.number().checked_add_signed(days).unwrap());
    let mut labels = vec![
        place.label(1, 12, "王芳"),
        place.label(2, 13, "李四"),
        place.label_of(day(-3), 3, 12, "赵六"),
        place.label_of(day(-40), 4, 12, "钱七"),
        place.label_of(day(1), 5, 12, "孙八"),
        place.label_of(day(30), 6, 12, "周九"),
    ];
    let other = Authority::generate(1).unwrap();
    let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station(12)] };
    let grant =
        issue(&other, GrantTerms::new("sealer-7", 1, NOW), &scope, Days::from(DAY, 1), Limits::Kept).unwrap();
    labels.push(sealed(&grant, station(12), 7, &DELIVERY, &CONTACT));
    // Another authority's label of the same generation and place: its tag does not fit.
    let other = Place::new(&[Purpose::Deliver], None);
    labels.push(other.label(8, 12, "吴十"));
    labels.push(labels[0][..40].to_owned());
    labels
}

/// A whole day: what is told, and of each log entry form, cause and outcome. `check` is called after each step.
fn day(place: &Place, grant: &[u8], pda: &Pda, check: impl Fn(&str)) -> (Vec<String>, Vec<Vec<u8>>) {
    let mut all = Vec::new();
    let mut device = pda.open(NOW);
    device.take(grant, NOW).unwrap();
    check("taken");
    let labels = labels(place);
    let wants = [Want::Held, Want::Delivery, Want::Contact, Want::Both];
    for (at, label) in labels.iter().enumerate() {
        for (of, want) in wants.into_iter().enumerate() {
            let now = NOW + 10 * (4 * at + of) as u64;
            all.push(told(&mut device, &LabelScan::new(label, now).with_want(want)));
        }
    }
    let scan = LabelScan::new(&labels[0], NOW + 500);
    all.push(told(&mut device, &scan.with_purpose(Purpose::Enquiry)));
    all.push(told(&mut device, &scan.with_printed(Some("YT0000000000009"))));
    drop(device);
    let mut device = pda.open(NOW + 510);
    all.push(format!("{:?}", device.status(NOW + 510).days_left));
    for (at, label) in labels.iter().enumerate() {
        let loaded = device.load(&LabelScan::new(label, NOW + 520 + at as u64));
        all.push(loaded.map_or_else(|failure| failure.code.name().to_owned(), |count| count.to_string()));
    }
    check("loaded");
    device.lock(&place.depot.recipient(), NOW + 600).unwrap();
    check("locked");
    drop(device);
    let mut device = pda.open(NOW + 610);
    for label in &labels {
        all.push(told(&mut device, &LabelScan::new(label, NOW + 620)));
    }
    device.sign_off(labels[0].as_str(), ParcelOutcome::Delivered, None, NOW + 630).unwrap();
    device.unlock(&place.depot.file(), NOW + 640).unwrap();
    check("unlocked");
    device.take(grant, NOW + 650).unwrap();
    check("taken again");
    for label in &labels {
        all.push(told(&mut device, &LabelScan::new(label, NOW + 660)));
    }
    let log = device.log_bytes().unwrap();
    (all, log[128..].chunks(128).map(|record| record[..3].to_vec()).collect())
}

#[test]
fn a_day_with_held_nodes_is_the_day_without_and_no_file_has_them() {
    let place = Place::new(&[Purpose::Deliver], None);
    let grant = place.issued(DAY, NOW, &[Purpose::Deliver], Some(4));
    let signed = grant.sign(&place.root).unwrap();
    let plain = Pda::new(&place, None);
    let without = day(&place, &signed, &plain, |when| {
        // Control: what is searched for is there.
        let expected: &[&str] = if when == "locked" { &[] } else { &["state"] };
        assert_eq!(holds(&plain.files.files(), &grant), expected, "{when}");
    });
    let (held, nodes) = Pda::holding(&place);
    let with = day(&place, &signed, &held, |when| {
        assert_eq!(holds(&held.files.files(), &grant), Vec::<String>::new(), "{when}");
        let count = if matches!(when, "locked" | "unlocked") { 0 } else { grant.nodes.len() };
        assert_eq!(nodes.count(), count, "{when}");
    });
    assert_eq!(with.0, without.0);
    assert_eq!(with.1, without.1);
    for told in
        ["王芳 13812345678 1 Some(3)", "王芳  2 Some(3)", "other_station", "other_generation", "tampered"]
    {
        assert!(with.0.iter().any(|other| other == told), "{told}: {:?}", with.0);
    }
    assert!(nodes.asked() > 0 && grant.nodes.iter().all(|node| nodes.holds(node.key().expose())));
}

#[test]
fn a_revoked_sealer_is_refused_by_held_nodes_of_sites_and_of_regions() {
    let place = Place::new(&[Purpose::Deliver], None);
    let label = place.label(1, 12, "王芳");
    let grants = [
        scanner_grant(&place, 60, &BOTH),
        scanner_grant(&place, 60, &[Tier::Delivery]),
        scanner_grant(&place, 60, &[Tier::Contact]),
        region_grant(&place, 60),
    ];
    for (at, grant) in grants.iter().enumerate() {
        let signed = grant.sign(&place.root).unwrap();
        let run = |pda: &Pda| {
            let mut all = Vec::new();
            let mut device = pda.open(NOW);
            device.take(&signed, NOW).unwrap();
            for (time, from) in [(NOW, DAY.number() + 1), (NOW + 100, DAY.number())] {
                device.take(&list(&place, time, from), time).unwrap();
                for (of, want) in [Want::Held, Want::Delivery, Want::Contact].into_iter().enumerate() {
                    let scan = LabelScan::new(&label, time + 10 + 10 * of as u64).with_want(want);
                    all.push(told(&mut device, &scan));
                }
                all.push(format!(
                    "{:?}",
                    device.load(&LabelScan::new(&label, time + 50)).map_err(|it| it.code)
                ));
            }
            all
        };
        let (held, nodes) = Pda::holding(&place);
        let with = run(&held);
        assert_eq!(with, run(&Pda::new(&place, None)), "{at}");
        assert_eq!(nodes.count(), grant.nodes.len(), "{at}");
        let revoked = with.iter().filter(|told| *told == "sealer_revoked").count();
        // Three wants; contact keys alone do not tell who sealed a label, and one tier is not granted.
        assert_eq!(revoked, [3, 2, 0, 3][at], "{at}: {with:?}");
        assert_eq!(with[7] == "Err(SealerRevoked)", at != 2, "{at}: {with:?}");
    }
}

#[test]
fn a_key_store_that_does_not_answer_shows_nothing_and_charges_nothing() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (pda, nodes) = Pda::holding(&place);
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], Some(3));
    let label = place.label(1, 12, "王芳");
    let mut device = pda.open(NOW);
    // A grant that comes meanwhile stays.
    nodes.fall_silent(true);
    assert_eq!(code(device.take(&grant, NOW)), "keystore_unavailable");
    pda.files.put("inbox/a.grant", &grant);
    let scan = |seconds: u64| LabelScan::new(&label, NOW + seconds);
    let failure = device.scan(&scan(1)).unwrap_err();
    assert_eq!((failure.code.name(), failure.code.next()), ("keystore_unavailable", NextStep::Retry));
    assert_eq!(device.status(NOW).entries, 0);
    nodes.fall_silent(false);
    assert_eq!(told(&mut device, &scan(10)), "王芳 13812345678 1 Some(2)");
    assert!(device.refresh(NOW + 11).unwrap().is_empty());

    nodes.fall_silent(true);
    let other = place.label(2, 12, "李四");
    let entries = device.status(NOW).entries;
    assert_eq!(code(device.scan(&LabelScan::new(&other, NOW + 20))), "keystore_unavailable");
    assert_eq!(code(device.load(&LabelScan::new(&other, NOW + 21))), "keystore_unavailable");
    // What no key reaches is refused without it.
    assert_eq!(told(&mut device, &LabelScan::new(&place.label(3, 13, "赵六"), NOW + 22)), "other_station");
    let status = device.status(NOW + 23);
    assert_eq!((status.left, status.entries), (Some(2), entries + 2));
    let log = device.log_bytes().unwrap();
    let verified = place.auditor.verify(&log, None).unwrap();
    let marks: Vec<EntryOutcome> = verified.entries.iter().map(|entry| entry.mark).collect();
    assert!(marks.contains(&EntryOutcome::NoKeys), "{marks:?}");
    drop(device);
    assert_eq!(code(pda.try_open(NOW + 24)), "keystore_unavailable");
    nodes.fall_silent(false);
    let mut device = pda.open(NOW + 30);
    assert_eq!(told(&mut device, &LabelScan::new(&other, NOW + 30)), "李四 13812345678 1 Some(1)");

    // The lock stands, and what it could not erase is erased when it is asked again.
    device.load(&LabelScan::new(&other, NOW + 40)).unwrap();
    nodes.fall_silent(true);
    assert_eq!(code(device.lock(&place.depot.recipient(), NOW + 50)), "keystore_unavailable");
    nodes.fall_silent(false);
    assert!(device.status(NOW + 51).locked && nodes.count() > 0);
    assert_eq!(told(&mut device, &LabelScan::new(&other, NOW + 60)), "李四 13812345678 2 Some(1)");
    assert_eq!(nodes.count(), 0);
}

#[test]
fn nodes_that_were_lost_come_back_with_the_same_grant() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (pda, nodes) = Pda::holding(&place);
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], Some(3));
    let label = place.label(1, 12, "王芳");
    let mut device = pda.open(NOW);
    device.take(&grant, NOW).unwrap();
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW)), "王芳 13812345678 1 Some(2)");
    for at in [0, 1] {
        nodes.lose();
        let now = NOW + 10 + 100 * at;
        let failure = if at == 0 {
            device.scan(&LabelScan::new(&label, now)).unwrap_err()
        } else {
            device.load(&LabelScan::new(&label, now)).unwrap_err()
        };
        assert_eq!((failure.code.name(), failure.code.next()), ("no_grant", NextStep::Fetch), "{failure}");
        // What it asks a depot for says that it has none.
        assert_eq!((device.fetch_request(now).grant, device.status(now).days_left), (0, 0));
        drop(device);
        device = pda.open(now + 10);
        device.take(&grant, now + 20).unwrap();
        assert_eq!(device.take(&grant, now + 20).unwrap().added, 0);
        let opened = told(&mut device, &LabelScan::new(&label, now + 30));
        assert_eq!(opened, format!("王芳 13812345678 {} Some(2)", at + 2));
    }
    // An older one does not.
    device.take(&place.grant(DAY, NOW + 300, &[Purpose::Deliver], Some(3)), NOW + 300).unwrap();
    nodes.lose();
    assert_eq!(code(device.scan(&LabelScan::new(&label, NOW + 310))), "no_grant");
    assert_eq!(code(device.take(&grant, NOW + 320)), "older");
}

#[test]
fn a_kill_leaves_nothing_in_the_key_store_that_the_state_does_not_name() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (mut pda, nodes) = Pda::holding(&place);
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], None);
    let label = place.label(1, 12, "王芳");
    // After the nodes were held, before an entry or a state was written.
    let before = pda.files.files();
    pda.open(NOW).take(&grant, NOW).unwrap();
    let after = pda.files.files();
    assert_eq!(nodes.count(), 28);
    pda.files = MemoryStore::with(before);
    assert_eq!(told(&mut pda.open(NOW), &LabelScan::new(&label, NOW)), "no_grant");
    assert_eq!(nodes.count(), 0);
    // After the state was written, before what it no longer names was erased.
    pda.files = MemoryStore::with(after.clone());
    let mut device = pda.open(NOW);
    assert_eq!(code(device.scan(&LabelScan::new(&label, NOW))), "no_grant");
    device.take(&grant, NOW + 10).unwrap();
    drop(device);
    nodes.put("0123456789abcdef0123456789abcdef");
    assert_eq!(nodes.count(), 29);
    let mut device = pda.open(NOW + 20);
    assert_eq!(nodes.count(), 28);
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW + 30)), "王芳 13812345678 1 None");
    // After the entry of a lock.
    device.load(&LabelScan::new(&label, NOW + 40)).unwrap();
    device.lock(&place.depot.recipient(), NOW + 50).unwrap();
    drop(device);
    nodes.put("0123456789abcdef0123456789abcdef");
    let device = pda.open(NOW + 60);
    assert!(device.status(NOW + 60).locked);
    assert_eq!(nodes.count(), 0);
}

#[test]
fn nodes_past_their_window_are_erased_and_a_newer_grant_replaces_them() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (pda, nodes) = Pda::holding(&place);
    let mut device = pda.open(NOW);
    device.take(&place.grant(DAY, NOW, &[Purpose::Deliver], None), NOW).unwrap();
    assert_eq!(nodes.count(), 28);
    // Signed time of five days later: of fourteen days the first five are over.
    let later = NOW + 5 * 86_400;
    device.take(&list(&place, later, DAY.number() + 1), later).unwrap();
    assert_eq!(nodes.count(), 18);
    let day = Day::new(DAY.number() + 5);
    let newer = place.issued(day, later, &[Purpose::Deliver], None);
    device.take(&newer.sign(&place.root).unwrap(), later).unwrap();
    assert_eq!(nodes.count(), newer.nodes.len());
    assert!(newer.nodes.iter().all(|node| nodes.holds(node.key().expose())));
}

#[test]
fn a_device_moves_its_nodes_to_a_key_store_that_it_is_given_and_needs_it_from_then_on() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (mut pda, nodes) = Pda::holding(&place);
    let grant = place.issued(DAY, NOW, &[Purpose::Deliver], None);
    let label = place.label(1, 12, "王芳");
    let held = pda.nodes.take();
    let mut device = pda.open(NOW);
    device.take(&grant.sign(&place.root).unwrap(), NOW).unwrap();
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW)), "王芳 13812345678 1 None");
    drop(device);
    assert_eq!(holds(&pda.files.files(), &grant), ["state"]);

    pda.nodes = held;
    let mut device = pda.open(NOW + 10);
    assert_eq!(holds(&pda.files.files(), &grant), Vec::<String>::new());
    assert_eq!(nodes.count(), 28);
    // Whoever counts the keys of the folder counts these, too.
    let files = pda.files.files();
    let keys = DeviceState::from_file(&files["state"], None).unwrap();
    let keys = keys.session(Role::Scanner, NOW).unwrap();
    assert_eq!((keys.sets[0].nodes.len(), keys.sets[0].count()), (0, 28));
    assert_eq!(told(&mut device, &LabelScan::new(&label, NOW + 10)), "王芳 13812345678 2 None");
    // Both leaves, and the key of the alias.
    assert_eq!(nodes.asked(), 3);
    drop(device);
    let held = pda.nodes.take();
    let mut device = pda.open(NOW + 20);
    assert_eq!(code(device.scan(&LabelScan::new(&label, NOW + 20))), "keystore_unavailable");
    assert!(device.status(NOW + 20).days_left > 0);
    drop(device);
    pda.nodes = held;
    assert_eq!(told(&mut pda.open(NOW + 30), &LabelScan::new(&label, NOW + 30)), "王芳 13812345678 3 None");
}

#[test]
fn a_pass_is_given_of_a_label_that_held_nodes_open() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, nodes) = Pda::holding(&place);
    let mut grant = scanner_grant(&place, 60, &BOTH);
    let_give(&mut grant, &place.root).unwrap();
    let mut giver = giving.open(NOW);
    giver.take(&grant.sign(&place.root).unwrap(), NOW).unwrap();

    // The colleague's device is sealed to by an identity of its own.
    let (files, identity) = (MemoryStore::new(), Identity::generate());
    files.put("identity", identity.file().as_bytes());
    let enrolment = place.auditor.enrol("pda-b", place.root.public()).text();
    Device::enrol(files.clone(), None, enrolment.as_bytes()).unwrap();
    let scope = Scope::Scanner { tiers: &BOTH, stations: &[station(13)] };
    let terms = GrantTerms::new("pda-b", 50, NOW);
    let mut own = issue(&place.root, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
    own.device = identity.recipient();
    let_give(&mut own, &place.root).unwrap();
    let mut taker = Device::open(files, None, NOW).unwrap();
    taker.take(&own.sign(&place.root).unwrap(), NOW).unwrap();

    let (label, other) = (place.label(1, 12, "王芳"), place.label(2, 12, "李四"));
    let asked = taker.ask(NOW).unwrap();
    nodes.fall_silent(true);
    let labels = [GivenLabel::Text(&label)];
    assert_eq!(code(giver.give(&asked.file, &labels, Purpose::Deliver, NOW)), "keystore_unavailable");
    nodes.fall_silent(false);
    let pass = giver.give(&asked.file, &labels, Purpose::Deliver, NOW).unwrap();
    taker.take(&pass.file, NOW).unwrap();
    assert_eq!(told(&mut taker, &LabelScan::new(&label, NOW)), "王芳 13812345678 1 None");
    // Not of a revoked sealer.
    giver.take(&list(&place, NOW + 10, DAY.number()), NOW + 10).unwrap();
    let asked = taker.ask(NOW + 20).unwrap();
    let refused = giver.give(&asked.file, &[GivenLabel::Text(&other)], Purpose::Deliver, NOW + 20);
    assert_eq!(code(refused), "sealer_revoked");
}
