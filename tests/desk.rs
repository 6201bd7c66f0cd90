//! A desk: new labels of parcels, whose records nobody sees, and a log that ties each to the one before it.

use crate::common::command::{code, text, wayseal};
use crate::common::print_room::public_key_file;
use crate::common::station::{DAY, NOW, Place, at, station, told};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wayseal::authority::auditor::Auditor;
use wayseal::authority::day_keys::Days;
use wayseal::authority::deliveries::{CodeVerdict, LoggedDeliveries};
use wayseal::authority::issue::{Destination, GrantTerms, Limits, Scope, issue, pass};
use wayseal::device::desk::{
    Desk, DeskOutcome, DeskScan, NotMade, PlaceOf, ReplacedLabel, ReturnPlace, ToStation,
};
use wayseal::device::log::verify::Verified;
use wayseal::device::log::{EntryDetail, EntryOutcome, LabelHeader, Log};
use wayseal::device::session::{Session, SessionError, SignOff};
use wayseal::error::Refusal;
use wayseal::keys::{Day, DeliveryCode, Node, SealerId, Tier};
use wayseal::payload::{Payload, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::grant::Purpose;
use wayseal::summary::Terms;
use wayseal::verifier::{Buffer, Opened, Verifier, Want};

/// The sealer that only replaces labels.
const DESK: u32 = 900;

/// The folder of a desk's device, with its two grants: it serves station 12, and seals for 12, 13 and 14.
fn folder(place: &Place, day: Day, now: u64, budget: Option<u32>) -> PathBuf {
    let folder = place.path().join("desk");
    Session::enrol(&folder, &place.auditor.enrol("desk-1", place.root.public())).unwrap();
    let mut terms = GrantTerms::new("desk-1", 1, now).with_purposes([Purpose::Return, Purpose::Relabel]);
    terms.budget = budget;
    let scope = Scope::Desk { stations: &[station(12)] };
    let grant = issue(&place.root, terms, &scope, Days::ending(day, 14), Limits::Kept).unwrap();
    std::fs::write(folder.join("inbox/desk.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
    let to = [station(12), station(13), station(14)];
    let scope = Scope::Sealer { sealer: SealerId::new(DESK).unwrap(), destinations: &to };
    let terms = GrantTerms::new("desk-1", 2, now);
    let grant = issue(&place.root, terms, &scope, Days::from(day, 1), Limits::Kept).unwrap();
    std::fs::write(folder.join("inbox/sealer.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
    folder
}

fn to(site: u16) -> ToStation<'static> {
    let (region, site) = station(site);
    ToStation {
        region,
        site,
        code: "SZ-013",
        routing: "755-A13",
        hub: "",
        goods: "",
        remark: "",
        terms: Terms::default(),
        contact: true,
    }
}

fn scan(text: &str) -> DeskScan<'_> {
    DeskScan { text, printed: None, stations: None, now: NOW }
}

fn made(outcome: DeskOutcome<'_>) -> Box<ReplacedLabel<'_>> {
    match outcome {
        DeskOutcome::Made(label) => label,
        other => panic!("{other:?}"),
    }
}

/// Site keys of a station, both tiers.
fn keys(place: &Place, to: Destination, day: Day) -> Vec<Node> {
    let issued = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400;
    let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[to] };
    let terms = GrantTerms::new("reader", 1, issued);
    issue(&place.root, terms, &scope, Days::ending(day, 14), Limits::Kept).unwrap().nodes
}

fn read<T>(place: &Place, site: u16, text: &str, look: impl FnOnce(&Opened<'_>) -> T) -> Result<T, Refusal> {
    let mut buffer = Buffer::new();
    let nodes = keys(place, station(site), DAY);
    let opened = Verifier::new(&nodes, DAY).open(text.as_bytes(), Want::Both, &mut buffer)?;
    Ok(look(&opened))
}

/// A label of sealer 7 for station 12, with its sender or without.
fn sent(place: &Place, number: u64, sender: (&str, &str)) -> String {
    let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station(12)] };
    let issued = (u64::from(DAY.number()) + Day::UNIX_OFFSET) * 86_400;
    let grant =
        issue(&place.root, GrantTerms::new("sealer-7", 1, issued), &scope, Days::from(DAY, 1), Limits::Kept)
            .unwrap();
    let node = |tier| grant.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
    let lane = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact))).unwrap();
    let delivery = Delivery {
        name: "欧阳修远",
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
        street: "粤海街道",
        detail: "科技园路9号3栋1203室",
        note: "放前台",
    };
    let contact = Contact { phone: "13812345678", sender_phone: sender.1, sender_name: sender.0 };
    let waybill = Waybill::parse(&format!("YT{number:013}")).unwrap();
    let sealer = Sealer::new(node(Tier::Origin)).unwrap();
    sealer.seal(&lane, &waybill, &delivery, Some(&contact)).unwrap().text.as_str().to_owned()
}

