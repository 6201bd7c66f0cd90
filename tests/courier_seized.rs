//! A device seized on the road: which labels its state folder and its memory open.

use crate::common::command::wayseal;
use crate::common::station::{DAY, NOW, Place, at, station, told};
use std::io::{BufRead as _, Write as _};
use std::process::Stdio;
use wayseal::authority::day_keys::{DayKeys as _, Days};
use wayseal::authority::issue::{GrantTerms, Limits, Scope, issue};
use wayseal::device::session::{ScanOutcome, Session};
use wayseal::files;
use wayseal::keys::{Day, KeyPath, Node, Tier};
use wayseal::payload::Payload;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Purpose;
use wayseal::verifier::{Buffer, LabelKeys, Verifier, Want};

/// The labels loaded, of which the first ten are signed off on the road.
const LOADED: u64 = 20;
const SIGNED_OFF: u64 = 10;

struct Seized {
    place: Place,
    labels: Vec<String>,
}

/// A device that was loaded and locked, and then signed off half of its parcels.
fn seized() -> Seized {
    let place = Place::new(&[Purpose::Deliver, Purpose::Return], None);
    let labels: Vec<String> = (1..=2 * LOADED).map(|number| place.label(number, 12, "王芳")).collect();
    let mut session = place.open();
    for label in &labels[..LOADED as usize] {
        session.load(&at(label)).unwrap();
    }
    session.lock(&place.depot.recipient(), NOW).unwrap();
    for label in &labels[..SIGNED_OFF as usize] {
        assert_eq!(told(&mut session, &at(label)), "王芳 1");
        let handle = Payload::parse(label.as_bytes()).unwrap().handle();
        session.sign_off(&handle, None, NOW).unwrap();
    }
    Seized { place, labels }
}

/// Every file of the state folder, one after the other.
fn folder(place: &Place) -> Vec<u8> {
    let mut folders = vec![place.state()];
    let mut dump = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                dump.extend(std::fs::read(entry).unwrap());
            }
        }
    }
    dump
}

/// The keys that the authority knows would open a label: day, region, site, leaf of both tiers, and its own.
fn keys_of(place: &Place, label: &str, grant: &[Node]) -> Vec<[u8; 32]> {
    let payload = Payload::parse(label.as_bytes()).unwrap();
    let header = payload.header();
    let mut keys = Vec::new();
    for tier in [Tier::Delivery, Tier::Contact] {
        let day = KeyPath::day(header.generation, tier, DAY);
        let region = day.region(header.region);
        let site = region.site(header.site);
        for path in [day, region, site, site.sealer(header.alias)] {
            let mut node = Node::empty();
            let mut of_day = Node::empty();
            place.root.day_key(tier, DAY, &mut of_day).unwrap();
            of_day.derive(path, &mut node).unwrap();
            keys.push(*node.key().expose());
        }
    }
    keys.extend(label_keys(label, grant));
    keys
}

fn label_keys(label: &str, grant: &[Node]) -> [[u8; 32]; 2] {
    let payload = Payload::parse(label.as_bytes()).unwrap();
    let (mut keys, mut bytes) = (LabelKeys::empty(), [0; LabelKeys::LEN]);
    Verifier::new(grant, DAY).load(&payload, Want::Both, &mut keys).unwrap();
    keys.write(&mut bytes);
    [bytes[3..35].try_into().unwrap(), bytes[35..].try_into().unwrap()]
}

fn holds(dump: &[u8], key: &[u8; 32]) -> bool {
    memchr::memmem::find(dump, key).is_some()
}

