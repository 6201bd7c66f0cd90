//! The state of a device: it accepts grants and lists, each whole or not at all.

use super::clock::{CLOCK_SLACK, checked_time};
use super::holding::{Holding, SerialCheck};
use super::in_force::InForce;
use super::key_set::KeySet;
use super::refused::Refused;
use super::session::HeldSet;
use super::set_issuer::SetIssuer;
use super::window::{Window, later, span_of};
use crate::keys::Day;
use crate::signed::certificate::{Certificate, SignsGrants as _};
use crate::signed::grant::{Grant, Role, RoleRules};
use crate::signed::issuer_key::IssuerKey;
use crate::signed::moment::Moment;
use crate::signed::signer::VerifyingKey;
use crate::verifier::Revoked;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A device's state: pinned keys, name, floor, holdings and revocation list.
pub struct DeviceState {
    pub(super) pinned: VerifyingKey,
    pub(super) auditor: Option<VerifyingKey>,
    pub(super) name: String,
    pub(super) recipient: String,
    pub(super) floor: Moment,
    pub(super) generation: u32,
    pub(super) holdings: Vec<Holding>,
    /// What is revoked.
    pub(super) in_force: InForce,
    /// The key by which it gives passes, from the authority's newest grant that has one, or an issuer's.
    pub(super) giving: Option<IssuerKey>,
}

/// The effect of a grant that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
            in_force: InForce::none(),
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
        self.in_force.check_device(&self.name, &self.recipient)?;
        grant.issued_by.as_ref().map_or(Ok(()), |by| self.in_force.check_certificate(by))?;
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
            own.terms().signs_at(now) && own.by().is_none_or(|by| self.in_force.check_certificate(by).is_ok())
        };
        self.giving.as_ref().filter(|key| key.certificate().is_some_and(may))
    }

    /// Whether the list in force, or the end of its days, stops what a certificate's holder may ask for.
    ///
    /// # Errors
    /// [`Refused::IssuerRevoked`], [`Refused::IssuerOver`].
    pub(crate) fn check_asking(&self, certificate: &Certificate, today: Day) -> Result<(), Refused> {
        self.in_force.check_certificate(certificate)?;
        let by = certificate.terms();
        if by.until < today {
            return Err(Refused::IssuerOver { issuer: by.name.clone(), until: by.until });
        }
        Ok(())
    }

    /// Forgets passes: of a locked device, which keeps them elsewhere.
    pub(crate) fn forget_passes(&mut self) {
        self.holdings.retain(|holding| holding.role != Role::Pass);
    }

    /// Puts back passes that a locked device took on the road.
    pub(crate) fn return_passes(&mut self, sets: &[HeldSet]) {
        for set in sets.iter().filter(|set| !set.labels.is_empty()) {
            let at =
                self.holdings.iter().position(|holding| holding.role == Role::Pass).unwrap_or_else(|| {
                    self.holdings.push(Holding::empty(Role::Pass));
                    self.holdings.len() - 1
                });
            self.holdings[at].put_back(KeySet::from_pass(set));
        }
    }

    /// Raises the floor to a signed time, whose signature the caller has verified, and erases the keys that are past
    /// their window by it; returns how many.
    pub fn raise_floor(&mut self, signed: u64) -> usize {
        self.floor = self.floor.max(Moment(signed));
        self.erase()
    }

    /// Accepts a signed revocation list, or additions to it, and returns its number; what is held already changes nothing.
    ///
    /// # Errors
    /// [`Refused`]: not the authority's, older than the one held, or expired; the state is unchanged.
    pub fn accept_list(&mut self, bytes: &[u8], now: u64) -> Result<u64, Refused> {
        let (number, signed) = self.in_force.take(bytes, now, self.floor, &self.pinned)?;
        if let Some(signed) = signed {
            self.erase_revoked();
            self.raise_floor(signed.0);
        }
        Ok(number)
    }

    /// Erases the keys that revoked issuers brought: they may be the thief's, and the authority's next grant brings them again.
    pub(super) fn erase_revoked(&mut self) {
        let in_force = &self.in_force;
        for holding in &mut self.holdings {
            holding.keep(|set| set.issuer.as_ref().is_none_or(|by| in_force.trusts(by)), |_| true);
        }
    }

    /// Whether the list in force names neither a signer nor the issuer who certified it.
    pub(crate) fn trusts(&self, by: &SetIssuer) -> bool {
        self.in_force.trusts(by)
    }

    /// The revoked sealers of the list held and of its additions.
    #[must_use]
    pub fn revoked(&self) -> &[Revoked] {
        self.in_force.sealers()
    }

    /// The number of the revocation list held, or 0.
    #[must_use]
    pub fn list_number(&self) -> u64 {
        self.in_force.number()
    }

    /// The last day on which the revocation list held is valid; `None` without one.
    #[must_use]
    pub fn list_until(&self) -> Option<Day> {
        self.in_force.until()
    }

    /// The roles for which a grant is held.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.holdings.iter().map(|holding| holding.role)
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
