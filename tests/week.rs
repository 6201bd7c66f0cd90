//! A week of one district, played by script: a broken, a lent and a stolen device, a station that is split on Wednesday, a day of
//! many parcels on Friday. The root is offline from Monday's morning on.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::PathBuf;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::decoys::Decoys;
use wayseal::authority::issue::{GrantTerms, Limits, Lives, Scope, issue_within, issuer, pass};
use wayseal::authority::report::{Report, Shift};
use wayseal::batch::stations::Stations;
use wayseal::device::operators::{OperatorList, Pin, PinHash};
use wayseal::device::session::{
    Attempt, ParcelOutcome, ScanOutcome, Session, SessionError, ShiftBegin, SignOff,
};
use wayseal::keys::{Day, Node, SealerId, Tier};
use wayseal::payload::{Handle, Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::grant::{Grant, Role};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::{Additions, RevocationList};

const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];
const MONDAY: &str = "2026-11-23";
/// The number of the office's block of serials.
const OFFICE: u64 = 1_790_000_000;
/// On Wednesday A becomes B and C.
const STATIONS: &str = "code,region,site,divisions,from,until,successor\n\
    A,755,12,440305,,2026-11-24,B;C\n\
    B,755,13,广东省深圳市南山区粤海街道,2026-11-25,,\n\
    C,755,14,440305,2026-11-25,,\n";

/// A day of the week: 0 is Monday.
fn day(of_week: u16) -> Day {
    Day::new(MONDAY.parse::<Day>().unwrap().number() + of_week)
}

/// An hour of a day, in seconds since 1970.
fn at(of_week: u16, hour: u64) -> u64 {
    Moment::start_of(day(of_week)).0 + hour * 3600
}

fn handle(text: &str) -> Handle {
    Payload::parse(text.as_bytes()).unwrap().handle()
}

struct District {
    folder: tempfile::TempDir,
    root: Authority,
    auditor: Auditor,
    stations: Stations,
    /// The region's office, and the duty officer's stop key: made on Monday, before the root goes offline.
    office: Grant,
    duty: Grant,
    serial: u64,
    sealers: BTreeMap<u16, Grant>,
    sealed: u64,
}

