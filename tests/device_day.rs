//! A courier's day by the device's facade alone: from enrolment to hand-in, over memory and a folder, with and without a key store.

use crate::common::station::{DAY, NOW, Place};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use wayseal::authority::auditor::{Auditor, LogBefore};
use wayseal::authority::custody::Authority;
use wayseal::device::app::{
    Device, DeviceCode, DeviceFailure, LabelScan, NextStep, RecordField, SharedDevice,
};
use wayseal::device::exchange::HandIn;
use wayseal::device::log::head::SignedHead;
use wayseal::device::log::{EntryDetail, EntryOutcome, Log, TakenKind};
use wayseal::device::operators::{OperatorList, Pin, PinHash};
use wayseal::device::session::ParcelOutcome;
use wayseal::device::store::{FolderStore, Keys, KeysError, MemoryStore, Store};
use wayseal::files::FileError;
use wayseal::keys::Day;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::Want;
use zeroize::Zeroizing;

/// A key store whose key is an age identity.
struct Platform(Option<Identity>);

impl Keys for Platform {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
        Ok(envelope::seal(secret, &self.0.as_ref().ok_or(KeysError::Lost)?.recipient()).unwrap())
    }

    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        envelope::open(wrap, self.0.as_ref()).map_err(|_| KeysError::Lost)
    }
}

fn platform() -> Platform {
    Platform(Some(Identity::generate()))
}

/// A grant for a device by its recipient or, without one, its name.
fn grant(place: &Place, name: &str, recipient: &str, issued: u64, budget: Option<u32>) -> Vec<u8> {
    let mut grant = place.issued(DAY, issued, &[Purpose::Deliver, Purpose::Return], budget);
    (grant.to, grant.device) = (name.to_owned(), recipient.to_owned());
    let signed = grant.sign(&place.root).unwrap();
    if recipient.is_empty() { signed.to_vec() } else { envelope::seal(&signed, recipient).unwrap() }
}

/// A revocation list without entries; its number is the time of issue.
fn list(root: &Authority, issued: u64, until: u16) -> Vec<u8> {
    RevocationList::none().sign_next(Moment(issued), Day::new(until), root).unwrap()
}

fn operators(auditor: &Auditor) -> String {
    let mut list = OperatorList::default();
    list.number = 1;
    list.set(NonZeroU32::new(1007).unwrap(), PinHash::new(&Pin::new("2468").unwrap()).unwrap());
    auditor.sign_operators(&list)
}

fn code<T: std::fmt::Debug>(result: Result<T, DeviceFailure>) -> &'static str {
    result.unwrap_err().code.name()
}

fn enrolment(place: &Place, name: &str) -> Zeroizing<String> {
    place.auditor.enrol(name, place.root.public()).text()
}

