//! A locked device on the road: what it goes by is what its log names, and it judges labels as it did at the depot.

use crate::common::station::{DAY, NOW, Place, at, told};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use wayseal::device::log::Log;
use wayseal::device::log::head::SignedHead;
use wayseal::device::session::{ScanOutcome, Session, SessionError};
use wayseal::device::state::RoadState;
use wayseal::files::{self, Access};
use wayseal::keys::{Day, SealerId};
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::signed::signer::SigningKey;
use wayseal::verifier::{Revoked, Want};

const SECTOR: usize = 512;

/// A head of a folder's log as it is, signed by a key of one's own.
fn own_head(state: &Path) -> (SigningKey, String) {
    let (mut log, _) = Log::open(state, NOW).unwrap();
    let count = log.count();
    let head =
        SignedHead { device: log.device().to_owned(), count, head: log.head_at(count).unwrap(), time: NOW };
    let key = SigningKey::from_bytes(&[7; 32]);
    let note = head.sign(&key);
    (key, note)
}

fn copied(place: &Place, to: &str) -> PathBuf {
    let to = place.path().join(to);
    copy(&place.state(), &to);
    to
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let other = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &other);
        } else {
            std::fs::copy(&entry, &other).unwrap();
        }
    }
}

/// A device that loaded labels and is locked.
fn locked(budget: Option<u32>, count: u64) -> (Place, Vec<String>) {
    let place = Place::new(&[Purpose::Deliver], budget);
    let labels: Vec<String> = (1..=count).map(|number| place.label(number, 12, "王芳")).collect();
    let mut session = place.open();
    for label in &labels {
        assert!(matches!(session.load(&at(label)).unwrap(), ScanOutcome::Loaded(_)));
    }
    session.lock(&place.depot.recipient(), NOW).unwrap();
    drop(session);
    (place, labels)
}

/// How many of the labels a folder opens.
fn opened(state: &Path, labels: &[String]) -> usize {
    let mut session = Session::open(state, NOW).unwrap();
    labels.iter().filter(|label| matches!(session.scan(&at(label)), Ok(ScanOutcome::Opened { .. }))).count()
}

fn is_whole(place: &Place, state: &Path) -> bool {
    place.auditor.verify(&std::fs::read(state.join(Log::FILE)).unwrap(), None).unwrap().damage.is_empty()
}

#[test]
fn an_auditors_key_that_is_put_into_the_folder_and_taken_out_lifts_no_budget() {
    let place = Place::new(&[Purpose::Deliver], Some(2));
    let labels: Vec<String> = (1..=6).map(|number| place.label(number, 12, "王芳")).collect();
    assert_eq!(opened(&place.state(), &labels), 2);
    let (key, note) = own_head(&place.state());
    let digits: String = key.verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(place.state().join("auditor.pub"), format!("wayseal-auditor {digits}\n")).unwrap();
    std::fs::write(place.state().join("head"), &note).unwrap();
    // Those that are paid for open again, and no other.
    assert_eq!(opened(&place.state(), &labels[2..]), 0, "the budget was lifted");
    std::fs::write(place.state().join("inbox/own.head"), &note).unwrap();
    let mut session = place.open();
    assert!(matches!(session.notices()[..], [(_, SessionError::ForeignHead(_))]));
    assert_eq!(told(&mut session, &at(&labels[5])), "budget_spent");

    // The same of a locked device, which cannot read its state.
    let (place, labels) = locked(Some(2), 6);
    assert_eq!(opened(&place.state(), &labels), 2);
    let (key, note) = own_head(&place.state());
    std::fs::write(place.state().join("head"), &note).unwrap();
    assert_eq!(opened(&place.state(), &labels[2..]), 0, "the budget was lifted");
    // With the key pinned where a locked device has it, nothing opens at all.
    let path = place.state().join("state.road");
    let kept = std::fs::read(&path).unwrap();
    let mut road = RoadState::from_bytes(&kept).unwrap();
    road.device.pin_auditor(key.verifying_key());
    std::fs::write(&path, road.to_bytes()).unwrap();
    assert_eq!(opened(&place.state(), &labels[2..]), 0, "the budget was lifted");
    std::fs::write(&path, kept).unwrap();
    assert!(is_whole(&place, &place.state()));
}

/// Ends a sector with its hash, as whoever edits it does.
fn hashed(file: &mut [u8], sector: usize) {
    let sector = &mut file[sector * SECTOR..][..SECTOR];
    let hash: [u8; 32] = Sha256::digest(&sector[..SECTOR - 32]).into();
    sector[SECTOR - 32..].copy_from_slice(&hash);
}

