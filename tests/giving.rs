//! Passes that a device gives a colleague's: by a desk, by an open device and by a locked one, to an open device and to a locked one.

use crate::common::station::{DAY, NOW, Place, at, station, told};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue, let_give};
use wayseal::device::log::entry::{EntryDetail, TakenKind};
use wayseal::device::log::{EntryOutcome, Log};
use wayseal::device::session::{
    GiveError, GivenLabel, GivenPass, ParcelOutcome, ScanOutcome, Session, SessionError, SignOff,
};
use wayseal::device::state::Refused;
use wayseal::keys::{Day, Tier};
use wayseal::payload::Payload;
use wayseal::signed::certificate::SignsGrants as _;
use wayseal::signed::digits::DIGITS_MAX;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::{Grant, GrantError, Purpose};
use wayseal::signed::moment::Moment;
use wayseal::signed::pass_request::{PassRequest, RequestError};
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::{Buffer, Want};

pub const BOTH: [Tier; 2] = [Tier::Delivery, Tier::Contact];

/// A device with a grant for a station by which it may give passes.
pub fn device(place: &Place, name: &str, site: u16, budget: Option<u32>) -> PathBuf {
    let state = place.path().join(name);
    Session::enrol(&state, &place.auditor.enrol(name, place.root.public())).unwrap();
    let stations = [station(site)];
    let scope = Scope::Scanner { tiers: &BOTH, stations: &stations };
    granted(place, &state, name, &scope, budget);
    state
}

fn granted(place: &Place, state: &Path, name: &str, scope: &Scope<'_>, budget: Option<u32>) {
    let mut terms = GrantTerms::new(name, 50, NOW);
    terms.budget = budget;
    if let Scope::Desk { .. } = scope {
        terms.purposes = vec![Purpose::Return, Purpose::Relabel];
    }
    let mut grant = issue(&place.root, terms, scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
    let_give(&mut grant, &place.root).unwrap();
    std::fs::write(state.join("inbox/own.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
}

pub fn open(state: &Path) -> Session {
    Session::open(state, NOW).unwrap()
}

pub fn texts<'a>(labels: &'a [String]) -> Vec<GivenLabel<'a>> {
    labels.iter().map(|label| GivenLabel::Text(label)).collect()
}

pub fn load_and_lock(session: &mut Session, place: &Place, labels: &[String]) {
    for label in labels {
        assert!(matches!(session.load(&at(label)).unwrap(), ScanOutcome::Loaded(_)));
    }
    session.lock(&place.depot.recipient(), NOW).unwrap();
}

/// A pass of labels that `giver` gives `taker`, and what was asked.
pub fn hand_over(giver: &mut Session, taker: &mut Session, labels: &[String]) -> GivenPass {
    let asked = taker.ask(NOW).unwrap().unwrap();
    // By file or by the digits of its code.
    let request = if labels.len().is_multiple_of(2) { asked.file } else { asked.digits.into_bytes() };
    giver.give(&request, &texts(labels), Purpose::Deliver, NOW).unwrap()
}

/// The files of a folder, by name.
fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files.filter(|path| path.is_file()).map(|path| (named(&path), std::fs::read(path).unwrap())).collect()
}

fn write_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    std::fs::create_dir_all(folder.join("inbox")).unwrap();
    for (name, content) in files {
        wayseal::files::write(&folder.join(name), content, wayseal::files::Access::Owner).unwrap();
    }
}

