//! The session: each call writes its log entry to disk before it returns anything that may be shown.

use super::error::SessionError;
use super::folder::Folder;
use super::held::NodeStore;
use super::judge::allowed;
use super::keys::{KeyAccess, SessionKeys, session};
use super::load::{LoadTerms, Loaded};
use super::outcome::{Attempt, ScanOutcome};
use super::parcel::{Parcel, mask};
use super::passes::PassedLabels;
use super::tally::Tally;
use crate::device::log::head::{Answer, SignedHead};
use crate::device::log::{EntryOutcome, Log, LogEntry, LogError, TakenKind};
use crate::device::operators::OperatorList;
use crate::device::state::{self, DeviceState, Refused};
use crate::payload::{Handle, Payload};
use crate::secret::scrubbed_deep;
use crate::signed::envelope::{self, EnvelopeError, Identity};
use crate::signed::grant::Role;
use crate::verifier::Buffer;
use std::fmt;

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
/// match session.scan(&Attempt::at(text, now))? {
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
    pub(super) folder: Folder,
    pub(super) identity: Option<Identity>,
    pub(super) access: KeyAccess,
    pub(super) nodes: NodeStore,
    pub(super) log: Log,
    pub(super) head: Option<SignedHead>,
    pub(super) operators: Option<OperatorList>,
    pub(super) tally: Tally,
    pub(super) loaded: Loaded,
    pub(super) passed: PassedLabels,
    pub(super) parcels: Vec<Parcel>,
    pub(super) notices: Vec<(String, SessionError)>,
    /// Entries of the inbox that stay there, and of which a notice was given: no plain files, or refused by the clock alone.
    pub(super) left: Vec<String>,
    pub(super) buffer: Buffer,
}