/// A whole day; `store` gives the same files each time. The log at its end.
fn day<S: Store + 'static>(store: impl Fn() -> S, keys: Option<&dyn Keys>) -> Vec<u8> {
    let place = Place::new(&[Purpose::Deliver], None);
    let text = enrolment(&place, "pda-18");
    assert_eq!(code(Device::open(store(), keys, NOW)), "not_enrolled");
    assert_eq!(code(Device::enrol(store(), keys, b"wayseal enrolment 2")), "argument");
    let recipient = Device::enrol(store(), keys, text.as_bytes()).unwrap();
    assert_eq!(recipient.is_empty(), keys.is_none());
    assert_eq!(code(Device::enrol(store(), keys, text.as_bytes())), "already_enrolled");

    let mut device = Device::open(store(), keys, NOW).unwrap();
    assert_eq!(code(Device::open(store(), keys, NOW)), "busy");
    let label = |number, name: &str| place.label(number, 12, name);
    let [one, two, three] = [(1, "王芳"), (2, "李四"), (3, "赵六")].map(|(number, name)| label(number, name));
    assert_eq!(code(device.scan(&LabelScan::new(&one, NOW))), "no_grant");

    // What the depot brings; each is told by its bytes.
    assert_eq!(code(device.take(b"a text", NOW)), "unknown_file");
    let taken = device.take(&grant(&place, "pda-18", &recipient, NOW, Some(3)), NOW).unwrap();
    assert_eq!((taken.kind, taken.added), (TakenKind::Grant, 28));
    let taken = device.take(&list(&place.root, NOW, DAY.number() + 7), NOW).unwrap();
    assert_eq!((taken.kind, taken.number), (TakenKind::List, NOW));
    assert_eq!(code(device.take(&list(&place.root, NOW - 9, DAY.number() + 7), NOW)), "older");
    let other = Authority::generate(0).unwrap();
    assert_eq!(code(device.take(&list(&other, NOW, DAY.number() + 7), NOW)), "list_refused");
    assert_eq!(code(device.take(&grant(&place, "pda-9", "", NOW, None), NOW)), "other_device");
    let status = device.status(NOW);
    assert_eq!((status.device.as_str(), status.recipient.as_str()), ("pda-18", recipient.as_str()));
    assert_eq!(
        (status.list, status.list_until, status.budget, status.left),
        (NOW, Some(DAY.number() + 7), Some(3), Some(3))
    );
    assert!(
        status.days_left > 0 && status.floor == NOW && !status.locked && status.handed_in == 0,
        "{status:?}"
    );

    // Whose hand it is in.
    device.take(operators(&place.auditor).as_bytes(), NOW).unwrap();
    let refused = device.scan(&LabelScan::new(&one, NOW)).unwrap_err();
    assert_eq!((refused.code, refused.code.next()), (DeviceCode::NoShift, NextStep::BeginShift));
    let wrong = device.begin_shift(1007, "2469", NOW).unwrap_err();
    assert_eq!((wrong.code, wrong.count), (DeviceCode::WrongPin, 4));
    assert_eq!(code(device.begin_shift(0, "2468", NOW)), "argument");
    device.begin_shift(1007, "2468", NOW).unwrap();
    assert_eq!(device.status(NOW).operator, 1007);

    // At the depot: load and lock.
    for text in [&one, &two] {
        device.load(&LabelScan::new(text, NOW)).unwrap();
    }
    assert_eq!(code(device.load(&LabelScan::new(&three, NOW).with_printed(Some("YT9")))), "moved");
    assert_eq!(code(device.lock("age1", NOW)), "envelope_refused");
    device.lock(&place.depot.recipient(), NOW).unwrap();
    assert_eq!(code(device.load(&LabelScan::new(&three, NOW))), "locked");
    assert_eq!(code(device.take(&grant(&place, "pda-18", &recipient, NOW, Some(3)), NOW)), "locked");
    drop(device);
    let mut device = Device::open(store(), keys, NOW).unwrap();
    let status = device.status(NOW);
    assert!(status.locked && status.loaded == 2 && status.days_left > 0, "{status:?}");

    // On the road.
    let (text, is_bar_code) = Device::line("]Q1WS1:x\r\n");
    assert_eq!((text, is_bar_code), ("WS1:x", false));
    assert_eq!(Device::line("]C0YT0000000000001"), ("YT0000000000001", true));
    let scan = LabelScan::new(&one, NOW + 10).with_printed(Some("YT0000000000001"));
    let opened = device.scan(&scan).unwrap();
    let fields: BTreeMap<&str, &str> = RecordField::ALL
        .iter()
        .map(|field| (field.name(), opened.field(*field)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let wanted = [
        ("waybill", "YT0000000000001"),
        ("name", "王芳"),
        ("country", "CN"),
        ("province", "广东省"),
        ("city", "深圳市"),
        ("district", "南山区"),
        ("street", "粤海街道"),
        ("detail", "科技园路9号3栋1203室"),
        ("phone", "13812345678"),
    ];
    assert_eq!(fields, wanted.into());
    assert_eq!((opened.times, opened.repeated, opened.left, opened.day()), (1, false, Some(2), DAY.number()));
    assert!(!format!("{opened:?}").contains("王芳"));
    let handle = opened.handle;
    device.conceal();
    let alone = LabelScan::new(&one, NOW + 20).with_want(Want::Delivery);
    assert_eq!(device.scan(&alone).unwrap().field(RecordField::Phone), "");
    let failures = [
        (LabelScan::new("https://example.com", NOW + 30), DeviceCode::NotOurs, NextStep::ScanLabel),
        (LabelScan::new(&two[..40], NOW + 30), DeviceCode::Damaged, NextStep::ScanAgain),
        (LabelScan::new(&three, NOW + 30), DeviceCode::NotLoaded, NextStep::Load),
        (
            LabelScan::new(&two, NOW + 30).with_purpose(Purpose::Enquiry),
            DeviceCode::PurposeNotGranted,
            NextStep::AskDepot,
        ),
        (
            LabelScan::new(&two, NOW + 30).with_printed(Some("YT0000000000009")),
            DeviceCode::Moved,
            NextStep::SetAside,
        ),
        (LabelScan::new(&two, NOW - 86_400), DeviceCode::ClockBehind, NextStep::SetClock),
    ];
    for (scan, wanted, next) in failures {
        let failure = device.scan(&scan).unwrap_err();
        assert_eq!((failure.code, failure.code.next()), (wanted, next), "{failure}");
        assert!(!failure.to_string().contains("王芳"));
    }
    let found = device.find("5678");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(device.find("").len() + device.find("0000").len(), 0);

    // What became of them.
    assert_eq!(
        code(device.sign_off(one.as_str(), ParcelOutcome::Delivered, Some("0794008"), NOW + 40)),
        "code_misheard"
    );
    device.sign_off(one.as_str(), ParcelOutcome::Delivered, Some("0794009"), NOW + 40).unwrap();
    assert_eq!(code(device.sign_off(&handle, ParcelOutcome::Delivered, None, NOW + 41)), "already");
    assert_eq!(code(device.sign_off(three.as_str(), ParcelOutcome::Nobody, None, NOW + 41)), "not_opened");
    assert_eq!(code(device.sign_off("WS1:", ParcelOutcome::Nobody, None, NOW + 41)), "damaged");
    device.sign_off(two.as_str(), ParcelOutcome::Nobody, None, NOW + 42).unwrap();
    assert!(device.take_back(two.as_str(), NOW + 43).unwrap());
    assert_eq!(code(device.take_back(two.as_str(), NOW + 44)), "nothing_said");
    assert!(!device.take_back(&handle, NOW + 45).unwrap(), "the loaded key went with the sign-off");
    device.sign_off(one.as_str(), ParcelOutcome::Left, None, NOW + 46).unwrap();
    let parcels = device.parcels();
    assert_eq!(parcels.iter().map(|parcel| parcel.delivered).collect::<Vec<_>>(), [false, true]);

    // Back at the depot: keys, hand-in, head.
    assert_eq!(code(device.unlock("AGE", NOW + 50)), "argument");
    assert_eq!(code(device.unlock(&Identity::generate().text_for_test(), NOW + 50)), "envelope_refused");
    device.unlock(&place.depot.text_for_test(), NOW + 50).unwrap();
    device.scan(&LabelScan::new(&two, NOW + 60)).unwrap();
    device.scan(&LabelScan::new(&three, NOW + 61)).unwrap();
    let spent = device.scan(&LabelScan::new(&label(4, "钱七"), NOW + 62)).unwrap_err();
    assert_eq!((spent.code, spent.count, spent.code.next()), (DeviceCode::BudgetSpent, 3, NextStep::HandIn));
    assert!(device.end_shift(NOW + 63).unwrap() && !device.end_shift(NOW + 64).unwrap());
    let handed = device.hand_in(&[7; 32]).unwrap();
    let read = HandIn::parse(&handed).unwrap();
    assert_eq!(read.answer.as_ref().unwrap().to_string(), device.answer(&[7; 32]));
    let (head, note) =
        place.auditor.sign(read.log, read.answer.as_ref().unwrap(), &[7; 32], None, NOW + 70).unwrap();
    let taken = device.take(note.as_bytes(), NOW + 80).unwrap();
    assert_eq!((taken.kind, taken.number), (TakenKind::Head, head.count));
    assert_eq!(code(device.take(note.replace("time", "tame").as_bytes(), NOW + 80)), "head_refused");
    assert_eq!(device.status(NOW + 80).left, Some(3));
    let log = device.log_bytes().unwrap();
    device.close();
    Device::open(store(), keys, NOW + 90).unwrap();
    log
}

trait TextForTest {
    fn text_for_test(&self) -> String;
}

impl TextForTest for Identity {
    fn text_for_test(&self) -> String {
        self.file().to_string()
    }
}

#[test]
fn a_courier_s_day_is_the_same_in_memory_and_in_a_folder_with_and_without_a_key_store() {
    let outcomes = |log: Vec<u8>| {
        // Of each record form, cause and outcome.
        log[128..].chunks(128).map(|record| record[..3].to_vec()).collect::<Vec<_>>()
    };
    let files = [MemoryStore::new(), MemoryStore::new()];
    let folders = [crate::common::folder::folder(), tempfile::tempdir().unwrap()];
    let keys = platform();
    let in_memory = outcomes(day(|| files[0].clone(), None));
    let folder = |at: &Path| FolderStore::create(at).unwrap();
    for other in [
        day(|| files[1].clone(), Some(&keys)),
        day(|| folder(folders[0].path()), None),
        day(|| folder(folders[1].path()), Some(&keys)),
    ] {
        assert_eq!(outcomes(other), in_memory);
    }
    // With the key store no file of the folder has an identity; without one a control has the log's key.
    for (folder, sealed) in [(&folders[1], true), (&folders[0], false)] {
        let mut found = 0;
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let content = std::fs::read(path).unwrap();
                found += usize::from(memchr::memmem::find(&content, b"WSK1").is_some());
                assert!(memchr::memmem::find(&content, b"AGE-SECRET-KEY-").is_none());
            }
        }
        assert_eq!(found > 0, !sealed);
    }
}

