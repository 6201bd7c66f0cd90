//! Giving parcels to a colleague: the keys of their labels, sealed to the colleague's device as a pass.
//!
//! In: the colleague's [request](crate::signed::pass_request), and labels that this device opens. Out: a [`GivenPass`], as a file and, for up
//! to twenty labels, as digits for a QR code. Each label is on this log, charged to this device's budget, before a key of it is given
//! out; the pass is not longer of use than the keys that it is made of, and ends tomorrow at the latest.

use super::error::SessionError;
use super::keys::{KeyAccess, SessionKeys, by_pass, facts};
use super::load::LoadTerms;
use super::outcome::Attempt;
use super::work::Session;
use crate::device::log::{EntryCause, EntryOutcome, LogEntry};
use crate::device::state::{HeldSet, Refused};
use crate::error::Refusal;
use crate::keys::{Day, Region, Site, Tier};
use crate::payload::{Handle, Payload};
use crate::secret::scrubbed_deep;
use crate::signed::certificate::SignsGrants as _;
use crate::signed::digits::{DIGITS_MAX, DigitsKind, from_digits, to_digits};
use crate::signed::envelope;
use crate::signed::grant::{
    GIVEN_DAYS, GIVEN_SHOWN, Grant, GrantError, PASS_LABELS, PassLabel, Purpose, Role,
};
use crate::signed::pass_request::{PassRequest, RequestError};
use crate::verifier::{LabelKeys, Verifier, Want};
use thiserror::Error;

/// Seconds after which a request is too old to be answered, and by which two clocks may differ.
const ASKED_MAX: u64 = 3600;

/// How often a pass is sealed again for a shorter code.
const SEALED_AGAIN: usize = 7;

/// A label whose keys are given.
#[derive(Clone, Copy, Debug)]
pub enum GivenLabel<'a> {
    /// One that is loaded.
    Handle(&'a Handle),
    /// The text of its QR code.
    Text(&'a str),
}

/// A pass for a colleague.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GivenPass {
    /// The name of the colleague's device.
    pub to: String,
    /// The file, sealed to it: `*.pass` in its inbox.
    pub file: Vec<u8>,
    /// The same as digits, for a QR code; `None` for more labels than such a code holds.
    pub digits: Option<String>,
    /// The labels.
    pub labels: usize,
    /// The last day on which they open.
    pub until: Day,
}