#[test]
fn the_folder_opens_the_undelivered_parcels_of_the_day_and_no_other() {
    let Seized { place, labels } = seized();
    let dump = folder(&place);
    let grant = place.issued(DAY, NOW, &[Purpose::Deliver], None).nodes;

    // Known keys: only the label keys of what is still to be delivered are there.
    let mut open = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        if keys_of(&place, label, &grant).iter().any(|key| holds(&dump, key)) {
            open.push(number as u64);
        }
    }
    assert_eq!(open, (SIGNED_OFF..LOADED).collect::<Vec<_>>());
    // The keys of another day and of the whole tree are not there either.
    for node in &grant {
        assert!(!holds(&dump, node.key().expose()), "{:?}", node.path());
    }

    // Keys in any encoding that keeps their bytes: each 32-byte window of the folder is tried as the key of each label.
    let mut buffer = Buffer::new();
    let payloads: Vec<_> = labels.iter().map(|label| Payload::parse(label.as_bytes()).unwrap()).collect();
    let mut opened = std::collections::BTreeSet::new();
    for window in dump.windows(32).filter(|window| window.iter().any(|byte| *byte != 0)) {
        let (mut keys, mut bytes) = (LabelKeys::empty(), [0; LabelKeys::LEN]);
        bytes[2] = 1;
        bytes[3..35].copy_from_slice(window);
        assert!(keys.read(&bytes));
        for (number, payload) in payloads.iter().enumerate() {
            if !opened.contains(&(number as u64))
                && keys.open(payload, wayseal::verifier::Want::Held, &mut buffer).is_ok()
            {
                opened.insert(number as u64);
            }
        }
    }
    assert_eq!(opened.into_iter().collect::<Vec<_>>(), open);
}

#[test]
fn what_comes_to_a_locked_device_and_what_a_kill_left_open_with_no_key_of_the_folder() {
    let place = Place::new(&[Purpose::Deliver], None);
    // A device with an identity, to which its grants are sealed.
    let state = place.path().join("sealed");
    std::fs::create_dir(&state).unwrap();
    let identity = Identity::generate();
    let text = identity.file();
    files::write(&state.join("identity"), text.as_bytes(), files::Access::Owner).unwrap();
    Session::enrol(&state, &place.auditor.enrol("pda-17", place.root.public())).unwrap();
    let sealed = |grant: &[u8]| envelope::seal(grant, &identity.recipient()).unwrap();
    let mut terms = GrantTerms::new("pda-17", 9, NOW);
    terms.device = identity.recipient();
    terms.purposes = vec![Purpose::Deliver];
    let scope = Scope::Scanner { tiers: &[Tier::Delivery, Tier::Contact], stations: &[station(12)] };
    let issued = issue(&place.root, terms, &scope, Days::ending(DAY, 14), Limits::Kept).unwrap();
    let grant = sealed(&issued.sign(&place.root).unwrap());
    std::fs::write(state.join("inbox/a.grant"), &grant).unwrap();
    let (label, other) = (place.label(1, 12, "王芳"), place.label(2, 12, "李四"));
    let mut session = Session::open(&state, NOW).unwrap();
    session.load(&at(&label)).unwrap();
    drop(session);

    // A kill left whole states before and after the device was locked, in the folder and in the inbox.
    let left = std::fs::read(state.join("state")).unwrap();
    let leave = || {
        for name in [".wayseal-1aB", "inbox/.wayseal-xyz"] {
            std::fs::write(state.join(name), &left).unwrap();
        }
    };
    let is_swept = || !state.join(".wayseal-1aB").exists() && !state.join("inbox/.wayseal-xyz").exists();
    leave();
    let mut session = Session::open(&state, NOW).unwrap();
    // In the inbox another program may be writing.
    assert!(!state.join(".wayseal-1aB").exists() && state.join("inbox/.wayseal-xyz").exists());
    leave();
    // A second name of somebody's file stops nothing, and is not written over.
    let precious = place.path().join("precious");
    std::fs::write(&precious, "precious").unwrap();
    std::fs::hard_link(&precious, state.join("inbox/.wayseal-link")).unwrap();
    session.lock(&place.depot.recipient(), NOW).unwrap();
    assert!(is_swept());
    assert_eq!(std::fs::read(&precious).unwrap(), b"precious");
    std::fs::remove_file(state.join("inbox/.wayseal-link")).unwrap();
    std::fs::write(state.join("inbox/tomorrow.grant"), &grant).unwrap();
    assert_eq!(told(&mut session, &at(&label)), "王芳 1");
    assert_eq!(told(&mut session, &at(&other)), "not_loaded");
    let wanted = at(&label).with_want(Want::Delivery);
    match session.scan(&wanted).unwrap() {
        ScanOutcome::Opened { record, .. } => assert!(record.delivery.is_some() && record.contact.is_none()),
        outcome => panic!("{outcome:?}"),
    }
    drop(session);

    // Nothing in the folder is the identity, in the clear or as it is written.
    assert!(!state.join("identity").exists());
    for entry in
        std::fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(memchr::memmem::find(&bytes, b"AGE-SECRET-KEY-").is_none(), "{}", entry.display());
    }
    // A kill while locking: the identity is erased when the device is opened.
    files::write(&state.join("identity"), text.as_bytes(), files::Access::Owner).unwrap();
    let mut session = Session::open(&state, NOW).unwrap();
    assert!(session.is_locked() && !state.join("identity").exists());

    // The depot gives it back, and the grant that waited is taken.
    session.unlock(&place.depot, NOW).unwrap();
    assert!(state.join("identity").exists() && !state.join("identity.locked").exists());
    assert_eq!(std::fs::read_dir(state.join("inbox")).unwrap().count(), 0);
    assert_eq!(told(&mut session, &at(&other)), "李四 1");
}

