//! A device with a key store: no file of it holds a key in the clear, and a lost wrap is said.

use crate::common::station::{DAY, NOW, Place, at, told};
use std::cell::Cell;
use std::collections::BTreeSet;
use wayseal::device::log::Log;
use wayseal::device::session::{ScanOutcome, Session, SessionError};
use wayseal::device::store::{Files, Keys, KeysError, MemoryStore, SealedError, SealedStore, Store};
use wayseal::keys::Node;
use wayseal::payload::Payload;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Purpose;
use wayseal::verifier::{LabelKeys, Verifier, Want};
use zeroize::Zeroizing;

/// A key store that plays faults, and counts how often it is asked.
#[derive(Default)]
struct Platform {
    key: Option<Identity>,
    asked: Cell<u32>,
    silent: Cell<bool>,
}

impl Platform {
    fn new() -> Self {
        Self { key: Some(Identity::generate()), ..Self::default() }
    }
}

impl Keys for Platform {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, KeysError> {
        Ok(envelope::seal(secret, &self.key.as_ref().ok_or(KeysError::Lost)?.recipient()).unwrap())
    }

    fn unwrap(&self, wrap: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
        self.asked.set(self.asked.get() + 1);
        if self.silent.get() {
            return Err(KeysError::Unavailable("StrongBox".into()));
        }
        envelope::open(wrap, self.key.as_ref()).map_err(|_| KeysError::Lost)
    }
}

fn holds(files: &Files, key: &[u8]) -> Vec<String> {
    let names = files.iter().filter(|(_, content)| memchr::memmem::find(content, key).is_some());
    names.map(|(name, _)| name.clone()).collect()
}

#[test]
fn no_file_of_a_device_with_a_key_store_holds_a_key_or_an_identity() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (platform, files) = (Platform::new(), MemoryStore::new());
    let enrolment = place.auditor.enrol("pda-17", place.root.public());
    let recipient = Session::enrol_with(files.clone(), &platform, &enrolment).unwrap();
    let mut grant = place.issued(DAY, NOW, &[Purpose::Deliver], None);
    grant.device = recipient.clone();
    let nodes: Vec<[u8; 32]> = grant.nodes.iter().map(|node: &Node| *node.key().expose()).collect();
    let labels: Vec<String> = (1..=4).map(|number| place.label(number, 12, "王芳")).collect();
    let label_keys = |label: &String| {
        let payload = Payload::parse(label.as_bytes()).unwrap();
        let (mut keys, mut bytes) = (LabelKeys::empty(), [0; LabelKeys::LEN]);
        Verifier::new(&grant.nodes, DAY).load(&payload, Want::Both, &mut keys).unwrap();
        keys.write(&mut bytes);
        [<[u8; 32]>::try_from(&bytes[3..35]).unwrap(), bytes[35..].try_into().unwrap()]
    };
    let mut secrets: Vec<[u8; 32]> = labels.iter().flat_map(label_keys).collect();
    secrets.extend(nodes);
    let signed = grant.sign(&place.root).unwrap();
    files.put("inbox/a.grant", &envelope::seal(&signed, &recipient).unwrap());

    let mut first = wayseal::secret::Key::zero();
    first.expose_mut().copy_from_slice(enrolment.first.expose());
    let mut log_keys = vec![*first.expose()];
    let check = |when: &str, log_keys: &[[u8; 32]]| {
        let held = files.files();
        for key in secrets.iter().chain(log_keys) {
            assert_eq!(holds(&held, key), Vec::<String>::new(), "{when}");
        }
        assert_eq!(holds(&held, b"AGE-SECRET-KEY-"), Vec::<String>::new(), "{when}");
        held.keys().cloned().collect::<BTreeSet<_>>()
    };
    check("enrolled", &log_keys);
    let mut session = Session::open_with(files.clone(), &platform, NOW).unwrap();
    assert_eq!(told(&mut session, &at(&labels[0])), "王芳 1");
    for label in &labels[1..] {
        assert!(matches!(session.load(&at(label)).unwrap(), ScanOutcome::Loaded(_)));
    }
    for _ in 0..session.log().count() {
        wayseal::device::log::chain::advance(&mut first);
        log_keys.push(*first.expose());
    }
    let names = check("loaded", &log_keys);
    for name in ["device.key", "identity", "state", "log.key", "loaded"] {
        assert!(names.contains(name), "{names:?}");
    }
    // Control: the same device without a key store holds each kind.
    let plain = MemoryStore::new();
    Session::enrol_in(plain.clone(), &place.auditor.enrol("pda-17", place.root.public())).unwrap();
    plain.put("inbox/a.grant", &place.grant(DAY, NOW, &[Purpose::Deliver], None));
    let mut open = Session::open_in(plain.clone(), NOW).unwrap();
    open.load(&at(&labels[1])).unwrap();
    let held = plain.files();
    assert!(secrets.iter().any(|key| holds(&held, key) == ["loaded"]));
    assert!(secrets.iter().any(|key| holds(&held, key) == ["state"]));
    assert!(log_keys.iter().any(|key| holds(&held, key) == ["log.key"]));

    session.lock(&place.depot.recipient(), NOW).unwrap();
    check("locked", &log_keys);
    let asked = platform.asked.get();
    assert_eq!(told(&mut session, &at(&labels[1])), "王芳 1");
    assert_eq!(platform.asked.get(), asked, "a scan waited for the key store");
    drop(session);
    let mut session = Session::open_with(files.clone(), &platform, NOW).unwrap();
    assert!(session.is_locked());
    assert_eq!(told(&mut session, &at(&labels[2])), "王芳 1");
    assert_eq!(told(&mut session, &at(&labels[0])), "not_loaded");
    session.unlock(&place.depot, NOW).unwrap();
    assert_eq!(told(&mut session, &at(&labels[3])), "王芳 1");
    check("unlocked", &log_keys);
}

