//! What a courier's device writes into its log: sign-offs with their headers and codes, scans that arrive twice, and what was taken.

use crate::common::station::{DAY, NOW, Place, at, told};
use crate::courier::{entries, handle, later, marks};
use wayseal::device::log::{
    EntryCause, EntryDetail, EntryOutcome, LabelHeader, Log, LogEntry, SpokenCode, TakenKind,
};
use wayseal::device::session::{Attempt, ScanOutcome, Session, SignOff};
use wayseal::error::Refusal;
use wayseal::keys::{Day, DeliveryCode, SealerId};
use wayseal::payload::Payload;
use wayseal::signed::grant::{Purpose, Reopen};
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::Revoked;

/// A delivery code of six digits and its check digit.
fn code() -> DeliveryCode {
    (0..10).find_map(|check| DeliveryCode::parse(&format!("079400{check}"))).unwrap()
}

#[test]
fn a_sign_off_has_the_labels_header_and_its_code_on_the_log() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mut session = place.open();
    let labels: Vec<String> = (1..=5).map(|number| place.label(number, 12, "王芳")).collect();
    for label in &labels[..4] {
        assert_eq!(told(&mut session, &at(label)), "王芳 1");
    }
    assert_eq!(session.sign_off(&handle(&labels[0]), Some(code()), NOW).unwrap(), SignOff::Done);
    assert_eq!(session.sign_off(&handle(&labels[1]), None, NOW).unwrap(), SignOff::Done);
    assert_eq!(session.sign_off(labels[2].as_str(), Some(code()), NOW).unwrap(), SignOff::Done);
    assert_eq!(session.sign_off(labels[4].as_str(), Some(code()), NOW).unwrap(), SignOff::NotOpened);
    assert_eq!(
        session.sign_off("WS1:ABC", None, NOW).unwrap(),
        SignOff::NoLabel(Refusal::Damaged),
        "a text that is no label's"
    );
    drop(session);
    // What was opened before a restart is signed off with its text: without the header no code could be judged.
    let mut session = place.open();
    assert_eq!(session.sign_off(&handle(&labels[3]), Some(code()), NOW).unwrap(), SignOff::TextNeeded);
    assert_eq!(session.sign_off(labels[3].as_str(), Some(code()), NOW).unwrap(), SignOff::Done);
    drop(session);
    let signed: Vec<LogEntry> =
        entries(&place).into_iter().filter(|entry| entry.mark == EntryOutcome::Delivered).collect();
    let codes = [Some(code()), None, Some(code()), Some(code())].map(|code| code.map(SpokenCode::from));
    assert_eq!(signed.len(), 4);
    for ((entry, label), code) in signed.iter().zip(&labels).zip(codes) {
        let payload = Payload::parse(label.as_bytes()).unwrap();
        let header = LabelHeader::from(payload.header());
        assert_eq!(header.bytes(), &payload.bytes()[..payload.header().len()]);
        assert_eq!(header.parse().as_ref(), Some(payload.header()));
        assert_eq!(entry.handle, *payload.handle().bytes());
        assert_eq!(entry.detail, EntryDetail::SignOff { header, code });
    }
}

#[test]
fn a_loaded_parcel_is_signed_off_with_its_header_after_a_restart() {
    let place = Place::new(&[Purpose::Deliver], None);
    let mut session = place.open();
    let label = place.label(1, 12, "王芳");
    session.load(&at(&label)).unwrap();
    session.lock(&place.depot.recipient(), NOW).unwrap();
    drop(session);
    let mut session = place.open();
    assert_eq!(session.sign_off(&handle(&label), Some(code()), NOW).unwrap(), SignOff::Done);
    let header = LabelHeader::from(Payload::parse(label.as_bytes()).unwrap().header());
    let last = session.log().count() - 1;
    drop(session);
    assert_eq!(
        entries(&place)[last as usize].detail,
        EntryDetail::SignOff { header, code: Some(code().into()) }
    );
}

