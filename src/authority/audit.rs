//! Audit of labels: whether the sealer that a label names made it.
//!
//! In: a label's payload, and day keys of the authority. Out: a [`Finding`]. Plaintexts are decrypted for the
//! computation alone, and wiped.
//!
//! A holder of a site or region key can make labels that open, in any sealer's name. The salt is keyed from the
//! sealer's origin leaf, which scanners never hold, and covers day, header and both plaintexts. So the authority
//! computes it again: a label with another salt was made or altered by someone other than the sealer that it names.

use crate::authority::day_keys::{DayKeys, IssueError, below};
use crate::error::Refusal;
use crate::keys::{AliasKey, Day, Generation, KeyPath, Node, Prk, SaltKey, SealerId, Tenant, Tier};
use crate::payload::{HEADER_MAX, PAYLOAD_MAX, Payload};
use crate::secret::{Key, Secret, aead, scrubbed};
use std::ops::Range;
use thiserror::Error;

/// The result of examining a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The sealer that it names.
    pub sealer: SealerId,
    /// The day that it names.
    pub day: Day,
    /// Who made it.
    pub made: MadeBy,
    /// The tenant for whom the sealer made it; `None` if it made it for itself, or did not make it.
    pub tenant: Option<Tenant>,
}

/// Who made a label, by its salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeBy {
    /// The sealer that it names made it, and nobody altered it.
    BySealer,
    /// A holder of delivery keys of the station, region or day made or altered it.
    ByNoSealer,
    /// Its delivery section opens and its contact section does not: a holder of delivery keys alone altered it, or it
    /// was damaged on purpose.
    ContactBroken,
}

/// Examines a label with the day keys of its generation; `today` resolves its day, of which the header has the low bits.
/// The salt keys of `tenants` are tried in their order if the sealer's own does not fit.
///
/// # Errors
/// [`AuditError::Label`] for a label of another generation, or one that no key of the tree opens: a counterfeit made
/// without any key.
pub fn examine(
    keys: &impl DayKeys,
    payload: &Payload,
    today: Day,
    tenants: &[Tenant],
) -> Result<Finding, AuditError> {
    let header = payload.header();
    if header.generation != Generation::from(keys.generation()) {
        return Err(AuditError::Label(Refusal::OtherGeneration));
    }
    let day = header.day(today).ok_or(AuditError::Label(Refusal::DayNotInHand))?;
    scrubbed(|| Examination::new(keys, payload, day)?.finding(tenants))
}

/// An examination in progress: the day keys, the label, and its decrypted sections.
struct Examination<'p, K> {
    keys: &'p K,
    payload: &'p Payload,
    day: Day,
    plain: Secret<PAYLOAD_MAX>,
    sealer: SealerId,
}

impl<'p, K: DayKeys> Examination<'p, K> {
    fn new(keys: &'p K, payload: &'p Payload, day: Day) -> Result<Self, AuditError> {
        let mut examination = Self {
            keys,
            payload,
            day,
            plain: Secret::zero(),
            sealer: SealerId::new(0).ok_or(AuditError::Keys)?,
        };
        let site = examination.site(Tier::Delivery)?;
        examination.sealer =
            AliasKey::try_from(&site).map_err(|_| AuditError::Keys)?.sealer(payload.header().alias);
        Ok(examination)
    }

    fn site(&self, tier: Tier) -> Result<Node, AuditError> {
        let header = self.payload.header();
        let (mut day, mut site) = (Node::empty(), Node::empty());
        self.keys.day_key(tier, self.day, &mut day)?;
        below(&day, day.path().region(header.region).site(header.site), &mut site)?;
        Ok(site)
    }

    fn finding(mut self, tenants: &[Tenant]) -> Result<Finding, AuditError> {
        let layout = self.payload.layout().clone();
        let (sealer, day) = (self.sealer, self.day);
        let found = |made, tenant| Finding { sealer, day, made, tenant };
        if !self.decrypt(Tier::Delivery, &layout.delivery)? {
            return Err(AuditError::Label(Refusal::Tampered));
        }
        // The contact section may be absent, and is damaged only if it is there.
        if !layout.contact.is_empty() && !self.decrypt(Tier::Contact, &layout.contact)? {
            return Ok(found(MadeBy::ContactBroken, None));
        }
        let header = self.payload.header();
        let mut head = [0; HEADER_MAX];
        // The salt is the end of the header, and cannot cover itself.
        let unsalted = header.write(&mut head) - header.salt.len();
        let mut day_key = Node::empty();
        self.keys.day_key(Tier::Origin, self.day, &mut day_key)?;
        let mut origin = Node::empty();
        below(&day_key, KeyPath::origin(header.generation, self.day, self.sealer), &mut origin)?;
        let plain = self.plain.expose();
        let (delivery, contact) = (&plain[layout.delivery], &plain[layout.contact]);
        let own = std::iter::once(None).chain(tenants.iter().copied().map(Some));
        for tenant in own {
            let key = match tenant {
                Some(tenant) => SaltKey::for_tenant(&origin, tenant),
                None => SaltKey::try_from(&origin),
            };
            let key = key.map_err(|_| AuditError::Keys)?;
            if key.salt(self.day, &head[..unsalted], delivery, contact) == header.salt {
                return Ok(found(MadeBy::BySealer, tenant));
            }
        }
        Ok(found(MadeBy::ByNoSealer, None))
    }

    /// Decrypts a section into `plain`; `false` if its tag does not verify.
    fn decrypt(&mut self, tier: Tier, section: &Range<usize>) -> Result<bool, AuditError> {
        let (header, bytes) = (self.payload.header(), self.payload.bytes());
        let site = self.site(tier)?;
        let mut leaf = Node::empty();
        below(&site, site.path().sealer(header.alias), &mut leaf)?;
        let mut key = Key::zero();
        Prk::new(leaf.key()).label_key(&bytes[self.payload.layout().header.clone()], &mut key);
        let plain = &mut self.plain.expose_mut()[section.clone()];
        plain.copy_from_slice(&bytes[section.clone()]);
        let mut tag = [0; aead::TAG_LEN];
        tag.copy_from_slice(&bytes[section.end..section.end + aead::TAG_LEN]);
        Ok(aead::open(&key, &aead::NONCE, &bytes[..section.start], plain, &tag).is_ok())
    }
}

/// Why a label cannot be examined.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// No key of the tree opens it.
    #[error(transparent)]
    Label(Refusal),
    /// The keys do not reach its day.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// The keys are not nodes of one key tree.
    #[error("the keys are not nodes of one key tree")]
    Keys,
}