/// What the process can read of another one of its own.
fn memory(pid: u32) -> Vec<u8> {
    use std::os::unix::fs::FileExt as _;
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let memory = std::fs::File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut dump = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, until) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, until] = [from, until].map(|number| u64::from_str_radix(number, 16).unwrap());
        let mut part = vec![0; (until - from) as usize];
        if memory.read_exact_at(&mut part, from).is_ok() {
            dump.extend(part);
        }
    }
    dump
}

#[test]
fn its_memory_holds_no_key_of_a_station_and_none_of_what_was_signed_off() {
    let place = Place::new(&[Purpose::Deliver], None);
    // The command uses the system's clock, so the grant and the labels are of today.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let today = Day::from_unix(now).unwrap();
    std::fs::remove_file(place.state().join("inbox/first.grant")).unwrap();
    let grant = place.issued(today, now, &[Purpose::Deliver], None);
    std::fs::write(place.state().join("inbox/a.grant"), &grant.sign(&place.root).unwrap()[..]).unwrap();
    let labels: Vec<String> = (1..=3).map(|number| place.label_of(today, number, 12, "王芳")).collect();
    let courier = |arguments: &[&str]| {
        let mut command = wayseal(place.path(), arguments);
        command.arg("--state").arg(place.state()).stdin(Stdio::piped()).env("WAYSEAL_DUMPABLE", "1");
        command.spawn().unwrap()
    };
    let mut load = courier(&["courier", "load", "-", "--depot", &place.depot.recipient()]);
    load.stdin.take().unwrap().write_all((labels.join("\n") + "\n").as_bytes()).unwrap();
    assert!(load.wait().unwrap().success());

    let mut road = courier(&["courier"]);
    let mut input = road.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(road.stdout.take().unwrap()).lines();
    let mut until = |expected: &str| {
        while !output.next().expect("the courier ended").unwrap().contains(expected) {}
    };
    // The first is opened and signed off; the second is opened, and on the screen.
    writeln!(input, "{}\n1\n{}", labels[0], labels[1]).unwrap();
    until("Signed off");
    until("粤海街道");
    let dump = memory(road.id());
    // Control: the dump holds what the process must hold.
    assert!(memchr::memmem::find(&dump, b"pda-17").is_some(), "the dump holds nothing");
    for node in &grant.nodes {
        assert!(!holds(&dump, node.key().expose()), "a station's key: {:?}", node.path());
    }
    for key in label_keys(&labels[0], &grant.nodes) {
        assert!(!holds(&dump, &key), "the key of a label that was signed off");
    }
    // Nothing was typed that would hide the record on the screen.
    writeln!(input).unwrap();
    until("Hidden");
    let dump = memory(road.id());
    for key in label_keys(&labels[1], &grant.nodes) {
        assert!(!holds(&dump, &key), "the key of a label that is no longer open");
    }
    for text in ["王芳", "13812345678", "科技园路9号3栋1203室"] {
        assert!(memchr::memmem::find(&dump, text.as_bytes()).is_none(), "{text} is still in memory");
    }
    drop(input);
    assert!(road.wait().unwrap().success());
}
