//! Parcels passed to a colleague, and a desk's signed stations, by the device's facade alone.

use crate::common::desk::{desk_grant, sealer_grant, to};
use crate::common::station::{DAY, NOW, Place, station};
use std::collections::BTreeMap;
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, let_give};
use wayseal::device::app::{Device, DeviceCode, DeviceFailure, LabelScan, NextStep, PassCode, RecordField};
use wayseal::device::desk::DeskScan;
use wayseal::device::exchange::BundleWriter;
use wayseal::device::log::TakenKind;
use wayseal::device::session::{GivenLabel, ParcelOutcome};
use wayseal::device::store::{FolderStore, Keys, KeysError, MemoryStore};
use wayseal::keys::{Day, Tier};
use wayseal::payload::Payload;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::stations::sign_stations;
use zeroize::Zeroizing;

/// A key store whose key is an age identity.
struct Platform(Identity);

impl Keys for Platform {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
        Ok(envelope::seal(secret, &self.0.recipient()).unwrap())
    }

    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        envelope::open(wrap, Some(&self.0)).map_err(|_| KeysError::Lost)
    }
}

/// A device with a key store whose grant for a station lets it give passes.
struct Pda {
    files: MemoryStore,
    keys: Platform,
}

impl Pda {
    fn new(place: &Place, name: &str, site: u16, budget: Option<u32>, gives: bool) -> Self {
        let pda = Self { files: MemoryStore::new(), keys: Platform(Identity::generate()) };
        let enrolment = place.auditor.enrol(name, place.root.public()).text();
        let recipient = Device::enrol(pda.files.clone(), Some(&pda.keys), enrolment.as_bytes()).unwrap();
        let stations = [station(site)];
        let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &stations };
        let mut terms = GrantTerms::new(name, 50, NOW);
        terms.budget = budget;
        let mut grant = issue(&place.root, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
        grant.device.clone_from(&recipient);
        if gives {
            let_give(&mut grant, &place.root).unwrap();
        }
        let grant = envelope::seal(&grant.sign(&place.root).unwrap(), &recipient).unwrap();
        pda.open().take(&grant, NOW).unwrap();
        pda
    }

    fn open(&self) -> Device {
        Device::open(self.files.clone(), Some(&self.keys), NOW).unwrap()
    }

    /// The files, by name, and none of them with an identity.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files: BTreeMap<_, _> =
            self.files.files().iter().map(|(name, content)| (name.clone(), content.to_vec())).collect();
        for (name, content) in &files {
            assert!(memchr::memmem::find(content, b"AGE-SECRET-KEY-").is_none(), "{name}");
        }
        files
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, DeviceFailure>) -> &'static str {
    result.unwrap_err().code.name()
}

fn texts(labels: &[String]) -> Vec<GivenLabel<'_>> {
    labels.iter().map(|label| GivenLabel::Text(label)).collect()
}

fn opens(device: &mut Device, label: &str, now: u64) -> Result<String, &'static str> {
    let opened = device.scan(&LabelScan::new(label, now)).map_err(|failure| failure.code.name())?;
    Ok(opened.field(RecordField::Name).to_owned())
}