fn verified(auditor: &Auditor, folder: &Path) -> Verified {
    let verified = auditor.verify(&std::fs::read(folder.join(Log::FILE)).unwrap(), None).unwrap();
    assert_eq!(verified.damage, []);
    verified
}

fn marks(log: &Verified) -> Vec<EntryOutcome> {
    log.entries.iter().map(|entry| entry.mark).collect()
}

#[test]
fn a_parcel_gets_a_label_for_another_station_and_the_log_ties_both() {
    let place = Place::new(&[], None);
    let folder = folder(&place, DAY, NOW, Some(2));
    let old = sent(&place, 1, ("林木", "075588886666"));
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let label = made(desk.relabel(&scan(&old), &to(13)).unwrap());
    // The same record for the other station, under the same number; the old station's keys do not open it.
    let seen = read(&place, 13, label.text.as_str(), |opened| {
        let (delivery, contact) = (opened.delivery.as_ref().unwrap(), opened.contact.as_ref().unwrap());
        let texts = [
            delivery.name,
            delivery.street,
            delivery.detail,
            delivery.note,
            contact.phone,
            contact.sender_name,
            contact.sender_phone,
        ];
        texts.map(str::to_owned)
    });
    let expected =
        ["欧阳修远", "粤海街道", "科技园路9号3栋1203室", "放前台", "13812345678", "林木", "075588886666"];
    assert_eq!(seen.unwrap(), expected);
    assert_eq!(read(&place, 12, label.text.as_str(), |_| ()), Err(Refusal::OtherStation));
    assert_eq!(*label.waybill.text(), *"YT0000000000001");
    // Masks are made anew, the sender's too; goods and remark are blank.
    let masks = label.summary.recipient();
    assert!(masks.name.starts_with("欧阳") && !masks.name.contains("修远"), "{masks:?}");
    assert!(!masks.address.contains("1203") && masks.phone.contains('*'), "{masks:?}");
    assert!(label.summary.sender().is_some_and(|sender| !sender.name.contains('木')));
    assert!(label.goods.is_empty() && label.remark.is_empty());
    assert_eq!(label.routing.as_deref(), Some("755-A13"));
    assert_eq!((label.left, desk.spent()), (Some(1), 1));
    // A worn label is renewed for the same station, a code that was moved is refused, and the budget ends.
    let worn = sent(&place, 2, ("", ""));
    let moved = DeskScan { printed: Some("YT9999999999999"), ..scan(&worn) };
    let outcome = desk.relabel(&moved, &to(12)).unwrap();
    assert!(matches!(outcome, DeskOutcome::NotOpened(EntryOutcome::WrongWaybill)), "{outcome:?}");
    let renewed = made(desk.relabel(&scan(&worn), &to(12)).unwrap());
    assert_eq!(read(&place, 12, renewed.text.as_str(), |_| ()), Ok(()));
    assert_ne!(renewed.text.as_str(), worn);
    let third = sent(&place, 3, ("", ""));
    let outcome = desk.relabel(&scan(&third), &to(13)).unwrap();
    assert!(matches!(outcome, DeskOutcome::NotOpened(EntryOutcome::OverBudget)), "{outcome:?}");
    drop(desk);

    let log = verified(&place.auditor, &folder);
    let expected = [
        EntryOutcome::Taken,
        EntryOutcome::Taken,
        EntryOutcome::Opened,
        EntryOutcome::Relabelled,
        EntryOutcome::WrongWaybill,
        EntryOutcome::Opened,
        EntryOutcome::Relabelled,
        EntryOutcome::OverBudget,
    ];
    assert_eq!(marks(&log), expected);
    let payload = Payload::parse(old.as_bytes()).unwrap();
    let entry = log.entries[3];
    assert_eq!(entry.handle, *payload.handle().bytes());
    let detail =
        EntryDetail::Replaced { new: *label.handle.bytes(), old: LabelHeader::from(payload.header()) };
    assert_eq!(entry.detail, detail);
    // Nothing of the record is in the folder.
    for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = if file.is_file() { std::fs::read(&file).unwrap() } else { Vec::new() };
        for part in ["欧阳修远", "13812345678", "1203", "林木", "075588886666"] {
            let found = memchr::memmem::find(&bytes, part.as_bytes());
            assert!(found.is_none(), "{part} in {}", file.display());
        }
    }
}