impl Session {
    /// Opens a label, or returns the reason why not. The record is in the session's buffer, which the next call wipes.
    ///
    /// # Errors
    /// [`SessionError`]: the log cannot be written, or the device has no usable key. Nothing may be shown then.
    pub fn scan(&mut self, attempt: &Attempt<'_>) -> Result<ScanOutcome<'_>, SessionError> {
        self.begin(attempt.now)?;
        self.refresh(attempt.now)?;
        // From here on every return writes one entry first, also for a text that is not a label.
        let payload = match Payload::parse(attempt.text.as_bytes()) {
            Ok(payload) => payload,
            Err(refusal) => return self.refuse(attempt, None, EntryOutcome::Refused(refusal)),
        };
        let handle = payload.handle();
        if let Err(error) = self.on_shift(attempt.now) {
            self.note(&attempt.entry(Some(&payload), EntryOutcome::NoKeys, self.tally.serial()))?;
            return Err(error);
        }
        let found = self.access.keys(&self.loaded, &self.passed, &self.nodes, (attempt, &payload));
        let (keys, terms) = match found {
            Ok(keys) => keys,
            Err(error) => return Err(self.without_keys(attempt, &payload, error)?),
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
        let left = self.left(&terms);
        let parcel = Parcel::of(&payload);
        let record =
            match scrubbed_deep(|| keys.open(attempt, &payload, self.access.revoked(), &mut self.buffer)) {
                Ok(record) => Box::new(record),
                Err(refusal) => return Ok(ScanOutcome::Refused(refusal)),
            };
        if !self.parcels.iter().any(|known| known.handle == handle) {
            let mut parcel = mask(parcel, &record);
            // Something may have been said of it before a restart.
            parcel.hear(&self.tally);
            self.parcels.push(parcel);
        }
        let repeated = mark == EntryOutcome::Repeated;
        Ok(ScanOutcome::Opened { record, handle, times, repeated, left })
    }

    /// The number of this opening of the label and the outcome to log, or the outcome that refuses it.
    pub(super) fn judge(
        &mut self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        keys: Option<&SessionKeys>,
        terms: &LoadTerms,
    ) -> Result<(u32, EntryOutcome), EntryOutcome> {
        let keys = keys.ok_or(EntryOutcome::NotLoaded)?;
        keys.reach(attempt, payload).map_err(EntryOutcome::Refused)?;
        // The grant's rules come before decryption: a refused purpose decrypts nothing.
        let allowed = allowed((&self.tally, self.tally.operator(attempt.now)), attempt, payload, terms)?;
        // Opened to verify the tag, then wiped: the plaintext is decrypted again when the entry is on disk.
        let opened = scrubbed_deep(|| {
            keys.open(attempt, payload, self.access.revoked(), &mut self.buffer).map(|_| ())
        });
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
            EntryOutcome::Refused(refusal) => self.refusal(refusal, payload, attempt.now),
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
        // Whose shift it is stands in each entry, but in one that names another: who begins a shift, or fails to.
        let operator = if entry.operator == 0 { self.tally.operator(entry.time) } else { entry.operator };
        let entry = LogEntry { operator, ..*entry };
        self.log.append(&entry)?;
        self.tally.count(&entry);
        Ok(())
    }

    /// Wipes the record that was shown.
    pub fn conceal(&mut self) {
        self.buffer.wipe();
    }

    /// Accepts or refuses the files in the inbox and erases them: heads, lists, passes and, unless the device is locked, grants.
    /// Refusals are in [`Session::notices`], and kept in the file `refused`. What is refused by the clock alone stays in the inbox until the
    /// clock is right, or signed time says that its days are over, and is noticed once. A link, pipe, folder or device, a file with
    /// a second name and one over 64 MB is left as it is, and noticed once.
    ///
    /// # Errors
    /// [`SessionError`] of the folder or the log.
    pub fn refresh(&mut self, now: u64) -> Result<(), SessionError> {
        self.begin(now)?;
        if self.access.device().is_none() {
            // Whom it may believe is not known: everything waits for the depot.
            return Ok(());
        }
        self.receive(Folder::HEADS, now, |session, note| {
            session.accept_head(&String::from_utf8_lossy(note), now)
        })?;
        self.receive(Folder::LISTS, now, |session, bytes| session.take_list(bytes, now))?;
        self.receive(Folder::OPERATORS, now, |session, note| {
            session.take_operators(&String::from_utf8_lossy(note), now)
        })?;
        self.receive(Folder::PASSES, now, |session, bytes| session.take_pass(bytes, now).map(drop))?;
        if self.is_locked() {
            return Ok(());
        }
        self.receive(Folder::GRANTS, now, |session, bytes| session.take_grant(bytes, now).map(drop))
    }

    /// Takes each received file with an extension. One that is no plain file is left where it is, and noticed once.
    fn receive(
        &mut self,
        ending: &str,
        now: u64,
        accept: impl Fn(&mut Self, &[u8]) -> Result<(), SessionError>,
    ) -> Result<(), SessionError> {
        for name in self.folder.0.inbox(ending) {
            let bytes = match self.folder.0.take(&name) {
                Ok(bytes) => bytes,
                Err(_) if self.left.contains(&name) => continue,
                Err(error) => {
                    self.refused(&name, error.into(), now)?;
                    self.left.push(name);
                    continue;
                }
            };
            match accept(self, &bytes) {
                // The device's own files failed, not the received one: keep that for the next call.
                Err(
                    error @ (SessionError::Log(_)
                    | SessionError::State(_)
                    | SessionError::File(_)
                    | SessionError::Sealed(_)),
                ) => return Err(error),
                // It is sealed to an identity that is locked away: it waits for the depot, as grants do.
                Err(SessionError::Envelope(EnvelopeError::NoIdentity | EnvelopeError::OtherIdentity))
                    if ending == Folder::PASSES && self.is_locked() =>
                {
                    self.folder.0.give_back(&name)?;
                    continue;
                }
                // A wrong clock erases no key, neither here nor of those that are held.
                Err(SessionError::Keys(refused)) if self.is_by_clock(&refused) => {
                    self.folder.0.give_back(&name)?;
                    if !self.left.contains(&name) {
                        self.notices.push((name.clone(), SessionError::Waits(refused)));
                        self.left.push(name);
                    }
                    continue;
                }
                Err(error) => self.refused(&name, error, now)?,
                Ok(()) => {}
            }
            self.left.retain(|left| *left != name);
            self.folder.0.erase_taken(&name)?;
        }
        Ok(())
    }

    fn is_by_clock(&self, refused: &Refused) -> bool {
        self.access.device().is_some_and(|device| refused.is_by_clock(device.floor()))
    }

    pub(super) fn refused(&mut self, name: &str, error: SessionError, now: u64) -> Result<(), SessionError> {
        self.folder.keep_refusal(name, &error, now)?;
        self.notices.push((name.to_owned(), error));
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
        self.begin(now)?;
        let KeyAccess::Stations(device) = &mut self.access else { return Err(SessionError::Locked) };
        let plain = envelope::open(bytes, self.identity.as_ref())?;
        let accepted = device.accept(&plain, now).map_err(SessionError::Keys)?;
        // Before the state that names them; the entry is of what is held.
        self.nodes.hold(device).inspect_err(|_| self.folder.0.fail())?;
        let kind = if accepted.role == Role::Pass { TakenKind::Pass } else { TakenKind::Grant };
        self.note(&LogEntry::taken(kind, accepted.serial, &plain, now, accepted.serial))?;
        self.store()?;
        Ok(accepted)
    }

    /// Accepts a signed revocation list.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn take_list(&mut self, bytes: &[u8], now: u64) -> Result<(), SessionError> {
        self.begin(now)?;
        let device = self.access.device_mut().ok_or(SessionError::Damaged)?;
        let number = device.accept_list(bytes, now).map_err(SessionError::Keys)?;
        self.note(&LogEntry::taken(TakenKind::List, number, bytes, now, self.tally.serial()))?;
        self.store()?;
        let Some(device) = self.access.device() else { return Ok(()) };
        self.passed.erase_untrusted(|by| device.trusts(by))
    }

    /// Accepts a head that the auditor signed: the budget is counted from it, and its time raises the floor. The last one again
    /// changes nothing.
    ///
    /// # Errors
    /// [`SessionError::Head`] for another device's head, an older one, or one that does not match this log.
    pub fn accept_head(&mut self, note: &str, now: u64) -> Result<(), SessionError> {
        self.begin(now)?;
        let auditor = self.access.device().and_then(DeviceState::auditor).ok_or(SessionError::Damaged)?;
        let head = SignedHead::verify(note, auditor).map_err(SessionError::ForeignHead)?;
        if self.head.as_ref() == Some(&head) {
            return Ok(());
        }
        let newer = self.head.as_ref().is_none_or(|last| last.count <= head.count && last.time <= head.time);
        if !newer || !is_of(&head, &mut self.log)? {
            return Err(SessionError::Head);
        }
        self.note(&LogEntry::taken(TakenKind::Head, head.count, note.as_bytes(), now, self.tally.serial()))?;
        self.folder.store_head(note)?;
        if let Some(device) = self.access.device_mut() {
            device.raise_floor(head.time);
        }
        self.store()?;
        self.tally.restart(&mut self.log, head.count)?;
        self.head = Some(head);
        // The auditor signs the first head of a log with the one before it at hand.
        self.folder.erase_lost()
    }

    /// Writes the state, or what a locked device has of it, after the entry of what changed it. Nodes that it names no more are erased
    /// then, or at the next call for which the key store answers: what changed the state counts already.
    pub(super) fn store(&mut self) -> Result<(), SessionError> {
        match &self.access {
            KeyAccess::Stations(device) => self.folder.store(device)?,
            KeyAccess::Locked(Some(road)) => self.folder.store_road(road)?,
            KeyAccess::Locked(None) => return Err(SessionError::Damaged),
        }
        let _later = self.keep_nodes();
        Ok(())
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

    /// Labels that are left of a budget; `None` without one.
    pub(super) fn left(&self, terms: &LoadTerms) -> Option<u32> {
        terms.budget.map(|budget| self.tally.left(budget, self.tally.last_operator()))
    }

    /// What was said last of a parcel and not taken back, by the log; `None` if nothing was.
    #[must_use]
    pub fn said(&self, handle: &Handle) -> Option<EntryOutcome> {
        self.tally.said(handle).map(|said| said.mark)
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
            KeyAccess::Locked(_) => self.loaded.terms().cloned(),
        }
    }

    /// Labels charged to the budget since the last signed head; with operators, to the one whose shift it is.
    #[must_use]
    pub fn spent(&self) -> u32 {
        self.tally.spent(self.tally.last_operator())
    }
}

/// Whether a signed head is of this device and its log as it is. A log that cannot be read says nothing of the head.
pub(super) fn is_of(head: &SignedHead, log: &mut Log) -> Result<bool, LogError> {
    if head.device != log.device() {
        return Ok(false);
    }
    match log.head_at(head.count) {
        Ok(mac) => Ok(mac == head.head),
        Err(error @ LogError::File(..)) => Err(error),
        Err(_) => Ok(false),
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("log", &self.log).finish_non_exhaustive()
    }
}
