//! Certificates: the authority's statement that another key may sign, for whom, for how long and for how much.
//!
//! In: a public key, a name and [`CertificateTerms`]. Out: bytes that stand beside each signature of that key. Devices
//! pin the authority's key alone, and a certified key counts no further than its certificate goes. An issuer certifies one
//! kind of key, by which a device gives passes, and its own certificate bounds that one.
//!
//! ```text
//! certificate  CBOR [ body, signature ]                            by the authority, or
//!                   [ body, signature, certificate ]               by an issuer, of a device that gives passes
//! signature    Ed25519 over "WS1 issuer" ‖ 00 ‖ body              RFC 8032; over the bytes of body as they are
//! body         CBOR map, keys ascending, no other key:             RFC 8949, deterministic
//!              1 role         5 day issuer, 8 region issuer, 9 stop; 2 scanner, 6 desk, which give passes alone
//!              2 name         by which a revocation list names it, 1 to 64 bytes
//!              3 key          the certified Ed25519 key, 32 bytes
//!              4 generation   of the root
//!              5 issued       seconds since 1970, signed time
//!              6, 7           first and last day: of the keys, and of signing
//!              8 regions      ascending; empty for all
//!              9, 10          lowest and highest serial of its grants
//!             11 roles        ascending, of its grants
//!             12 tiers        ascending
//!             13 purposes     ascending
//!             14 budget       the most labels a shift, or 0 for no ceiling
//!             15 days         the most days of a grant
//! ```
//!
//! Serials of the authority's own grants are below 2^40; a certificate with number n has the block from n · 2^20 on,
//! with n from 2^20 on, so that no two signers share a serial: an issuer's n is the serial of its grant, below 2^43, that of a
//! device that gives passes 2^43 and the first 43 bits of the SHA-256 of its key.

use super::cbor::{CborReader, CborWriter};
use super::fields::{FieldsReader, FieldsWriter};
use super::moment::Moment;
use super::role::{NAME_MAX, Purpose, Role};
use super::signer::{Signature, SigningKey, Signs, VerifyingKey};
use crate::keys::{Day, Region, Tier};
use sha2::{Digest as _, Sha256};
use std::ops::RangeInclusive;

const CONTEXT: &[u8] = b"WS1 issuer\0";
const FIELDS: usize = 15;
/// Bits of the serials that one certificate has.
const SERIAL_BITS: u32 = 20;
/// The most regions of a certificate.
pub const REGIONS_MAX: usize = 256;
/// The longest certificate by the authority, in bytes.
const OWN_MAX: usize = 512 + 3 * REGIONS_MAX;
/// The longest certificate, in bytes: with that of the issuer who signed it.
pub(crate) const CERTIFICATE_MAX: usize = 2 * OWN_MAX + 8;

/// Serials of the authority's own grants.
pub const OWN_SERIALS: RangeInclusive<u64> = 0..=(1 << (2 * SERIAL_BITS)) - 1;

/// The serials of the certificate with a number; `None` for a number that has none.
#[must_use]
pub fn serials(number: u64) -> Option<RangeInclusive<u64>> {
    if number >> SERIAL_BITS == 0 || number >> (64 - SERIAL_BITS) != 0 {
        return None;
    }
    let first = number << SERIAL_BITS;
    Some(first..=first | ((1 << SERIAL_BITS) - 1))
}

/// The serials of a device that gives passes, by its key: no two devices share a block.
pub(crate) fn giving_serials(key: &VerifyingKey) -> RangeInclusive<u64> {
    let digest = Sha256::digest(key.as_bytes());
    let number = digest[..8].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let first = (1 << 43 | number >> 21) << SERIAL_BITS;
    first..=first | ((1 << SERIAL_BITS) - 1)
}

/// A key that signs grants: the authority's, or a certified one with its certificate.
pub trait SignsGrants: Signs {
    /// The certificate, which devices verify first; `None` for the authority.
    fn certificate(&self) -> Option<&Certificate>;
}

/// The authority's key, which needs no certificate.
impl SignsGrants for SigningKey {
    fn certificate(&self) -> Option<&Certificate> {
        None
    }
}

/// What a certified key may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateTerms {
    /// The kind: [`Role::DayIssuer`], [`Role::RegionIssuer`] or [`Role::Stop`]; of a device that gives passes its own role.
    pub role: Role,
    /// The name by which a revocation list names it.
    pub name: String,
    /// The generation of the root.
    pub generation: u32,
    /// When it was certified, in seconds since 1970-01-01 UTC.
    pub issued: u64,
    /// The first day: of keys in its grants.
    pub from: Day,
    /// The last day: of keys in its grants, and of signing.
    pub until: Day,
    /// The regions of its grants, ascending; empty for all.
    pub regions: Vec<Region>,
    /// The serials of its grants.
    pub serials: RangeInclusive<u64>,
    /// Ceilings of the terms of its grants.
    pub ceilings: Ceilings,
}

