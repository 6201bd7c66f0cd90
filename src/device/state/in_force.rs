//! What is revoked on a device: the list that the authority signed, and what stop keys added to it.

use super::clock::{CLOCK_SLACK, checked_time};
use super::refused::Refused;
use super::set_issuer::SetIssuer;
use super::window::Window;
use crate::keys::Day;
use crate::signed::certificate::Certificate;
use crate::signed::moment::Moment;
use crate::signed::revocation::{Additions, RevocationList};
use crate::signed::signer::VerifyingKey;
use crate::verifier::Revoked;

/// The most files of additions held beside a list.
pub(super) const MOST_ADDITIONS: usize = 32;

/// The list and the additions. Each was verified, and what is in force is always both together.
#[derive(Clone)]
pub(super) struct InForce {
    list: Option<HeldList>,
    /// Signed additions to the list, each until a list contains its entries.
    additions: Vec<Vec<u8>>,
    /// The list and the additions together.
    all: RevocationList,
}

/// The revocation list held, and the exact bytes that the authority signed.
#[derive(Clone)]
struct HeldList {
    content: RevocationList,
    signed: Vec<u8>,
}

impl InForce {
    /// Of a device that was given no list yet.
    pub fn none() -> Self {
        Self { list: None, additions: Vec::new(), all: RevocationList::none() }
    }

    /// From signed bytes of a list, empty for none, and of additions to it. All are verified again, so that whoever kept them cannot
    /// alter them.
    pub fn verified(signed: &[u8], additions: Vec<Vec<u8>>, pinned: &VerifyingKey) -> Option<Self> {
        if !additions.iter().all(|additions| Additions::verify(additions, pinned).is_ok()) {
            return None;
        }
        let mut held = Self { additions, ..Self::none() };
        if !signed.is_empty() {
            let content = RevocationList::verify(signed, pinned).ok()?;
            held.list = Some(HeldList { content, signed: signed.to_vec() });
        }
        held.put_in_force(pinned);
        Some(held)
    }

    /// The signed bytes of the list; empty for none.
    pub fn signed(&self) -> &[u8] {
        self.list.as_ref().map_or(&[], |list| &list.signed)
    }

    /// The signed bytes of the additions.
    pub fn additions(&self) -> &[Vec<u8>] {
        &self.additions
    }

    /// The list's number, or 0.
    pub fn number(&self) -> u64 {
        self.list.as_ref().map_or(0, |list| list.content.number)
    }

    /// The list's last day.
    pub fn until(&self) -> Option<Day> {
        self.list.as_ref().map(|list| list.content.until)
    }

    /// The revoked sealers.
    pub fn sealers(&self) -> &[Revoked] {
        self.all.sealers()
    }

    /// Takes a signed list or signed additions, at the device's clock and floor. Returns the number, and the signed time that is
    /// the floor now; `None` if nothing changed.
    pub fn take(
        &mut self,
        bytes: &[u8],
        now: u64,
        floor: Moment,
        pinned: &VerifyingKey,
    ) -> Result<(u64, Option<Moment>), Refused> {
        if Additions::is_named_by(bytes) {
            return self.take_additions(bytes, now, floor, pinned);
        }
        let content = RevocationList::verify(bytes, pinned)?;
        if let Some(held) = &self.list {
            if content.number < held.content.number {
                return Err(Refused::Older { serial: content.number, held: held.content.number });
            }
            if content.number == held.content.number {
                let same = bytes == held.signed;
                return same
                    .then_some((content.number, None))
                    .ok_or(Refused::Replay { serial: content.number });
            }
        }
        let floor = floor.max(content.issued);
        let window = Window { from: content.issued.day(), until: content.until };
        if checked_time(Moment(now), floor, window)?.day() > content.until {
            return Err(Refused::ListOver { now: Moment(now), until: content.until });
        }
        let number = content.number;
        self.list = Some(HeldList { content, signed: bytes.to_vec() });
        self.put_in_force(pinned);
        Ok((number, Some(floor)))
    }

