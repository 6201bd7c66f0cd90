//! A grant and its signed file.

use super::error::GrantError;
use super::role::{Purpose, Reopen, Role};
use super::rules::Reopening;
use crate::files::{self, Access};
use crate::keys::{Day, Generation, Node, Tier};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::delegate::DayIssuerKey;
use crate::signed::envelope::{self, Identity};
use crate::signed::moment::Moment;
use crate::signed::signer::{Certificate, Signs};
use ed25519_dalek::{Signature, VerifyingKey};
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal grant";
const VERSION: u64 = 1;
/// What is signed begins so: a grant's signature is of nothing else.
const CONTEXT: &[u8] = b"WS1 grant\0";

/// The largest grant read: a sealer's for 30,000 stations, three days and two tiers, has 8 MB.
pub const FILE_MAX: u64 = 64 * 1024 * 1024;
/// The longest name of a holder, in bytes.
pub const NAME_MAX: usize = 64;
/// The longest age recipient, in bytes.
const DEVICE_MAX: usize = 128;
/// Fields that every body has.
const FIELDS: usize = 14;
/// Fields that some have.
const SIGNING: u64 = 15;
const AGAIN: u64 = 16;
const DELIVERED: u64 = 17;

/// A grant: who, what, from when to when. The authority makes one, and a device reads it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Grant {
    /// What it is for.
    pub role: Role,
    /// The device or person it is for.
    pub to: String,
    /// The age recipient that it is sealed to, or empty for a device that wraps it itself.
    pub device: String,
    /// Larger with each grant of a device: a lower one than the one held is refused.
    pub serial: u64,
    /// The generation of the root.
    pub generation: u32,
    /// When it was issued, in seconds since 1970: signed time, below which no clock of a device counts.
    pub issued: u64,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The tiers, ascending.
    pub tiers: Vec<Tier>,
    /// What the holder may open labels for, ascending.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened once more.
    pub reopening: Reopening,
    /// The least number of the revocation list that the device must hold.
    pub revocations: u64,
    /// Whether the keys of the grants before it stay; otherwise it replaces them.
    pub top_up: bool,
    /// The keys.
    pub nodes: Vec<Node>,
    /// A day issuer's own signing key.
    pub delegate: Option<DayIssuerKey>,
}

impl Grant {
    /// The signed file of a grant.
    ///
    /// # Errors
    /// [`GrantError::Form`] for a grant that no device would take: a node outside its days or tiers, a name
    /// that is empty or too long.
    pub fn sign(&self, signer: &impl Signs) -> Result<Zeroizing<Vec<u8>>, GrantError> {
        if !self.is_whole() {
            return Err(GrantError::Form);
        }
        let body = self.body();
        let signature = signer.sign(&signed(&body));
        let certificate = signer.certificate();
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
        let mut body = CborWriter::with_room(self.nodes.len() * Node::BUNDLED + 1024);
        // Older programs know no rule; where the usual one holds they read the grant too.
        let usual = Reopening::default();
        let again = Some(self.reopening.again).filter(|again| *again != usual.again);
        let rules = [(AGAIN, again), (DELIVERED, self.reopening.delivered)];
        let more = rules.iter().filter(|(_, rule)| rule.is_some()).count();
        body.map(FIELDS + usize::from(self.delegate.is_some()) + more);
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
        if let Some(delegate) = &self.delegate {
            next(&mut body);
            body.bytes(&delegate.to_bytes()[..]);
        }
        for (field, rule) in rules {
            if let Some(rule) = rule {
                body.uint(field);
                body.uint(rule as u8);
            }
        }
        body.finish()
    }

    /// Reads a grant and checks that the authority signed it, before anything of it is used.
    ///
    /// # Errors
    /// [`GrantError`]: no grant, a newer version, another authority's, or a form that none has.
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
        let signer = match &certificate {
            Some(certificate) => certificate.verified(authority).ok_or(GrantError::Signature)?,
            None => *authority,
        };
        signer.verify_strict(&signed(body), &signature).map_err(|_| GrantError::Signature)?;
        let grant = Self::from_body(body).filter(Self::is_whole).ok_or(GrantError::Form)?;
        if certificate.is_some_and(|certificate| !grant.is_within(&certificate)) {
            return Err(GrantError::BeyondIssuer);
        }
        Ok(grant)
    }

    fn from_body(body: &[u8]) -> Option<Self> {
        let mut body = CborReader::new(body);
        let fields = body.map()?;
        let mut key = 0u64;
        // Keys stand in their order, so one that is unknown, missing or repeated is in the way.
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
        let mut nodes = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            nodes.push(Node::empty());
            nodes.last_mut()?.read(Generation::from(generation), chunk).ok()?;
        }
        let mut delegate = None;
        let mut reopening = Reopening::default();
        let mut last = FIELDS as u64;
        for _ in FIELDS..fields {
            let field = body.uint().filter(|field| *field > last)?;
            match field {
                SIGNING => delegate = Some(DayIssuerKey::from_bytes(body.bytes()?)?),
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
            delegate,
        })
    }

    /// Whether the holder of this certificate may sign it: of its days and generation, and no issuer's.
    fn is_within(&self, certificate: &Certificate) -> bool {
        let (from, until) = certificate.days();
        self.role != Role::DayIssuer
            && self.generation == certificate.generation()
            && from <= self.from
            && self.until <= until
            // Signed time is the floor of a device's clock: from a later day it would lock the device.
            && Moment(self.issued).day() <= until
    }

    /// Whether the grant agrees with itself.
    fn is_whole(&self) -> bool {
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
            && (self.delegate.is_none() || self.role == Role::DayIssuer)
            && self.nodes.iter().all(inside)
    }

    /// Writes the signed file, readable by its owner only: in an envelope to its device, or as it is for one
    /// that wraps it itself.
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

    /// Reads a grant's file and checks it against the pinned key of the authority; `identity` opens its
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

/// The signed bytes of a grant's file, out of any envelope and not checked yet.
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
