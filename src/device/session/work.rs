//! A device at work: each call ends in an entry on disk, and only then in something shown.

use super::error::SessionError;
use super::folder::{self, Folder};
use super::judge::allowed;
use super::keys::{Hand, Keys, session};
use super::load::{Loaded, Terms};
use super::outcome::{Attempt, Outcome, SignOff};
use super::parcel::{Parcel, mask};
use super::tally::Tally;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::{Answer, Head};
use crate::device::log::{Cause, Entry, Log, Mark, Recovery};
use crate::device::state;
use crate::payload::{Handle, Payload};
use crate::secret::scrubbed_deep;
use crate::signed::envelope::{self, Identity};
use crate::signed::grant::Purpose;
use crate::verifier::{Buffer, LabelKeys, Verifier};
use ed25519_dalek::VerifyingKey;
use std::fmt;
use std::path::Path;

/// A device at work: its grants, its state folder and its log. One process at a time holds a folder.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use wayseal::{authority::{auditor::Auditor, custody::Authority, day_keys::*, issue::*}, device::state::Device, keys::*, payload::Waybill};
/// # use wayseal::{record::*, sealer::{Lane, Sealer}, signed::*};
/// # let folder = tempfile::tempdir()?;
/// # let state = folder.path();
/// # let day = Day::new(2519);
/// # let now = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400 + 40_000;
/// # let root = Authority::generate(0)?;
/// # let auditor = Auditor::generate()?;
/// # let station = (Region::new(755).unwrap(), Site::new(12).unwrap());
/// # let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &[station] };
/// # let grant = issue(&root, Terms::new("pda-17", 1, now), &scope, Days::ending(day, 3), Limits::Kept)?;
/// # let grant = grant.sign(&root)?;
/// # let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station] };
/// # let sealer = issue(&root, Terms::new("sealer", 2, now), &scope, Days::from(day, 1), Limits::Kept)?;
/// # let node = |tier| sealer.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
/// # let lane = Lane::new(node(Tier::Delivery), Some(node(Tier::Contact)))?;
/// # let delivery = Delivery { name: "王芳", country: Country::CN, postcode: "", division:
/// #     Division::Names { province: "广东省", city: "深圳市", district: "南山区" }, street: "", detail: "1栋", note: "" };
/// # let waybill = Waybill::parse("YT8800123456789")?;
/// # let label = Sealer::new(node(Tier::Origin))?.seal(&lane, &waybill, &delivery, None)?;
/// # let text = label.as_str();
/// use wayseal::device::session::{Attempt, Outcome, Session};
///
/// // Once, at the depot: the log begins, and the device pins its authority.
/// Session::enrol(state, &auditor.enrol("pda-17", root.public()))?;
///
/// // At work. A grant in the inbox is taken in by the next scan.
/// std::fs::write(state.join("inbox/today.grant"), &grant)?;
/// let mut session = Session::open(state, now)?;
/// match session.scan(&Attempt { now, ..Attempt::new(text) })? {
///     Outcome::Opened { record, times, .. } => {
///         let delivery = record.delivery.as_ref().ok_or("no delivery section")?;
///         assert_eq!((delivery.name, times), ("王芳", 1));
///     }
///     outcome => panic!("not opened: {outcome:?}"),
/// }
/// session.conceal(); // The record is wiped; so it is by the next scan.
/// assert_eq!(session.log().count(), 2); // The grant, and this attempt.
/// # Ok(())
/// # }
/// ```
pub struct Session {
    folder: Folder,
    auditor: VerifyingKey,
    identity: Option<Identity>,
    hand: Hand,
    log: Log,
    head: Option<Head>,
    tally: Tally,
    loaded: Loaded,
    parcels: Vec<Parcel>,
    notices: Vec<(String, SessionError)>,
    buffer: Buffer,
}

impl Session {
    /// Begins the state of a device, in a folder that holds none.
    ///
    /// # Errors
    /// [`SessionError`]; a log is never begun twice in one folder.
    pub fn enrol(folder: &Path, enrolment: &Enrolment) -> Result<(), SessionError> {
        Folder::new(folder).begin(enrolment)
    }