#[test]
fn one_thread_calls_at_a_time_and_a_panic_closes_the_device() {
    let place = Place::new(&[Purpose::Deliver], None);
    let files = MemoryStore::new();
    Device::enrol(files.clone(), None, enrolment(&place, "pda-18").as_bytes()).unwrap();
    let device = Arc::new(SharedDevice::new(Device::open(files.clone(), None, NOW).unwrap()));
    let (within, done) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let holder = std::thread::spawn({
        let (device, within, done) = (device.clone(), within.clone(), done.clone());
        move || {
            device.with(|device| {
                within.wait();
                done.wait();
                Ok(device.status(NOW).entries)
            })
        }
    });
    within.wait();
    let others: Vec<_> = (0..7)
        .map(|_| {
            let device = device.clone();
            std::thread::spawn(move || device.with(|device| Ok(device.status(NOW).entries)))
        })
        .collect();
    for other in others {
        assert_eq!(other.join().unwrap().unwrap_err().code, DeviceCode::Busy);
    }
    assert_eq!(device.close().unwrap_err().code, DeviceCode::Busy);
    done.wait();
    assert_eq!(holder.join().unwrap().unwrap(), 0);
    let panicked: Result<(), _> = device.with(|_| panic!("a fault"));
    assert_eq!(panicked.unwrap_err().code, DeviceCode::Internal);
    assert_eq!(code(device.with(|device| Ok(device.status(NOW)))), "closed");
    // The store is free again, and closing twice is no error.
    device.close().unwrap();
    Device::open(files, None, NOW).unwrap();
}

