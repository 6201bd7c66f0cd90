//! Reading and writing a grant's signed file.

use super::ceiling::keeps_within;
use super::content::Grant;
use super::error::GrantError;
use super::pass_label::PassLabel;
use super::rules::Reopening;
use crate::files::{self, Access};
use crate::keys::{Day, Generation, Node, Tier};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::certificate::{CERTIFICATE_MAX, Certificate, OWN_SERIALS, SignsGrants};
use crate::signed::envelope::{self, Identity};
use crate::signed::issuer_key::{ISSUER_KEY_MAX, IssuerKey};
use crate::signed::role::{Purpose, Reopen};
use crate::signed::signer::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &str = "wayseal grant";
const VERSION: u64 = 1;
/// Prefix of the signed message, so that no other signature of the same key passes for a grant's.
const CONTEXT: &[u8] = b"WS1 grant\0";

/// The largest grant file read, in bytes. A sealer's grant for 30,000 stations, three days and two tiers has 8 MB.
pub const FILE_MAX: u64 = 64 * 1024 * 1024;
/// Fields of every body, numbered from 1.
const FIELDS: usize = 14;
/// Optional fields.
const SIGNING: u64 = 15;
const AGAIN: u64 = 16;
const DELIVERED: u64 = 17;
const LABELS: u64 = 18;
const STATIONS: u64 = 19;

impl Grant {
    /// The signed file of a grant.
    ///
    /// # Errors
    /// [`GrantError::Form`] for a grant that no device would accept: a node outside its days or tiers, or a name that
    /// is empty or too long; [`GrantError::BeyondIssuer`] for one beyond the signer's certificate.
    pub fn sign(&self, signer: &impl SignsGrants) -> Result<Zeroizing<Vec<u8>>, GrantError> {
        let certificate = signer.certificate();
        if !self.is_valid() || certificate.is_none() && !OWN_SERIALS.contains(&self.serial) {
            return Err(GrantError::Form);
        }
        if certificate.is_some_and(|certificate| !keeps_within(self, certificate.terms())) {
            return Err(GrantError::BeyondIssuer);
        }
        let nodes = self.bundle();
        let body = self.body(&Sha256::digest(&nodes).into());
        let signature = signer.sign(&signed(&body));
        // 128 bytes are room for the magic, the signature and the lengths.
        let mut file = CborWriter::with_room(body.len() + nodes.len() + CERTIFICATE_MAX + 128);
        file.array(5 + usize::from(certificate.is_some()));
        file.text(MAGIC);
        file.uint(VERSION);
        file.bytes(&body);
        file.bytes(&nodes);
        file.bytes(&signature.to_bytes());
        if let Some(certificate) = certificate {
            file.bytes(&certificate.to_bytes());
        }
        Ok(file.finish())
    }

    /// The nodes, one after the other.
    fn bundle(&self) -> Zeroizing<Vec<u8>> {
        let mut nodes = Zeroizing::new(Vec::with_capacity(self.nodes.len() * Node::BUNDLED));
        let mut bundled = Zeroizing::new([0; Node::BUNDLED]);
        for node in &self.nodes {
            node.write(&mut bundled);
            nodes.extend_from_slice(&bundled[..]);
        }
        nodes
    }

