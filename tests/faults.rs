//! A device whose store is killed or fails between any two of its writes, or at a read: what was shown is on the log, what was
//! accepted stays, no budget widens, and a device is locked if its log says so.

use crate::common::sample::Sample;
use crate::common::station::{DAY, NOW, Place};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use wayseal::authority::day_keys::Days;
use wayseal::authority::issue::{GrantTerms, Limits, pass};
use wayseal::device::log::{EntryOutcome, Log};
use wayseal::device::session::{Attempt, ScanOutcome, Session, SessionError, SignOff};
use wayseal::device::store::{MemoryStore, Store};
use wayseal::files::FileError;
use wayseal::keys::{Day, SealerId, Tier};
use wayseal::payload::Payload;
use wayseal::signed::envelope::{self, Identity};
use wayseal::signed::grant::Purpose;
use wayseal::signed::moment::Moment;
use wayseal::signed::revocation::RevocationList;
use wayseal::verifier::Revoked;
use zeroize::Zeroizing;

/// How much of the interrupted call is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    /// A part, of another length at each write.
    Part,
    All,
}

/// What happens at the write of that number.
#[derive(Clone, Copy, Debug)]
struct Fault {
    at: usize,
    done: Done,
    /// Whether the process is killed: no later call does anything. Otherwise that call alone fails.
    kills: bool,
}

#[derive(Default)]
struct Course {
    writes: usize,
    reads: usize,
    fault: Option<Fault>,
    /// The number of the read that fails.
    unread: Option<usize>,
    dead: bool,
}

/// A store in memory whose writes and reads are counted, and one of which fails.
#[derive(Clone)]
struct Faulty {
    files: MemoryStore,
    course: Arc<Mutex<Course>>,
}

fn full(name: &str) -> FileError {
    FileError::new(Path::new(name), "write", io::ErrorKind::StorageFull.into())
}

impl Faulty {
    fn new(files: &MemoryStore, fault: Option<Fault>) -> Self {
        let course = Course { fault, ..Course::default() };
        Self { files: files.clone(), course: Arc::new(Mutex::new(course)) }
    }

    /// One whose read of that number fails.
    fn unread(files: &MemoryStore, at: usize) -> Self {
        let course = Course { unread: Some(at), ..Course::default() };
        Self { files: files.clone(), course: Arc::new(Mutex::new(course)) }
    }

    /// Counts a read, or fails.
    fn reading(&self, name: &str) -> Result<(), FileError> {
        self.alive(name)?;
        let mut course = self.course.lock().unwrap();
        let at = course.reads;
        course.reads += 1;
        if course.unread == Some(at) {
            return Err(FileError::new(Path::new(name), "read", io::ErrorKind::TimedOut.into()));
        }
        Ok(())
    }

    fn alive(&self, name: &str) -> Result<(), FileError> {
        if self.course.lock().unwrap().dead { Err(full(name)) } else { Ok(()) }
    }

    /// Counts a write; how much of it is to be done before it fails, if it is to fail.
    fn write(&self, name: &str) -> Result<Option<Done>, FileError> {
        self.alive(name)?;
        let mut course = self.course.lock().unwrap();
        let at = course.writes;
        course.writes += 1;
        let Some(fault) = course.fault.filter(|fault| fault.at == at) else { return Ok(None) };
        course.dead = fault.kills;
        Ok(Some(fault.done))
    }

    /// A length between nothing and all, another one at each write.
    fn part(&self, len: usize) -> usize {
        let at = self.course.lock().unwrap().writes;
        if len < 2 { len } else { 1 + at * 7919 % (len - 1) }
    }

    fn zeroed(&mut self, name: &str, done: Done) {
        let Some(content) = self.files.read(name, u64::MAX).unwrap() else { return };
        let len = if done == Done::Part { self.part(content.len()) } else { content.len() };
        self.files.write_at(name, 0, &vec![0; len]).unwrap();
    }
}

impl Store for Faulty {
    fn read(&self, name: &str, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        self.reading(name)?;
        self.files.read(name, limit)
    }