#[test]
fn a_scan_that_arrives_twice_is_one_opening() {
    let place = Place::new(&[Purpose::Deliver, Purpose::Return], Some(2));
    let mut grant = place.issued(DAY, NOW, &[Purpose::Deliver, Purpose::Return], Some(2));
    grant.reopening.again = Reopen::Refuse;
    std::fs::write(place.state().join("inbox/second.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
    let mut session = place.open();
    let (first, second) = (place.label(1, 12, "王芳"), place.label(2, 12, "李四"));
    let mut scan = |attempt: Attempt<'_>| match session.scan(&attempt).unwrap() {
        ScanOutcome::Opened { record, times, repeated, left, .. } => {
            assert!(record.delivery.is_some());
            format!("{times} {repeated} {}", left.unwrap())
        }
        outcome => outcome.name().to_owned(),
    };
    // The second copy is no second opening, though the grant allows none and the budget is spent by another label meanwhile.
    assert_eq!(scan(at(&first)), "1 false 1");
    assert_eq!(scan(at(&first)), "1 true 1");
    assert_eq!(scan(at(&second)), "1 false 0");
    assert_eq!(scan(later(&first, 5)), "1 true 0");
    // Five seconds are counted from the opening, so that copies of copies end.
    assert_eq!(scan(later(&first, 6)), "opened_before");
    // Another purpose is another opening; a clock that went back repeats nothing; a moved code is still an alarm.
    assert_eq!(scan(at(&second).with_purpose(Purpose::Return)), "opened_before");
    assert_eq!(scan(at(&second).with_now(NOW - 1)), "opened_before");
    assert_eq!(scan(at(&second).with_printed(Some("YT9999999999999"))), "moved");
    assert_eq!(session.spent(), 2);
    // After the sign-off it is another opening again.
    assert_eq!(session.sign_off(&handle(&second), None, NOW).unwrap(), SignOff::Done);
    assert_eq!(told(&mut session, &at(&second)), "after_delivery");
    drop(session);
    let expected = [
        EntryOutcome::Opened,
        EntryOutcome::Repeated,
        EntryOutcome::Opened,
        EntryOutcome::Repeated,
        EntryOutcome::OpenedBefore,
        EntryOutcome::OpenedBefore,
        EntryOutcome::OpenedBefore,
        EntryOutcome::WrongWaybill,
        EntryOutcome::Delivered,
        EntryOutcome::AfterDelivery,
    ];
    assert_eq!(marks(&place)[2..], expected);
    // The same after a restart: it comes from the log.
    let mut session = place.open();
    assert_eq!(told(&mut session, &at(&first)), "王芳 1");
    assert_eq!(session.spent(), 2);
}

#[test]
fn what_a_device_takes_is_on_its_log_with_its_digest() {
    use sha2::{Digest as _, Sha256};
    let place = Place::new(&[Purpose::Deliver], None);
    let mut session = place.open();
    let inbox = place.state().join("inbox");
    let mut list = RevocationList::none();
    list.revoke_sealers([Revoked { sealer: SealerId::new(9).unwrap(), from: DAY }]);
    let list = list.sign_next(Moment(NOW), Day::new(DAY.number() + 14), &place.root).unwrap();
    let grant = place.grant(DAY, NOW, &[Purpose::Deliver], None);
    std::fs::write(inbox.join("a.list"), &list).unwrap();
    std::fs::write(inbox.join("b.grant"), &grant).unwrap();
    std::fs::write(inbox.join("c.grant"), "noise").unwrap();
    session.refresh(NOW).unwrap();
    let log = std::fs::read(place.state().join(Log::FILE)).unwrap();
    let (head, note) = place.auditor.sign(&log, &session.answer(&[3; 32]), &[3; 32], None, NOW).unwrap();
    std::fs::write(inbox.join("d.head"), &note).unwrap();
    session.refresh(NOW).unwrap();
    // The last head once more changes nothing, and is no entry.
    session.accept_head(&note, NOW).unwrap();
    drop(session);
    let taken: Vec<_> = entries(&place)[1..]
        .iter()
        .map(|entry| {
            assert_eq!((entry.mark, entry.cause), (EntryOutcome::Taken, EntryCause::Device));
            let EntryDetail::Taken { kind, number, digest } = entry.detail else { panic!("{entry:?}") };
            (kind, number, digest)
        })
        .collect();
    let digest = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
    let number = taken[0].1;
    let expected = [
        (TakenKind::List, number, digest(&list)),
        (TakenKind::Grant, 3, digest(&grant)),
        (TakenKind::Head, head.count, digest(note.as_bytes())),
    ];
    assert_eq!(taken, expected);
}

#[test]
fn what_device_accept_puts_in_is_on_the_log_too() {
    use crate::common::command::{code, text, wayseal};
    let place = Place::new(&[Purpose::Deliver], None);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let today = Day::from_unix(now).unwrap();
    let folder = place.path().join("own");
    std::fs::write(
        place.path().join("authority.pub"),
        crate::common::print_room::public_key_file(&place.root),
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let out = wayseal(place.path(), arguments).output().unwrap();
        assert_eq!(code(&out), 0, "{}", text(&out.stderr));
        text(&out.stdout)
    };
    let recipient =
        run(&["device", "init", "--name", "pda-17", "--authority", "authority.pub", "--folder", "own"]);
    Session::enrol(&folder, &place.auditor.enrol("pda-17", place.root.public())).unwrap();
    let mut grant = place.issued(today, now, &[Purpose::Deliver], None);
    grant.device = recipient.trim().to_owned();
    let signed = grant.sign(&place.root).unwrap();
    let sealed = wayseal::signed::envelope::seal(&signed, recipient.trim()).unwrap();
    wayseal::files::write(&place.path().join("a.grant"), &sealed, wayseal::files::Access::Owner).unwrap();
    let mut list = RevocationList::none();
    list.revoke_sealers([Revoked { sealer: SealerId::new(9).unwrap(), from: today }]);
    let list = list.sign_next(Moment(now), Day::new(today.number() + 14), &place.root).unwrap();
    std::fs::write(place.path().join("b.list"), &list).unwrap();
    run(&["device", "accept", "--folder", "own", "a.grant", "b.list"]);
    let log = std::fs::read(folder.join(Log::FILE)).unwrap();
    let verified = place.auditor.verify(&log, None).unwrap();
    assert_eq!(verified.damage, []);
    let serial = grant.serial;
    let expected = [
        LogEntry::taken(TakenKind::Grant, serial, &signed, 0, serial).detail,
        LogEntry::taken(TakenKind::List, now, &list, 0, serial).detail,
    ];
    let kinds = |detail: &EntryDetail| match detail {
        EntryDetail::Taken { kind, digest, .. } => (*kind, *digest),
        other => panic!("{other:?}"),
    };
    let found: Vec<_> = verified.entries.iter().map(|entry| kinds(&entry.detail)).collect();
    assert_eq!(found, expected.iter().map(kinds).collect::<Vec<_>>());
    // The list's entry has the serial of the grant in use.
    assert_eq!(verified.entries.iter().map(|entry| entry.serial).collect::<Vec<_>>(), [serial, serial]);
}
