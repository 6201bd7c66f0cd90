//! The grant, and reading and writing its signed file.

use super::error::GrantError;
use super::role::{Purpose, Reopen, Role};
use super::rules::Reopening;
use crate::files::{self, Access};
use crate::keys::{Day, Generation, Node, Tier};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::day_issuer::DayIssuerKey;
use crate::signed::envelope::{self, Identity};
use crate::signed::moment::Moment;
use crate::signed::signer::{Certificate, Signature, Signs, VerifyingKey};
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal grant";
const VERSION: u64 = 1;
/// Prefix of the signed message, so that no other signature of the same key passes for a grant's.
const CONTEXT: &[u8] = b"WS1 grant\0";

/// The largest grant file read, in bytes. A sealer's grant for 30,000 stations, three days and two tiers has 8 MB.
pub const FILE_MAX: u64 = 64 * 1024 * 1024;
/// The longest name of a holder, in bytes.
pub const NAME_MAX: usize = 64;
/// The longest age recipient, in bytes.
const DEVICE_MAX: usize = 128;
/// Fields of every body, numbered from 1.
const FIELDS: usize = 14;
/// Optional fields.
const SIGNING: u64 = 15;
const AGAIN: u64 = 16;
const DELIVERED: u64 = 17;

/// A grant: which keys, for whom, for which days, with which limits.
#[derive(Debug)]
#[non_exhaustive]
pub struct Grant {
    /// The holder's role.
    pub role: Role,
    /// The holder's name: a device or a person, 1 to [`NAME_MAX`] bytes.
    pub to: String,
    /// The age recipient that it is sealed to; empty for a grant in no envelope.
    pub device: String,
    /// Larger with each grant of a device, which refuses a lower one than it holds.
    pub serial: u64,
    /// The generation of the root.
    pub generation: u32,
    /// When it was issued, in seconds since 1970-01-01 UTC: signed time, the floor of the device's clock.
    pub issued: u64,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The tiers, ascending.
    pub tiers: Vec<Tier>,
    /// The purposes for which the holder may open labels, ascending.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The lowest number of a revocation list that the device must hold.
    pub revocations: u64,
    /// Whether it adds to the keys of earlier grants; otherwise it replaces them.
    pub top_up: bool,
    /// The keys.
    pub nodes: Vec<Node>,
    /// The signing key of a day issuer's grant; `None` in other roles.
    pub day_issuer: Option<DayIssuerKey>,
}

impl Grant {
    /// The signed file of a grant.
    ///
    /// # Errors
    /// [`GrantError::Form`] for a grant that no device would accept: a node outside its days or tiers, or a name that
    /// is empty or too long.
    pub fn sign(&self, signer: &impl Signs) -> Result<Zeroizing<Vec<u8>>, GrantError> {
        if !self.is_valid() {
            return Err(GrantError::Form);
        }
        let body = self.body();
        let signature = signer.sign(&signed(&body));
        let certificate = signer.certificate();
        // 512 bytes are room for the magic, the signature and a certificate.
        let mut file = CborWriter::with_room(body.len() + 512);
        file.array(4 + usize::from(certificate.is_some()));
        file.text(MAGIC);
        file.uint(VERSION);
        file.bytes(&body);
        file.bytes(&signature.to_bytes());
        if let Some(certificate) = certificate {
            file.bytes(&certificate.to_bytes());
        }
        Ok(file.finish())
    }

    fn body(&self) -> Zeroizing<Vec<u8>> {
        // 1024 bytes are room for every field but the nodes, with names at their longest.
        let mut body = CborWriter::with_room(self.nodes.len() * Node::BUNDLED + 1024);
        // Default rules are left out, so that programs older than these fields can read the grant.
        let usual = Reopening::default();
        let again = Some(self.reopening.again).filter(|again| *again != usual.again);
        let rules = [(AGAIN, again), (DELIVERED, self.reopening.delivered)];
        let more = rules.iter().filter(|(_, rule)| rule.is_some()).count();
        body.map(FIELDS + usize::from(self.day_issuer.is_some()) + more);
        let mut key = 0u8;
        let mut next = |body: &mut CborWriter| {
            key += 1;
            body.uint(key);
        };
        next(&mut body);
        body.uint(self.role as u8);
        next(&mut body);
        body.text(&self.to);
        next(&mut body);
        body.text(&self.device);
        let days = [u64::from(self.from.number()), u64::from(self.until.number())];
        for number in [self.serial, u64::from(self.generation), self.issued, days[0], days[1]] {
            next(&mut body);
            body.uint(number);
        }
        next(&mut body);
        body.array(self.tiers.len());
        self.tiers.iter().for_each(|tier| body.uint(*tier as u8));
        next(&mut body);
        body.array(self.purposes.len());
        self.purposes.iter().for_each(|purpose| body.uint(*purpose as u8));
        next(&mut body);
        // Zero means no limit; `is_valid` excludes a budget of zero labels.
        body.uint(self.budget.unwrap_or(0));
        next(&mut body);
        body.uint(self.revocations);
        next(&mut body);
        body.bool(self.top_up);
        next(&mut body);
        body.bytes_of(self.nodes.len() * Node::BUNDLED);
        let mut bundled = Zeroizing::new([0; Node::BUNDLED]);
        for node in &self.nodes {
            node.write(&mut bundled);
            body.raw(&bundled[..]);
        }
        if let Some(key) = &self.day_issuer {
            next(&mut body);
            body.bytes(&key.to_bytes()[..]);
        }
        for (field, rule) in rules {
            if let Some(rule) = rule {
                body.uint(field);
                body.uint(rule as u8);
            }
        }
        body.finish()
    }