/// Why no pass is given.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GiveError {
    /// The request is none.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The request was made at another time.
    #[error(
        "the request was made more than an hour ago, or one of the two clocks is wrong; have it shown again"
    )]
    Asked,
    /// The asking device is revoked, or its grant is over.
    #[error(transparent)]
    Asking(Refused),
    /// The device's grant has no key by which it may give passes, or its days are over.
    #[error("this device may give no passes; the authority's grant for it decides that")]
    NoKey,
    /// No label was named, or more than a pass holds.
    #[error("a pass is for 1 to {most} labels, and {given} were given")]
    Labels {
        /// How many were given.
        given: usize,
        /// The most.
        most: usize,
    },
    /// A label does not open here, or not for this purpose. It is on the log.
    #[error("label {at} of those given is not opened here ({}); no pass was made", outcome.name())]
    Label {
        /// Its number, from 1.
        at: usize,
        /// Why not.
        outcome: EntryOutcome,
    },
    /// More labels than are left in the budget, to which each is charged.
    #[error("{wanted} labels are to be charged, and {left} are left in the budget until the next hand-in")]
    Budget {
        /// The labels that are not charged yet.
        wanted: u32,
        /// What is left.
        left: u32,
    },
    /// The pass cannot be signed.
    #[error(transparent)]
    Pass(#[from] GrantError),
    /// As of every call.
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// What is known of a label that is given.
struct LabelInHand {
    handle: Handle,
    station: (Region, Site),
    last: Day,
    tiers: [bool; 2],
    terms: LoadTerms,
}

impl Session {
    /// Reads a request, from its file or its digits.
    ///
    /// # Errors
    /// [`GiveError`], also for a device that is revoked by the list held here, or whose grant is over.
    pub fn asked(&self, request: &[u8], now: u64) -> Result<PassRequest, GiveError> {
        let device = self.access.device().ok_or(SessionError::Damaged)?;
        let bytes = match std::str::from_utf8(request).map(str::trim) {
            Ok(digits) if digits.starts_with(|first: char| first.is_ascii_digit()) => {
                from_digits(DigitsKind::Request, digits).ok_or(RequestError::Form)?.to_vec()
            }
            _ => request.to_vec(),
        };
        let request = PassRequest::verify(&bytes, device.pinned())?;
        let today = device.today(now).map_err(SessionError::Keys)?;
        device.check_asking(&request.certificate, today).map_err(GiveError::Asking)?;
        if request.asked.abs_diff(now) > ASKED_MAX {
            return Err(GiveError::Asked);
        }
        Ok(request)
    }

    /// Gives labels to the colleague who asked, for a purpose. A label that does not open here, or not for this purpose, stops all of it.
    ///
    /// # Errors
    /// [`GiveError`]; no key is given out then.
    pub fn give(
        &mut self,
        request: &[u8],
        labels: &[GivenLabel<'_>],
        purpose: Purpose,
        now: u64,
    ) -> Result<GivenPass, GiveError> {
        self.begin(now)?;
        self.refresh(now)?;
        self.on_shift(now)?;
        let request = self.asked(request, now)?;
        let device = self.access.device().ok_or(SessionError::Damaged)?;
        let certificate = device.giving(now).and_then(|key| key.certificate()).ok_or(GiveError::NoKey)?;
        let by = certificate.terms().clone();
        if labels.is_empty() || labels.len() > PASS_LABELS {
            return Err(GiveError::Labels { given: labels.len(), most: PASS_LABELS });
        }
        // Allocated once: a vector that grows leaves an unwiped copy of the keys.
        let mut passed: Vec<PassLabel> = Vec::with_capacity(labels.len());
        let mut in_hand: Vec<LabelInHand> = Vec::with_capacity(labels.len());
        for (at, label) in labels.iter().enumerate() {
            let held = match self.hold(label, purpose, by.role, now, &mut passed)? {
                Ok(held) => held,
                Err(outcome) => return Err(GiveError::Label { at: at + 1, outcome }),
            };
            if in_hand.iter().any(|other| other.handle == held.handle) {
                passed.pop();
            } else {
                in_hand.push(held);
            }
        }
        self.check_budget(&in_hand, now)?;
        let grant = self.pass(&request, passed, &in_hand, purpose, now)?;
        let key = self.access.device().and_then(|device| device.giving(now)).ok_or(GiveError::NoKey)?;
        let signed = grant.sign(key)?;
        let file = sealed(&signed, &request.recipient, in_hand.len())?;
        // All of it is on the log before the file is given out.
        for label in &in_hand {
            self.note(&LogEntry {
                cause: EntryCause::Asked(purpose),
                station: Some(label.station),
                handle: *label.handle.bytes(),
                ..LogEntry::by_device(now, EntryOutcome::Given, grant.serial)
            })?;
        }
        self.note(&LogEntry::given(grant.serial, &signed, now))?;
        in_hand.iter().for_each(|label| self.follow(&label.handle));
        // The longest numbers, of a device that an issuer certified, do not all fit.
        let digits = (in_hand.len() <= GIVEN_SHOWN)
            .then(|| to_digits(DigitsKind::Pass, &file))
            .filter(|digits| digits.len() <= DIGITS_MAX);
        Ok(GivenPass { to: grant.to, file, digits, labels: in_hand.len(), until: grant.until })
    }

    /// The pass of labels, unsigned.
    fn pass(
        &self,
        request: &PassRequest,
        labels: Vec<PassLabel>,
        in_hand: &[LabelInHand],
        purpose: Purpose,
        now: u64,
    ) -> Result<Grant, GiveError> {
        let device = self.access.device().ok_or(SessionError::Damaged)?;
        let key = device.giving(now).and_then(|key| key.certificate()).ok_or(GiveError::NoKey)?;
        let by = key.terms();
        let today = device.today(now).map_err(SessionError::Keys)?;
        // Not longer than the keys that it is made of.
        let latest = Day::new(today.number().saturating_add(GIVEN_DAYS - 1)).min(by.until);
        let until = in_hand.iter().map(|label| label.last).min().map_or(latest, |last| last.min(latest));
        let has = |tier: usize| in_hand.iter().any(|label| label.tiers[tier]);
        let tiers = [Tier::Delivery, Tier::Contact].into_iter().zip([has(0), has(1)]);
        // Larger with each pass: the log has at least an entry more.
        let within = self.log.count() & (by.serials.end() - by.serials.start());
        Ok(Grant {
            role: Role::Pass,
            to: request.name().to_owned(),
            device: request.recipient.clone(),
            serial: by.serials.start() + within,
            generation: by.generation,
            issued: now.max(device.floor().0),
            from: today,
            until,
            tiers: tiers.filter(|(_, held)| *held).map(|(tier, _)| tier).collect(),
            purposes: vec![purpose],
            budget: None,
            reopening: in_hand.first().map(|label| label.terms.reopening).unwrap_or_default(),
            revocations: 0,
            stations: 0,
            top_up: true,
            nodes: Vec::new(),
            labels,
            issuer_key: None,
            issued_by: None,
        })
    }

    /// Refuses more labels than are left in the budget.
    fn check_budget(&self, in_hand: &[LabelInHand], now: u64) -> Result<(), GiveError> {
        let operator = self.tally.operator(now);
        let uncharged: Vec<_> =
            in_hand.iter().filter(|label| !self.tally.is_charged(&label.handle, operator)).collect();
        // What came by a pass is charged like the device's own when it is given on.
        let own = self.terms(now).and_then(|terms| terms.budget);
        let budgets = uncharged.iter().filter_map(|label| label.terms.budget);
        let Some(budget) = budgets.chain(own.filter(|_| !uncharged.is_empty())).min() else {
            return Ok(());
        };
        let (wanted, left) = (uncharged.len() as u32, budget.saturating_sub(self.tally.spent(operator)));
        if wanted > left { Err(GiveError::Budget { wanted, left }) } else { Ok(()) }
    }

    /// Puts the keys of a label in hand, or notes why they are not given.
    fn hold(
        &mut self,
        label: &GivenLabel<'_>,
        purpose: Purpose,
        role: Role,
        now: u64,
        passed: &mut Vec<PassLabel>,
    ) -> Result<Result<LabelInHand, EntryOutcome>, SessionError> {
        let payload = match label {
            GivenLabel::Handle(handle) => return self.hold_loaded(handle, purpose, now, passed),
            GivenLabel::Text(text) => Payload::parse(text.as_bytes()).map(|payload| (payload, *text)),
        };
        let refused = |session: &mut Self, payload: Option<&Payload>, text: &str, outcome| {
            let attempt = Attempt { purpose, ..Attempt::at(text, now) };
            session.note(&attempt.entry(payload, outcome, session.tally.serial()))?;
            Ok(Err(outcome))
        };
        let (payload, text) = match payload {
            Ok(payload) => payload,
            Err(refusal) => return refused(self, None, "", EntryOutcome::Refused(refusal)),
        };
        let attempt = Attempt { purpose, ..Attempt::at(text, now) };
        let (keys, mut terms, last) = match self.given_keys(&attempt, &payload, role) {
            Ok(Some(found)) => found,
            Ok(None) => return refused(self, Some(&payload), text, EntryOutcome::NotLoaded),
            Err(error) => return Err(self.without_keys(&attempt, &payload, error)?),
        };
        if role == Role::Desk && !terms.is_pass {
            // What a desk gives is bounded by its certificate: its own purposes show no record.
            terms.purposes = vec![purpose];
        }
        if !terms.purposes.contains(&purpose) {
            return refused(self, Some(&payload), text, EntryOutcome::PurposeNotGranted);
        }
        if self.tally.delivered(&payload.handle()) {
            return refused(self, Some(&payload), text, EntryOutcome::AfterDelivery);
        }
        // Opened to verify the tag, then wiped: a made-up text gets no key.
        let mut label = PassLabel::of(&payload);
        let taken = scrubbed_deep(|| {
            keys.reach(&attempt, &payload)?;
            keys.open(&attempt, &payload, self.access.revoked(), &mut self.buffer)?;
            keys.copy_to(&payload, label.keys_mut())
        });
        self.buffer.wipe();
        if let Err(refusal) = taken {
            return refused(self, Some(&payload), text, EntryOutcome::Refused(refusal));
        }
        let tiers = label.tiers();
        label.copy_to(passed);
        let header = payload.header();
        let station = (header.region, header.site);
        Ok(Ok(LabelInHand { handle: payload.handle(), station, last, tiers, terms }))
    }

    /// The keys that open a label here, the terms, and the last day on which they do.
    fn given_keys(
        &self,
        attempt: &Attempt<'_>,
        payload: &Payload,
        role: Role,
    ) -> Result<Option<(SessionKeys, LoadTerms, Day)>, SessionError> {
        let KeyAccess::Stations(device) = &self.access else {
            let device = self.access.device().ok_or(SessionError::Damaged)?;
            let today = device.today(attempt.now).map_err(SessionError::Keys)?;
            if let Some((keys, facts)) = self.loaded.keys(&payload.handle(), today)? {
                let terms = self.loaded.terms().cloned().ok_or(SessionError::Unloaded)?;
                let last = facts.last.into_iter().flatten().min().unwrap_or(today);
                return Ok(Some((SessionKeys::from_loaded(keys, facts, device), terms, last)));
            }
            let passed = self.passed.keys(payload, today)?;
            return Ok(
                passed.map(|(keys, terms, last)| (SessionKeys::Label { keys, revoked: false }, terms, last))
            );
        };
        let today = device.today(attempt.now).map_err(SessionError::Keys)?;
        let held = device.session(role, attempt.now);
        let reaches = |set: &HeldSet, today| set.reaches(payload, attempt.want, today).is_ok();
        if let Ok(keys) = held {
            let today = keys.today;
            let mut sets = keys.sets;
            if let Some(at) = sets.iter().position(|set| reaches(set, today)) {
                let set = sets.swap_remove(at);
                let day = payload.header().day(today).unwrap_or(today);
                let last = facts(&set, payload, None, day).last.into_iter().flatten().min().unwrap_or(today);
                let terms = LoadTerms::of(&set, device.floor().0);
                let keys =
                    SessionKeys::from_station((set, today), &self.nodes, payload, attempt.want, device)?;
                return Ok(Some((keys, terms, last)));
            }
        }
        if let Some((keys, terms, last)) = by_pass(device, payload, attempt.now) {
            return Ok(Some((SessionKeys::Label { keys, revoked: false }, terms, last)));
        }
        let keys = device.session(role, attempt.now).map_err(SessionError::Keys)?;
        let Some(set) = keys.sets.into_iter().next() else { return Ok(None) };
        let terms = LoadTerms::of(&set, device.floor().0);
        // It reaches nothing, and says why.
        Ok(Some((SessionKeys::Station(set, today), terms, today)))
    }

    /// The same of a loaded label, whose text is not at hand. It was opened when it was loaded.
    fn hold_loaded(
        &mut self,
        handle: &Handle,
        purpose: Purpose,
        now: u64,
        passed: &mut Vec<PassLabel>,
    ) -> Result<Result<LabelInHand, EntryOutcome>, SessionError> {
        let device = self.access.device().ok_or(SessionError::Damaged)?;
        let today = device.today(now).map_err(SessionError::Keys)?;
        let station = self.loaded.station(handle);
        let header = self.parcels.iter().find(|parcel| parcel.handle == *handle).and_then(|it| it.header);
        let found = self.loaded.keys(handle, today)?.zip(self.loaded.terms().cloned());
        let is_delivered = self.tally.delivered(handle);
        let refusal = match (&found, station, &header) {
            (Some((_, terms)), ..) if !terms.purposes.contains(&purpose) => EntryOutcome::PurposeNotGranted,
            _ if is_delivered => EntryOutcome::AfterDelivery,
            (Some(((keys, facts), terms)), Some(station), Some(header)) => {
                match SessionKeys::loaded_copy(keys, *facts, device, header) {
                    Ok(label) => {
                        let last = facts.last.into_iter().flatten().min().unwrap_or(today);
                        let tiers = label.tiers();
                        label.copy_to(passed);
                        return Ok(Ok(LabelInHand {
                            handle: *handle,
                            station,
                            last,
                            tiers,
                            terms: terms.clone(),
                        }));
                    }
                    Err(refusal) => EntryOutcome::Refused(refusal),
                }
            }
            _ => EntryOutcome::NotLoaded,
        };
        self.note(&LogEntry {
            cause: EntryCause::Asked(purpose),
            station,
            handle: *handle.bytes(),
            ..LogEntry::by_device(now, refusal, self.tally.serial())
        })?;
        Ok(Err(refusal))
    }
}

/// Seals a pass. An envelope's header has a part of random length: of what may be shown as a code the shortest of several is taken.
fn sealed(signed: &[u8], recipient: &str, labels: usize) -> Result<Vec<u8>, SessionError> {
    let mut shortest = envelope::seal(signed, recipient)?;
    for _ in 0..if labels <= GIVEN_SHOWN { SEALED_AGAIN } else { 0 } {
        let other = envelope::seal(signed, recipient)?;
        if other.len() < shortest.len() {
            shortest = other;
        }
    }
    Ok(shortest)
}

impl SessionKeys {
    /// Copies a label's keys.
    fn copy_to(&self, payload: &Payload, out: &mut LabelKeys) -> Result<(), Refusal> {
        match self {
            // What reaches the label with held nodes is its keys alone.
            Self::Station(set, today) => Verifier::new(&set.nodes, *today).load(payload, Want::Held, out),
            Self::Label { keys, revoked: false } => {
                keys.copy_to(out);
                Ok(())
            }
            Self::Label { revoked: true, .. } => Err(Refusal::SealerRevoked),
            Self::Over => Err(Refusal::DayNotInHand),
        }
    }
}