#[test]
fn a_lost_key_brings_no_budget_back_and_the_new_log_names_the_old() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (files, first, second) = (MemoryStore::new(), platform(), platform());
    let recipient =
        Device::enrol(files.clone(), Some(&first), enrolment(&place, "pda-18").as_bytes()).unwrap();
    assert_eq!(
        code(Device::enrol_anew(files.clone(), &first, enrolment(&place, "pda-18-2").as_bytes())),
        "keystore_not_lost"
    );
    let mut device = Device::open(files.clone(), Some(&first), NOW).unwrap();
    device.take(&grant(&place, "pda-18", &recipient, NOW, Some(200)), NOW).unwrap();
    device.scan(&LabelScan::new(&place.label(1, 12, "王芳"), NOW)).unwrap();
    device.load(&LabelScan::new(&place.label(2, 12, "李四"), NOW)).unwrap();
    let old = device.log_bytes().unwrap();
    drop(device);

    let lost = Device::open(files.clone(), Some(&second), NOW).unwrap_err();
    assert_eq!((lost.code, lost.code.next()), (DeviceCode::KeystoreLost, NextStep::EnrolAnew));
    assert_eq!(Device::lost_log(&files).unwrap(), old);
    assert_eq!(
        code(Device::enrol_anew(files.clone(), &second, enrolment(&place, "pda-18").as_bytes())),
        "name_used"
    );
    let anew = enrolment(&place, "pda-18-2");
    let recipient = Device::enrol_anew(files.clone(), &second, anew.as_bytes()).unwrap();
    assert_eq!(Device::lost_log(&files.clone()).unwrap().len(), 128, "the new log, still empty");
    let mut device = Device::open(files.clone(), Some(&second), NOW + 10).unwrap();
    let status = device.status(NOW + 10);
    assert!(status.unanswered && status.entries == 1 && status.loaded == 0, "{status:?}");
    // Keys come back with a grant; the budget does not.
    device.take(&grant(&place, "pda-18-2", &recipient, NOW + 10, Some(200)), NOW + 10).unwrap();
    assert_eq!(device.status(NOW + 10).left, Some(0));
    let text = place.label(3, 12, "赵六");
    assert_eq!(code(device.scan(&LabelScan::new(&text, NOW + 11))), "budget_spent");
    drop(device);
    let mut device = Device::open(files.clone(), Some(&second), NOW + 12).unwrap();
    assert_eq!(code(device.scan(&LabelScan::new(&text, NOW + 13))), "budget_spent");

    // The auditor: the old log verifies from its first key, and is the one that the new log names.
    let before = HandIn::unanswered(&old);
    let before = HandIn::parse(&before).unwrap();
    assert!(before.answer.is_none());
    let verified = place.auditor.verify(before.log, None).unwrap();
    assert_eq!(verified.damage, []);
    let handed = device.hand_in(&[9; 32]).unwrap();
    let read = HandIn::parse(&handed).unwrap();
    let entries = place.auditor.verify(read.log, None).unwrap().entries;
    assert_eq!(entries[0].mark, EntryOutcome::Unanswered);
    let named =
        EntryDetail::Taken { kind: TakenKind::LogBefore, number: verified.count, digest: verified.head };
    assert_eq!(entries[0].detail, named);
    let answer = read.answer.as_ref().unwrap();
    let sign = |before: Option<&[u8]>| {
        let before = before.map(|log| LogBefore { log, last: None });
        place.auditor.sign_after(read.log, answer, &[9; 32], None, before, NOW + 20)
    };
    assert!(sign(None).is_err(), "without the log before");
    let mut cut = old.clone();
    cut.truncate(old.len() - 128);
    assert!(sign(Some(&cut)).is_err(), "an entry less");
    let (_, note): (SignedHead, String) = sign(Some(&old)).unwrap();
    device.take(note.as_bytes(), NOW + 30).unwrap();
    assert_eq!(device.status(NOW + 30).left, Some(200));
    assert!(!files.files().keys().any(|name| name.starts_with("log.lost")));
    device.scan(&LabelScan::new(&text, NOW + 31)).unwrap();
    assert!(files.files().contains_key(Log::FILE));
}

