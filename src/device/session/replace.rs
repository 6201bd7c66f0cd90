//! Replacing a label: opened for its purpose, and a new label made of it, with both on the log before anything is printed.

use super::error::SessionError;
use super::keys::{KeyAccess, SessionKeys, by_pass, reaching};
use super::load::LoadTerms;
use super::outcome::Attempt;
use super::work::Session;
use crate::device::log::{EntryCause, EntryDetail, EntryOutcome, LogEntry};
use crate::device::state::{HeldKeys, HeldSet, Refused};
use crate::keys::{AliasKey, Day, KeyLevel, Node, SealerId, Tier};
use crate::payload::{Handle, Payload, PayloadText};
use crate::secret::scrubbed_deep;
use crate::signed::grant::{Purpose, Role};
use crate::signed::moment::Moment;
use crate::signed::signer::VerifyingKey;
use crate::verifier::Opened;

/// A label's record while it is replaced, and the keys to seal with.
pub(in crate::device) struct InHand<'a> {
    /// The record. It is wiped when the new label is made.
    pub record: &'a Opened<'a>,
    /// Who sealed the label; `None` if it was opened by a pass, which cannot tell.
    pub sealer: Option<SealerId>,
    /// The device's own keys to seal with, and today by its clock.
    pub sealing: &'a HeldKeys,
}

/// What came of an attempt to replace a label.
pub(in crate::device) enum Replacing<T, E> {
    /// The new label, the old one, and the labels left in the budget.
    Made(T, Handle, Option<u32>),
    /// The label was opened, and no new one could be made.
    NotMade(E),
    /// The label was not opened.
    NotOpened(EntryOutcome),
}