#[test]
fn parcels_pass_by_digits_by_file_by_a_depots_answer_and_by_the_inbox() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) =
        (Pda::new(&place, "pda-a", 12, None, true), Pda::new(&place, "pda-b", 13, None, true));
    let (mut giver, mut taker) = (giving.open(), taking.open());
    let labels: Vec<String> = (1..=12).map(|number| place.label(number, 12, "王芳")).collect();
    for (at, labels) in labels.chunks(3).enumerate() {
        for label in labels {
            assert_eq!(opens(&mut taker, label, NOW), Err("other_station"));
        }
        let asked = taker.ask(NOW).unwrap();
        assert_eq!(PassCode::of(&asked.digits), Some(PassCode::Request));
        taking.files();
        assert_eq!(giver.asked(&asked.file, NOW).unwrap(), "pda-b");
        assert_eq!(giver.asked(asked.digits.as_bytes(), NOW).unwrap(), "pda-b");
        let pass = giver.give(asked.digits.as_bytes(), &texts(labels), Purpose::Deliver, NOW).unwrap();
        assert_eq!((pass.to.as_str(), pass.labels), ("pda-b", 3));
        let digits = pass.digits.unwrap();
        assert_eq!(PassCode::of(&digits), Some(PassCode::Pass));
        // Nobody else takes it.
        assert_eq!(code(giver.take(&pass.file, NOW)), "envelope_refused");
        assert_eq!(code(giver.take_pass(digits.as_bytes(), NOW)), "envelope_refused");
        match at {
            0 => {
                let taken = taker.take(format!("{digits}\r\n").as_bytes(), NOW).unwrap();
                assert_eq!((taken.kind, taken.added), (TakenKind::Pass, 3));
            }
            1 => assert_eq!(taker.take(&pass.file, NOW).unwrap().kind, TakenKind::Pass),
            2 => {
                let mut bundle = BundleWriter::new(None);
                bundle.add("from-a.pass", &pass.file).unwrap();
                let (receipts, _) = taker.take_bundle(&bundle.finish(), NOW).unwrap();
                assert_eq!(receipts[0].taken.as_ref().unwrap().kind, TakenKind::Pass);
            }
            _ => {
                taking.files.put("inbox/from-a.pass", &pass.file);
                assert!(taker.refresh(NOW).unwrap().is_empty());
            }
        }
        for label in labels {
            assert_eq!(opens(&mut taker, label, NOW).as_deref(), Ok("王芳"));
        }
        // Its one answer came.
        assert_eq!(code(taker.take(&pass.file, NOW)), "envelope_refused");
        assert!(!taking.files().contains_key("asking"));
    }
    assert_eq!(PassCode::of(&labels[0]), None);
    assert_eq!(PassCode::of("YT0000000000001"), None);
}

#[test]
fn a_locked_device_takes_a_pass_gives_one_of_loaded_labels_and_keeps_no_key_in_the_clear() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) =
        (Pda::new(&place, "pda-a", 12, None, true), Pda::new(&place, "pda-b", 13, None, true));
    let labels: Vec<String> = (1..=4).map(|number| place.label(number, 12, "王芳")).collect();
    let own = place.label(9, 13, "李四");
    let (mut giver, mut taker) = (giving.open(), taking.open());
    for label in &labels {
        giver.load(&LabelScan::new(label, NOW)).unwrap();
    }
    giver.lock(&place.depot.recipient(), NOW).unwrap();
    taker.load(&LabelScan::new(&own, NOW)).unwrap();
    taker.lock(&place.depot.recipient(), NOW).unwrap();
    // What a locked device keeps has the key by which it gives passes.
    for files in [giving.files(), taking.files()] {
        assert!(memchr::memmem::find(&files["state.road"], b"wayseal road").is_none());
    }
    let handles: Vec<_> =
        labels[..2].iter().map(|label| Payload::parse(label.as_bytes()).unwrap().handle()).collect();
    let given: Vec<_> = handles.iter().map(GivenLabel::Handle).collect();
    // Killed after it asked: the answer is taken all the same.
    let asked = taker.ask(NOW).unwrap();
    drop(taker);
    assert!(taking.files().contains_key("asking"));
    let mut taker = taking.open();
    let pass = giver.give(&asked.file, &given, Purpose::Deliver, NOW).unwrap();
    assert_eq!(taker.take(&pass.file, NOW).unwrap().added, 2);
    let files = taking.files();
    for name in ["passes", "state.road"] {
        assert!(memchr::memmem::find(&files[name], b"wayseal").is_none(), "{name} is in the clear");
    }
    assert_eq!(opens(&mut taker, &labels[0], NOW).as_deref(), Ok("王芳"));
    drop(taker);
    let mut taker = taking.open();
    assert_eq!(opens(&mut taker, &labels[1], NOW + 10).as_deref(), Ok("王芳"));
    assert_eq!(opens(&mut taker, &labels[2], NOW + 10), Err("not_loaded"));
    assert_eq!(opens(&mut taker, &own, NOW + 10).as_deref(), Ok("李四"));
    // A grant is not for the road, sealed or not.
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], None);
    assert_eq!(code(taker.take(&grant, NOW)), "locked");
    let sealed = envelope::seal(&grant, &taker.status(NOW).recipient).unwrap();
    assert_eq!(code(taker.take(&sealed, NOW)), "locked");
    // Each byte of what is kept counts: an altered file opens nothing of the passes.
    let whole = taking.files.files();
    drop(taker);
    for at in (536..1072).step_by(41) {
        let files = MemoryStore::with(whole.clone());
        let mut altered = whole["passes"].to_vec();
        altered[at] ^= 1;
        files.put("passes", &altered);
        let mut device = Device::open(files, Some(&taking.keys), NOW + 20).unwrap();
        assert!(opens(&mut device, &labels[1], NOW + 20).is_err(), "{at}");
    }
    // After a lost key nothing of it is left to stumble over.
    let anew = Platform(Identity::generate());
    let enrolment = place.auditor.enrol("pda-b-2", place.root.public()).text();
    Device::enrol_anew(taking.files.clone(), &anew, enrolment.as_bytes()).unwrap();
    let left = taking.files();
    for name in ["asking", "passes", "state.road", "state.road.next"] {
        assert!(!left.contains_key(name), "{name}");
    }
    Device::open(taking.files.clone(), Some(&anew), NOW).unwrap();
}