/// A store in memory that is killed at a write of a number: it and all after it do nothing.
struct Killed {
    files: MemoryStore,
    left: Arc<AtomicUsize>,
}

impl Killed {
    fn write(
        &mut self,
        done: impl FnOnce(&mut MemoryStore) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let left = self.left.load(Ordering::SeqCst);
        if left == 0 {
            return Err(FileError::new(Path::new("killed"), "write", io::ErrorKind::StorageFull.into()));
        }
        self.left.store(left - 1, Ordering::SeqCst);
        done(&mut self.files)
    }
}

impl Store for Killed {
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        self.files.read(name, limit)
    }
    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.files.read_at(name, at, len)
    }
    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError> {
        self.write(|files| files.replace(name, content))
    }
    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        self.write(|files| files.write_at(name, at, bytes))
    }
    fn erase(&mut self, name: &str) -> Result<(), FileError> {
        self.write(|files| files.erase(name))
    }
    fn lock(&mut self) -> Result<bool, FileError> {
        self.files.lock()
    }
    fn sweep(&mut self, inbox: bool) -> Result<(), FileError> {
        self.files.sweep(inbox)
    }
    fn inbox(&self, ending: &str) -> Vec<String> {
        self.files.inbox(ending)
    }
    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.files.take(name)
    }
    fn erase_taken(&mut self, name: &str) -> Result<(), FileError> {
        self.files.erase_taken(name)
    }
}