/// The most that a grant signed under a certificate may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceilings {
    /// The roles, ascending.
    pub roles: Vec<Role>,
    /// The tiers, ascending.
    pub tiers: Vec<Tier>,
    /// The purposes, ascending.
    pub purposes: Vec<Purpose>,
    /// The most labels a shift; `None` for no ceiling.
    pub budget: Option<u32>,
    /// The most days.
    pub days: u16,
}

/// A certified key with its terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    key: VerifyingKey,
    terms: CertificateTerms,
    signature: Signature,
    /// Of the issuer who signed; `None` for the authority.
    by: Option<Box<Self>>,
}

impl Certificate {
    /// A certificate for `key`, signed by the authority or an issuer.
    pub(crate) fn new(key: VerifyingKey, terms: CertificateTerms, signer: &impl SignsGrants) -> Self {
        // A placeholder: the message to sign is computed from the certificate's other fields.
        let signature = Signature::from_bytes(&[0; 64]);
        let by = signer.certificate().cloned().map(Box::new);
        let mut certificate = Self { key, terms, signature, by };
        certificate.signature = signer.sign(&certificate.message());
        certificate
    }

    /// The certificate of the issuer who signed this one; `None` for the authority.
    #[must_use]
    pub fn by(&self) -> Option<&Self> {
        self.by.as_deref()
    }

    /// The certified key; not verified yet.
    #[must_use]
    pub const fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// Its terms; not verified yet.
    #[must_use]
    pub const fn terms(&self) -> &CertificateTerms {
        &self.terms
    }

    /// The certified key, if the authority signed the certificate, or an issuer of the authority may have and did.
    pub(crate) fn verified(&self, authority: &VerifyingKey) -> Option<VerifyingKey> {
        let signer = match self.by() {
            // What is read has one issuer at most.
            Some(by) if by.by.is_none() && by.terms.certifies(&self.terms) => by.verified(authority)?,
            Some(_) => return None,
            None => *authority,
        };
        // Strict: small-order keys and non-canonical encodings are rejected, so that one signature has one form.
        signer.verify_strict(&self.message(), &self.signature).ok()?;
        Some(self.key)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let body = self.body();
        let by = self.by().map(Self::to_bytes);
        let mut bytes = CborWriter::with_room(body.len() + by.as_ref().map_or(0, Vec::len) + 88);
        bytes.array(2 + usize::from(by.is_some()));
        bytes.bytes(&body);
        bytes.bytes(&self.signature.to_bytes());
        if let Some(by) = by {
            bytes.bytes(&by);
        }
        bytes.finish().to_vec()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::read(bytes, 1)
    }

    /// Reads a certificate, below which there are so many of issuers at most.
    fn read(bytes: &[u8], issuers: usize) -> Option<Self> {
        let mut file = CborReader::new(bytes);
        let parts = file.array().filter(|parts| (2..=2 + issuers).contains(parts))?;
        let body = file.bytes()?;
        let signature = Signature::from_bytes(file.fixed()?);
        let by = match parts {
            2 => None,
            _ => Some(Box::new(Self::read(file.bytes()?, 0)?)),
        };
        file.end()?;
        let certificate = Self { signature, by, ..Self::from_body(body)? };
        // One certificate has one encoding: what is verified later is written anew from the fields.
        (certificate.terms.is_valid() && certificate.body() == body).then_some(certificate)
    }

    fn message(&self) -> Vec<u8> {
        [CONTEXT, &self.body()].concat()
    }

    fn body(&self) -> Vec<u8> {
        let CertificateTerms { role, name, generation, issued, from, until, regions, serials, ceilings } =
            &self.terms;
        let mut body = FieldsWriter::with_room(OWN_MAX, FIELDS);
        body.next().uint(*role as u8);
        body.next().text(name);
        body.next().bytes(self.key.as_bytes());
        body.next().uint(*generation);
        body.next().uint(*issued);
        body.next().uint(from.number());
        body.next().uint(until.number());
        body.next().uints(regions.iter().map(|region| region.number()));
        body.next().uint(*serials.start());
        body.next().uint(*serials.end());
        body.next().uints(ceilings.roles.iter().map(|role| *role as u8));
        body.next().uints(ceilings.tiers.iter().map(|tier| *tier as u8));
        body.next().uints(ceilings.purposes.iter().map(|purpose| *purpose as u8));
        body.next().uint(ceilings.budget.unwrap_or(0));
        body.next().uint(ceilings.days);
        body.finish().to_vec()
    }

