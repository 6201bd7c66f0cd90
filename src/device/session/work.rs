//! The session: each call writes its log entry to disk before it returns anything that may be shown.

use super::error::SessionError;
use super::folder::Folder;
use super::judge::allowed;
use super::keys::{KeyAccess, SessionKeys, reaching, session};
use super::load::{LoadTerms, Loaded};
use super::outcome::{Attempt, ScanOutcome};
use super::parcel::{Parcel, mask};
use super::tally::Tally;
use crate::device::log::enrolment::Enrolment;
use crate::device::log::head::{Answer, SignedHead};
use crate::device::log::{EntryCause, EntryOutcome, Log, LogEntry, LogError, Recovery, TakenKind};
use crate::device::state::{self, lock};
use crate::files::FileLock;
use crate::payload::Payload;
use crate::secret::scrubbed_deep;
use crate::signed::envelope::{self, Identity};
use crate::signed::grant::Role;
use crate::signed::signer::VerifyingKey;
use crate::verifier::{Buffer, LabelKeys, Verifier};
use std::fmt;
use std::path::{Path, PathBuf};

/// A device at work: its grants, its state folder and its log. One process at a time uses a folder.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use wayseal::{authority::{auditor::Auditor, custody::Authority, day_keys::*, issue::*}, keys::*, payload::Waybill};
/// # use wayseal::{record::*, sealer::{DestinationKeys, Sealer}};
/// # let folder = tempfile::tempdir()?;
/// # let state = folder.path();
/// # let day = Day::new(2519);
/// # let now = (u64::from(day.number()) + Day::UNIX_OFFSET) * 86_400 + 40_000;
/// # let root = Authority::generate(0)?;
/// # let auditor = Auditor::generate()?;
/// # let station = (Region::new(755).unwrap(), Site::new(12).unwrap());
/// # let scope = Scope::Scanner { tiers: &[Tier::Delivery], stations: &[station] };
/// # let grant = issue(&root, GrantTerms::new("pda-17", 1, now), &scope, Days::ending(day, 3), Limits::Kept)?;
/// # let grant = grant.sign(&root)?;
/// # let scope = Scope::Sealer { sealer: SealerId::new(7).unwrap(), destinations: &[station] };
/// # let sealer = issue(&root, GrantTerms::new("sealer", 2, now), &scope, Days::from(day, 1), Limits::Kept)?;
/// # let node = |tier| sealer.nodes.iter().find(|node| node.path().tier() == tier).unwrap();
/// # let destination = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact)))?;
/// # let delivery = Delivery { name: "王芳", country: Country::CN, postcode: "", division:
/// #     Division::Names { province: "广东省", city: "深圳市", district: "南山区" }, street: "", detail: "1栋", note: "" };
/// # let waybill = Waybill::parse("YT8800123456789")?;
/// # let label = Sealer::new(node(Tier::Origin))?.seal(&destination, &waybill, &delivery, None)?.text;
/// # let text = label.as_str();
/// use wayseal::device::session::{Attempt, ScanOutcome, Session};
///
/// // Once, at the depot: the log begins, and the device pins its authority.
/// Session::enrol(state, &auditor.enrol("pda-17", root.public()))?;
///
/// // At work. The next scan accepts a grant in the inbox.
/// std::fs::write(state.join("inbox/today.grant"), &grant)?;
/// let mut session = Session::open(state, now)?;
/// match session.scan(&Attempt { now, ..Attempt::new(text) })? {
///     ScanOutcome::Opened { record, times, .. } => {
///         let delivery = record.delivery.as_ref().ok_or("no delivery section")?;
///         assert_eq!((delivery.name, times), ("王芳", 1));
///     }
///     outcome => panic!("not opened: {outcome:?}"),
/// }
/// session.conceal(); // Wipes the record, as the next call does.
/// assert_eq!(session.log().count(), 2); // The grant, and this attempt.
/// # Ok(())
/// # }
/// ```
pub struct Session {
    folder: Folder,
    auditor: VerifyingKey,
    identity: Option<Identity>,
    access: KeyAccess,
    log: Log,
    head: Option<SignedHead>,
    pub(super) tally: Tally,
    pub(super) loaded: Loaded,
    pub(super) parcels: Vec<Parcel>,
    notices: Vec<(String, SessionError)>,
    /// Entries of the inbox that are no plain files, and of which a notice was given.
    skipped: Vec<PathBuf>,
    pub(super) buffer: Buffer,
    /// Held for as long as the folder is in use.
    _lock: FileLock,
}