#[test]
fn a_device_that_is_killed_while_it_begins_anew_never_begins_without_its_old_log() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (files, first, second) = (MemoryStore::new(), platform(), platform());
    Device::enrol(files.clone(), Some(&first), enrolment(&place, "pda-18").as_bytes()).unwrap();
    let mut device = Device::open(files.clone(), Some(&first), NOW).unwrap();
    let _refused = device.scan(&LabelScan::new("x", NOW));
    let old = device.log_bytes().unwrap();
    drop(device);
    let (whole, anew) = (files.files(), enrolment(&place, "pda-18-2"));
    let mut killed = 0;
    for writes in 0.. {
        assert!(writes < 60, "it never ends");
        let files = MemoryStore::with(whole.clone());
        let left = Arc::new(AtomicUsize::new(writes));
        let store = Killed { files: files.clone(), left: left.clone() };
        let done = Device::enrol_anew(store, &second, anew.as_bytes());
        let is_done = match done {
            Ok(_) => true,
            Err(failure) => {
                assert_eq!(failure.code, DeviceCode::DiskFull, "{writes}: {failure}");
                killed += 1;
                false
            }
        };
        // Whatever is called after it, the old log is there, and the new one names it.
        if !is_done {
            assert_eq!(Device::lost_log(&files).unwrap(), old, "{writes}");
            match Device::open(files.clone(), Some(&second), NOW) {
                Err(failure) => {
                    let codes = [DeviceCode::KeystoreLost, DeviceCode::NotEnrolled];
                    assert!(codes.contains(&failure.code), "{writes}: {failure}");
                }
                Ok(_) => panic!("{writes}: it opens before it is enrolled"),
            }
            Device::enrol_anew(files.clone(), &second, anew.as_bytes()).unwrap();
        }
        let device = Device::open(files.clone(), Some(&second), NOW).unwrap();
        let log = device.log_bytes().unwrap();
        let entries = place.auditor.verify(&log, None).unwrap().entries;
        assert_eq!(entries[0].mark, EntryOutcome::Unanswered, "{writes}");
        assert_eq!(files.files()["log.lost.1"].to_vec(), old);
        if is_done {
            break;
        }
    }
    assert!(killed > 15, "only {killed} writes were killed");
}

#[test]
fn the_header_for_c_has_the_codes_and_numbers_of_the_library() {
    let header = include_str!("../samples/c/include/wayseal_device.h");
    let defined: BTreeMap<&str, &str> = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define WAYSEAL_")?.split_once(' '))
        .map(|(name, value)| (name, value.split(' ').next().unwrap().trim_matches(['(', ')'])))
        .collect();
    let number = |name: &str| defined.get(name).map(|value| value.parse::<i32>().unwrap());
    for code in DeviceCode::ALL {
        let name = format!("E_{}", code.name().to_uppercase());
        assert_eq!(number(&name), Some(code.number()), "{name}");
    }
    let codes = defined.keys().filter(|name| name.starts_with("E_")).count();
    assert_eq!(codes, DeviceCode::ALL.len() + 2, "beside the library's, success and space");
    for field in RecordField::ALL {
        assert_eq!(number(&field.name().to_uppercase()), Some(field as i32), "{field:?}");
    }
    for purpose in Purpose::ALL {
        assert_eq!(number(&purpose.name().to_uppercase()), Some(*purpose as i32));
    }
    for (at, outcome) in (1..).zip(ParcelOutcome::ALL) {
        let name = match outcome.mark().name() {
            "refused_by_recipient" => "NOT_TAKEN".to_owned(),
            name => name.to_uppercase(),
        };
        assert_eq!(number(&name), Some(at), "{name}");
    }
}