    /// Reads a grant's signed bytes, out of any envelope, and verifies the signature before the body is parsed.
    ///
    /// # Errors
    /// [`GrantError`]: not a grant, a newer version, another authority's signature, or an invalid body.
    pub fn verify(bytes: &[u8], authority: &VerifyingKey) -> Result<Self, GrantError> {
        let mut file = CborReader::new(bytes);
        let parts = file.array().ok_or(GrantError::Form)?;
        if file.text() != Some(MAGIC) {
            return Err(GrantError::Form);
        }
        match file.uint() {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(GrantError::Newer),
            _ => return Err(GrantError::Form),
        }
        let mut rest = || {
            let body = file.bytes()?;
            let signature = Signature::from_bytes(file.fixed()?);
            let certificate = match parts {
                4 => None,
                5 => Some(Certificate::from_bytes(file.bytes()?)?),
                _ => return None,
            };
            file.end()?;
            Some((body, signature, certificate))
        };
        let (body, signature, certificate) = rest().ok_or(GrantError::Form)?;
        // The chain ends at the pinned key: a day issuer's key counts only through its certificate.
        let signer = match &certificate {
            Some(certificate) => certificate.verified(authority).ok_or(GrantError::Signature)?,
            None => *authority,
        };
        signer.verify_strict(&signed(body), &signature).map_err(|_| GrantError::Signature)?;
        let grant = Self::from_body(body).filter(Self::is_valid).ok_or(GrantError::Form)?;
        if certificate.is_some_and(|certificate| !grant.is_within(&certificate)) {
            return Err(GrantError::BeyondIssuer);
        }
        Ok(grant)
    }