#[test]
fn every_pair_of_devices_hands_parcels_over_and_no_other_parcel_opens() {
    for (giver_locked, taker_locked) in [(false, false), (false, true), (true, false), (true, true)] {
        let place = Place::new(&[Purpose::Deliver], None);
        let giving = device(&place, "pda-a", 12, None);
        let taking = device(&place, "pda-b", 13, None);
        let labels: Vec<String> = (1..=6).map(|number| place.label(number, 12, "王芳")).collect();
        let own: Vec<String> = (11..=12).map(|number| place.label(number, 13, "李四")).collect();
        let (mut giver, mut taker) = (open(&giving), open(&taking));
        if giver_locked {
            load_and_lock(&mut giver, &place, &labels);
        }
        if taker_locked {
            load_and_lock(&mut taker, &place, &own);
        }
        let (given, kept) = labels.split_at(3);
        let before = told(&mut taker, &at(&given[0]));
        assert_eq!(before, if taker_locked { "not_loaded" } else { "other_station" });
        let pass = hand_over(&mut giver, &mut taker, given);
        assert_eq!((pass.to.as_str(), pass.labels), ("pda-b", 3));
        assert_eq!(pass.until, Day::new(DAY.number() + 1));
        // It names the labels for its device alone.
        assert!(matches!(giver.take_pass(&pass.file, NOW), Err(SessionError::Envelope(_))));
        let digits = pass.digits.unwrap();
        let accepted = taker.take_pass(digits.as_bytes(), NOW).unwrap();
        assert_eq!(accepted.added, 3);
        for session in [&mut taker] {
            for label in given {
                assert_eq!(told(session, &at(label)), "王芳 1", "{giver_locked} {taker_locked}");
            }
            for label in kept {
                assert_eq!(told(session, &at(label)), before);
            }
            assert_eq!(told(session, &at(&own[0])), "李四 1", "its own open as before");
        }
        // And after a restart.
        drop(taker);
        let mut taker = open(&taking);
        let later = |text| at(text).with_now(NOW + 20);
        assert_eq!(told(&mut taker, &later(&given[1])), "王芳 2");
        assert_eq!(told(&mut taker, &later(&kept[1])), before);
        // The answer came: the same code is taken once.
        assert!(taker.take_pass(digits.as_bytes(), NOW).is_err());
        // After its last day it opens nothing.
        let late = at(&given[0]).with_now(NOW + 2 * 86_400);
        assert_ne!(told(&mut taker, &late).split(' ').next(), Some("王芳"));
        // Signed off, it opens no more, and its key is gone from a locked device.
        let done = taker.sign_off(given[2].as_str(), None, NOW + 30).unwrap();
        assert_eq!(done, SignOff::Done);
        assert_eq!(
            told(&mut taker, &at(&given[2]).with_now(NOW + 60)),
            if taker_locked { "not_loaded" } else { "after_delivery" }
        );
        if taker_locked {
            assert_eq!(taker.passed().count(), 2);
        }
        drop(taker);
        let taker = open(&taking);
        assert_eq!(taker.passed().count(), if taker_locked { 2 } else { 0 });
    }
}

#[test]
fn both_logs_name_the_pass_and_the_givers_each_label() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 12, None));
    let labels: Vec<String> = (1..=4).map(|number| place.label(number, 12, "王芳")).collect();
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    load_and_lock(&mut giver, &place, &labels);
    load_and_lock(&mut taker, &place, &[place.label(9, 12, "李四")]);
    let pass = hand_over(&mut giver, &mut taker, &labels);
    std::fs::write(taking.join("inbox/from-a.pass"), &pass.file).unwrap();
    taker.refresh(NOW).unwrap();
    assert_eq!(taker.notices().len(), 0);
    let log = |state: &Path| {
        let verified = place.auditor.verify(&std::fs::read(state.join(Log::FILE)).unwrap(), None).unwrap();
        assert!(verified.damage.is_empty());
        verified.entries
    };
    let (gave, took) = (log(&giving), log(&taking));
    let given: Vec<_> = gave.iter().filter(|entry| entry.mark == EntryOutcome::Given).collect();
    let handles: Vec<_> =
        labels.iter().map(|label| *Payload::parse(label.as_bytes()).unwrap().handle().bytes()).collect();
    assert_eq!(given.iter().map(|entry| entry.handle).collect::<Vec<_>>(), handles);
    let named = gave.iter().find(|entry| entry.mark == EntryOutcome::PassGiven).unwrap();
    let EntryDetail::Taken { kind: TakenKind::Pass, number, digest } = named.detail else { panic!() };
    assert!(given.iter().all(|entry| entry.serial == number));
    let taken = took.iter().find_map(|entry| match entry.detail {
        EntryDetail::Taken { kind: TakenKind::Pass, number, digest } if entry.mark == EntryOutcome::Taken => {
            Some((number, digest))
        }
        _ => None,
    });
    assert_eq!(taken, Some((number, digest)), "the taker's log names the same pass");
}