    fn read_at(&self, name: &str, at: u64, len: usize) -> Result<Zeroizing<Vec<u8>>, FileError> {
        self.reading(name)?;
        self.files.read_at(name, at, len)
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> Result<(), FileError> {
        match self.write(name)? {
            None => self.files.replace(name, content),
            Some(Done::All) => self.files.replace(name, content).and(Err(full(name))),
            Some(_) => Err(full(name)),
        }
    }

    fn write_at(&mut self, name: &str, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let len = match self.write(name)? {
            None => return self.files.write_at(name, at, bytes),
            Some(Done::Nothing) => 0,
            Some(Done::Part) => self.part(bytes.len()),
            Some(Done::All) => bytes.len(),
        };
        self.files.write_at(name, at, &bytes[..len]).and(Err(full(name)))
    }

    fn erase(&mut self, name: &str) -> Result<(), FileError> {
        match self.write(name)? {
            None => return self.files.erase(name),
            Some(Done::Nothing) => {}
            Some(done) => self.zeroed(name, done),
        }
        Err(full(name))
    }

    fn lock(&mut self) -> Result<bool, FileError> {
        self.reading("")?;
        self.files.lock()
    }

    fn sweep(&mut self, inbox: bool) -> Result<(), FileError> {
        self.reading("")?;
        self.files.sweep(inbox)
    }

    fn inbox(&self, ending: &str) -> Vec<String> {
        self.files.inbox(ending)
    }

    fn take(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
        match self.write(name)? {
            None => self.files.take(name),
            Some(Done::Nothing) => Err(full(name)),
            Some(_) => self.files.take(name).and(Err(full(name))),
        }
    }

    fn erase_taken(&mut self, name: &str) -> Result<(), FileError> {
        match self.write(name)? {
            None => return self.files.erase_taken(name),
            Some(Done::Nothing) => {}
            Some(done) => self.zeroed(&format!("taken/{name}"), done),
        }
        Err(full(name))
    }
}

const BUDGET: u32 = 3;
/// Labels of the good sealer, and one of the sealer that the list revokes.
const LABELS: usize = 10;

struct World {
    place: Place,
    identity: Identity,
    labels: Vec<String>,
    list: Vec<u8>,
    grant: Vec<u8>,
    /// A pass for a label of another station, and that label.
    pass: (Vec<u8>, String),
}

impl World {
    fn new() -> Self {
        let place = Place::new(&[Purpose::Deliver], None);
        let identity = Identity::generate();
        let labels = (1..).map(|number| place.label(number, 12, "王芳")).take(LABELS).collect();
        let mut list = RevocationList::none();
        list.revoke_sealers([Revoked {
            sealer: SealerId::new(7).unwrap(),
            from: Day::new(DAY.number() + 1),
        }]);
        let list = list.sign_next(Moment(NOW), Day::new(DAY.number() + 14), &place.root).unwrap();
        let mut grant = place.issued(DAY, NOW, &[Purpose::Deliver], Some(BUDGET));
        grant.device = identity.recipient();
        let grant = envelope::seal(&grant.sign(&place.root).unwrap(), &identity.recipient()).unwrap();
        let label = place.label(77, 13, "李四");
        let terms = GrantTerms::new("pda-17", 1000, NOW);
        let (both, days) = ([Tier::Delivery, Tier::Contact], Days::from(DAY, 3));
        let pass = pass(&place.root, terms.topping_up(), &[&label], &both, days, Limits::Kept).unwrap();
        let pass = (pass.sign(&place.root).unwrap().to_vec(), label);
        Self { place, identity, labels, list, grant, pass }
    }

    /// A device that was enrolled.
    fn device(&self) -> MemoryStore {
        let files = MemoryStore::new();
        files.put("identity", self.identity.file().as_bytes());
        Session::enrol_in(files.clone(), &self.place.auditor.enrol("pda-17", self.place.root.public()))
            .unwrap();
        files
    }