#[test]
fn no_byte_of_what_a_locked_device_goes_by_is_edited_in_silence() {
    let (place, labels) = locked(Some(1), 3);
    let whole = std::fs::read(place.state().join("loaded")).unwrap();
    let edited = copied(&place, "edited");
    let try_it = |file: &[u8], what: &str| {
        std::fs::write(edited.join("loaded"), file).unwrap();
        let mut session = Session::open(&edited, NOW).unwrap();
        for label in &labels {
            match session.scan(&at(label)) {
                Err(SessionError::Damaged) => {}
                other => panic!("{what}: {other:?}"),
            }
        }
    };
    // Every byte of the terms and of each line; keys alone are tried by the labels' tags.
    for place in (0..whole.len()).filter(|place| {
        let within = place % SECTOR;
        within < SECTOR - 32 && (*place < SECTOR || !(20..87).contains(&within)) && within.is_multiple_of(7)
    }) {
        let mut file = whole.clone();
        file[place] ^= 0x15;
        hashed(&mut file, place / SECTOR);
        try_it(&file, &format!("byte {place}"));
    }
    // No budget, all purposes, all rules: the terms as a whole.
    let mut file = whole.clone();
    file[16..20].fill(0);
    file[20] = 0xff;
    file[37] = 0x11;
    hashed(&mut file, 0);
    try_it(&file, "no budget");
    // A parcel more, and a parcel less.
    let mut file = whole.clone();
    file.extend_from_within(SECTOR..2 * SECTOR);
    try_it(&file, "a sector more");
    try_it(&whole[..whole.len() - SECTOR], "a sector less");
    std::fs::remove_file(edited.join("state.road")).unwrap();
    try_it(&whole, "without the road's state");

    // Put back, the device is what it was, and the log says that labels were refused.
    std::fs::copy(place.state().join("state.road"), edited.join("state.road")).unwrap();
    std::fs::write(edited.join("loaded"), &whole).unwrap();
    assert_eq!(opened(&edited, &labels), 1);
    assert!(is_whole(&place, &edited));
    // And the depot's key ends it, whatever was edited.
    std::fs::write(edited.join("loaded"), &whole[..SECTOR]).unwrap();
    let mut session = Session::open(&edited, NOW).unwrap();
    session.unlock(&place.depot, NOW).unwrap();
    assert_eq!(session.parcels().len(), 0);
    assert!(matches!(session.load(&at(&labels[0])).unwrap(), ScanOutcome::Loaded(1)));
}