#[test]
fn why_nothing_is_given_is_a_value_with_a_next_step() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) =
        (Pda::new(&place, "pda-a", 12, Some(2), true), Pda::new(&place, "pda-b", 13, None, true));
    let plain = Pda::new(&place, "pda-c", 12, None, false);
    let (mut giver, mut taker, mut other) = (giving.open(), taking.open(), plain.open());
    let labels: Vec<String> = (1..=4).map(|number| place.label(number, 12, "王芳")).collect();
    assert_eq!(code(other.ask(NOW)), "no_passes");
    let asked = taker.ask(NOW).unwrap().file;
    let (two, three) = (texts(&labels[..2]), texts(&labels[..3]));
    assert_eq!(code(other.give(&asked, &two, Purpose::Deliver, NOW)), "no_passes");
    let mut refused = |request: &[u8], labels: &[GivenLabel<'_>], purpose, now| {
        let entries = giver.status(NOW).entries;
        let failure = giver.give(request, labels, purpose, now).unwrap_err();
        let noted = giver.status(NOW).entries - entries;
        (failure.code.name(), failure.code.next(), failure.count, noted)
    };
    let deliver = Purpose::Deliver;
    for request in [&b"71"[..], b"no request", &asked[..asked.len() - 1]] {
        assert_eq!(refused(request, &two, deliver, NOW), ("request_refused", NextStep::ShowAgain, 0, 0));
    }
    assert_eq!(refused(&asked, &two, deliver, NOW + 3700), ("request_old", NextStep::ShowAgain, 0, 0));
    assert_eq!(refused(&asked, &[], deliver, NOW).0, "argument");
    let many: Vec<_> = (0..=Device::PASS_LABELS).map(|_| GivenLabel::Text(&labels[0])).collect();
    assert_eq!(refused(&asked, &many, deliver, NOW).0, "too_large");
    assert_eq!(refused(&asked, &three, deliver, NOW), ("budget_short", NextStep::HandIn, 2, 0));
    // The label that cannot be given is named, and on the log.
    let elsewhere = place.label(7, 14, "赵六");
    let mixed = [GivenLabel::Text(&labels[0]), GivenLabel::Text(&elsewhere)];
    assert_eq!(refused(&asked, &mixed, deliver, NOW), ("other_station", NextStep::Sort, 2, 1));
    assert_eq!(
        refused(&asked, &two, Purpose::Enquiry, NOW),
        ("purpose_not_granted", NextStep::AskDepot, 1, 1)
    );
    let signed = |name: &str| {
        let mut list = RevocationList::none();
        list.revoke_holders([(name.to_owned(), DAY)]);
        list.sign_next(Moment(NOW), Day::new(DAY.number() + 10), &place.root).unwrap()
    };
    giver.take(&signed("pda-b"), NOW).unwrap();
    assert_eq!(code(giver.give(&asked, &two, deliver, NOW)), "asker_refused");
    assert_eq!(giver.status(NOW).left, Some(2), "nothing was charged");
    // What a file of a pass may need, said before it is made.
    let (full, taking) =
        (Pda::new(&place, "pda-d", 12, None, true), Pda::new(&place, "pda-e", 13, None, true));
    let labels: Vec<String> =
        (1..=Device::PASS_LABELS as u64).map(|number| place.label(number, 12, "王芳")).collect();
    let asked = taking.open().ask(NOW).unwrap().file;
    for count in [1, Device::PASS_LABELS] {
        let pass = full.open().give(&asked, &texts(&labels[..count]), deliver, NOW).unwrap();
        let most = Device::pass_size(count);
        assert!(pass.file.len() < most - 4096, "{count}: {} of {most}", pass.file.len());
    }
}