    /// The log's entries, as the auditor reads them.
    fn marks(&self, files: &MemoryStore) -> Vec<EntryOutcome> {
        let log = files.read(Log::FILE, u64::MAX).unwrap().unwrap();
        let verified = self.place.auditor.verify(&log, None).unwrap();
        // Behind the last entry a torn one may lie, until the log is opened.
        verified.entries.iter().map(|entry| entry.mark).collect()
    }
}

/// What a day showed and was told.
#[derive(Debug, Default)]
struct Told {
    shown: u32,
    /// Those before the head was handed to the device.
    shown_before_head: u32,
    /// Those that a pass opened, which are in no budget.
    shown_by_pass: u32,
    pass_taken: bool,
    list_taken: bool,
    locked: bool,
    unlocked: bool,
    errors: usize,
}

fn now(step: u64) -> u64 {
    NOW + 60 * step
}

/// A day with a device: a grant, scans, a load, a list, the road, a head, a sign-off, and back at the depot. What fails is tried
/// again once; what is killed, never again.
fn day(world: &World, store: &Faulty) -> Told {
    let mut day = Told::default();
    store.files.put("inbox/a.grant", &world.grant);
    let Some(mut session) =
        [0, 1].iter().find_map(|step| match Session::open_in(store.clone(), now(*step)) {
            Ok(session) => Some(session),
            Err(_) => {
                day.errors += 1;
                None
            }
        })
    else {
        return day;
    };
    let mut step = 2;
    macro_rules! twice {
        ($call:expr) => {{
            let mut result = None;
            for _ in 0..2 {
                step += 1;
                match $call(&mut session, now(step)) {
                    Ok(done) => {
                        result = Some(done);
                        break;
                    }
                    Err(SessionError::Log(_) | SessionError::State(_) | SessionError::File(_)) => {
                        day.errors += 1
                    }
                    Err(SessionError::Keys(_) | SessionError::Locked | SessionError::Unloaded) => break,
                    Err(error) => panic!("{error:?}"),
                }
            }
            result
        }};
    }
    fn scan(session: &mut Session, label: &str, now: u64) -> Result<bool, SessionError> {
        Ok(matches!(session.scan(&Attempt::at(label, now))?, ScanOutcome::Opened { .. }))
    }
    day.shown += u32::from(twice!(|session, now| scan(session, &world.labels[0], now)) == Some(true));
    for label in &world.labels[1..4] {
        twice!(|session: &mut Session, now| session.load(&Attempt::at(label, now)).map(drop));
    }
    day.list_taken = twice!(|session: &mut Session, now| session.take_list(&world.list, now)).is_some();
    day.locked =
        twice!(|session: &mut Session, now| session.lock(&world.place.depot.recipient(), now)).is_some();
    for label in &world.labels {
        day.shown += u32::from(twice!(|session, now| scan(session, label, now)) == Some(true));
    }
    day.shown_before_head = day.shown;
    day.pass_taken = twice!(|session: &mut Session, now| session.take_pass(&world.pass.0, now)).is_some();
    let opened = twice!(|session, now| scan(session, &world.pass.1, now)) == Some(true);
    day.shown_by_pass += u32::from(opened);
    let handle = Payload::parse(world.labels[1].as_bytes()).unwrap().handle();
    twice!(|session: &mut Session, now| session.sign_off(&handle, None, now).map(|done: SignOff| done));
    // The auditor's copy.
    if let Some(log) = store.files.read(Log::FILE, u64::MAX).unwrap() {
        let answer = session.answer(&[3; 32]);
        if let Ok((_, note)) = world.place.auditor.sign(&log, &answer, &[3; 32], None, now(step)) {
            twice!(|session: &mut Session, now| session.accept_head(&note, now));
        }
    }
    day.unlocked = twice!(|session: &mut Session, now| session.unlock(&world.place.depot, now)).is_some();
    for label in &world.labels {
        day.shown += u32::from(twice!(|session, now| scan(session, label, now)) == Some(true));
    }
    day
}

/// Checks what must hold of a device's files after a day that went wrong.
fn check(world: &World, files: &MemoryStore, day: &Told, what: &str) {
    // The next morning nothing is wrong with the store any more.
    let mut session =
        Session::open_in(files.clone(), now(1000)).unwrap_or_else(|error| panic!("{what}: {error}"));
    let log = files.read(Log::FILE, u64::MAX).unwrap().unwrap();
    let verified = world.place.auditor.verify(&log, None).unwrap();
    assert_eq!(verified.damage, [], "{what}");
    let marks: Vec<EntryOutcome> = verified.entries.iter().map(|entry| entry.mark).collect();
    let on_log = marks.iter().filter(|mark| mark.shows()).count();
    assert!(
        on_log >= (day.shown + day.shown_by_pass) as usize,
        "{what}: {} were shown, {on_log} are on the log",
        day.shown
    );
    assert!(day.shown_before_head <= BUDGET, "{what}: {day:?}");
    assert!(day.shown <= 2 * BUDGET, "{what}: {day:?}");

    let mut events =
        marks.iter().filter(|mark| matches!(mark, EntryOutcome::Locked | EntryOutcome::Unlocked));
    let says_locked = events.next_back() == Some(&EntryOutcome::Locked);
    assert_eq!(session.is_locked(), says_locked, "{what}");
    assert!(!day.locked || marks.contains(&EntryOutcome::Locked), "{what}: no entry of the lock");
    let held = files.files();
    if says_locked {
        assert!(!held.contains_key("state") && !held.contains_key("identity"), "{what}: {:?}", held.keys());
        session.unlock(&world.place.depot, now(1001)).unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    // Nothing is left of a lock.
    let left = files.files();
    for name in
        ["state.locked", "state.locking", "state.road", "state.road.next", "identity.locked", "passes"]
    {
        assert!(!left.contains_key(name), "{what}: {name}");
    }
    // An accepted list is in force: it names the sealer of tomorrow's labels.
    if day.list_taken {
        let tomorrow = world.place.label_of(Day::new(DAY.number() + 1), 99, 12, "王芳");
        let grant = world.place.issued(Day::new(DAY.number() + 1), NOW, &[Purpose::Deliver], None);
        let mut grant = grant;
        grant.device = world.identity.recipient();
        session.take_grant(&grant.sign(&world.place.root).unwrap(), now(1002)).unwrap();
        let outcome = session.scan(&Attempt::at(&tomorrow, NOW + 86_400)).unwrap().name();
        assert_eq!(outcome, "sealer_revoked", "{what}: the list is lost");
    }
}

#[test]
fn no_kill_and_no_failure_of_a_store_shows_what_is_not_logged_or_loses_what_was_accepted() {
    let world = World::new();
    let fresh = world.device().files();
    let whole = Faulty::new(&MemoryStore::with(fresh.clone()), None);
    let done = day(&world, &whole);
    assert!(done.list_taken && done.locked && done.unlocked && done.errors == 0, "{done:?}");
    assert_eq!((done.shown_before_head, done.shown), (BUDGET, 2 * BUDGET));
    assert!(done.pass_taken && done.shown_by_pass == 1, "{done:?}");
    check(&world, &whole.files, &done, "nothing failed");
    let writes = whole.course.lock().unwrap().writes;
    assert!(writes > 100, "{writes}");

    let mut outcomes = BTreeMap::new();
    // Each write has six faults, so that one of five is another one at each.
    let mut sample = Sample::unless_optimised(5);
    for at in 0..writes {
        for done in [Done::Nothing, Done::Part, Done::All] {
            for kills in [true, false] {
                if !sample.takes() {
                    continue;
                }
                let fault = Fault { at, done, kills };
                let store = Faulty::new(&MemoryStore::with(fresh.clone()), Some(fault));
                let day = day(&world, &store);
                let files = MemoryStore::with(store.files.files());
                check(&world, &files, &day, &format!("{fault:?}, {day:?}"));
                assert!(kills || day.errors <= 2, "{fault:?}: one failure, {day:?}");
                *outcomes.entry((kills, day.locked, day.unlocked)).or_insert(0) += 1;
            }
        }
    }
    println!("{writes} writes: {outcomes:?}");
    // Kills came before the lock, on the road, and after it; what failed once was done at the second try.
    assert_eq!(outcomes.keys().filter(|(kills, ..)| *kills).count(), 3, "{outcomes:?}");
}

#[test]
fn no_read_that_fails_shows_what_is_not_logged_or_loses_what_was_accepted() {
    let world = World::new();
    let fresh = world.device().files();
    let whole = Faulty::new(&MemoryStore::with(fresh.clone()), None);
    day(&world, &whole);
    let reads = whole.course.lock().unwrap().reads;
    assert!(reads > 30, "{reads}");
    let mut failed = 0;
    for at in 0..reads {
        let store = Faulty::unread(&MemoryStore::with(fresh.clone()), at);
        let day = day(&world, &store);
        let files = MemoryStore::with(store.files.files());
        check(&world, &files, &day, &format!("read {at}, {day:?}"));
        assert!(day.errors <= 2, "read {at}: one failure, {day:?}");
        // What failed once was done at the second try, or later in the day.
        assert!(day.list_taken && day.unlocked, "read {at}: {day:?}");
        assert_eq!((day.shown_before_head, day.shown), (BUDGET, 2 * BUDGET), "read {at}: {day:?}");
        failed += usize::from(day.errors > 0);
    }
    println!("{reads} reads, of which {failed} fail a call");
    assert!(failed > 10, "{failed} of {reads}");
}

#[test]
fn an_enrolment_that_was_interrupted_is_done_again() {
    let world = World::new();
    let enrolment = || world.place.auditor.enrol("pda-17", world.place.root.public());
    let files = || {
        let files = MemoryStore::new();
        files.put("identity", world.identity.file().as_bytes());
        files
    };
    let whole = Faulty::new(&files(), None);
    Session::enrol_in(whole.clone(), &enrolment()).unwrap();
    let writes = whole.course.lock().unwrap().writes;
    for at in 0..writes {
        for done in [Done::Nothing, Done::Part, Done::All] {
            let fault = Fault { at, done, kills: true };
            let store = Faulty::new(&files(), Some(fault));
            Session::enrol_in(store.clone(), &enrolment()).unwrap_err();
            let files = MemoryStore::with(store.files.files());
            match Session::enrol_in(files.clone(), &enrolment()) {
                Ok(()) => {}
                // It was done when it was killed.
                Err(error) => assert!(error.to_string().contains("exists already"), "{fault:?}: {error}"),
            }
            Session::open_in(files.clone(), NOW).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            assert_eq!(world.marks(&files), [], "{fault:?}");
        }
    }
}