#[test]
fn a_given_label_is_charged_to_the_giver_and_not_to_the_taker() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, Some(4)), device(&place, "pda-b", 12, Some(2)));
    let labels: Vec<String> = (1..=6).map(|number| place.label(number, 12, "王芳")).collect();
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    assert_eq!(told(&mut giver, &at(&labels[0])), "王芳 1");
    // One opened, four more: five labels of a budget of four.
    let asked = taker.ask(NOW).unwrap().unwrap().file;
    let refused = giver.give(&asked, &texts(&labels[..5]), Purpose::Deliver, NOW);
    assert!(matches!(refused, Err(GiveError::Budget { wanted: 4, left: 3 })), "{refused:?}");
    let pass = giver.give(&asked, &texts(&labels[..4]), Purpose::Deliver, NOW).unwrap();
    assert_eq!(giver.spent(), 4, "one was charged before");
    assert_eq!(told(&mut giver, &at(&labels[5])), "budget_spent");
    taker.take_pass(&pass.file, NOW).unwrap();
    // Of its own station it could open them too: then each costs, as ever.
    let own = device(&place, "pda-c", 13, Some(2));
    let mut other = open(&own);
    let asked = other.ask(NOW).unwrap().unwrap().file;
    let pass = giver.give(&asked, &texts(&labels[..4]), Purpose::Deliver, NOW).unwrap();
    assert_eq!(giver.spent(), 4, "given twice, charged once");
    other.take_pass(&pass.file, NOW).unwrap();
    for label in &labels[..4] {
        assert_eq!(told(&mut other, &at(label)), "王芳 1");
    }
    assert_eq!(other.spent(), 0);
    for number in 21..23 {
        assert_eq!(told(&mut other, &at(&place.label(number, 13, "李四"))), "李四 1");
    }
}

#[test]
fn a_desk_gives_what_it_opens_for_delivery_and_sees_no_record_of_it() {
    let place = Place::new(&[Purpose::Deliver], None);
    let state = place.path().join("desk");
    Session::enrol(&state, &place.auditor.enrol("desk-1", place.root.public())).unwrap();
    let stations = [station(12)];
    granted(&place, &state, "desk-1", &Scope::Desk { stations: &stations }, Some(20));
    let taking = device(&place, "pda-b", 13, None);
    let (mut desk, mut taker) = (open(&state), open(&taking));
    let labels: Vec<String> = (1..=2).map(|number| place.label(number, 12, "王芳")).collect();
    let pass = hand_over(&mut desk, &mut taker, &labels);
    taker.take_pass(&pass.file, NOW).unwrap();
    assert_eq!(told(&mut taker, &at(&labels[0])), "王芳 1");
    assert_eq!(told(&mut taker, &at(&labels[1])), "王芳 1");
    let asked = taker.ask(NOW).unwrap().unwrap().file;
    let refused = desk.give(&asked, &texts(&labels), Purpose::Enquiry, NOW);
    assert!(matches!(refused, Err(GiveError::Pass(GrantError::BeyondIssuer))), "{refused:?}");
    let elsewhere = [place.label(3, 14, "赵六")];
    let refused = desk.give(&asked, &texts(&elsewhere), Purpose::Deliver, NOW);
    assert!(matches!(refused, Err(GiveError::Label { at: 1, .. })), "{refused:?}");
}