impl Session {
    /// Creates the state folder of a device from its enrolment.
    ///
    /// # Errors
    /// [`SessionError`], also if the folder has a log already.
    pub fn enrol(folder: &Path, enrolment: &Enrolment) -> Result<(), SessionError> {
        std::fs::create_dir_all(folder).map_err(|error| LogError::File(folder.to_owned(), error))?;
        let folder = Folder::new(folder);
        let _lock = lock(folder.path())?;
        folder.begin(enrolment)
    }

    /// Opens a state folder, and finishes what a killed process left undone; `now` is the device's clock, in seconds
    /// since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open(folder: &Path, now: u64) -> Result<Self, SessionError> {
        let folder = Folder::new(folder);
        let auditor = folder.auditor()?;
        let lock = lock(folder.path())?;
        folder.sweep()?;
        let identity = folder.identity()?;
        let (mut log, recovery) = Log::open(folder.path(), now)?;
        // Read again as it was taken: a file that was put there later, of another device or log, would restart the budget.
        let head = folder.head(&auditor)?.filter(|head| is_of(head, &mut log));
        let tally = Tally::of(&mut log, head.as_ref(), now)?;
        let mut loaded = Loaded::open(folder.path())?;
        // A kill may have come between the entry of a sign-off and the erasure of its key.
        loaded.erase_where(|handle| tally.delivered(handle))?;
        let access = if folder.is_locked() {
            folder.finish_locking()?;
            KeyAccess::Locked
        } else {
            KeyAccess::Stations(Box::new(folder.device(identity.as_ref())?))
        };
        let mut session = Self {
            folder,
            auditor,
            identity,
            access,
            log,
            head,
            tally,
            parcels: Vec::new(),
            notices: Vec::new(),
            skipped: Vec::new(),
            loaded,
            buffer: Buffer::new(),
            _lock: lock,
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

    /// Opens a label, or returns the reason why not. The record is in the session's buffer, which the next call wipes.
    ///
    /// # Errors
    /// [`SessionError`]: the log cannot be written, or the device has no usable key. Nothing may be shown then.
    pub fn scan(&mut self, attempt: &Attempt<'_>) -> Result<ScanOutcome<'_>, SessionError> {
        self.buffer.wipe();
        self.refresh(attempt.now)?;
        // From here on every return writes one entry first, also for a text that is not a label.
        let payload = match Payload::parse(attempt.text.as_bytes()) {
            Ok(payload) => payload,
            Err(refusal) => return self.refuse(attempt, None, EntryOutcome::Refused(refusal)),
        };
        let handle = payload.handle();
        let (keys, terms) = match self.access.keys(&mut self.loaded, attempt, &payload) {
            Ok(keys) => keys,
            Err(error) => {
                self.note(&attempt.entry(Some(&payload), EntryOutcome::NoKeys, self.tally.serial()))?;
                return Err(error);
            }
        };
        let judged = self.judge(attempt, &payload, keys.as_ref(), &terms);
        let (keys, times, mark) = match (keys, judged) {
            (Some(keys), Ok((times, mark))) => (keys, times, mark),
            (_, Err(mark)) => return self.refuse_with(attempt, Some(&payload), mark, &terms),
            (None, Ok(_)) => {
                return self.refuse_with(attempt, Some(&payload), EntryOutcome::NotLoaded, &terms);
            }
        };
        self.note(&attempt.entry(Some(&payload), mark, terms.serial))?;
        // `judge` verified the tag and wiped the record, so that no plaintext is in memory during the write above.
        let left = terms.budget.map(|budget| budget.saturating_sub(self.tally.spent()));
        let parcel = Parcel::of(&payload);
        let record = match scrubbed_deep(|| keys.open(attempt, &payload, &mut self.buffer)) {
            Ok(record) => Box::new(record),
            Err(refusal) => return Ok(ScanOutcome::Refused(refusal)),
        };
        if !self.parcels.iter().any(|known| known.handle == handle) {
            self.parcels.push(mask(parcel, &record));
        }
        let repeated = mark == EntryOutcome::Repeated;
        Ok(ScanOutcome::Opened { record, handle, times, repeated, left })
    }

    /// The number of this opening of the label and the outcome to log, or the outcome that refuses it.
    fn judge(
        &mut self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        keys: Option<&SessionKeys>,
        terms: &LoadTerms,
    ) -> Result<(u32, EntryOutcome), EntryOutcome> {
        let keys = keys.ok_or(EntryOutcome::NotLoaded)?;
        keys.reach(attempt, payload).map_err(EntryOutcome::Refused)?;
        // The grant's rules come before decryption: a refused purpose decrypts nothing.
        let allowed = allowed(&self.tally, attempt, payload, terms)?;
        // Opened to verify the tag, then wiped: the plaintext is decrypted again when the entry is on disk.
        let opened = scrubbed_deep(|| keys.open(attempt, payload, &mut self.buffer).map(|_| ()));
        self.buffer.wipe();
        opened.map_err(EntryOutcome::Refused)?;
        if attempt.printed.is_some_and(|printed| printed != &*payload.header().waybill.text()) {
            return Err(EntryOutcome::WrongWaybill);
        }
        Ok(allowed)
    }

    fn refuse(
        &mut self,
        attempt: &Attempt<'_>,
        payload: Option<&Payload>,
        mark: EntryOutcome,
    ) -> Result<ScanOutcome<'_>, SessionError> {
        let terms = LoadTerms { serial: self.tally.serial(), ..LoadTerms::default() };
        self.refuse_with(attempt, payload, mark, &terms)
    }

    fn refuse_with(
        &mut self,
        attempt: &Attempt<'_>,
        payload: Option<&Payload>,
        mark: EntryOutcome,
        terms: &LoadTerms,
    ) -> Result<ScanOutcome<'_>, SessionError> {
        self.note(&attempt.entry(payload, mark, terms.serial))?;
        Ok(match mark {
            EntryOutcome::Refused(refusal) => ScanOutcome::Refused(refusal),
            EntryOutcome::OverBudget => ScanOutcome::BudgetSpent(terms.budget.unwrap_or_default()),
            EntryOutcome::PurposeNotGranted => ScanOutcome::PurposeNotGranted(attempt.purpose),
            EntryOutcome::AfterDelivery => ScanOutcome::AfterDelivery,
            EntryOutcome::OpenedBefore => ScanOutcome::OpenedBefore,
            EntryOutcome::WrongWaybill => ScanOutcome::Moved,
            _ => ScanOutcome::NotLoaded,
        })
    }