    fn body(&self, nodes: &[u8; 32]) -> Zeroizing<Vec<u8>> {
        // 1024 bytes are room for every field but the labels and the signing key, with names at their longest.
        let labels = self.labels.len() * PassLabel::ROOM;
        let mut body = CborWriter::with_room(labels + ISSUER_KEY_MAX + 1024);
        // Default rules are left out, so that programs older than these fields can read the grant.
        let usual = Reopening::default();
        let again = Some(self.reopening.again).filter(|again| *again != usual.again);
        let rules = [(AGAIN, again), (DELIVERED, self.reopening.delivered)];
        let more = rules.iter().filter(|(_, rule)| rule.is_some()).count();
        let pass = usize::from(!self.labels.is_empty());
        let stations = usize::from(self.stations > 0);
        body.map(FIELDS + usize::from(self.issuer_key.is_some()) + more + pass + stations);
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
        body.bytes(nodes);
        if let Some(key) = &self.issuer_key {
            next(&mut body);
            body.bytes(&key.to_bytes()[..]);
        }
        for (field, rule) in rules {
            if let Some(rule) = rule {
                body.uint(field);
                body.uint(rule as u8);
            }
        }
        if !self.labels.is_empty() {
            body.uint(LABELS);
            body.bytes_of(self.labels.iter().map(PassLabel::len).sum());
            self.labels.iter().for_each(|label| label.write(|bytes| body.raw(bytes)));
        }
        if self.stations > 0 {
            body.uint(STATIONS);
            body.uint(self.stations);
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
            let (body, nodes) = (file.bytes()?, file.bytes()?);
            let signature = Signature::from_bytes(file.fixed()?);
            let certificate = match parts {
                5 => None,
                6 => Some(Certificate::from_bytes(file.bytes()?)?),
                _ => return None,
            };
            file.end()?;
            Some((body, nodes, signature, certificate))
        };
        let (body, nodes, signature, certificate) = rest().ok_or(GrantError::Form)?;
        // The chain ends at the pinned key: an issuer's key counts only through its certificate.
        let signer = match &certificate {
            Some(certificate) => certificate.verified(authority).ok_or(GrantError::Signature)?,
            None => *authority,
        };
        signer.verify_strict(&signed(body), &signature).map_err(|_| GrantError::Signature)?;
        let mut grant = Self::from_body(body, nodes).filter(Self::is_valid).ok_or(GrantError::Form)?;
        match &certificate {
            Some(certificate) if !keeps_within(&grant, certificate.terms()) => {
                return Err(GrantError::BeyondIssuer);
            }
            None if !OWN_SERIALS.contains(&grant.serial) => return Err(GrantError::Form),
            _ => {}
        }
        grant.issued_by = certificate;
        Ok(grant)
    }

    /// The grant of a body whose signature was verified; the nodes count if the body has their digest.
    fn from_body(body: &[u8], nodes: &[u8]) -> Option<Self> {
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
        if body.bytes()? != &Sha256::digest(nodes)[..] {
            return None;
        }
        let (chunks, []) = nodes.as_chunks::<{ Node::BUNDLED }>() else { return None };
        // Keys are read in place: a node that is built first and then moved leaves a copy on the stack.
        let mut nodes = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            nodes.push(Node::empty());
            nodes.last_mut()?.read(Generation::from(generation), chunk).ok()?;
        }
        let mut issuer_key = None;
        let mut labels = Vec::new();
        let mut stations = 0;
        let mut reopening = Reopening::default();
        let mut last = FIELDS as u64;
        for _ in FIELDS..fields {
            let field = body.uint().filter(|field| *field > last)?;
            match field {
                SIGNING => issuer_key = Some(IssuerKey::from_bytes(body.bytes()?)?),
                // A default that is written out would be a second encoding of the same grant.
                AGAIN => {
                    let usual = reopening.again;
                    reopening.again = rule(&mut body).filter(|again| *again != usual)?;
                }
                DELIVERED => reopening.delivered = Some(rule(&mut body)?),
                LABELS => labels = PassLabel::read_all(body.bytes()?).filter(|labels| !labels.is_empty())?,
                STATIONS => stations = body.uint().filter(|stations| *stations > 0)?,
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
            stations,
            top_up,
            nodes,
            issuer_key,
            labels,
            issued_by: None,
        })
    }

    /// Writes the signed file, readable by its owner only: in an envelope to its device, or in none if it names no
    /// recipient.
    ///
    /// # Errors
    /// [`GrantError::File`], [`GrantError::Form`], [`GrantError::Envelope`].
    pub fn store(&self, path: &Path, signer: &impl SignsGrants) -> Result<(), GrantError> {
        files::write(path, &self.to_file(signer)?, Access::Owner).map_err(GrantError::File)
    }

    /// The bytes that [`Self::store`] writes.
    ///
    /// # Errors
    /// [`GrantError::Form`], [`GrantError::Envelope`].
    pub fn to_file(&self, signer: &impl SignsGrants) -> Result<Zeroizing<Vec<u8>>, GrantError> {
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