impl Session {
    /// Opens a label by a desk's keys or by a pass, lets `make` seal another one of its record, and writes both to the log. What
    /// `make` returns is given out after that, so that no label leaves a desk that the log does not tie to the one before it.
    ///
    /// # Errors
    /// [`SessionError`]; no new label is given out then.
    pub(in crate::device) fn replace<T, E>(
        &mut self,
        attempt: &Attempt<'_>,
        stations: Option<u64>,
        make: impl FnOnce(&InHand<'_>) -> Result<(T, PayloadText), E>,
    ) -> Result<Replacing<T, E>, SessionError> {
        self.buffer.wipe();
        self.refresh(attempt.now)?;
        let payload = match Payload::parse(attempt.text.as_bytes()) {
            Ok(payload) => payload,
            Err(refusal) => {
                let mark = EntryOutcome::Refused(refusal);
                self.note(&attempt.entry(None, mark, self.tally.serial()))?;
                return Ok(Replacing::NotOpened(mark));
            }
        };
        if let Err(error) = self.on_shift(attempt.now) {
            self.note(&attempt.entry(Some(&payload), EntryOutcome::NoKeys, self.tally.serial()))?;
            return Err(error);
        }
        let found = desk_keys(&self.access, attempt, &payload);
        let found = found.and_then(|(keys, terms)| Ok((keys, terms, self.sealing(stations, attempt.now)?)));
        let (keys, terms, sealing) = match found {
            Ok(found) => found,
            Err(error) => {
                self.note(&attempt.entry(Some(&payload), EntryOutcome::NoKeys, self.tally.serial()))?;
                return Err(error);
            }
        };
        let mark = match self.judge(attempt, &payload, Some(&keys), &terms) {
            Ok((_, mark)) => mark,
            Err(mark) => {
                self.note(&attempt.entry(Some(&payload), mark, terms.serial))?;
                return Ok(Replacing::NotOpened(mark));
            }
        };
        self.note(&attempt.entry(Some(&payload), mark, terms.serial))?;
        let sealer = sealer_of(&keys, &payload);
        let made = scrubbed_deep(|| {
            let record = keys.open(attempt, &payload, self.access.revoked(), &mut self.buffer)?;
            Ok(make(&InHand { record: &record, sealer, sealing: &sealing }))
        });
        self.buffer.wipe();
        let (made, text) = match made {
            Ok(Ok(made)) => made,
            Ok(Err(error)) => return Ok(Replacing::NotMade(error)),
            Err(refusal) => return Ok(Replacing::NotOpened(EntryOutcome::Refused(refusal))),
        };
        let replaced = if attempt.purpose == Purpose::Return {
            EntryOutcome::Returned
        } else {
            EntryOutcome::Relabelled
        };
        let detail = EntryDetail::Replaced { new: *text.handle().bytes(), old: payload.header().into() };
        self.note(&LogEntry {
            cause: EntryCause::Asked(attempt.purpose),
            detail,
            ..attempt.entry(Some(&payload), replaced, terms.serial)
        })?;
        let left = self.left(&terms);
        Ok(Replacing::Made(made, payload.handle(), left))
    }

    /// The device's keys to seal with, of the grants that take a file of stations that was signed at `stations`.
    ///
    /// # Errors
    /// [`SessionError`]: no such keys today.
    pub(in crate::device) fn sealing(
        &self,
        stations: Option<u64>,
        now: u64,
    ) -> Result<HeldKeys, SessionError> {
        let KeyAccess::Stations(device) = &self.access else { return Err(SessionError::Locked) };
        let mut sealing = device.session(Role::Sealer, now).map_err(SessionError::Keys)?;
        let least = sealing.sets.iter().map(|set| set.stations).min().unwrap_or(0);
        sealing.sets.retain(|set| set.stations == 0 || stations.is_some_and(|signed| signed >= set.stations));
        if sealing.sets.is_empty() {
            let refused = Refused::Stations { signed: stations.map(Moment), least: Moment(least) };
            return Err(SessionError::Keys(refused));
        }
        Ok(sealing)
    }

    /// The authority that the device pins; `None` if its state is damaged.
    pub(in crate::device) fn authority(&self) -> Option<VerifyingKey> {
        self.access.device().map(|device| *device.pinned())
    }
}

/// The keys that open a label at a desk: of the desk's grant, or of a pass for what that does not open.
fn desk_keys(
    access: &KeyAccess,
    attempt: &Attempt<'_>,
    payload: &Payload,
) -> Result<(SessionKeys, LoadTerms), SessionError> {
    let KeyAccess::Stations(device) = access else { return Err(SessionError::Locked) };
    let own = device
        .session(Role::Desk, attempt.now)
        .map_err(SessionError::Keys)
        .and_then(|keys| reaching(keys, attempt, Some(payload)));
    let reaches = |set: &HeldSet, today| set.reaches(payload, attempt.want, today).is_ok();
    let by_grant = |(set, today): (HeldSet, Day)| {
        let terms = LoadTerms::of(&set, device.floor().0);
        (SessionKeys::Station(set, today), terms)
    };
    Ok(match own {
        Ok((set, today)) if reaches(&set, today) => by_grant((set, today)),
        own => match by_pass(device, payload, attempt.now) {
            Some((keys, terms, _)) => (SessionKeys::Label { keys, revoked: false }, terms),
            None => by_grant(own?),
        },
    })
}

/// Who sealed a label, by the key of its site.
fn sealer_of(keys: &SessionKeys, payload: &Payload) -> Option<SealerId> {
    let SessionKeys::Station(set, today) = keys else { return None };
    let header = payload.header();
    let day = header.day(*today)?;
    let is_above = |node: &&Node| {
        let path = node.path();
        let is_there =
            path.region_of() == header.region && path.day_of() == day && path.tier() == Tier::Delivery;
        is_there
            && (path.level() == KeyLevel::Region
                || path.level() == KeyLevel::Site && path.site_of() == header.site)
    };
    let node = set.nodes.iter().find(is_above)?;
    let mut site = Node::empty();
    let above = if node.path().level() == KeyLevel::Region {
        node.derive(node.path().site(header.site), &mut site).ok()?;
        &site
    } else {
        node
    };
    Some(AliasKey::try_from(above).ok()?.sealer(header.alias))
}