    /// Writes an entry to disk, then counts it.
    pub(super) fn note(&mut self, entry: &LogEntry) -> Result<(), SessionError> {
        self.log.append(entry)?;
        self.tally.count(entry, true);
        Ok(())
    }

    /// Loads a parcel for the day: derives and stores its label's keys, and shows nothing.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn load(&mut self, attempt: &Attempt<'_>) -> Result<ScanOutcome<'_>, SessionError> {
        self.buffer.wipe();
        self.refresh(attempt.now)?;
        let KeyAccess::Stations(device) = &self.access else { return Err(SessionError::Locked) };
        let keys = session(device, attempt.now)?;
        let payload = Payload::parse(attempt.text.as_bytes());
        let (set, today) = reaching(keys, attempt, payload.as_ref().ok())?;
        let terms = LoadTerms::of(&set, device.floor().0);
        let verifier = Verifier::new(&set.nodes, today).with_revoked(device.revoked());
        let mut label_keys = LabelKeys::empty();
        let derived = payload.as_ref().map_err(|refusal| *refusal).and_then(|payload| {
            let record = verifier.open(attempt.text.as_bytes(), attempt.want, &mut self.buffer)?;
            verifier.load(payload, attempt.want, &mut label_keys)?;
            Ok(mask(Parcel::of(payload), &record))
        });
        self.buffer.wipe();
        let (payload, parcel) = match (payload, derived) {
            (Ok(payload), Ok(parcel)) => (payload, parcel),
            (payload, Err(refusal)) | (payload @ Err(refusal), _) => {
                let entry =
                    attempt.entry(payload.ok().as_ref(), EntryOutcome::Refused(refusal), terms.serial);
                self.note(&LogEntry { cause: EntryCause::Load, ..entry })?;
                return Ok(ScanOutcome::Refused(refusal));
            }
        };
        let mark = match attempt.printed {
            Some(printed) if printed != &*payload.header().waybill.text() => EntryOutcome::WrongWaybill,
            _ => EntryOutcome::Loaded,
        };
        self.note(&LogEntry {
            cause: EntryCause::Load,
            ..attempt.entry(Some(&payload), mark, terms.serial)
        })?;
        if mark != EntryOutcome::Loaded {
            return Ok(ScanOutcome::Moved);
        }
        let station = (payload.header().region, payload.header().site);
        self.loaded.add(&parcel, station, &label_keys, &terms)?;
        self.parcels.retain(|known| known.handle != parcel.handle);
        self.parcels.push(parcel);
        Ok(ScanOutcome::Loaded(self.loaded.count()))
    }

    /// Seals the keys of stations to the depot's age recipient and erases them here. From now on the device opens the
    /// loaded parcels alone, until [`Session::unlock`].
    ///
    /// # Errors
    /// [`SessionError`]: nothing is loaded, or `depot` is not a recipient.
    pub fn lock(&mut self, depot: &str, now: u64) -> Result<(), SessionError> {
        self.buffer.wipe();
        if let KeyAccess::Locked = self.access {
            return Err(SessionError::Locked);
        }
        if self.loaded.terms().is_none() {
            return Err(SessionError::Unloaded);
        }
        self.folder.lock(depot)?;
        self.access = KeyAccess::Locked;
        self.identity = None;
        self.note(&LogEntry::of_device(now, EntryOutcome::Locked, self.tally.serial()))
    }

    /// Restores the keys of stations with the depot's identity, and erases the loaded label keys.
    ///
    /// # Errors
    /// [`SessionError`], after which the device may still be locked.
    pub fn unlock(&mut self, depot: &Identity, now: u64) -> Result<(), SessionError> {
        self.buffer.wipe();
        let KeyAccess::Locked = self.access else { return Ok(()) };
        let (device, identity) = self.folder.unlock(depot)?;
        self.identity = identity;
        self.loaded.clear()?;
        self.parcels.clear();
        self.access = KeyAccess::Stations(Box::new(device));
        self.note(&LogEntry::of_device(now, EntryOutcome::Unlocked, self.tally.serial()))?;
        self.refresh(now)
    }

    /// Whether the keys of stations are locked away.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self.access, KeyAccess::Locked)
    }

    /// Wipes the record that was shown.
    pub fn conceal(&mut self) {
        self.buffer.wipe();
    }

    /// Accepts or refuses the files in the inbox and erases them: heads, and, unless the device is locked, lists and
    /// grants. Refusals are in [`Session::notices`], and kept in the file `refused`. A link, pipe, folder or device, a file with
    /// a second name and one over 64 MB is left as it is, and noticed once.
    ///
    /// # Errors
    /// [`SessionError`] of the folder or the log.
    pub fn refresh(&mut self, now: u64) -> Result<(), SessionError> {
        self.receive(Folder::HEADS, now, |session, note| {
            session.accept_head(&String::from_utf8_lossy(note), now)
        })?;
        if self.is_locked() {
            return Ok(());
        }
        self.receive(Folder::LISTS, now, |session, bytes| session.take_list(bytes, now))?;
        self.receive(Folder::GRANTS, now, |session, bytes| session.take_grant(bytes, now).map(drop))
    }

    /// Takes each received file with an extension. One that is no plain file is left where it is, and noticed once.
    fn receive(
        &mut self,
        ending: &str,
        now: u64,
        accept: impl Fn(&mut Self, &[u8]) -> Result<(), SessionError>,
    ) -> Result<(), SessionError> {
        for path in self.folder.inbox(ending) {
            let read = self.folder.take(&path).and_then(|mut file| Ok((file.read()?, file)));
            let (bytes, file) = match read {
                Ok(taken) => taken,
                Err(_) if self.skipped.contains(&path) => continue,
                Err(error) => {
                    self.refused(&path, error, now)?;
                    self.skipped.push(path);
                    continue;
                }
            };
            match accept(self, &bytes) {
                // The device's own files failed, not the received one: keep that for the next call.
                Err(error @ (SessionError::Log(_) | SessionError::State(_) | SessionError::File(_))) => {
                    return Err(error);
                }
                Err(error) => self.refused(&path, error, now)?,
                Ok(()) => {}
            }
            file.erase()?;
        }
        Ok(())
    }

    fn refused(&mut self, path: &Path, error: SessionError, now: u64) -> Result<(), SessionError> {
        let name: String = path.file_name().unwrap_or_default().to_string_lossy().into();
        self.folder.keep_refusal(&name, &error, now)?;
        self.notices.push((name, error));
        Ok(())
    }

    /// The files of the inbox that were refused since the last call: name and reason.
    pub fn notices(&mut self) -> Vec<(String, SessionError)> {
        std::mem::take(&mut self.notices)
    }

    /// Accepts a grant's file content, in its envelope if it has one.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_grant(&mut self, bytes: &[u8], now: u64) -> Result<state::Accepted, SessionError> {
        let KeyAccess::Stations(device) = &mut self.access else { return Err(SessionError::Locked) };
        let plain = envelope::open(bytes, self.identity.as_ref())?;
        let accepted = device.accept(&plain, now).map_err(SessionError::Keys)?;
        let kind = if accepted.role == Role::Pass { TakenKind::Pass } else { TakenKind::Grant };
        self.note(&LogEntry::taken(kind, accepted.serial, &plain, now, accepted.serial))?;
        self.store_state()?;
        Ok(accepted)
    }

    /// Accepts a signed revocation list.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_list(&mut self, bytes: &[u8], now: u64) -> Result<(), SessionError> {
        let KeyAccess::Stations(device) = &mut self.access else { return Err(SessionError::Locked) };
        let number = device.accept_list(bytes, now).map_err(SessionError::Keys)?;
        self.note(&LogEntry::taken(TakenKind::List, number, bytes, now, self.tally.serial()))?;
        self.store_state()
    }

    /// Accepts a head that the auditor signed: the budget is counted from it, and its time raises the floor. The last one again
    /// changes nothing.
    ///
    /// # Errors
    /// [`SessionError::Head`] for another device's head, an older one, or one that does not match this log.
    pub fn accept_head(&mut self, note: &str, now: u64) -> Result<(), SessionError> {
        let head = SignedHead::verify(note, &self.auditor).map_err(SessionError::ForeignHead)?;
        if self.head.as_ref() == Some(&head) {
            return Ok(());
        }
        let newer = self.head.as_ref().is_none_or(|last| last.count <= head.count && last.time <= head.time);
        if !newer || !is_of(&head, &mut self.log) {
            return Err(SessionError::Head);
        }
        self.note(&LogEntry::taken(TakenKind::Head, head.count, note.as_bytes(), now, self.tally.serial()))?;
        self.folder.store_head(note)?;
        if let KeyAccess::Stations(device) = &mut self.access {
            device.raise_floor(head.time);
        }
        self.store_state()?;
        self.tally.restart(&mut self.log, head.count)?;
        self.head = Some(head);
        Ok(())
    }

    /// Writes the device's state, after the entry of what changed it.
    fn store_state(&self) -> Result<(), SessionError> {
        match &self.access {
            KeyAccess::Stations(device) => Ok(device.store(&self.folder.at(Folder::DEVICE))?),
            KeyAccess::Locked => Ok(()),
        }
    }

    /// The device's answer to the auditor's challenge.
    #[must_use]
    pub fn answer(&self, challenge: &[u8; 32]) -> Answer {
        self.log.answer(challenge)
    }

    /// The day's parcels, masked.
    #[must_use]
    pub fn parcels(&self) -> &[Parcel] {
        &self.parcels
    }

    /// The log.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// The terms of the grant in use, `None` without one.
    #[must_use]
    pub fn terms(&self, now: u64) -> Option<LoadTerms> {
        match &self.access {
            KeyAccess::Stations(device) => {
                let keys = session(device, now).ok()?;
                keys.sets.first().map(|set| LoadTerms::of(set, device.floor().0))
            }
            KeyAccess::Locked => self.loaded.terms().cloned(),
        }
    }

    /// Openings charged to the budget since the last signed head.
    #[must_use]
    pub const fn spent(&self) -> u32 {
        self.tally.spent()
    }
}

/// Whether a signed head is of this device and its log as it is.
fn is_of(head: &SignedHead, log: &mut Log) -> bool {
    head.device == log.device() && log.head_at(head.count).is_ok_and(|mac| mac == head.head)
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("log", &self.log).finish_non_exhaustive()
    }
}