#[test]
fn nothing_is_given_to_a_stranger_or_a_revoked_device_nor_taken_from_one() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let labels = vec![place.label(1, 12, "王芳")];
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    let asked = taker.ask(NOW).unwrap().unwrap();

    // A request that nobody signed, one of another authority, and every bit of a good one.
    let other = Place::new(&[Purpose::Deliver], None);
    let mut stranger = open(&device(&other, "pda-b", 12, None));
    let strange = stranger.ask(NOW).unwrap().unwrap().file;
    let refused = giver.give(&strange, &texts(&labels), Purpose::Deliver, NOW);
    assert!(matches!(refused, Err(GiveError::Request(RequestError::Signature))));
    for bit in (0..asked.file.len() * 8).step_by(7) {
        let mut altered = asked.file.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(giver.asked(&altered, NOW).is_err(), "{bit}");
    }
    for cut in (0..asked.file.len()).step_by(11) {
        assert!(giver.asked(&asked.file[..cut], NOW).is_err());
    }
    let late = giver.give(&asked.file, &texts(&labels), Purpose::Deliver, NOW + 7200);
    assert!(matches!(late, Err(GiveError::Asked)));
    assert_eq!(giver.log().count(), 1, "no label was given, and none is on the log");

    let pass = giver.give(&asked.file, &texts(&labels), Purpose::Deliver, NOW).unwrap();
    let list = |names: &[&str]| {
        let mut list = RevocationList::none();
        list.revoke_holders(names.iter().map(|name| ((*name).to_owned(), DAY)));
        list.sign_next(Moment(NOW), Day::new(DAY.number() + 10), &place.root).unwrap()
    };
    // The giver is listed: its pass is refused.
    taker.take_list(&list(&["pda-a"]), NOW).unwrap();
    let refused = taker.take_pass(&pass.file, NOW);
    assert!(matches!(refused, Err(SessionError::Keys(Refused::IssuerRevoked { .. }))), "{refused:?}");
    assert_eq!(told(&mut taker, &at(&labels[0])), "other_station");
    // The taker is listed: it is given nothing.
    giver.take_list(&list(&["pda-b"]), NOW).unwrap();
    let asked = PassRequest::verify(&asked.file, &place.root.public()).unwrap();
    assert_eq!(asked.name(), "pda-b");
    let mut again = open(&device(&place, "pda-c", 13, None));
    let file = again.ask(NOW).unwrap().unwrap().file;
    assert!(giver.give(&file, &texts(&labels), Purpose::Deliver, NOW).is_ok(), "who is not listed is given");
    // A pass that was taken before the list came is erased with it.
    let pass = giver.give(&file, &texts(&labels), Purpose::Deliver, NOW).unwrap();
    again.take_pass(&pass.file, NOW).unwrap();
    assert_eq!(told(&mut again, &at(&labels[0])), "王芳 1");
    again.take_list(&list(&["pda-a"]), NOW).unwrap();
    assert_eq!(told(&mut again, &at(&labels[0]).with_now(NOW + 60)), "other_station");
}

#[test]
fn a_devices_key_signs_passes_of_its_days_and_purposes_and_nothing_else() {
    let place = Place::new(&[Purpose::Deliver], None);
    let stations = [station(12)];
    let scope = Scope::Scanner { tiers: &BOTH[..1], stations: &stations };
    let days = Days::ending(DAY, 14);
    let mut grant =
        issue(&place.root, GrantTerms::new("pda-a", 50, NOW), &scope, days, Limits::Kept).unwrap();
    let_give(&mut grant, &place.root).unwrap();
    let key = grant.issuer_key.as_ref().unwrap();
    let by = key.certificate().unwrap().terms().clone();
    let text = place.label(1, 12, "王芳");
    let pass = |purposes: &[Purpose], days: Days, tiers: &[Tier], serial: u64| {
        let terms = GrantTerms::new("pda-b", serial, NOW).with_purposes(purposes);
        wayseal::authority::issue::pass(&place.root, terms, &[&text], tiers, days, Limits::Kept).unwrap()
    };
    let serial = *by.serials.start();
    let deliver = [Purpose::Deliver];
    let fits = |grant: &Grant| grant.sign(key).is_ok();
    assert!(fits(&pass(&deliver, Days::from(DAY, 2), &BOTH[..1], serial)));
    assert!(!fits(&pass(&deliver, Days::from(DAY, 3), &BOTH[..1], serial)), "days");
    assert!(!fits(&pass(&[Purpose::Enquiry], Days::from(DAY, 2), &BOTH[..1], serial)), "purpose");
    assert!(!fits(&pass(&deliver, Days::from(DAY, 2), &BOTH, serial)), "tier");
    assert!(!fits(&pass(&deliver, Days::from(DAY, 2), &BOTH[..1], 7)), "serial");
    let yesterday = Days::from(Day::new(DAY.number() - 1), 2);
    assert!(!fits(&pass(&deliver, yesterday, &BOTH[..1], serial)), "before it was certified");
    let mut scanner =
        issue(&place.root, GrantTerms::new("pda-b", serial, NOW), &scope, days, Limits::Kept).unwrap();
    assert!(!fits(&scanner), "keys of a station");
    scanner.issuer_key =
        Some(wayseal::signed::issuer_key::IssuerKey::generate_giving(&place.root, by).unwrap());
    assert!(scanner.sign(&place.root).is_err(), "another device's key");
}