impl District {
    fn new() -> Self {
        let root = Authority::generate(0).unwrap();
        let stations = Stations::parse(STATIONS.as_bytes()).unwrap();
        let regions = [stations.all()[0].region];
        let days = Days { from: Day::new(day(0).number() - 13), until: Day::new(day(0).number() + 14) };
        let scope = Scope::RegionIssuer { tiers: &BOTH, regions: &regions };
        let terms = |name: &str, serial| GrantTerms::new(name, serial, at(0, 6));
        let office = issuer(&root, terms("office", OFFICE), &scope, days, Limits::Kept).unwrap();
        let stop = terms("duty", OFFICE + 1).with_purposes([]);
        let duty = issuer(&root, stop, &Scope::Stop, Days::from(day(0), 14), Limits::Kept).unwrap();
        // As they are used: signed, and read back.
        let read = |grant: &Grant| Grant::verify(&grant.sign(&root).unwrap(), &root.public()).unwrap();
        let (office, duty) = (read(&office), read(&duty));
        let folder = tempfile::tempdir().unwrap();
        let auditor = Auditor::generate().unwrap();
        let sealers = BTreeMap::new();
        let mut district =
            Self { folder, root, auditor, stations, office, duty, serial: OFFICE << 20, sealers, sealed: 0 };
        // The print room's keys of the week, each morning's by its own grant.
        for of_week in 0..7 {
            let today = Days::from(day(of_week), 1);
            let within: Vec<_> = district.stations.within(today.from, today.until).cloned().collect();
            let places: Vec<_> = within.iter().map(|it| (it.region, it.site)).collect();
            let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &places };
            let terms = GrantTerms::new("sealer-7", 1, at(of_week, 0));
            let grant = issue_within(&district.root, terms, &scope, today, Limits::Kept, &Lives::default());
            district.sealers.insert(of_week, grant.unwrap());
        }
        district
    }

    fn state(&self, device: &str) -> PathBuf {
        self.folder.path().join(device)
    }

    fn open(&self, device: &str, now: u64) -> Session {
        Session::open(&self.state(device), now).unwrap()
    }

    /// Puts a file into a device's inbox.
    fn inbox(&self, device: &str, name: &str, content: &[u8]) {
        std::fs::write(self.state(device).join("inbox").join(name), content).unwrap();
    }

    /// The first of a station's two commands for a new device: the auditor's enrolment.
    fn enrol(&self, device: &str) {
        Session::enrol(&self.state(device), &self.auditor.enrol(device, self.root.public())).unwrap();
    }

    /// The second: the office's grant of fourteen days, without the root.
    fn grant(&mut self, device: &str, code: &str, of_week: u16, budget: u32) {
        let days = Days::ending(day(of_week), 14);
        let reached = self.stations.reach(&[code.to_owned()], days.from, days.until).unwrap();
        let places: Vec<_> = reached.iter().map(|it| (it.station.region, it.station.site)).collect();
        let lives: Lives = reached
            .iter()
            .map(|it| it.station)
            .map(|it| ((it.region, it.site), Days { from: it.life.first(), until: it.life.last() }))
            .collect();
        self.serial += 1;
        let terms = GrantTerms::new(device, self.serial, at(of_week, 6)).with_budget(budget);
        let scope = Scope::Scanner { tiers: &BOTH, stations: &places };
        let grant = issue_within(&self.office, terms, &scope, days, Limits::Kept, &lives).unwrap();
        let signed = grant.sign(self.office.issuer_key.as_ref().unwrap()).unwrap();
        self.inbox(device, &format!("{}.grant", self.serial), &signed);
    }

    /// A pass of the office for named labels.
    fn pass(&mut self, device: &str, texts: &[&String], of_week: u16) {
        self.serial += 1;
        let terms = GrantTerms::new(device, self.serial, at(of_week, 6)).topping_up();
        let days = Days::from(day(of_week), 3);
        let grant = pass(&self.office, terms, texts, &BOTH, days, Limits::Kept).unwrap();
        let signed = grant.sign(self.office.issuer_key.as_ref().unwrap()).unwrap();
        self.inbox(device, &format!("{}.grant", self.serial), &signed);
    }

    /// A label, sealed on a day of the week for the station of its code.
    fn label(&mut self, of_week: u16, code: &str) -> String {
        self.sealed += 1;
        let station = self.stations.find_on(code, day(of_week)).unwrap();
        let grant = &self.sealers[&of_week];
        let leaf = |tier| -> &Node {
            let mut nodes = grant.nodes.iter().filter(|node| node.path().tier() == tier);
            nodes
                .find(|node| {
                    (node.path().region_of(), node.path().site_of()) == (station.region, station.site)
                })
                .unwrap()
        };
        let origin = grant.nodes.iter().find(|node| node.path().tier() == Tier::Origin).unwrap();
        let lane = DestinationKeys::new(leaf(Tier::Delivery), Some(leaf(Tier::Contact))).unwrap();
        let delivery = Delivery {
            name: "王芳",
            country: Country::CN,
            postcode: "",
            division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
            street: "粤海街道",
            detail: "科技园路9号3栋1203室",
            note: "",
        };
        let contact = Contact { phone: "13812345678", sender_phone: "", sender_name: "" };
        let waybill = Waybill::parse(&format!("YT{:013}", self.sealed)).unwrap();
        let sealed = Sealer::new(origin).unwrap().seal(&lane, &waybill, &delivery, Some(&contact)).unwrap();
        sealed.text.as_str().to_owned()
    }

    fn labels(&mut self, of_week: u16, code: &str, count: usize) -> Vec<String> {
        (0..count).map(|_| self.label(of_week, code)).collect()
    }

    /// The operators' list, each with a PIN of his number.
    fn operators(&self, devices: &[&str]) {
        let mut list = OperatorList::default();
        list.number = 1;
        for operator in [1007_u32, 1008] {
            let pin = Pin::new(&operator.to_string()).unwrap();
            list.set(NonZeroU32::new(operator).unwrap(), PinHash::new(&pin).unwrap());
        }
        for device in devices {
            self.inbox(device, "list.operators", self.auditor.sign_operators(&list).as_bytes());
        }
    }
}