#[test]
fn no_courier_s_call_opens_a_label_with_a_desk_s_grant() {
    let place = Place::new(&[], None);
    let folder = folder(&place, DAY, NOW, None);
    let label = sent(&place, 1, ("", ""));
    let mut session = Session::open(&folder, NOW).unwrap();
    for purpose in Purpose::ALL {
        let attempt = wayseal::device::session::Attempt { purpose: *purpose, ..at(&label) };
        assert!(matches!(session.scan(&attempt), Err(SessionError::Keys(_))), "{purpose}");
        assert!(session.load(&attempt).is_err(), "{purpose}");
    }
    drop(session);
    // And a courier's device is no desk: its grant opens nothing at one.
    let mut desk = Desk::open(&place.state(), NOW).unwrap();
    assert!(matches!(desk.relabel(&scan(&label), &to(13)), Err(SessionError::Keys(_))));
}

#[test]
fn a_return_goes_to_the_sender_and_the_recipient_is_on_it_no_more() {
    let place = Place::new(&[], None);
    let folder = folder(&place, DAY, NOW, None);
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let whole = |text: &str| {
        read(&place, 14, text, |opened| {
            let (delivery, contact) = (opened.delivery.as_ref().unwrap(), opened.contact.as_ref());
            let phone = contact.map_or("", |contact| contact.phone);
            let rest = contact.map_or("", |contact| contact.sender_name);
            [delivery.name, delivery.detail, phone, rest, delivery.note].map(str::to_owned)
        })
        .unwrap()
    };
    // By the sender on the label alone.
    let with = sent(&place, 1, ("林木", "075588886666"));
    let back = |_: &wayseal::device::desk::ReturnedLabel<'_>| Some(ReturnPlace { to: to(14), place: None });
    let label = made(desk.give_back(&scan(&with), back).unwrap());
    assert_eq!(whole(label.text.as_str()), ["林木", "SZ-013", "075588886666", "", ""]);
    assert!(!label.is_without_sender && label.summary.sender().is_none());
    // By a place of the sealer, which the alias tells; the label says that it had no sender.
    let without = sent(&place, 2, ("", ""));
    let shop = PlaceOf {
        name: "退件部",
        phone: "075512345678",
        division: ["广东省", "深圳市", "龙岗区"],
        detail: "平湖街道8号",
    };
    let label = made(
        desk.give_back(&scan(&without), |label| {
            assert_eq!((label.sealer, label.has_sender), (SealerId::new(7), false));
            assert_eq!(*label.waybill.text(), *"YT0000000000002");
            let to = ToStation { remark: "退回：原面单未写寄件人", ..to(14) };
            Some(ReturnPlace { to, place: Some(shop) })
        })
        .unwrap(),
    );
    assert_eq!(whole(label.text.as_str()), ["退件部", "平湖街道8号", "075512345678", "", ""]);
    assert!(label.is_without_sender);
    assert_eq!(&*label.remark, "退回：原面单未写寄件人");
    // Without a place, and without keys for the station, nothing is made.
    let third = sent(&place, 3, ("", ""));
    let outcome = desk.give_back(&scan(&third), |_| None).unwrap();
    assert!(matches!(outcome, DeskOutcome::NotMade(NotMade::NoPlace)), "{outcome:?}");
    let outcome = desk.relabel(&scan(&third), &to(15)).unwrap();
    assert!(matches!(outcome, DeskOutcome::NotMade(NotMade::NoLane(..))), "{outcome:?}");
    drop(desk);
    let log = verified(&place.auditor, &folder);
    let returned = marks(&log).into_iter().filter(|mark| *mark == EntryOutcome::Returned).count();
    assert_eq!(returned, 2);
}