#[test]
fn a_code_holds_twenty_labels_of_the_longest_numbers() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    let labels: Vec<String> = (1..=21).map(|number| place.label(number, 12, "王芳")).collect();
    let asked = taker.ask(NOW).unwrap().unwrap();
    let pass = giver.give(&asked.file, &texts(&labels), Purpose::Deliver, NOW).unwrap();
    assert_eq!(pass.digits, None, "a file");
    let pass = giver.give(&asked.file, &texts(&labels[..20]), Purpose::Deliver, NOW).unwrap();
    let digits = pass.digits.unwrap();
    // A header has 37 bytes at most, these have 20; the longest name of a device has 48.
    let longest = digits.len() + 20 * 17 * 17 / 7 + 2 * (48 - 5) * 17 / 7;
    assert!(longest <= DIGITS_MAX, "{} digits, {longest} at most", digits.len());
    assert!(asked.digits.len() <= 1200, "{}", asked.digits.len());
    taker.take_pass(digits.as_bytes(), NOW).unwrap();
    assert!(labels[..20].iter().all(|label| told(&mut taker, &at(label)) == "王芳 1"));
}

/// The least screen of a courier that shows a code: as the guide has it.
#[cfg(feature = "cli")]
#[test]
fn a_code_needs_the_screen_that_the_guide_says() {
    use qrcode::{EcLevel, QrCode};
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-17", 12, None), device(&place, "pda-18", 13, None));
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    let labels: Vec<String> = (1..=20).map(|number| place.label(number, 12, "王芳")).collect();
    let asked = taker.ask(NOW).unwrap().unwrap();
    let side = |digits: &str| {
        QrCode::with_error_correction_level(digits.as_bytes(), EcLevel::L).unwrap().width() + 8
    };
    let mut sides = vec![side(&asked.digits)];
    for count in [1, 5, 20] {
        let pass = giver.give(&asked.file, &texts(&labels[..count]), Purpose::Deliver, NOW).unwrap();
        sides.push(side(&pass.digits.unwrap()));
    }
    // A module is a column wide and two are a line high, with four light ones around; four lines are the screen's own.
    let screen = |side: usize| format!("{side} × {}", side.div_ceil(2) + 4);
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide.md")).unwrap();
    for (what, most, side) in [
        ("request", 73, sides[0]),
        ("pass of 1", 101, sides[1]),
        ("pass of 5", 121, sides[2]),
        ("pass of 20", 173, sides[3]),
    ] {
        println!("{what} {}", screen(side));
        // An envelope's length is not always the same: a version or two less.
        assert!(side <= most && side + 16 > most, "{what}: {side}");
        assert!(guide.contains(&format!("{what} {}", screen(most))), "{what} {}", screen(most));
    }
}

#[test]
fn a_pass_in_hand_goes_on_the_road_and_is_not_longer_of_use_than_the_givers_keys() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    // Its key is of use for today alone.
    let old = vec![place.label_of(Day::new(DAY.number() - 13), 1, 12, "王芳")];
    let pass = hand_over(&mut giver, &mut taker, &old);
    assert_eq!(pass.until, DAY);
    taker.take_pass(&pass.file, NOW).unwrap();
    load_and_lock(&mut taker, &place, &[place.label(9, 13, "李四")]);
    assert_eq!(told(&mut taker, &at(&old[0])), "王芳 1");
    // A colleague's colleague: what came by a pass is given on, not longer.
    let third = device(&place, "pda-c", 14, None);
    let mut third = open(&third);
    let pass = hand_over(&mut taker, &mut third, &old);
    assert_eq!(pass.until, DAY);
    third.take_pass(&pass.file, NOW).unwrap();
    assert_eq!(told(&mut third, &at(&old[0])), "王芳 1");
    assert_ne!(told(&mut third, &at(&old[0]).with_now(NOW + 86_400)).split(' ').next(), Some("王芳"));
    // At the depot the station's keys come back, and the pass is as it was.
    taker.unlock(&place.depot, NOW).unwrap();
    assert_eq!(told(&mut taker, &at(&old[0]).with_now(NOW + 60)), "王芳 2");
}