#[test]
fn a_label_is_judged_on_the_road_as_at_the_depot() {
    // Labels of several days, loaded on the last.
    let place = Place::new(&[Purpose::Deliver], None);
    let days: Vec<Day> = (0..5).map(|back| Day::new(DAY.number() - 3 * back)).collect();
    let labels: Vec<String> =
        (1..).zip(&days).map(|(number, day)| place.label_of(*day, number, 12, "王芳")).collect();
    let mut session = place.open();
    for label in &labels {
        assert!(matches!(session.load(&at(label)).unwrap(), ScanOutcome::Loaded(_)));
    }
    drop(session);
    let depot = copied(&place, "depot");
    place.open().lock(&place.depot.recipient(), NOW).unwrap();

    let list = |entries: fn(&mut RevocationList)| {
        let mut list = RevocationList::none();
        entries(&mut list);
        list.sign_next(Moment(NOW), Day::new(DAY.number() + 9), &place.root).unwrap()
    };

    let lists: [Option<Vec<u8>>; 5] = [
        None,
        Some(list(|_| {})),
        Some(list(|list| {
            list.revoke_sealers([Revoked {
                sealer: SealerId::new(7).unwrap(),
                from: Day::new(DAY.number() - 5),
            }]);
        })),
        Some(list(|list| {
            list.revoke_sealers([Revoked { sealer: SealerId::new(8).unwrap(), from: Day::new(0) }]);
        })),
        Some(list(|list| list.revoke_holders([("pda-17".to_owned(), DAY)]))),
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for (number, list) in lists.iter().enumerate() {
        let [road, depot] = [("road", place.state()), ("at-depot", depot.clone())].map(|(name, from)| {
            let to = place.path().join(format!("{name}-{number}"));
            copy(&from, &to);
            if let Some(list) = list {
                std::fs::write(to.join("inbox/a.list"), list).unwrap();
            }
            Session::open(&to, NOW).unwrap()
        });
        let (mut road, mut depot) = (road, depot);
        assert!(road.is_locked() && !depot.is_locked());
        for later in [0, 1, 4, 7, 9, 10, 11, 13, 14, 30] {
            for label in &labels {
                for want in [Want::Held, Want::Delivery, Want::Contact, Want::Both] {
                    for printed in [None, Some("YT9999999999999")] {
                        let now = NOW + later * 86_400;
                        let attempt = at(label).with_now(now).with_want(want).with_printed(printed);
                        let [road, depot] =
                            [&mut road, &mut depot].map(|session| what(session.scan(&attempt)));
                        kinds.insert(road.clone());
                        // Where no key of the station is left, the device at the depot has no grant at all.
                        let over = depot.starts_with("over") && road == "too_old";
                        assert!(road == depot || over, "list {number}, day {later}: {road}, {depot}");
                    }
                }
            }
        }
        let early = at(&labels[0]).with_now(NOW - 9 * 86_400);
        assert_eq!(what(road.scan(&early)), what(depot.scan(&early)));
    }
    let all: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(
        all,
        ["both", "contact", "delivery", "list over", "moved", "revoked", "sealer_revoked", "too_old"]
    );
}

/// What came of a scan, by the sections that opened.
fn what(outcome: Result<ScanOutcome<'_>, SessionError>) -> String {
    use wayseal::device::state::Refused;
    match outcome {
        Ok(ScanOutcome::Opened { record, .. }) => match (&record.delivery, &record.contact) {
            (Some(_), Some(_)) => "both".to_owned(),
            (Some(_), None) => "delivery".to_owned(),
            _ => "contact".to_owned(),
        },
        Ok(outcome) => outcome.name().to_owned(),
        Err(SessionError::Keys(Refused::Over { .. })) => "over".to_owned(),
        Err(SessionError::Keys(Refused::ListOver { .. })) => "list over".to_owned(),
        Err(SessionError::Keys(Refused::Revoked { .. })) => "revoked".to_owned(),
        Err(SessionError::Keys(Refused::ClockBehind { .. })) => "clock".to_owned(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_list_and_a_head_that_come_on_the_road_stay_when_the_device_is_back() {
    let (place, labels) = locked(None, 2);
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&labels[0])), "王芳 1");
    let mut list = RevocationList::none();
    list.revoke_sealers([Revoked { sealer: SealerId::new(7).unwrap(), from: DAY }]);
    let signed = list.sign_next(Moment(NOW), Day::new(DAY.number() + 9), &place.root).unwrap();
    std::fs::write(place.state().join("inbox/a.list"), &signed).unwrap();
    assert_eq!(told(&mut session, &at(&labels[0])), "sealer_revoked");
    let log = std::fs::read(place.state().join(Log::FILE)).unwrap();
    let answer = session.answer(&[1; 32]);
    let (_, note) = place.auditor.sign(&log, &answer, &[1; 32], None, NOW + 86_400).unwrap();
    session.accept_head(&note, NOW).unwrap();
    drop(session);
    // After a restart, on the road and at the depot.
    let mut session = place.open();
    let late = at(&labels[1]).with_now(NOW + 86_400);
    assert_eq!(told(&mut session, &late), "sealer_revoked");
    assert!(matches!(session.scan(&at(&labels[1])), Err(SessionError::Keys(_))), "signed time was lost");
    session.unlock(&place.depot, NOW + 86_400).unwrap();
    assert_eq!(told(&mut session, &late), "sealer_revoked");
    drop(session);
    let mut session = Session::open(&place.state(), NOW + 86_400).unwrap();
    assert_eq!(told(&mut session, &late), "sealer_revoked");
    assert!(!place.state().join("state.road").exists());
}

#[test]
fn a_device_is_locked_if_its_log_says_so_and_whatever_a_kill_left_of_its_files() {
    let place = Place::new(&[Purpose::Deliver], None);
    let label = place.label(1, 12, "王芳");
    let mut session = place.open();
    session.load(&at(&label)).unwrap();
    drop(session);
    let before = copied(&place, "before");
    place.open().lock(&place.depot.recipient(), NOW).unwrap();
    let after = copied(&place, "after");
    let put = |state: &Path, name: &str, from: &Path, of: &str| {
        files::write(&state.join(name), &std::fs::read(from.join(of)).unwrap(), Access::Owner).unwrap();
    };

    // Killed before the entry: what was prepared is undone.
    put(&before, "state.locking", &after, "state.locked");
    put(&before, "state.road", &after, "state.road");
    let mut session = Session::open(&before, NOW).unwrap();
    assert!(
        !session.is_locked() && !before.join("state.locking").exists() && !before.join("state.road").exists()
    );
    assert_eq!(told(&mut session, &at(&label)), "王芳 1");
    drop(session);

    // Killed after the entry: the rest is done.
    let state = place.path().join("entry");
    copy(&after, &state);
    std::fs::rename(state.join("state.locked"), state.join("state.locking")).unwrap();
    put(&state, "state", &before, "state");
    let mut session = Session::open(&state, NOW).unwrap();
    assert!(session.is_locked() && !state.join("state").exists() && state.join("state.locked").exists());
    assert_eq!(told(&mut session, &at(&label)), "王芳 1");

    // Killed as it is unlocked, before the entry and after it.
    let sealed = copied(&place, "sealed");
    session.unlock(&place.depot, NOW).unwrap();
    drop(session);
    put(&sealed, "state", &state, "state");
    let session = Session::open(&sealed, NOW).unwrap();
    assert!(session.is_locked() && !sealed.join("state").exists());
    drop(session);
    for name in ["state.locked", "state.road", "loaded"] {
        put(&state, name, &after, name);
    }
    let session = Session::open(&state, NOW).unwrap();
    assert!(!session.is_locked() && !state.join("loaded").exists() && !state.join("state.locked").exists());
}
