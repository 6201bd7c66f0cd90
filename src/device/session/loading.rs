//! The day's parcels: loaded at the depot, locked for the round, and unlocked when the device is back.

use super::error::SessionError;
use super::held::HeldLabel;
use super::keys::{KeyAccess, SessionKeys, facts, reaching, session};
use super::load::{LabelFacts, LoadTerms};
use super::locking::{self, Sealing};
use super::outcome::{Attempt, ScanOutcome};
use super::parcel::{Parcel, mask};
use super::work::Session;
use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
use crate::device::state::RoadState;
use crate::payload::Payload;
use crate::signed::envelope::Identity;
use crate::verifier::{LabelKeys, Verifier};

impl Session {
    /// Loads a parcel for the day: derives and stores its label's keys, and shows nothing.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn load(&mut self, attempt: &Attempt<'_>) -> Result<ScanOutcome<'_>, SessionError> {
        self.begin(attempt.now)?;
        self.refresh(attempt.now)?;
        self.on_shift(attempt.now)?;
        let KeyAccess::Stations(device) = &self.access else { return Err(SessionError::Locked) };
        let keys = session(device, attempt.now)?;
        let payload = Payload::parse(attempt.text.as_bytes());
        let (set, today) = reaching(keys, attempt, payload.as_ref().ok())?;
        let terms = LoadTerms::of(&set, device.floor().0);
        let held =
            payload.as_ref().map_or(Ok(None), |payload| self.nodes.label(&set, today, payload, attempt.want));
        let held = match held {
            Ok(held) => held,
            Err(error) => {
                self.forget_lost(&error)?;
                return Err(error);
            }
        };
        let verifier = Verifier::new(&set.nodes, today).with_revoked(device.revoked());
        let mut label_facts = LabelFacts::default();
        let mut label_keys = LabelKeys::empty();
        let derived = payload.as_ref().map_err(|refusal| *refusal).and_then(|payload| {
            set.reaches(payload, attempt.want, today)?;
            let (record, sealer) = if let Some(HeldLabel { keys, sealer }) = held {
                keys.copy_to(&mut label_keys);
                let keys = SessionKeys::from_held(keys, sealer, device);
                (keys.open(attempt, payload, device.revoked(), &mut self.buffer)?, sealer)
            } else {
                verifier.load(payload, attempt.want, &mut label_keys)?;
                let record = verifier.open(attempt.text.as_bytes(), attempt.want, &mut self.buffer)?;
                (record, verifier.sealer(payload))
            };
            label_facts = facts(&set, payload, sealer, record.day);
            Ok(mask(Parcel::of(payload), &record))
        });
        self.buffer.wipe();
        let (payload, parcel) = match (payload, derived) {
            (Ok(payload), Ok(parcel)) => (payload, parcel),
            (payload, Err(refusal)) | (payload @ Err(refusal), _) => {
                let entry =
                    attempt.entry(payload.ok().as_ref(), EntryOutcome::Refused(refusal), terms.serial);
                self.note(&LogEntry { cause: EntryCause::Load, ..entry })?;
                return Ok(self.refusal(
                    refusal,
                    Payload::parse(attempt.text.as_bytes()).ok().as_ref(),
                    attempt.now,
                ));
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
        self.loaded.add(&parcel, station, &label_keys, label_facts, &terms)?;
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
        self.begin(now)?;
        self.seal(depot, now).inspect_err(|_| self.folder.0.fail())
    }

    fn seal(&mut self, depot: &str, now: u64) -> Result<(), SessionError> {
        let KeyAccess::Stations(device) = &self.access else { return Err(SessionError::Locked) };
        let budget = self.loaded.terms().ok_or(SessionError::Unloaded)?.budget;
        let mut road = Box::new(RoadState::of(device, self.loaded.digests()?.into_bytes()));
        // A locked device keeps the passes in hand beside the loaded parcels.
        self.passed.clear()?;
        road.passes =
            self.passed.add(&device.passes(now).unwrap_or_default(), device.floor().0)?.into_bytes();
        self.folder.prepare_lock(depot, &road)?;
        // From here on the log decides, whatever fails.
        self.note(&locking::entry(now, self.tally.serial(), budget, &road))?;
        self.access = KeyAccess::Locked(Some(road));
        self.identity = None;
        self.folder.settle(Sealing::Locked)?;
        // What waited for a right clock is not dropped in silence.
        for name in self.folder.erase_grants()? {
            self.left.retain(|left| *left != name);
            self.refused(&name, SessionError::Locked, now)?;
        }
        self.erase_delivered()?;
        self.keep_nodes()
    }

    /// Restores the keys of stations with the depot's identity, and erases the loaded label keys. Passes that were taken on the road
    /// stay in hand until their last day.
    ///
    /// # Errors
    /// [`SessionError`], after which the device may still be locked.
    pub fn unlock(&mut self, depot: &Identity, now: u64) -> Result<(), SessionError> {
        self.begin(now)?;
        self.unseal(depot, now).inspect_err(|_| self.folder.0.fail())?;
        self.refresh(now)
    }

    fn unseal(&mut self, depot: &Identity, now: u64) -> Result<(), SessionError> {
        let KeyAccess::Locked(road) = &self.access else { return Ok(()) };
        let passes = self.passed.sets()?;
        let (device, identity) = self.folder.prepare_unlock(depot, road.as_deref(), &passes)?;
        self.note(&LogEntry::by_device(now, EntryOutcome::Unlocked, self.tally.serial()))?;
        self.identity = identity;
        self.access = KeyAccess::Stations(Box::new(device));
        self.loaded.clear()?;
        self.passed.clear()?;
        self.parcels.clear();
        self.folder.settle(Sealing::Open)?;
        self.keep_nodes()
    }

    /// Whether the keys of stations are locked away.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self.access, KeyAccess::Locked(_))
    }
}