#[test]
fn what_was_passed_is_signed_off_and_counts_once() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) =
        (Pda::new(&place, "pda-a", 12, Some(5), true), Pda::new(&place, "pda-b", 13, Some(5), true));
    let (mut giver, mut taker) = (giving.open(), taking.open());
    let labels: Vec<String> = (1..=2).map(|number| place.label(number, 12, "王芳")).collect();
    let asked = taker.ask(NOW).unwrap().file;
    let pass = giver.give(&asked, &texts(&labels), Purpose::Deliver, NOW).unwrap();
    taker.take(&pass.file, NOW).unwrap();
    assert_eq!((giver.status(NOW).left, taker.status(NOW).left), (Some(3), Some(5)));
    assert_eq!(opens(&mut taker, &labels[0], NOW).as_deref(), Ok("王芳"));
    assert_eq!(taker.status(NOW).left, Some(5));
    taker.sign_off(labels[0].as_str(), ParcelOutcome::Delivered, None, NOW).unwrap();
    assert_eq!(opens(&mut taker, &labels[0], NOW + 60), Err("after_delivery"));
    let again = taker.ask(NOW).unwrap().file;
    let delivered = [GivenLabel::Text(&labels[0])];
    assert_eq!(code(taker.give(&again, &delivered, Purpose::Deliver, NOW)), "after_delivery");
}

const STATIONS: &[u8] = b"code,region,site\nSZ-012,755,12\n";

#[test]
fn a_desk_goes_by_the_stations_that_the_authority_signed() {
    let place = Place::new(&[Purpose::Deliver], None);
    let files = MemoryStore::new();
    let enrolment = place.auditor.enrol("desk-1", place.root.public()).text();
    Device::enrol(files.clone(), None, enrolment.as_bytes()).unwrap();
    let mut device = Device::open(files.clone(), None, NOW).unwrap();
    for grant in [desk_grant(&place, DAY, NOW, None), sealer_grant(&place, DAY, NOW, 2, NOW - 100)] {
        device.take(&grant.sign(&place.root).unwrap(), NOW).unwrap();
    }

    let to = to(13);
    let label = place.label(1, 12, "王芳");
    let scan = DeskScan::new(&label, NOW);
    assert_eq!(code(device.relabel(&scan, &to)), "stations_refused");
    let signed = |at, file: &[u8], points| sign_stations(at, file, points, &place.root).into_bytes();
    let good = signed(NOW - 50, STATIONS, None);
    for (file, points, signature) in [
        (&b"code,region,site\nSZ-012,755,14\n"[..], None, good.clone()),
        (STATIONS, Some(&b"p"[..]), good.clone()),
        (STATIONS, None, b"no signature".to_vec()),
        (
            STATIONS,
            None,
            sign_stations(NOW, STATIONS, None, &Place::new(&[Purpose::Deliver], None).root).into_bytes(),
        ),
        // Signed before the one that the grant demands.
        (STATIONS, None, signed(NOW - 200, STATIONS, None)),
    ] {
        assert_eq!(code(device.use_stations(file, points, &signature, NOW)), "stations_refused");
        assert_eq!(code(device.relabel(&scan, &to)), "stations_refused");
    }
    assert_eq!(device.use_stations(STATIONS, None, &good, NOW).unwrap(), NOW - 50);
    let made = device.relabel(&scan, &to).unwrap();
    assert_eq!(made.old, Payload::parse(label.as_bytes()).unwrap().handle());
    // Refused ones leave nothing behind, and neither does closing.
    assert!(device.use_stations(STATIONS, None, b"", NOW).is_err());
    assert_eq!(code(device.relabel(&scan, &to)), "stations_refused");
    device.use_stations(STATIONS, None, &good, NOW).unwrap();
    device.close();
    let mut device = Device::open(files, None, NOW).unwrap();
    assert_eq!(code(device.relabel(&scan, &to)), "stations_refused");
    // A courier's device has no keys to seal with.
    let pda = Pda::new(&place, "pda-a", 12, None, true);
    assert_eq!(code(pda.open().use_stations(STATIONS, None, &good, NOW)), "no_grant");
}

#[test]
fn a_folder_that_is_not_there_is_no_device() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("a/b");
    let keys = Platform(Identity::generate());
    for keys in [None, Some(&keys as &dyn Keys)] {
        let failure = Device::open(FolderStore::new(&missing), keys, NOW).unwrap_err();
        assert_eq!((failure.code, failure.code.next()), (DeviceCode::NotEnrolled, NextStep::Enrol));
        assert!(!missing.exists());
    }
}
