//! A week of one district, played by script: a broken, a lent and a stolen device, a station that is split on Wednesday, a day of
//! many parcels on Friday. The root is offline from Monday's morning on. And a week of other faults: locked devices, parcels that change
//! hands on the road, a device in the river, a clock that was set back.

use crate::common::destinations::places_and_lives;
use crate::common::label::{CONTACT, DELIVERY, sealed};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::PathBuf;
use wayseal::authority::auditor::Auditor;
use wayseal::authority::custody::Authority;
use wayseal::authority::day_keys::Days;
use wayseal::authority::decoys::Decoys;
use wayseal::authority::issue::{
    GrantTerms, Limits, Lives, Scope, issue, issue_within, issuer, let_give, pass,
};
use wayseal::authority::report::{Report, Shift};
use wayseal::batch::stations::Stations;
use wayseal::device::log::EntryOutcome;
use wayseal::device::log::entry::{EntryDetail, TakenKind};
use wayseal::device::operators::{OperatorList, Pin, PinHash};
use wayseal::device::session::{
    Attempt, GivenLabel, ParcelOutcome, ScanOutcome, Session, SessionError, ShiftBegin, SignOff,
};
use wayseal::keys::{Day, SealerId, Tier};
use wayseal::payload::{Handle, Payload};
use wayseal::signed::envelope::Identity;
use wayseal::signed::grant::{Grant, Purpose, Role};
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
        let folder = crate::common::folder::folder();
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
        let (places, lives) = places_and_lives(reached.iter().map(|it| it.station));
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
        sealed(grant, (station.region, station.site), self.sealed, &DELIVERY, &CONTACT)
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
    let outcome = session.scan(&Attempt::new(text).with_now(now)).unwrap();
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
    assert!(matches!(pda_1.scan(&Attempt::new(&monday[0]).with_now(at(0, 7))), Err(SessionError::NoShift)));
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
        let attempt = Attempt::new(text).with_now(at(5, 10));
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

impl District {
    /// The authority's grant of Monday's first hour, by which a device asks colleagues for parcels and gives them.
    fn grant_that_gives(&mut self, device: &str, code: &str, budget: u32) {
        let days = Days::ending(day(0), 14);
        let station = self.stations.find_on(code, day(0)).unwrap();
        let stations = [(station.region, station.site)];
        let scope = Scope::Scanner { tiers: &BOTH, stations: &stations };
        let terms = GrantTerms::new(device, 50, at(0, 5)).with_budget(budget);
        let mut grant = issue(&self.root, terms, &scope, days, Limits::Kept).unwrap();
        let_give(&mut grant, &self.root).unwrap();
        self.inbox(device, "monday.grant", &grant.sign(&self.root).unwrap());
    }

    /// The hand-in of a day's log, after which the budget is counted anew.
    fn hand_in(&self, session: &mut Session, device: &str, now: u64) {
        let answer = session.answer(&[5; 32]);
        let log = std::fs::read(self.state(device).join("log")).unwrap();
        let (_, head) = self.auditor.sign(&log, &answer, &[5; 32], None, now).unwrap();
        session.accept_head(&head, now).unwrap();
    }
}

fn load(session: &mut Session, texts: &[String], depot: &Identity, now: u64) {
    for text in texts {
        let loaded = session.load(&Attempt::new(text).with_now(now)).unwrap();
        assert!(matches!(loaded, ScanOutcome::Loaded(_)), "{loaded:?}");
    }
    session.lock(&depot.recipient(), now).unwrap();
}

/// What one courier gives another, from device to device; the file of the pass.
fn hand_over(giver: &mut Session, taker: &mut Session, texts: &[String], now: u64) -> Vec<u8> {
    let asked = taker.ask(now).unwrap().unwrap();
    let labels: Vec<_> = texts.iter().map(|text| GivenLabel::Text(text)).collect();
    let pass = giver.give(&asked.file, &labels, Purpose::Deliver, now).unwrap();
    assert_eq!(pass.digits.is_some(), texts.len() <= 20);
    let taken = taker.take_pass(pass.digits.as_ref().map_or(&pass.file[..], |it| it.as_bytes()), now);
    assert_eq!(taken.unwrap().added, texts.len());
    pass.file
}