#[test]
fn a_pass_that_came_on_the_road_stays_in_hand_when_the_device_is_back() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let labels: Vec<String> = (1..=4).map(|number| place.label(number, 12, "王芳")).collect();
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    // One in hand at the lock, and two passes on the road.
    let pass = hand_over(&mut giver, &mut taker, &labels[..1]);
    taker.take_pass(&pass.file, NOW).unwrap();
    load_and_lock(&mut taker, &place, &[place.label(9, 13, "李四")]);
    for part in [&labels[1..2], &labels[2..]] {
        let pass = hand_over(&mut giver, &mut taker, part);
        taker.take_pass(&pass.file, NOW).unwrap();
    }
    assert_eq!(told(&mut taker, &at(&labels[3])), "王芳 1");
    assert_eq!(taker.sign_off(labels[3].as_str(), None, NOW + 30).unwrap(), SignOff::Done);
    taker.unlock(&place.depot, NOW + 60).unwrap();
    assert_eq!(taker.passed().count(), 0, "they are beside the station's keys again");
    let tomorrow = |text| at(text).with_now(NOW + 86_400);
    for restarted in [false, true] {
        if restarted {
            drop(taker);
            taker = open(&taking);
        }
        for label in &labels[..3] {
            assert!(told(&mut taker, &tomorrow(label)).starts_with("王芳"), "nobody was there today");
        }
        // What was delivered on the road opens no more, nor does anything after the last day.
        assert_eq!(told(&mut taker, &tomorrow(&labels[3])), "other_station");
        let late = at(&labels[1]).with_now(NOW + 2 * 86_400);
        assert_eq!(told(&mut taker, &late), "other_station");
    }
    // Locked again for the next day, they go along as before.
    taker.load(&at(&place.label(10, 13, "李四")).with_now(NOW + 86_400)).unwrap();
    taker.lock(&place.depot.recipient(), NOW + 86_400).unwrap();
    assert!(told(&mut taker, &at(&labels[2]).with_now(NOW + 86_460)).starts_with("王芳"));
}

#[test]
fn a_pass_of_a_giver_who_is_listed_later_opens_nothing_on_the_road_and_does_not_come_back() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let labels = vec![place.label(1, 12, "王芳")];
    let own = place.label(9, 13, "李四");
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    load_and_lock(&mut taker, &place, std::slice::from_ref(&own));
    let pass = hand_over(&mut giver, &mut taker, &labels);
    taker.take_pass(&pass.file, NOW).unwrap();
    assert_eq!(told(&mut taker, &at(&labels[0])), "王芳 1");
    let mut list = RevocationList::none();
    list.revoke_holders([("pda-a".to_owned(), DAY)]);
    let list = list.sign_next(Moment(NOW), Day::new(DAY.number() + 10), &place.root).unwrap();
    taker.take_list(&list, NOW).unwrap();
    let later = |text| at(text).with_now(NOW + 60);
    assert_eq!(told(&mut taker, &later(&labels[0])), "not_loaded");
    assert_eq!(told(&mut taker, &later(&own)), "李四 1");
    drop(taker);
    let mut taker = open(&taking);
    assert_eq!(told(&mut taker, &later(&labels[0])), "not_loaded");
    taker.unlock(&place.depot, NOW + 60).unwrap();
    assert_eq!(told(&mut taker, &later(&labels[0])), "other_station");
}