    /// Opens a state folder, after whatever ended the last process; `now` is the device's clock, in seconds
    /// since 1970.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open(folder: &Path, now: u64) -> Result<Self, SessionError> {
        let folder = Folder::new(folder);
        let auditor = folder.auditor()?;
        let identity = folder.identity()?;
        let (mut log, recovery) = Log::open(folder.path(), now)?;
        let head = folder.head(&auditor)?;
        let tally = Tally::of(&mut log, head.as_ref(), now)?;
        let mut loaded = Loaded::open(folder.path())?;
        // A kill may have come between the entry of a sign-off and the erasing of its key.
        loaded.erase_where(|handle| tally.delivered(handle))?;
        let hand = if folder.is_locked() {
            folder.finish_locking()?;
            Hand::Locked
        } else {
            Hand::Free(Box::new(folder.device(identity.as_ref())?))
        };
        let mut session = Self {
            folder,
            auditor,
            identity,
            hand,
            log,
            head,
            tally,
            parcels: Vec::new(),
            notices: Vec::new(),
            loaded,
            buffer: Buffer::new(),
        };
        session.parcels = session.loaded.parcels().collect();
        for parcel in &mut session.parcels {
            parcel.delivered = session.tally.delivered(&parcel.handle);
        }
        if recovery != Recovery::Whole {
            session.tally = Tally::of(&mut session.log, session.head.as_ref(), now)?;
        }
        session.refresh(now)?;
        Ok(session)
    }

    /// Opens a label, or says why not. The record lives in the session and is wiped by the next call.
    ///
    /// # Errors
    /// [`SessionError`]: the log cannot be written, or no key is in hand at all. Nothing may be shown then.
    pub fn scan(&mut self, attempt: &Attempt<'_>) -> Result<Outcome<'_>, SessionError> {
        self.buffer.wipe();
        self.refresh(attempt.now)?;
        let payload = match Payload::parse(attempt.text.as_bytes()) {
            Ok(payload) => payload,
            Err(refusal) => return self.refuse(attempt, None, Mark::Refused(refusal)),
        };
        let handle = payload.handle();
        let (keys, terms) = match self.hand.keys(&mut self.loaded, &handle, attempt.now) {
            Ok(keys) => keys,
            Err(error) => {
                self.note(&attempt.entry(Some(&payload), Mark::NoKeys, self.tally.serial()))?;
                return Err(error);
            }
        };
        let judged = self.judge(attempt, &payload, keys.as_ref(), &terms);
        let (keys, times, mark) = match (keys, judged) {
            (Some(keys), Ok((times, mark))) => (keys, times, mark),
            (_, Err(mark)) => return self.refuse_with(attempt, Some(&payload), mark, &terms),
            (None, Ok(_)) => return self.refuse_with(attempt, Some(&payload), Mark::NotLoaded, &terms),
        };
        self.note(&attempt.entry(Some(&payload), mark, terms.serial))?;
        // The tag held a moment ago. Nothing was decrypted while the entry went to disk.
        let left = terms.budget.map(|budget| budget.saturating_sub(self.tally.spent()));
        let parcel = Parcel::of(&payload);
        let record = match scrubbed_deep(|| keys.open(attempt, &payload, &mut self.buffer)) {
            Ok(record) => Box::new(record),
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        if !self.parcels.iter().any(|known| known.handle == handle) {
            self.parcels.push(mask(parcel, &record));
        }
        Ok(Outcome::Opened { record, handle, times, left })
    }

    /// Which opening of the label this would be and the mark of its entry, or why it is none.
    fn judge(
        &mut self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        keys: Option<&Keys>,
        terms: &Terms,
    ) -> Result<(u32, Mark), Mark> {
        let keys = keys.ok_or(Mark::NotLoaded)?;
        keys.reach(attempt, payload).map_err(Mark::Refused)?;
        let allowed = allowed(&self.tally, attempt, payload, terms)?;
        let opened = scrubbed_deep(|| keys.open(attempt, payload, &mut self.buffer).map(|_| ()));
        self.buffer.wipe();
        opened.map_err(Mark::Refused)?;
        if attempt.printed.is_some_and(|printed| printed != &*payload.header().waybill.text()) {
            return Err(Mark::WrongWaybill);
        }
        Ok(allowed)
    }

    fn refuse(
        &mut self,
        attempt: &Attempt<'_>,
        payload: Option<&Payload>,
        mark: Mark,
    ) -> Result<Outcome<'_>, SessionError> {
        let terms = Terms { serial: self.tally.serial(), ..Terms::default() };
        self.refuse_with(attempt, payload, mark, &terms)
    }

    fn refuse_with(
        &mut self,
        attempt: &Attempt<'_>,
        payload: Option<&Payload>,
        mark: Mark,
        terms: &Terms,
    ) -> Result<Outcome<'_>, SessionError> {
        self.note(&attempt.entry(payload, mark, terms.serial))?;
        Ok(match mark {
            Mark::Refused(refusal) => Outcome::Refused(refusal),
            Mark::OverBudget => Outcome::BudgetSpent(terms.budget.unwrap_or_default()),
            Mark::PurposeNotGranted => Outcome::PurposeNotGranted(attempt.purpose),
            Mark::AfterDelivery => Outcome::AfterDelivery,
            Mark::OpenedBefore => Outcome::OpenedBefore,
            Mark::WrongWaybill => Outcome::Moved,
            _ => Outcome::NotLoaded,
        })
    }

    /// Puts an entry on disk, then counts it.
    fn note(&mut self, entry: &Entry) -> Result<(), SessionError> {
        self.log.append(entry)?;
        self.tally.count(entry, true);
        Ok(())
    }

    /// Signs a parcel off as delivered: its label opens for delivery no more, and its key is erased if it was
    /// loaded.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn sign_off(&mut self, handle: &Handle, now: u64) -> Result<SignOff, SessionError> {
        self.buffer.wipe();
        if self.tally.delivered(handle) {
            return Ok(SignOff::Already);
        }
        let Some(station) = self.tally.station(handle).or_else(|| self.loaded.station(handle)) else {
            return Ok(SignOff::NotOpened);
        };
        let entry = Entry {
            time: now,
            cause: Cause::Asked(Purpose::Deliver),
            mark: Mark::Delivered,
            serial: self.tally.serial(),
            station: Some(station),
            handle: *handle.bytes(),
        };
        self.note(&entry)?;
        self.loaded.erase_where(|loaded| loaded == handle)?;
        for parcel in self.parcels.iter_mut().filter(|parcel| parcel.handle == *handle) {
            parcel.delivered = true;
        }
        Ok(SignOff::Done)
    }

    /// Loads a parcel for the day: its label's keys are derived and kept, and nothing is shown.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn load(&mut self, attempt: &Attempt<'_>) -> Result<Outcome<'_>, SessionError> {
        self.buffer.wipe();
        self.refresh(attempt.now)?;
        let Hand::Free(device) = &self.hand else { return Err(SessionError::Locked) };
        let keys = session(device, attempt.now)?;
        let terms = Terms::of(&keys, device.floor().0);
        let verifier = Verifier::new(&keys.nodes, keys.today).with_revoked(device.revoked());
        let mut label_keys = LabelKeys::empty();
        let payload = Payload::parse(attempt.text.as_bytes());
        let derived = payload.as_ref().map_err(|refusal| *refusal).and_then(|payload| {
            let record = verifier.open(attempt.text.as_bytes(), attempt.want, &mut self.buffer)?;
            verifier.load(payload, attempt.want, &mut label_keys)?;
            Ok(mask(Parcel::of(payload), &record))
        });
        self.buffer.wipe();
        let (payload, parcel) = match (payload, derived) {
            (Ok(payload), Ok(parcel)) => (payload, parcel),
            (payload, Err(refusal)) | (payload @ Err(refusal), _) => {
                let entry = attempt.entry(payload.ok().as_ref(), Mark::Refused(refusal), terms.serial);
                self.note(&Entry { cause: Cause::Load, ..entry })?;
                return Ok(Outcome::Refused(refusal));
            }
        };
        let mark = match attempt.printed {
            Some(printed) if printed != &*payload.header().waybill.text() => Mark::WrongWaybill,
            _ => Mark::Loaded,
        };
        self.note(&Entry { cause: Cause::Load, ..attempt.entry(Some(&payload), mark, terms.serial) })?;
        if mark != Mark::Loaded {
            return Ok(Outcome::Moved);
        }
        let station = (payload.header().region, payload.header().site);
        self.loaded.add(&parcel, station, &label_keys, &terms)?;
        self.parcels.retain(|known| known.handle != parcel.handle);
        self.parcels.push(parcel);
        Ok(Outcome::Loaded(self.loaded.count()))
    }

    /// Locks the keys of stations away under the depot's age recipient. From here on the device opens the
    /// parcels loaded and no other, until [`Session::unlock`].
    ///
    /// # Errors
    /// [`SessionError`]: nothing is loaded, or the recipient is none.
    pub fn lock(&mut self, depot: &str, now: u64) -> Result<(), SessionError> {
        self.buffer.wipe();
        if let Hand::Locked = self.hand {
            return Err(SessionError::Locked);
        }
        if self.loaded.terms().is_none() {
            return Err(SessionError::Unloaded);
        }
        self.folder.lock(depot)?;
        self.hand = Hand::Locked;
        self.note(&Entry::of_device(now, Mark::Locked, self.tally.serial()))
    }

    /// Takes the keys of stations back with the depot's secret, and erases the day's label keys.
    ///
    /// # Errors
    /// [`SessionError`]; the device stays locked then.
    pub fn unlock(&mut self, depot: &Identity, now: u64) -> Result<(), SessionError> {
        self.buffer.wipe();
        let Hand::Locked = self.hand else { return Ok(()) };
        let device = self.folder.unlock(depot, self.identity.as_ref())?;
        self.loaded.clear()?;
        self.parcels.clear();
        self.hand = Hand::Free(Box::new(device));
        self.note(&Entry::of_device(now, Mark::Unlocked, self.tally.serial()))?;
        self.refresh(now)
    }

    /// Whether the keys of stations are locked away.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self.hand, Hand::Locked)
    }

    /// Wipes the record that was shown.
    pub fn conceal(&mut self) {
        self.buffer.wipe();
    }

    /// Takes in what has come since the last call: heads, and, unless the device is locked, grants. Each file is
    /// erased then, and what was refused is in [`Session::notices`].
    ///
    /// # Errors
    /// [`SessionError`] of the folder or the log.
    pub fn refresh(&mut self, now: u64) -> Result<(), SessionError> {
        for (path, note) in self.folder.inbox(Folder::HEADS)? {
            let note = String::from_utf8_lossy(&note);
            let taken = self.accept_head(&note);
            self.finish(&path, taken)?;
        }
        if self.is_locked() {
            return Ok(());
        }
        for (path, bytes) in self.folder.inbox(Folder::LISTS)? {
            let taken = self.take_list(&bytes, now);
            self.finish(&path, taken)?;
        }
        for (path, bytes) in self.folder.inbox(Folder::GRANTS)? {
            let taken = self.take_grant(&bytes, now).map(drop);
            self.finish(&path, taken)?;
        }
        Ok(())
    }

    fn finish(&mut self, path: &Path, taken: Result<(), SessionError>) -> Result<(), SessionError> {
        match taken {
            Err(error @ (SessionError::Log(_) | SessionError::State(_) | SessionError::File(_))) => {
                return Err(error);
            }
            Err(error) => {
                self.notices.push((path.file_name().unwrap_or_default().to_string_lossy().into(), error));
            }
            Ok(()) => {}
        }
        folder::erase(path)
    }

    /// What was refused of the inbox since the last call: the file's name, and why.
    pub fn notices(&mut self) -> Vec<(String, SessionError)> {
        std::mem::take(&mut self.notices)
    }

    /// Takes a grant's bytes, as they came; the reason if it is refused.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_grant(&mut self, bytes: &[u8], now: u64) -> Result<state::Accepted, SessionError> {
        let Hand::Free(device) = &mut self.hand else { return Err(SessionError::Locked) };
        let plain = envelope::open(bytes, self.identity.as_ref())?;
        let accepted = device.accept(&plain, now).map_err(SessionError::Keys)?;
        device.store(&self.folder.at(Folder::DEVICE))?;
        self.note(&Entry::of_device(now, Mark::Granted, accepted.serial))?;
        Ok(accepted)
    }

    /// Takes a signed revocation list.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_list(&mut self, bytes: &[u8], now: u64) -> Result<(), SessionError> {
        let Hand::Free(device) = &mut self.hand else { return Err(SessionError::Locked) };
        device.accept_list(bytes, now).map_err(SessionError::Keys)?;
        device.store(&self.folder.at(Folder::DEVICE))?;
        Ok(())
    }

    /// Takes a head that the auditor signed: the budget begins anew from it, and its time is signed time.
    ///
    /// # Errors
    /// [`SessionError::Head`] for another device's, an older one, or one that this log does not hold.
    pub fn accept_head(&mut self, note: &str) -> Result<(), SessionError> {
        let head = Head::verify(note, &self.auditor).map_err(SessionError::ForeignHead)?;
        let own = head.device == self.log.device()
            && self.head.as_ref().is_none_or(|last| last.count <= head.count && last.time <= head.time)
            && self.log.head_at(head.count).is_ok_and(|mac| mac == head.head);
        if !own {
            return Err(SessionError::Head);
        }
        self.folder.store_head(note)?;
        if let Hand::Free(device) = &mut self.hand {
            device.raise_floor(head.time);
            device.store(&self.folder.at(Folder::DEVICE))?;
        }
        self.tally.restart(&mut self.log, head.count)?;
        self.head = Some(head);
        Ok(())
    }

    /// What the device shows of its log for the auditor's challenge.
    #[must_use]
    pub fn answer(&self, challenge: &[u8; 32]) -> Answer {
        self.log.answer(challenge)
    }

    /// Today's parcels, masked.
    #[must_use]
    pub fn parcels(&self) -> &[Parcel] {
        &self.parcels
    }

    /// The log.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// What the grant allows now, `None` without one.
    #[must_use]
    pub fn terms(&self, now: u64) -> Option<Terms> {
        match &self.hand {
            Hand::Free(device) => session(device, now).ok().map(|keys| Terms::of(&keys, device.floor().0)),
            Hand::Locked => self.loaded.terms().cloned(),
        }
    }

    /// Openings charged to the budget since the last signed head.
    #[must_use]
    pub const fn spent(&self) -> u32 {
        self.tally.spent()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("log", &self.log).finish_non_exhaustive()
    }
}