    /// The fields of a body, with a placeholder for the signature.
    fn from_body(body: &[u8]) -> Option<Self> {
        let mut body = FieldsReader::new(body).filter(|body| body.left() == FIELDS)?;
        let role = body.next()?.number::<u8>()?.try_into().ok()?;
        let name = body.next()?.text()?.to_owned();
        let certified = VerifyingKey::from_bytes(body.next()?.fixed()?).ok()?;
        let generation = body.next()?.number()?;
        let issued = body.next()?.uint()?;
        let from = Day::new(body.next()?.number()?);
        let until = Day::new(body.next()?.number()?);
        let regions = body.next()?.numbers(Region::new)?;
        let first = body.next()?.uint()?;
        let serials = first..=body.next()?.uint()?;
        let roles = body.next()?.numbers(|number: u8| Role::try_from(number).ok())?;
        let tiers = body.next()?.numbers(|number: u8| Tier::try_from(number).ok())?;
        let purposes = body.next()?.numbers(|number: u8| Purpose::try_from(number).ok())?;
        let budget = Some(body.next()?.number()?).filter(|budget| *budget > 0);
        let days = body.next()?.number()?;
        body.end()?;
        let ceilings = Ceilings { roles, tiers, purposes, budget, days };
        let terms =
            CertificateTerms { role, name, generation, issued, from, until, regions, serials, ceilings };
        Some(Self { key: certified, terms, signature: Signature::from_bytes(&[0; 64]), by: None })
    }
}

impl CertificateTerms {
    /// Whether the fields are valid and consistent.
    pub(crate) fn is_valid(&self) -> bool {
        let Ceilings { roles, tiers, purposes, .. } = &self.ceilings;
        // The block's number is its first serial without the low bits.
        let block = serials(*self.serials.start() >> SERIAL_BITS);
        (matches!(self.role, Role::DayIssuer | Role::RegionIssuer | Role::Stop) || self.gives())
            && (!self.gives() || *roles == [Role::Pass])
            && (1..=NAME_MAX).contains(&self.name.len())
            && !self.name.chars().any(char::is_control)
            && self.from <= self.until
            && (self.role != Role::RegionIssuer || !self.regions.is_empty())
            && self.regions.len() <= REGIONS_MAX
            && self.regions.is_sorted_by(|a, b| a < b)
            && block.as_ref() == Some(&self.serials)
            && roles.is_sorted_by(|a, b| a < b)
            // No key that was certified certifies another.
            && !roles.iter().any(|role| matches!(role, Role::DayIssuer | Role::RegionIssuer | Role::Stop))
            && tiers.is_sorted_by(|a, b| a < b)
            && purposes.is_sorted_by(|a, b| a < b)
    }

    /// Whether it is of a device that gives passes of the labels whose keys it holds.
    #[must_use]
    pub const fn gives(&self) -> bool {
        matches!(self.role, Role::Scanner | Role::Desk)
    }

    /// Whether an issuer of these terms may certify a device of those: no more of anything than its own grants.
    #[must_use]
    pub fn certifies(&self, device: &Self) -> bool {
        let (own, other) = (&self.ceilings, &device.ceilings);
        let regions = || {
            !device.regions.is_empty()
                && device.regions.iter().all(|region| self.regions.binary_search(region).is_ok())
        };
        matches!(self.role, Role::DayIssuer | Role::RegionIssuer)
            && device.gives()
            && own.roles.contains(&Role::Pass)
            && own.roles.contains(&device.role)
            && device.generation == self.generation
            && self.signs_at(device.issued)
            && self.from <= device.from
            && device.until <= self.until
            && other.days <= own.days
            && other.tiers.iter().all(|tier| own.tiers.contains(tier))
            && other.purposes.iter().all(|purpose| own.purposes.contains(purpose))
            && (self.regions.is_empty() || regions())
    }

    /// The last day on which a device takes what was signed under it: a grant of the evening arrives the next morning.
    #[must_use]
    pub fn over(&self) -> Day {
        Day::new(self.until.number().saturating_add(1))
    }

    /// Whether signed time is one at which the key may sign.
    pub(crate) fn signs_at(&self, issued: u64) -> bool {
        issued >= self.issued && Moment(issued).day() <= self.until
    }
}

#[cfg(test)]
mod tests;