#[test]
fn a_kill_at_any_write_of_taking_a_pass_loses_nothing_that_was_loaded() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let labels: Vec<String> = (1..=3).map(|number| place.label(number, 12, "王芳")).collect();
    let own = vec![place.label(9, 13, "李四")];
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    load_and_lock(&mut taker, &place, &own);
    let pass = hand_over(&mut giver, &mut taker, &labels);
    let before = files_of(&taking);
    taker.take_pass(&pass.file, NOW).unwrap();
    drop(taker);
    let after = files_of(&taking);
    // Files in the order in which they are written, the log's two as one: an interruption leaves the first of them new.
    let order: [&[&str]; 4] = [&["passes"], &["state.road.next"], &["log", "log.key"], &["state.road"]];
    for cut in 0..=order.len() {
        let folder = place.path().join(format!("cut-{cut}"));
        write_files(&folder, &before);
        for name in order[..cut].iter().flat_map(|names| names.iter()) {
            let content = match *name {
                "state.road.next" => after.get("state.road"),
                name => after.get(name),
            };
            let owner = wayseal::files::Access::Owner;
            wayseal::files::write(&folder.join(name), content.unwrap(), owner).unwrap();
        }
        let mut session = open(&folder);
        assert_eq!(told(&mut session, &at(&own[0])), "李四 1", "{cut}");
        let expected = if cut >= 3 { "王芳 1" } else { "not_loaded" };
        assert_eq!(told(&mut session, &at(&labels[1])), expected, "{cut}");
        if cut < 3 {
            session.take_pass(&pass.file, NOW).unwrap();
            assert_eq!(told(&mut session, &at(&labels[1]).with_now(NOW + 9)), "王芳 1", "{cut}");
        }
    }
    // What is edited in silence opens nothing.
    for place_of in [87, 130, 134, 135, 137] {
        let folder = place.path().join(format!("edited-{place_of}"));
        write_files(&folder, &after);
        let mut passes = std::fs::read(folder.join("passes")).unwrap();
        passes[512 + place_of] ^= 1;
        let hash = <sha2::Sha256 as sha2::Digest>::digest(&passes[512..1024 - 32]);
        passes[1024 - 32..1024].copy_from_slice(&hash);
        std::fs::write(folder.join("passes"), &passes).unwrap();
        let mut session = open(&folder);
        let opened = session.scan(&at(&labels[0])).is_ok_and(|it| matches!(it, ScanOutcome::Opened { .. }));
        assert!(!opened, "{place_of}");
    }
}

#[test]
fn what_was_given_is_said_in_the_list_and_can_be_taken_back() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (giving, taking) = (device(&place, "pda-a", 12, None), device(&place, "pda-b", 13, None));
    let labels: Vec<String> = (1..=2).map(|number| place.label(number, 12, "王芳")).collect();
    let (mut giver, mut taker) = (open(&giving), open(&taking));
    load_and_lock(&mut giver, &place, &labels);
    let handle = Payload::parse(labels[0].as_bytes()).unwrap().handle();
    let asked = taker.ask(NOW).unwrap().unwrap();
    giver.give(&asked.file, &[GivenLabel::Handle(&handle)], Purpose::Deliver, NOW).unwrap();
    let outcome =
        |session: &Session| session.parcels().iter().find(|parcel| parcel.handle == handle).unwrap().outcome;
    assert_eq!(outcome(&giver), Some(EntryOutcome::Given));
    // The colleague did not come after all: it opens here as before.
    giver.take_back(&handle, NOW).unwrap();
    assert_eq!(outcome(&giver), None);
    assert_eq!(told(&mut giver, &at(&labels[0])), "王芳 1");
    giver.conclude(&handle, ParcelOutcome::Delivered, None, NOW).unwrap();
    let refused = giver.give(&asked.file, &[GivenLabel::Handle(&handle)], Purpose::Deliver, NOW);
    assert!(
        matches!(refused, Err(GiveError::Label { at: 1, outcome: EntryOutcome::AfterDelivery })),
        "{refused:?}"
    );
    // By its keys no other label opens, tried by arithmetic.
    let own = Identity::generate();
    let sealed = envelope::seal(b"nothing", &own.recipient()).unwrap();
    assert!(taker.take_pass(&sealed, NOW).is_err());
    let mut buffer = Buffer::new();
    let other = Payload::parse(labels[1].as_bytes()).unwrap();
    assert!(wayseal::verifier::LabelKeys::empty().open(&other, Want::Held, &mut buffer).is_err());
}
