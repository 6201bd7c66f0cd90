//! The state of a device: it accepts grants and lists, gives out usable keys, and is stored in one file.

use super::clock::{CLOCK_SLACK, checked_time};
use super::holding::{Holding, SerialCheck};
use super::key_set::{Held, KeySet, copy};
use super::refused::Refused;
use super::session::{HeldKeys, HeldSet};
use super::set_issuer::SetIssuer;
use super::window::{Window, later, span_of};
use crate::keys::{Day, KeyLevel, KeyPath, Tier};
use crate::payload::Payload;
use crate::signed::certificate::{Certificate, SignsGrants as _};
use crate::signed::grant::{Grant, PassLabel, Role, RoleRules};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::moment::Moment;
use crate::signed::revocation::{Additions, RevocationList};
use crate::signed::signer::VerifyingKey;
use crate::verifier::Revoked;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The most files of additions held beside a list.
pub(super) const MOST_ADDITIONS: usize = 32;

/// A device's state: pinned keys, name, floor, holdings and revocation list.
pub struct DeviceState {
    pub(super) pinned: VerifyingKey,
    pub(super) auditor: Option<VerifyingKey>,
    pub(super) name: String,
    pub(super) recipient: String,
    pub(super) floor: Moment,
    pub(super) generation: u32,
    pub(super) holdings: Vec<Holding>,
    pub(super) list: Option<HeldList>,
    /// Signed additions to the list, each until a list contains its entries.
    pub(super) additions: Vec<Vec<u8>>,
    /// The list and the additions together.
    pub(super) in_force: RevocationList,
    /// The key by which it gives passes, from the authority's newest grant that has one, or an issuer's.
    pub(super) giving: Option<IssuerKey>,
}

/// The revocation list held, and the exact bytes that the authority signed.
pub(super) struct HeldList {
    pub content: RevocationList,
    pub signed: Vec<u8>,
}

/// The effect of a grant that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The grant's role.
    pub role: Role,
    /// The grant's serial.
    pub serial: u64,
    /// Keys that were not held before.
    pub added: usize,
    /// Keys that were held before and are erased now: replaced, or past their window by signed time.
    pub erased: usize,
}