#[test]
fn a_lost_wrap_is_a_value_and_the_log_goes_in_as_it_is() {
    let place = Place::new(&[Purpose::Deliver], None);
    let (platform, files) = (Platform::new(), MemoryStore::new());
    let enrolment = || place.auditor.enrol("pda-17", place.root.public());
    Session::enrol_with(files.clone(), &platform, &enrolment()).unwrap();
    let mut session = Session::open_with(files.clone(), &platform, NOW).unwrap();
    let _refused = session.scan(&at("not a label"));
    drop(session);

    platform.silent.set(true);
    let error = Session::open_with(files.clone(), &platform, NOW).unwrap_err();
    let SessionError::Sealed(SealedError::Keys(error)) = error else { panic!("{error}") };
    assert_eq!(error.name(), "keystore_unavailable");
    // Another phone, or the same one after its keys were erased.
    let restored = Platform::new();
    let error = Session::open_with(files.clone(), &restored, NOW).unwrap_err();
    let SessionError::Sealed(SealedError::Keys(error)) = error else { panic!("{error}") };
    assert_eq!((error.name(), &error), ("keystore_lost", &KeysError::Lost));
    let log = files.read(Log::FILE, u64::MAX).unwrap().unwrap();
    assert_eq!(place.auditor.verify(&log, None).unwrap().damage, []);
    // Nothing is taken for a sealed store that is none.
    let plain = MemoryStore::new();
    Session::enrol_in(plain.clone(), &enrolment()).unwrap();
    assert!(matches!(
        Session::open_with(plain, &restored, NOW),
        Err(SessionError::Sealed(SealedError::Keys(KeysError::Lost)))
    ));
    // Enrolled anew, in a store of its own.
    Session::enrol_with(MemoryStore::new(), &restored, &enrolment()).unwrap();
}

#[test]
fn neither_terms_nor_a_parcel_of_a_device_with_a_key_store_can_be_edited() {
    let place = Place::new(&[Purpose::Deliver], Some(1));
    let (platform, files) = (Platform::new(), MemoryStore::new());
    let enrolment = place.auditor.enrol("pda-17", place.root.public());
    let recipient = Session::enrol_with(files.clone(), &platform, &enrolment).unwrap();
    let mut grant = place.issued(DAY, NOW, &[Purpose::Deliver], Some(1));
    grant.device = recipient;
    files.put("inbox/a.grant", &grant.sign(&place.root).unwrap());
    let label = place.label(1, 12, "王芳");
    let mut session = Session::open_with(files.clone(), &platform, NOW).unwrap();
    session.load(&at(&label)).unwrap();
    session.lock(&place.depot.recipient(), NOW).unwrap();
    drop(session);
    let whole = files.files()["loaded"].clone();
    for at_byte in (0..536).step_by(29) {
        let mut edited = whole.clone();
        edited[at_byte] ^= 1;
        files.put("loaded", &edited);
        let mut session = Session::open_with(files.clone(), &platform, NOW).unwrap();
        assert!(matches!(session.scan(&at(&label)), Err(SessionError::Damaged)), "{at_byte}");
    }
}

#[test]
fn no_byte_of_a_sealed_file_can_be_edited_and_no_block_moved() {
    const BLOCK: usize = 512;
    const SEALED: usize = BLOCK + 24;
    let (platform, files) = (Platform::new(), MemoryStore::new());
    let mut store = SealedStore::create(files.clone(), &platform).unwrap();
    let edits = |sealed: &[u8]| {
        let sealed = sealed.to_vec();
        (0..sealed.len()).map(move |at| {
            let mut edited = sealed.clone();
            edited[at] ^= 1;
            (at, edited)
        })
    };
    for name in ["state", "identity", "asking", "state.road", "state.road.next"] {
        store.replace(name, name.as_bytes()).unwrap();
        let sealed = files.files()[name].clone();
        for (at, edited) in edits(&sealed) {
            files.put(name, &edited);
            assert!(store.read(name, 1 << 16).is_err(), "{name}: byte {at}");
        }
        files.put(name, &sealed);
        assert_eq!(store.read(name, 1 << 16).unwrap().unwrap().as_slice(), name.as_bytes());
        // Of another file, it is none.
        let other = if name == "state" { "identity" } else { "state" };
        files.put(other, &sealed);
        assert!(store.read(other, 1 << 16).is_err(), "{name} as {other}");
    }
    let content = [[0x5a; BLOCK], [0x5b; BLOCK]];
    for name in ["log.key", "loaded", "passes"] {
        for (number, block) in (0..).zip(&content) {
            store.write_at(name, number * BLOCK as u64, block).unwrap();
        }
        let sealed = files.files()[name].clone();
        assert_eq!(sealed.len(), 2 * SEALED, "{name}");
        let block = |number: usize| store.read_at(name, (number * BLOCK) as u64, BLOCK).unwrap().to_vec();
        for (at, edited) in edits(&sealed) {
            files.put(name, &edited);
            let number = at / SEALED;
            assert_eq!(block(number), [0; BLOCK], "{name}: byte {at}");
            assert_eq!(block(1 - number), content[1 - number], "{name}: byte {at}");
        }
        let (one, other) = sealed.split_at(SEALED);
        files.put(name, &[other, one].concat());
        assert!(block(0) == [0; BLOCK] && block(1) == [0; BLOCK], "{name}: a block in another's place");
        files.put(name, &sealed);
        assert!(block(0) == content[0] && block(1) == content[1], "{name}");
    }
}