    fn from_body(body: &[u8]) -> Option<Self> {
        let mut body = CborReader::new(body);
        let fields = body.map()?;
        let mut key = 0u64;
        // Keys are in ascending order without gaps, so an unknown, missing or repeated one fails here.
        let mut next = |body: &mut CborReader<'_>| {
            key += 1;
            (body.uint()? == key).then_some(())
        };
        next(&mut body)?;
        let role = body.number::<u8>()?.try_into().ok()?;
        next(&mut body)?;
        let to = body.text()?.to_owned();
        next(&mut body)?;
        let device = body.text()?.to_owned();
        next(&mut body)?;
        let serial = body.uint()?;
        next(&mut body)?;
        let generation = body.number()?;
        next(&mut body)?;
        let issued = body.uint()?;
        next(&mut body)?;
        let from = Day::new(body.number()?);
        next(&mut body)?;
        let until = Day::new(body.number()?);
        next(&mut body)?;
        let tiers =
            (0..body.array()?).map(|_| Tier::try_from(body.number::<u8>()?).ok()).collect::<Option<_>>()?;
        next(&mut body)?;
        let purposes = (0..body.array()?)
            .map(|_| Purpose::try_from(body.number::<u8>()?).ok())
            .collect::<Option<_>>()?;
        next(&mut body)?;
        let budget = Some(body.number()?).filter(|budget| *budget > 0);
        next(&mut body)?;
        let revocations = body.uint()?;
        next(&mut body)?;
        let top_up = body.bool()?;
        next(&mut body)?;
        let (chunks, []) = body.bytes()?.as_chunks::<{ Node::BUNDLED }>() else { return None };
        // Keys are read in place: a node that is built first and then moved leaves a copy on the stack.
        let mut nodes = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            nodes.push(Node::empty());
            nodes.last_mut()?.read(Generation::from(generation), chunk).ok()?;
        }
        let mut day_issuer = None;
        let mut reopening = Reopening::default();
        let mut last = FIELDS as u64;
        for _ in FIELDS..fields {
            let field = body.uint().filter(|field| *field > last)?;
            match field {
                SIGNING => day_issuer = Some(DayIssuerKey::from_bytes(body.bytes()?)?),
                // A default that is written out would be a second encoding of the same grant.
                AGAIN => {
                    let usual = reopening.again;
                    reopening.again = rule(&mut body).filter(|again| *again != usual)?;
                }
                DELIVERED => reopening.delivered = Some(rule(&mut body)?),
                _ => return None,
            }
            last = field;
        }
        if fields < FIELDS {
            return None;
        }
        body.end()?;
        Some(Self {
            role,
            to,
            device,
            serial,
            generation,
            issued,
            from,
            until,
            tiers,
            purposes,
            budget,
            reopening,
            revocations,
            top_up,
            nodes,
            day_issuer,
        })
    }

    /// Whether a certificate's holder may sign this grant: same generation, within its days, not a day issuer's.
    fn is_within(&self, certificate: &Certificate) -> bool {
        let (from, until) = certificate.days();
        self.role != Role::DayIssuer
            && self.generation == certificate.generation()
            && from <= self.from
            && self.until <= until
            // Signed time is the floor of a device's clock: a later one would lock the device.
            && Moment(self.issued).day() <= until
    }

    /// Whether the grant's fields are valid and consistent.
    fn is_valid(&self) -> bool {
        let inside = |node: &Node| {
            let path = node.path();
            path.generation_of() == Generation::from(self.generation)
                && (self.from..=self.until).contains(&path.day_of())
                && self.tiers.contains(&path.tier())
        };
        (1..=NAME_MAX).contains(&self.to.len())
            && self.device.len() <= DEVICE_MAX
            && self.from <= self.until
            && self.budget != Some(0)
            && !self.to.chars().chain(self.device.chars()).any(char::is_control)
            && self.tiers.is_sorted_by(|a, b| a < b)
            && self.purposes.is_sorted_by(|a, b| a < b)
            && (self.day_issuer.is_none() || self.role == Role::DayIssuer)
            && self.nodes.iter().all(inside)
    }

    /// Writes the signed file, readable by its owner only: in an envelope to its device, or in none if it names no
    /// recipient.
    ///
    /// # Errors
    /// [`GrantError::File`], [`GrantError::Form`], [`GrantError::Envelope`].
    pub fn store(&self, path: &Path, signer: &impl Signs) -> Result<(), GrantError> {
        files::write(path, &self.to_file(signer)?, Access::Owner).map_err(GrantError::File)
    }

    /// The bytes that [`Self::store`] writes.
    ///
    /// # Errors
    /// [`GrantError::Form`], [`GrantError::Envelope`].
    pub fn to_file(&self, signer: &impl Signs) -> Result<Zeroizing<Vec<u8>>, GrantError> {
        let signed = self.sign(signer)?;
        if self.device.is_empty() {
            return Ok(signed);
        }
        envelope::seal(&signed, &self.device).map(Zeroizing::new).map_err(GrantError::Envelope)
    }

    /// Reads a grant's file and verifies it against the pinned key of the authority; `identity` opens its
    /// envelope, if it is in one.
    ///
    /// # Errors
    /// As [`Grant::verify`], [`GrantError::Envelope`], and [`GrantError::File`], also if others can read the
    /// file.
    pub fn load(
        path: &Path,
        authority: &VerifyingKey,
        identity: Option<&Identity>,
    ) -> Result<Self, GrantError> {
        Self::verify(&read(path, identity)?, authority)
    }
}

/// The signed bytes of a grant's file, out of any envelope and not verified yet.
///
/// # Errors
/// [`GrantError::File`], also if others can read it; [`GrantError::Envelope`].
pub fn read(path: &Path, identity: Option<&Identity>) -> Result<Zeroizing<Vec<u8>>, GrantError> {
    let bytes = Zeroizing::new(files::read_secret(path, FILE_MAX).map_err(GrantError::File)?);
    envelope::open(&bytes, identity).map_err(GrantError::Envelope)
}

fn rule(body: &mut CborReader<'_>) -> Option<Reopen> {
    body.number::<u8>()?.try_into().ok()
}

fn signed(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut message = Zeroizing::new(Vec::with_capacity(CONTEXT.len() + body.len()));
    message.extend_from_slice(CONTEXT);
    message.extend_from_slice(body);
    message
}

#[cfg(test)]
mod tests;