impl DeviceState {
    /// A device that holds nothing yet: the authority's key that it pins, its name in grants, and its age recipient,
    /// or `""` if its grants are in no envelope.
    #[must_use]
    pub fn new(pinned: VerifyingKey, name: impl Into<String>, recipient: impl Into<String>) -> Self {
        Self {
            pinned,
            auditor: None,
            name: name.into(),
            recipient: recipient.into(),
            floor: Moment(0),
            generation: 0,
            holdings: Vec::new(),
            list: None,
            additions: Vec::new(),
            in_force: RevocationList::none(),
            giving: None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its age recipient, or `""`.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// The authority's key that it pins.
    #[must_use]
    pub const fn pinned(&self) -> &VerifyingKey {
        &self.pinned
    }

    /// The auditor's key that it pins, which verifies signed heads of its log; `None` before its log begins.
    #[must_use]
    pub const fn auditor(&self) -> Option<&VerifyingKey> {
        self.auditor.as_ref()
    }

    /// Pins the auditor's key, when the log begins.
    pub const fn pin_auditor(&mut self, auditor: VerifyingKey) {
        self.auditor = Some(auditor);
    }

    /// The newest signed time seen.
    #[must_use]
    pub const fn floor(&self) -> Moment {
        self.floor
    }

    /// Accepts a grant's signed bytes, out of any envelope; `now` is the device's clock, in seconds since 1970-01-01
    /// UTC. The bytes of the grant held change nothing.
    ///
    /// # Errors
    /// [`Refused`]; the state is unchanged.
    pub fn accept(&mut self, bytes: &[u8], now: u64) -> Result<Accepted, Refused> {
        let mut grant = Grant::verify(bytes, &self.pinned)?;
        if !self.is_own(&grant) {
            let to = if grant.device.is_empty() { grant.to } else { grant.device };
            return Err(Refused::OtherDevice { to, own: self.name.clone() });
        }
        if RoleRules::of(grant.role).signs {
            return Err(Refused::Role(grant.role));
        }
        self.check_not_revoked()?;
        grant.issued_by.as_ref().map_or(Ok(()), |by| self.check_certificate(by))?;
        let digest = Sha256::digest(bytes).into();
        let held = self.holdings.iter().position(|holding| holding.role == grant.role);
        if let Some(at) = held
            && self.holdings[at].check_serial(&grant, &digest)? == SerialCheck::Same
        {
            let (role, serial) = (grant.role, grant.serial);
            return Ok(Accepted { role, serial, added: 0, erased: 0 });
        }
        // During a change-over the newest root and the one before it are both in use.
        if grant.generation.saturating_add(1) < self.generation {
            let (generation, newest) = (grant.generation, self.generation);
            return Err(Refused::OlderGeneration { generation, newest });
        }
        let span = span_of(&grant);
        let window = Window { from: grant.from, until: later(grant.until, span) };
        if grant.issued_by.is_some() && grant.issued > now.saturating_add(CLOCK_SLACK) {
            return Err(Refused::ClockBehind { now: Moment(now), floor: Moment(grant.issued), window });
        }
        // The grant's own time of issue is signed time too, and counts before the clock is checked.
        let floor = self.floor.max(Moment(grant.issued));
        let today = checked_time(Moment(now), floor, window)?.day();
        if window.until < today {
            return Err(Refused::Over { now: Moment(now), window });
        }
        if let Some(by) = grant.issued_by.as_ref().map(Certificate::terms).filter(|by| by.over() < today) {
            return Err(Refused::IssuerOver { issuer: by.name.clone(), until: by.until });
        }

        let giving = grant.issuer_key.take();
        let (role, serial, generation, adds) = (grant.role, grant.serial, grant.generation, grant.top_up);
        let is_own = grant.issued_by.is_none();
        let at = held.unwrap_or_else(|| {
            self.holdings.push(Holding::empty(role));
            self.holdings.len() - 1
        });
        let (added, erased) = self.holdings[at].take(grant, digest, span, floor.day());
        if RoleRules::of(role).gives {
            let giving = giving.filter(|key| self.is_giving(key));
            // A grant that replaces the keys replaces this one too; an issuer's leaves the authority's as it is while that lasts.
            let replaces = giving.is_some() || is_own && !adds;
            if replaces && (is_own || !self.gives_by_authority(today)) {
                self.giving = giving;
            }
        }
        self.floor = floor;
        self.generation = self.generation.max(generation);
        let erased = erased + self.erase();
        Ok(Accepted { role, serial, added, erased })
    }

    /// Accepts a pass that this device asked a colleague's for: sealed to a recipient of that request, in place of its own.
    ///
    /// # Errors
    /// [`Refused`], also for a grant that is no pass; the state is unchanged.
    pub(crate) fn accept_pass(
        &mut self,
        bytes: &[u8],
        asked: Option<&str>,
        now: u64,
    ) -> Result<Accepted, Refused> {
        let grant = Grant::verify(bytes, &self.pinned)?;
        if grant.role != Role::Pass {
            return Err(Refused::Role(grant.role));
        }
        let is_asked = asked.is_some_and(|asked| grant.device == asked && grant.to == self.name);
        if !is_asked {
            return self.accept(bytes, now);
        }
        let own = std::mem::replace(&mut self.recipient, grant.device);
        let accepted = self.accept(bytes, now);
        self.recipient = own;
        accepted
    }

    /// Whether a key is one by which this device gives passes: its own, and certified by the authority.
    fn is_giving(&self, key: &IssuerKey) -> bool {
        let certificate = key.certificate();
        certificate.is_some_and(|by| {
            by.terms().gives() && by.terms().name == self.name && by.verified(&self.pinned).is_some()
        })
    }

    /// Whether it gives passes by a key that the authority certified itself, and still may.
    fn gives_by_authority(&self, today: Day) -> bool {
        let certificate = self.giving.as_ref().and_then(IssuerKey::certificate);
        certificate.is_some_and(|own| own.by().is_none() && own.terms().until >= today)
    }

    /// The key by which this device gives passes, if it may give one at a time that is at least signed time, and the list in force does
    /// not name the issuer who certified it.
    pub(crate) fn giving(&self, now: u64) -> Option<&IssuerKey> {
        let now = now.max(self.floor.0);
        let may = |own: &Certificate| {
            own.terms().signs_at(now) && own.by().is_none_or(|by| self.check_certificate(by).is_ok())
        };
        self.giving.as_ref().filter(|key| key.certificate().is_some_and(may))
    }

    /// Whether the list in force, or the end of its days, stops what a certificate's holder may ask for.
    ///
    /// # Errors
    /// [`Refused::IssuerRevoked`], [`Refused::IssuerOver`].
    pub(crate) fn check_asking(&self, certificate: &Certificate, today: Day) -> Result<(), Refused> {
        self.check_certificate(certificate)?;
        let by = certificate.terms();
        if by.until < today {
            return Err(Refused::IssuerOver { issuer: by.name.clone(), until: by.until });
        }
        Ok(())
    }

    /// The labels of passes that are of use now, with their terms.
    ///
    /// # Errors
    /// As [`session`](Self::session).
    pub(crate) fn passes(&self, now: u64) -> Result<Vec<HeldSet>, Refused> {
        self.held(Role::Pass, now, |_| true).map(|held| held.sets)
    }

    /// Forgets passes: of a locked device, which keeps them elsewhere.
    pub(crate) fn forget_passes(&mut self) {
        self.holdings.retain(|holding| holding.role != Role::Pass);
    }

    /// Accepts a signed revocation list and returns its number; the list held changes nothing.
    ///
    /// # Errors
    /// [`Refused`]: not the authority's, older than the one held, or expired; the state is unchanged.
    pub fn accept_list(&mut self, bytes: &[u8], now: u64) -> Result<u64, Refused> {
        if Additions::is_named_by(bytes) {
            return self.accept_additions(bytes, now);
        }
        let content = RevocationList::verify(bytes, &self.pinned)?;
        if let Some(held) = &self.list {
            if content.number < held.content.number {
                return Err(Refused::Older { serial: content.number, held: held.content.number });
            }
            if content.number == held.content.number {
                let same = bytes == held.signed;
                return same.then_some(content.number).ok_or(Refused::Replay { serial: content.number });
            }
        }
        let floor = self.floor.max(content.issued);
        let window = Window { from: content.issued.day(), until: content.until };
        if checked_time(Moment(now), floor, window)?.day() > content.until {
            return Err(Refused::ListOver { now: Moment(now), until: content.until });
        }
        let number = content.number;
        self.list = Some(HeldList { content, signed: bytes.to_vec() });
        self.enforce();
        self.raise_floor(floor.0);
        Ok(number)
    }

    /// Accepts additions of a stop key, which stay in force beside the list held.
    fn accept_additions(&mut self, bytes: &[u8], now: u64) -> Result<u64, Refused> {
        let Additions { entries, certificate } = Additions::verify(bytes, &self.pinned)?;
        self.check_certificate(&certificate)?;
        let (terms, number) = (certificate.terms(), entries.number);
        let window = Window { from: terms.from, until: terms.until };
        if entries.issued.0 > now.saturating_add(CLOCK_SLACK) {
            return Err(Refused::ClockBehind { now: Moment(now), floor: entries.issued, window });
        }
        if checked_time(Moment(now), self.floor, window)?.day() > terms.over() {
            return Err(Refused::IssuerOver { issuer: terms.name.clone(), until: terms.until });
        }
        // What is in force already takes no room: the same file again, or one that a list contains.
        if !self.in_force.contains(&entries) {
            if self.additions.len() >= MOST_ADDITIONS {
                return Err(Refused::Additions { most: MOST_ADDITIONS });
            }
            self.additions.push(bytes.to_vec());
            self.enforce();
        }
        Ok(number)
    }

    /// Puts the list and the additions in force, and forgets additions that the list contains or whose key it revokes.
    pub(super) fn enforce(&mut self) {
        let list = self.list.as_ref().map_or_else(RevocationList::none, |list| list.content.clone());
        let mut all = list.clone();
        self.additions.retain(|signed| {
            // Verified when they were taken and when the state was read.
            let Ok(additions) = Additions::verify(signed, &self.pinned) else { return false };
            let terms = additions.certificate.terms();
            let revoked = list.issuer(&terms.name).is_some_and(|from| terms.until >= from);
            let stays = !revoked && !list.contains(&additions.entries);
            if stays {
                all.absorb(&additions.entries);
            }
            stays
        });
        self.in_force = all;
        // What a revoked issuer brought may be the thief's: its keys go, and the authority's next grant brings them again.
        let mut holdings = std::mem::take(&mut self.holdings);
        for holding in &mut holdings {
            holding.keep(|set| set.issuer.as_ref().is_none_or(|by| self.trusts(by)), |_| true);
        }
        self.holdings = holdings;
    }

    /// Whether the list in force names neither a signer nor the issuer who certified it.
    pub(crate) fn trusts(&self, by: &SetIssuer) -> bool {
        let own = std::iter::once((&by.name, by.until));
        own.chain(by.by.iter().map(|(name, until)| (name, *until)))
            .all(|(name, until)| self.in_force.issuer(name).is_none_or(|from| until < from))
    }

    /// Puts back passes that a locked device took on the road.
    pub(crate) fn return_passes(&mut self, sets: &[HeldSet]) {
        for set in sets.iter().filter(|set| !set.labels.is_empty()) {
            let at =
                self.holdings.iter().position(|holding| holding.role == Role::Pass).unwrap_or_else(|| {
                    self.holdings.push(Holding::empty(Role::Pass));
                    self.holdings.len() - 1
                });
            self.holdings[at].put_back(KeySet::of_pass(set));
        }
    }

    /// The revoked sealers of the list held and of its additions.
    #[must_use]
    pub fn revoked(&self) -> &[Revoked] {
        self.in_force.sealers()
    }

    /// The number of the revocation list held, or 0.
    #[must_use]
    pub fn list_number(&self) -> u64 {
        self.list.as_ref().map_or(0, |list| list.content.number)
    }

    /// The last day on which the revocation list held is valid; `None` without one.
    #[must_use]
    pub fn list_until(&self) -> Option<Day> {
        self.list.as_ref().map(|list| list.content.until)
    }

    /// Raises the floor to a signed time, whose signature the caller has verified, and erases the keys that are past
    /// their window by it; returns how many.
    pub fn raise_floor(&mut self, signed: u64) -> usize {
        self.floor = self.floor.max(Moment(signed));
        self.erase()
    }

    /// The keys of a role that are in their window now; `now` is the device's clock, in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`Refused`]: no grant of that role, a clock before signed time, or no key in its window; a revocation list that
    /// names this device, has expired, or is older than the grant requires.
    pub fn session(&self, role: Role, now: u64) -> Result<HeldKeys, Refused> {
        self.held(role, now, |_| true)
    }

    /// As [`session`](Self::session) of passes, with the keys of this label alone: a pass may hold those of many.
    ///
    /// # Errors
    /// As [`session`](Self::session); [`Refused::Over`] also if no pass names the label.
    pub(crate) fn pass(&self, payload: &Payload, now: u64) -> Result<HeldKeys, Refused> {
        self.held(Role::Pass, now, |label| label.is_of(payload))
    }

    fn held(&self, role: Role, now: u64, named: impl Fn(&PassLabel) -> bool) -> Result<HeldKeys, Refused> {
        let holding = self.holdings.iter().find(|holding| holding.role == role).ok_or(Refused::None(role))?;
        // From the day of each key to the last on which it is of use; a pass has its last day alone.
        let spans = |set: &KeySet| -> Vec<(Day, Day)> {
            let pass = (!set.labels.is_empty()).then_some((set.until, set.until));
            set.keys.iter().map(|held| (held.node.path().day_of(), held.last)).chain(pass).collect()
        };
        let first = holding.sets.iter().flat_map(spans).map(|(first, _)| first).min();
        let until = holding.sets.iter().flat_map(spans).map(|(_, until)| until).max();
        let (first, until) = first.zip(until).ok_or(Refused::None(role))?;
        let window = Window { from: first, until };
        let today = checked_time(Moment(now), self.floor, window)?.day();
        self.check_not_revoked()?;
        let number = self.list_number();
        let wanted = holding.sets.iter().map(|set| set.revocations).min().unwrap_or(0);
        if number < wanted {
            return Err(Refused::ListBehind { held: number, wanted });
        }
        self.check_list_not_over(now, today)?;
        let usable = |held: &&Held| {
            // A sealer seals on the day itself; a scanner with a slow clock may meet a label of tomorrow.
            held.last >= today && (role != Role::Sealer || held.node.path().day_of() <= today)
        };
        let mut sets = Vec::with_capacity(holding.sets.len());
        for set in holding.sets.iter().filter(|set| set.revocations <= number) {
            // Allocated once: a vector that grows leaves an unwiped copy of the keys.
            let mut nodes = Vec::with_capacity(set.keys.iter().filter(usable).count());
            set.keys.iter().filter(usable).for_each(|held| copy(&held.node, &mut nodes));
            let last = set.keys.iter().filter(usable).map(|held| held.last).collect();
            let taken = |label: &&PassLabel| set.until >= today && named(label);
            let mut labels = Vec::with_capacity(set.labels.iter().filter(taken).count());
            set.labels.iter().filter(taken).for_each(|label| label.copy_to(&mut labels));
            if !nodes.is_empty() || !labels.is_empty() {
                sets.push(HeldSet {
                    issuer: set.issuer.clone().map(Box::new),
                    serial: set.serial,
                    nodes,
                    last,
                    labels,
                    until: set.until,
                    purposes: set.purposes.clone(),
                    budget: set.budget,
                    reopening: set.reopening,
                    revocations: set.revocations,
                    stations: set.stations,
                });
            }
        }
        if sets.is_empty() {
            return Err(Refused::Over { now: Moment(now), window });
        }
        Ok(HeldKeys { role, today, sets })
    }

    /// Today by the device's clock or by signed time, whichever is later, unless no label may be opened whatever keys there
    /// are; `now` is the device's clock.
    ///
    /// # Errors
    /// [`Refused`]: a clock before signed time; a revocation list that names this device, or has expired.
    pub fn today(&self, now: u64) -> Result<Day, Refused> {
        let window = Window { from: self.floor.day(), until: self.floor.day() };
        let today = checked_time(Moment(now), self.floor, window)?.day();
        self.check_not_revoked()?;
        self.check_list_not_over(now, today)?;
        Ok(today)
    }

    /// The places of the keys that open labels: generation, tier, day, region and site of each.
    pub fn places(&self) -> impl Iterator<Item = KeyPath> {
        let keys = self.holdings.iter().flat_map(|holding| &holding.sets).flat_map(|set| &set.keys);
        keys.map(|held| held.node.path())
            .filter(|path| path.tier() != Tier::Origin && path.level() != KeyLevel::Sealer)
    }

    /// The roles for which a grant is held.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.holdings.iter().map(|holding| holding.role)
    }

    fn check_not_revoked(&self) -> Result<(), Refused> {
        // A list may name a device either way; the earlier day applies.
        let names = [&self.name, &self.recipient];
        let from = names.into_iter().filter_map(|name| self.in_force.holder(name)).min();
        from.map_or(Ok(()), |from| Err(Refused::Revoked { from }))
    }

    fn check_list_not_over(&self, now: u64, today: Day) -> Result<(), Refused> {
        let over = self.list.as_ref().filter(|list| list.content.until < today);
        over.map_or(Ok(()), |list| Err(Refused::ListOver { now: Moment(now), until: list.content.until }))
    }

    /// Refuses what was signed under a certificate that the list held names. A thief backdates, so the certificate's last
    /// day decides.
    fn check_certificate(&self, certificate: &Certificate) -> Result<(), Refused> {
        for by in [Some(certificate), certificate.by()].into_iter().flatten().map(Certificate::terms) {
            match self.in_force.issuer(&by.name) {
                Some(from) if by.until >= from => {
                    return Err(Refused::IssuerRevoked { issuer: by.name.clone(), from });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn is_own(&self, grant: &Grant) -> bool {
        // A recipient is unique, a name need not be: where there is a recipient it decides.
        if grant.device.is_empty() { grant.to == self.name } else { grant.device == self.recipient }
    }

    /// Erases keys that are past their window by signed time, and keys of roots older than the one before the newest:
    /// a label carries one bit of its root's number, so that only two can be in use.
    pub(super) fn erase(&mut self) -> usize {
        let (today, newest) = (self.floor.day(), self.generation);
        self.holdings
            .iter_mut()
            .map(|holding| {
                holding.keep(
                    |set| set.labels.is_empty() || set.until >= today,
                    |held| held.last >= today && held.generation.saturating_add(1) >= newest,
                )
            })
            .sum()
    }
}

impl fmt::Debug for DeviceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceState")
            .field("name", &self.name)
            .field("floor", &self.floor)
            .finish_non_exhaustive()
    }
}