fn begin(session: &mut Session, operator: u32, now: u64) {
    let pin = Pin::new(&operator.to_string()).unwrap();
    let begun = session.begin_shift(NonZeroU32::new(operator).unwrap(), &pin, now).unwrap();
    assert_eq!(begun, ShiftBegin::Begun);
}

/// Opens a label; the outcome's name.
fn scan(session: &mut Session, text: &str, now: u64) -> String {
    let outcome = session.scan(&Attempt { now, ..Attempt::new(text) }).unwrap();
    if let ScanOutcome::Opened { record, .. } = &outcome {
        assert_eq!(record.delivery.as_ref().unwrap().name, "王芳");
    }
    outcome.name().to_owned()
}

/// Opens and concludes parcels.
fn round(session: &mut Session, texts: &[String], outcome: ParcelOutcome, now: u64) {
    for text in texts {
        assert_eq!(scan(session, text, now), "opened");
        assert_eq!(session.conclude(&handle(text), outcome, None, now).unwrap(), SignOff::Done);
    }
}

#[test]
fn a_week_of_a_district_ends_with_every_parcel_concluded_and_every_hand_named() {
    let mut district = District::new();
    let mut sealed: Vec<String> = Vec::new();

    // Monday: one device, both couriers' shifts on it. Two recipients are not there.
    district.enrol("pda-1");
    district.grant("pda-1", "A", 0, 40);
    district.operators(&["pda-1"]);
    let monday = district.labels(0, "A", 10);
    sealed.extend(monday.clone());
    let mut pda_1 = district.open("pda-1", at(0, 7));
    assert!(matches!(
        pda_1.scan(&Attempt { now: at(0, 7), ..Attempt::new(&monday[0]) }),
        Err(SessionError::NoShift)
    ));
    begin(&mut pda_1, 1007, at(0, 7));
    round(&mut pda_1, &monday[..4], ParcelOutcome::Delivered, at(0, 9));
    round(&mut pda_1, &monday[4..6], ParcelOutcome::Nobody, at(0, 10));
    begin(&mut pda_1, 1008, at(0, 13));
    round(&mut pda_1, &monday[6..10], ParcelOutcome::HandedOver, at(0, 15));
    drop(pda_1);
    let first_log = std::fs::read(district.state("pda-1").join("log")).unwrap();

    // Tuesday, 06:30: the device is broken. The station needs two commands for another, which opens yesterday's labels.
    std::fs::rename(district.state("pda-1"), district.state("broken")).unwrap();
    district.enrol("pda-2");
    district.grant("pda-2", "A", 1, 40);
    district.operators(&["pda-2"]);
    let tuesday = district.labels(1, "A", 8);
    sealed.extend(tuesday.clone());
    let mut pda_2 = district.open("pda-2", at(1, 7));
    begin(&mut pda_2, 1007, at(1, 7));
    round(&mut pda_2, &monday[4..5], ParcelOutcome::Delivered, at(1, 9));
    round(&mut pda_2, &monday[5..6], ParcelOutcome::WrongAddress, at(1, 9));
    round(&mut pda_2, &tuesday[..2], ParcelOutcome::Delivered, at(1, 10));
    pda_2.end_shift(at(1, 19)).unwrap();

    // Wednesday: A is no more. Each half gets keys of its own, and a pass for what it has of A's parcels.
    for (device, code) in [("pda-2", "B"), ("pda-3", "C")] {
        if device == "pda-3" {
            district.enrol(device);
            district.operators(&[device]);
        }
        district.grant(device, code, 2, 40);
    }
    let (b, c) = (district.labels(2, "B", 6), district.labels(2, "C", 6));
    sealed.extend(b.iter().chain(&c).cloned());
    let (of_b, of_c): (Vec<&String>, Vec<&String>) =
        (tuesday[2..5].iter().collect(), tuesday[5..].iter().collect());
    drop(pda_2);
    let mut pda_2 = district.open("pda-2", at(2, 7));
    let mut pda_3 = district.open("pda-3", at(2, 7));
    begin(&mut pda_2, 1007, at(2, 7));
    begin(&mut pda_3, 1008, at(2, 7));
    // Neither opens the other half, and without a pass neither opens what was sealed for A.
    for (session, foreign) in [(&mut pda_2, &c), (&mut pda_3, &b)] {
        for text in foreign.iter().chain(&tuesday[2..]) {
            assert_eq!(scan(session, text, at(2, 8)), "other_station");
        }
    }
    district.pass("pda-2", &of_b, 2);
    district.pass("pda-3", &of_c, 2);
    round(&mut pda_2, &tuesday[2..5], ParcelOutcome::Delivered, at(2, 9));
    round(&mut pda_3, &tuesday[5..], ParcelOutcome::Delivered, at(2, 9));
    for (session, foreign) in [(&mut pda_2, &tuesday[5..]), (&mut pda_3, &tuesday[2..5])] {
        for text in foreign {
            assert_eq!(scan(session, text, at(2, 10)), "other_station", "a pass opened another label");
        }
    }
    round(&mut pda_2, &b, ParcelOutcome::Delivered, at(2, 11));
    round(&mut pda_3, &c[..5], ParcelOutcome::Delivered, at(2, 11));
    round(&mut pda_3, &c[5..], ParcelOutcome::Nobody, at(2, 12));

    // Thursday: pda-2 is lent at noon to the colleague, who finishes a parcel of his own route by a pass.
    let thursday = district.labels(3, "B", 4);
    sealed.extend(thursday.clone());
    district.grant("pda-2", "B", 3, 40);
    begin(&mut pda_2, 1007, at(3, 7));
    round(&mut pda_2, &thursday[..2], ParcelOutcome::Delivered, at(3, 9));
    district.pass("pda-2", &[&c[5]], 3);
    begin(&mut pda_2, 1008, at(3, 12));
    round(&mut pda_2, &c[5..], ParcelOutcome::Delivered, at(3, 13));
    round(&mut pda_2, &thursday[2..], ParcelOutcome::Left, at(3, 14));

    // Friday: many parcels, each scanned to be sorted and again at the door. The budget is one of labels.
    let many = district.labels(4, "C", 120);
    sealed.extend(many.clone());
    district.grant("pda-3", "C", 4, 120);
    let answer = pda_3.answer(&[4; 32]);
    let log = std::fs::read(district.state("pda-3").join("log")).unwrap();
    let (_, head) = district.auditor.sign(&log, &answer, &[4; 32], None, at(4, 6)).unwrap();
    pda_3.accept_head(&head, at(4, 6)).unwrap();
    begin(&mut pda_3, 1008, at(4, 7));
    for text in &many {
        assert_eq!(scan(&mut pda_3, text, at(4, 7)), "opened");
    }
    assert_eq!(pda_3.spent(), 120);
    round(&mut pda_3, &many, ParcelOutcome::Delivered, at(4, 12));
    // A label from before the station began turns up: it is another station's, and not the clock's fault.
    assert_eq!(scan(&mut pda_3, &monday[0], at(4, 13)), "other_station");

    // Saturday: pda-2 is stolen in the middle of a shift. The duty officer lists it by one command, without the root.
    let saturday = district.labels(5, "B", 2);
    sealed.extend(saturday.clone());
    district.grant("pda-2", "B", 5, 40);
    begin(&mut pda_2, 1007, at(5, 7));
    assert_eq!(scan(&mut pda_2, &saturday[0], at(5, 8)), "opened");
    let mut list = RevocationList::none();
    (list.number, list.issued, list.until) = (at(5, 9), Moment(at(5, 9)), day(10));
    list.revoke_holders([("pda-2".to_owned(), day(5))]);
    let stolen = Additions::sign(&list, district.duty.issuer_key.as_ref().unwrap()).unwrap();
    // Whatever reaches the thief's device, it opens nothing more; a replacement delivers.
    district.inbox("pda-2", "theft.list", &stolen);
    for text in &saturday {
        let attempt = Attempt { now: at(5, 10), ..Attempt::new(text) };
        assert!(matches!(pda_2.scan(&attempt), Err(SessionError::Keys(_))), "a stolen device opens a label");
    }
    district.enrol("pda-4");
    district.grant("pda-4", "B", 5, 40);
    district.operators(&["pda-4"]);
    district.inbox("pda-4", "theft.list", &stolen);
    let mut pda_4 = district.open("pda-4", at(5, 11));
    begin(&mut pda_4, 1007, at(5, 11));
    round(&mut pda_4, &saturday, ParcelOutcome::Delivered, at(5, 12));

    // Sunday: the logs are handed in, the stolen one as it was when it was lost, the broken one from its card.
    drop((pda_2, pda_3, pda_4));
    let mut decoys = Decoys::default();
    decoys.add(&Payload::parse(saturday[0].as_bytes()).unwrap());
    let mut logs = vec![district.auditor.verify(&first_log, None).unwrap()];
    for device in ["pda-2", "pda-3", "pda-4"] {
        let log = std::fs::read(district.state(device).join("log")).unwrap();
        logs.push(district.auditor.verify(&log, None).unwrap());
    }
    assert!(logs.iter().all(|log| log.damage.is_empty()));
    // Every parcel of the week was signed off by somebody, but the one whose address is wrong.
    let signed_off: BTreeSet<[u8; 16]> = logs
        .iter()
        .flat_map(|log| &log.entries)
        .filter(|entry| entry.mark.signs_off())
        .map(|entry| entry.handle)
        .collect();
    let open: Vec<&String> =
        sealed.iter().filter(|text| !signed_off.contains(handle(text).bytes())).collect();
    assert_eq!(open, [&monday[5]]);
    // Each opening has a hand, and two shifts on one device are apart.
    for entry in logs.iter().flat_map(|log| &log.entries).filter(|entry| entry.mark.shows()) {
        assert!([1007, 1008].contains(&entry.operator));
    }
    let report = Report::new(&logs, Shift::DEFAULT);
    let mut hands: Vec<_> = report
        .devices
        .iter()
        .filter(|device| device.operator > 0)
        .map(|device| (device.name(), device.delivered))
        .collect();
    hands.sort();
    let named = |name: &str, delivered| (name.to_owned(), delivered);
    assert_eq!(
        hands,
        [
            named("pda-1 #1007", 4),
            named("pda-1 #1008", 4),
            named("pda-2 #1007", 1 + 2 + 3 + 6 + 2),
            named("pda-2 #1008", 1 + 2),
            named("pda-3 #1008", 3 + 5 + 120),
            named("pda-4 #1007", 2),
        ]
    );
    // A decoy among Saturday's parcels names both who opened it.
    let opened: Vec<_> = decoys.opened(&logs).iter().map(|it| (it.device.clone(), it.operator)).collect();
    assert_eq!(opened, [("pda-2".to_owned(), 1007), ("pda-4".to_owned(), 1007)]);
    // Nothing of the week needed the root but its first hour.
    assert_eq!((district.office.role, district.duty.role), (Role::RegionIssuer, Role::Stop));
}