    /// Takes additions of a stop key, which stay in force beside the list held.
    fn take_additions(
        &mut self,
        bytes: &[u8],
        now: u64,
        floor: Moment,
        pinned: &VerifyingKey,
    ) -> Result<(u64, Option<Moment>), Refused> {
        let Additions { entries, certificate } = Additions::verify(bytes, pinned)?;
        self.check_certificate(&certificate)?;
        let (terms, number) = (certificate.terms(), entries.number);
        let window = Window { from: terms.from, until: terms.until };
        if entries.issued.0 > now.saturating_add(CLOCK_SLACK) {
            return Err(Refused::ClockBehind { now: Moment(now), floor: entries.issued, window });
        }
        if checked_time(Moment(now), floor, window)?.day() > terms.over() {
            return Err(Refused::IssuerOver { issuer: terms.name.clone(), until: terms.until });
        }
        // What is in force already takes no room: the same file again, or one that a list contains.
        if self.all.contains(&entries) {
            return Ok((number, None));
        }
        if self.additions.len() >= MOST_ADDITIONS {
            return Err(Refused::Additions { most: MOST_ADDITIONS });
        }
        self.additions.push(bytes.to_vec());
        self.put_in_force(pinned);
        Ok((number, Some(floor)))
    }

    /// Takes over what another copy of it was given since: its list if that is newer, verified again, and its additions. What
    /// another authority signed, or a newer list contains, is forgotten.
    pub fn absorb(&mut self, later: &Self, pinned: &VerifyingKey) {
        if let Some(list) = &later.list
            && list.content.number > self.number()
            && RevocationList::verify(&list.signed, pinned).is_ok()
        {
            self.list = Some(list.clone());
        }
        for additions in &later.additions {
            if !self.additions.contains(additions) {
                self.additions.push(additions.clone());
            }
        }
        self.put_in_force(pinned);
    }

    /// Puts the list and the additions in force, and forgets additions that the list contains or whose key it revokes.
    fn put_in_force(&mut self, pinned: &VerifyingKey) {
        let list = self.list.as_ref().map_or_else(RevocationList::none, |list| list.content.clone());
        let mut all = list.clone();
        self.additions.retain(|signed| {
            // Verified when they were taken and when the state was read.
            let Ok(additions) = Additions::verify(signed, pinned) else { return false };
            let terms = additions.certificate.terms();
            let revoked = list.issuer(&terms.name).is_some_and(|from| terms.until >= from);
            let stays = !revoked && !list.contains(&additions.entries);
            if stays {
                all.absorb(&additions.entries);
            }
            stays
        });
        self.all = all;
    }

    /// Whether it names neither a signer nor the issuer who certified it.
    pub fn trusts(&self, by: &SetIssuer) -> bool {
        let own = std::iter::once((&by.name, by.until));
        own.chain(by.by.iter().map(|(name, until)| (name, *until)))
            .all(|(name, until)| self.all.issuer(name).is_none_or(|from| until < from))
    }

    /// Refuses a device that it names either way, by name or by recipient; the earlier day applies.
    pub fn check_device(&self, name: &str, recipient: &str) -> Result<(), Refused> {
        let from = [name, recipient].into_iter().filter_map(|name| self.all.holder(name)).min();
        from.map_or(Ok(()), |from| Err(Refused::Revoked { from }))
    }

    /// Refuses a day that is after the list's last.
    pub fn check_not_over(&self, now: u64, today: Day) -> Result<(), Refused> {
        let over = self.until().filter(|until| *until < today);
        over.map_or(Ok(()), |until| Err(Refused::ListOver { now: Moment(now), until }))
    }

    /// Refuses what was signed under a certificate that it names. A thief backdates, so the certificate's last day decides.
    pub fn check_certificate(&self, certificate: &Certificate) -> Result<(), Refused> {
        for by in [Some(certificate), certificate.by()].into_iter().flatten().map(Certificate::terms) {
            match self.all.issuer(&by.name) {
                Some(from) if by.until >= from => {
                    return Err(Refused::IssuerRevoked { issuer: by.name.clone(), from });
                }
                _ => {}
            }
        }
        Ok(())
    }
}