#[test]
fn a_week_of_other_faults_ends_with_every_parcel_concluded_too() {
    let mut district = District::new();
    let depot = Identity::generate();
    let mut sealed: Vec<String> = Vec::new();
    for device in ["pda-1", "pda-2"] {
        district.enrol(device);
        district.grant_that_gives(device, "A", 20);
    }

    // Monday: both are locked on the road. At noon the first courier falls ill, and the other takes over what is left.
    let monday = district.labels(0, "A", 12);
    sealed.extend(monday.clone());
    let mut pda_1 = district.open("pda-1", at(0, 7));
    let mut pda_2 = district.open("pda-2", at(0, 7));
    load(&mut pda_1, &monday[..8], &depot, at(0, 7));
    load(&mut pda_2, &monday[8..], &depot, at(0, 7));
    round(&mut pda_1, &monday[..3], ParcelOutcome::Delivered, at(0, 9));
    assert_eq!(scan(&mut pda_2, &monday[3], at(0, 12)), "not_loaded");
    hand_over(&mut pda_1, &mut pda_2, &monday[3..8], at(0, 12));
    round(&mut pda_2, &monday[3..7], ParcelOutcome::Delivered, at(0, 14));
    round(&mut pda_2, &monday[7..8], ParcelOutcome::Nobody, at(0, 15));
    round(&mut pda_2, &monday[8..], ParcelOutcome::Delivered, at(0, 16));
    assert_eq!((pda_1.spent(), pda_2.spent()), (8, 4), "given parcels are the giver's");
    pda_1.unlock(&depot, at(0, 19)).unwrap();
    pda_2.unlock(&depot, at(0, 19)).unwrap();
    // The one who was not at home comes again tomorrow, by the station's own keys.
    for (session, device) in [(&mut pda_1, "pda-1"), (&mut pda_2, "pda-2")] {
        district.grant(device, "A", 1, 20);
        district.hand_in(session, device, at(0, 20));
    }

    // Tuesday: a locked device falls into the river with four parcels that are saved. Its successor needs two commands.
    let tuesday = district.labels(1, "A", 10);
    sealed.extend(tuesday.clone());
    load(&mut pda_1, &tuesday[..4], &depot, at(1, 7));
    drop(pda_1);
    let river = std::fs::read(district.state("pda-1").join("log")).unwrap();
    std::fs::rename(district.state("pda-1"), district.state("river")).unwrap();
    district.enrol("pda-3");
    district.grant("pda-3", "A", 1, 20);
    let mut pda_3 = district.open("pda-3", at(1, 10));
    round(&mut pda_3, &tuesday[..4], ParcelOutcome::Delivered, at(1, 11));
    round(&mut pda_2, &monday[7..8], ParcelOutcome::Delivered, at(1, 12));
    // Its grant is the office's, and a device without the authority's gives nothing: the office makes the pass.
    assert!(pda_3.ask(at(1, 12)).unwrap().is_none());

    // Wednesday: A is split. What was sealed for it goes out by passes of the office, and pda-2 is B's now.
    district.grant("pda-2", "B", 2, 20);
    let (b, c) = (district.labels(2, "B", 4), district.labels(2, "C", 4));
    sealed.extend(b.iter().chain(&c).cloned());
    district.pass("pda-2", &tuesday[4..7].iter().collect::<Vec<_>>(), 2);
    // They are in hand when the device is locked, and it keeps them.
    load(&mut pda_2, &b, &depot, at(2, 7));
    round(&mut pda_2, &tuesday[4..7], ParcelOutcome::Delivered, at(2, 9));
    for foreign in tuesday[7..].iter().chain(&c) {
        assert_eq!(scan(&mut pda_2, foreign, at(2, 10)), "not_loaded", "the other half opens");
    }
    round(&mut pda_2, &b, ParcelOutcome::Delivered, at(2, 11));
    pda_2.unlock(&depot, at(2, 19)).unwrap();
    district.hand_in(&mut pda_2, "pda-2", at(2, 20));
    for device in ["pda-4", "pda-5"] {
        district.enrol(device);
        district.grant_that_gives(device, "A", 130);
        // It was taken before the office's, which it would replace.
        drop(district.open(device, at(2, 6)));
        district.grant(device, "C", 2, 130);
    }
    district.pass("pda-4", &tuesday[7..].iter().collect::<Vec<_>>(), 2);
    let mut pda_4 = district.open("pda-4", at(2, 12));
    let mut pda_5 = district.open("pda-5", at(2, 12));
    round(&mut pda_4, &tuesday[7..], ParcelOutcome::HandedOver, at(2, 13));
    round(&mut pda_4, &c, ParcelOutcome::Delivered, at(2, 14));
    district.hand_in(&mut pda_4, "pda-4", at(2, 20));

    // Thursday: pda-2 is stolen on the road with two parcels, one of which it gave away at ten. The duty officer lists it.
    let thursday = district.labels(3, "B", 3);
    sealed.extend(thursday.clone());
    district.grant("pda-2", "B", 3, 20);
    load(&mut pda_2, &thursday, &depot, at(3, 7));
    let given = hand_over(&mut pda_2, &mut pda_5, &thursday[..1], at(3, 10));
    let mut list = RevocationList::none();
    (list.number, list.issued, list.until) = (at(3, 11), Moment(at(3, 11)), day(10));
    list.revoke_holders([("pda-2".to_owned(), day(3))]);
    let stolen = Additions::sign(&list, district.duty.issuer_key.as_ref().unwrap()).unwrap();
    for device in ["pda-2", "pda-4", "pda-5"] {
        district.inbox(device, "theft.list", &stolen);
    }
    let late = Attempt::new(&thursday[1]).with_now(at(3, 12));
    assert!(matches!(pda_2.scan(&late), Err(SessionError::Keys(_))), "a stolen device opens a label");
    // What it gave is not to be trusted: it opens no more, and is not taken again.
    assert_eq!(scan(&mut pda_5, &thursday[0], at(3, 12)), "other_station");
    assert!(pda_4.take_pass(&given, at(3, 12)).is_err());
    district.pass("pda-5", &thursday.iter().collect::<Vec<_>>(), 3);
    round(&mut pda_5, &thursday, ParcelOutcome::Delivered, at(3, 14));
    district.hand_in(&mut pda_5, "pda-5", at(3, 20));

    // Friday is Double Eleven: ten times as many. One courier loads all, and a helper takes eighty by a file.
    let many = district.labels(4, "C", 120);
    sealed.extend(many.clone());
    // The helper is B's, and holds no key of C.
    for (session, device, code) in [(&mut pda_4, "pda-4", "C"), (&mut pda_5, "pda-5", "B")] {
        district.grant(device, code, 4, 130);
        session.refresh(at(4, 6)).unwrap();
    }
    load(&mut pda_4, &many, &depot, at(4, 7));
    hand_over(&mut pda_4, &mut pda_5, &many[..80], at(4, 8));
    round(&mut pda_5, &many[..80], ParcelOutcome::Delivered, at(4, 12));
    round(&mut pda_4, &many[80..], ParcelOutcome::Left, at(4, 12));
    assert_eq!((pda_4.spent(), pda_5.spent()), (120, 0), "each label is charged once");

    // Saturday: a clock that was set back opens nothing until it is right, and loses nothing.
    pda_4.unlock(&depot, at(4, 20)).unwrap();
    let saturday = district.labels(5, "C", 1);
    sealed.extend(saturday.clone());
    let wrong = Attempt::new(&saturday[0]).with_now(at(1, 8));
    assert!(matches!(pda_4.scan(&wrong), Err(SessionError::Keys(_))));
    // What is in the inbox while the clock is wrong is refused with it: the grant is given again.
    district.grant("pda-4", "C", 5, 130);
    round(&mut pda_4, &saturday, ParcelOutcome::Delivered, at(5, 9));

    // Sunday: every log is whole, every parcel was signed off once, and each that was given is on both logs.
    drop((pda_2, pda_3, pda_4, pda_5));
    let mut logs = vec![district.auditor.verify(&river, None).unwrap()];
    for device in ["pda-2", "pda-3", "pda-4", "pda-5"] {
        let log = std::fs::read(district.state(device).join("log")).unwrap();
        logs.push(district.auditor.verify(&log, None).unwrap());
    }
    assert!(logs.iter().all(|log| log.damage.is_empty()));
    let entries = || logs.iter().flat_map(|log| &log.entries);
    let mut signed_off: Vec<_> =
        entries().filter(|entry| entry.mark.signs_off()).map(|entry| entry.handle).collect();
    signed_off.sort_unstable();
    let mut all: Vec<_> = sealed.iter().map(|text| *handle(text).bytes()).collect();
    all.sort_unstable();
    assert_eq!(signed_off, all);
    let named = |mark| -> BTreeSet<_> {
        entries()
            .filter(|entry| entry.mark == mark)
            .filter_map(|entry| match entry.detail {
                EntryDetail::Taken { kind: TakenKind::Pass, number, digest } => Some((number, digest)),
                _ => None,
            })
            .collect()
    };
    let (gave, took) = (named(EntryOutcome::PassGiven), named(EntryOutcome::Taken));
    assert_eq!(gave.len(), 3);
    assert!(gave.is_subset(&took), "a pass that was given is on no taker's log");
    assert_eq!(entries().filter(|entry| entry.mark == EntryOutcome::Given).count(), 5 + 1 + 80);
}