#[test]
fn what_is_older_than_the_keys_is_relabelled_and_returned_by_a_pass() {
    let place = Place::new(&[], None);
    let folder = folder(&place, DAY, NOW, None);
    let [old, back] = [1, 2].map(|number| place.label_of(Day::new(DAY.number() - 30), number, 12, "王芳"));
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let outcome = desk.relabel(&scan(&old), &to(13)).unwrap();
    let too_old = EntryOutcome::Refused(Refusal::DayNotInHand);
    assert!(matches!(&outcome, DeskOutcome::NotOpened(mark) if *mark == too_old), "{outcome:?}");
    let terms = GrantTerms::new("desk-1", 3, NOW).with_purposes([Purpose::Relabel, Purpose::Return]);
    let tiers = [Tier::Delivery, Tier::Contact];
    let grant =
        pass(&place.root, terms, &[old.clone(), back.clone()], &tiers, Days::from(DAY, 3), Limits::Kept);
    std::fs::write(folder.join("inbox/pass.grant"), &grant.unwrap().sign(&place.root).unwrap()[..]).unwrap();
    let label = made(desk.relabel(&scan(&old), &to(13)).unwrap());
    assert_eq!(read(&place, 13, label.text.as_str(), |opened| opened.delivery.is_some()), Ok(true));
    let shop = PlaceOf {
        name: "退件部",
        phone: "075512345678",
        division: ["广东省", "深圳市", "龙岗区"],
        detail: "平湖街道8号",
    };
    let returned = desk.give_back(&scan(&back), |_| Some(ReturnPlace { to: to(14), place: Some(shop) }));
    let label = made(returned.unwrap());
    let name = |opened: &Opened<'_>| opened.delivery.as_ref().map(|delivery| delivery.name.to_owned());
    assert_eq!(read(&place, 14, label.text.as_str(), name), Ok(Some("退件部".to_owned())));
}

#[test]
fn a_relabelled_parcel_is_signed_off_with_its_first_code_and_logs_tell() {
    let place = Place::new(&[Purpose::Deliver], None);
    // The desk sends back to station 12, where the courier is.
    let folder = folder(&place, DAY, NOW, None);
    let mut desk = Desk::open(&folder, NOW).unwrap();
    let mut session = place.open();
    let code_of = |text: &str, sealer: u32| {
        let payload = Payload::parse(text.as_bytes()).unwrap();
        let scope = Scope::Sealer { sealer: SealerId::new(sealer).unwrap(), destinations: &[station(12)] };
        let issued = (u64::from(DAY.number()) + Day::UNIX_OFFSET) * 86_400;
        let terms = GrantTerms::new("sealer", 1, issued);
        let grant = issue(&place.root, terms, &scope, Days::from(DAY, 1), Limits::Kept).unwrap();
        let leaf = grant.nodes.iter().find(|node| node.path().tier() == Tier::Origin).unwrap();
        DeliveryCode::derive(leaf, &payload.bytes()[..payload.header().len()]).unwrap()
    };
    let mut expected = Vec::new();
    for number in 1..=6 {
        let old = place.label(number, 12, "王芳");
        let new = made(desk.relabel(&scan(&old), &to(12)).unwrap()).text.as_str().to_owned();
        let (text, typed, verdict) = match number {
            1 => (&new, Some(code_of(&old, 7)), CodeVerdict::Right),
            2 => (&new, Some(code_of(&new, DESK)), CodeVerdict::Wrong),
            3 => (&new, None, CodeVerdict::NotGiven),
            // The courier got the old label after all.
            4 => (&old, Some(code_of(&old, 7)), CodeVerdict::Right),
            5 => (&old, Some(code_of(&new, DESK)), CodeVerdict::Wrong),
            _ => (&new, Some(code_of(&old, 7)), CodeVerdict::Right),
        };
        assert_eq!(told(&mut session, &at(text)), "王芳 1");
        assert_eq!(session.sign_off(text.as_str(), typed, NOW).unwrap(), SignOff::Done);
        expected.push(verdict);
    }
    drop((session, desk));
    let (courier, desk) = (verified(&place.auditor, &place.state()), verified(&place.auditor, &folder));
    let judged = |logs: &[Verified]| -> Vec<CodeVerdict> {
        let deliveries = LoggedDeliveries::of(logs, BTreeSet::from([SealerId::new(DESK).unwrap()]));
        let judge = |sign_off| deliveries.judge(place.root.roots(), sign_off, DAY).unwrap();
        deliveries.sign_offs.iter().map(judge).collect()
    };
    let alone = [verified(&place.auditor, &place.state())];
    assert_eq!(judged(&[courier, desk]), expected);
    // Without the desk's log the first label of what it relabelled is not known, and is not guessed.
    let unknown = expected.iter().enumerate().map(|(at, verdict)| match at {
        0 | 1 | 5 => CodeVerdict::Unknown,
        _ => *verdict,
    });
    assert_eq!(judged(&alone), unknown.collect::<Vec<_>>());
}

/// The parcels of a hub's evening.
const EVENING: u64 = if cfg!(debug_assertions) { 60 } else { 200 };

#[cfg(unix)]
#[test]
fn a_hubs_evening_with_kills_leaves_no_two_labels_that_the_log_does_not_tie() {
    use std::io::Write as _;
    let place = Place::new(&[], None);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let today = Day::of_unix(now).unwrap();
    let folder = folder(&place, today, now, None);
    std::fs::write(place.path().join("authority.pub"), public_key_file(&place.root)).unwrap();
    std::fs::write(
        place.path().join("stations.csv"),
        "code,region,site,name,routing,hub\nA,755,12,A,755-A12,\nB,755,13,B,755-A13,Hub B\n",
    )
    .unwrap();
    let labels: Vec<String> = (1..=EVENING).map(|number| place.label_of(today, number, 12, "王芳")).collect();
    let out = place.path().join("out");
    let done = |number: u64| out.join(format!("YT{number:013}.png")).exists();
    let command = ["relabel", "-", "--state", "desk", "--to", "B", "-o", "out", "--json"];
    let mut kills = 0;
    for round in 0..60_u64 {
        let left: Vec<u64> = (1..=EVENING).filter(|number| !done(*number)).collect();
        if left.is_empty() {
            break;
        }
        let mut child = wayseal(place.path(), &command);
        child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = child.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let lines: String = left.iter().map(|number| labels[*number as usize - 1].clone() + "\n").collect();
        let feeder = std::thread::spawn(move || drop(input.write_all(lines.as_bytes())));
        // The first rounds are killed, each at another moment after some labels.
        if round < 8 {
            let before = left.len();
            let enough =
                |count: usize| (1..=EVENING).filter(|number| !done(*number)).count() + count <= before;
            let started = std::time::Instant::now();
            while !enough(1 + round as usize) && started.elapsed().as_secs() < 60 {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            std::thread::sleep(std::time::Duration::from_micros(1_700 * round));
            child.kill().unwrap();
            kills += 1;
        }
        let output = child.wait_with_output().unwrap();
        assert!(round < 8 || code(&output) == 0, "{}", text(&output.stdout));
        feeder.join().unwrap();
    }
    assert_eq!(kills, 8);
    let log = verified(&place.auditor, &folder);
    let mut tied: BTreeMap<[u8; 16], BTreeSet<[u8; 16]>> = BTreeMap::new();
    for entry in &log.entries {
        if let (EntryOutcome::Relabelled, EntryDetail::Replaced { new, .. }) = (entry.mark, entry.detail) {
            tied.entry(entry.handle).or_default().insert(new);
        }
    }
    // Each parcel has one new label, whatever was made twice, and the paper is what the log says.
    assert_eq!(tied.len() as u64, EVENING);
    let inspected = wayseal(place.path(), &["inspect", "out", "--json"]).output().unwrap();
    assert_eq!(code(&inspected), 0, "{}", text(&inspected.stderr));
    let mut printed = BTreeSet::new();
    for line in text(&inspected.stdout).lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let payload = Payload::parse(line["text"].as_str().unwrap().as_bytes()).unwrap();
        printed.insert((payload.header().waybill.text().to_string(), *payload.handle().bytes()));
    }
    let mut expected = BTreeSet::new();
    for (number, label) in (1..).zip(&labels) {
        let new = &tied[Payload::parse(label.as_bytes()).unwrap().handle().bytes()];
        assert_eq!(new.len(), 1, "parcel {number} has labels that differ");
        expected.insert((format!("YT{number:013}"), *new.first().unwrap()));
    }
    assert_eq!(printed, expected);
    let renewed = log.entries.iter().filter(|entry| entry.mark == EntryOutcome::Relabelled).count() as u64;
    assert!((EVENING..=EVENING + 8).contains(&renewed), "{renewed}");
}
