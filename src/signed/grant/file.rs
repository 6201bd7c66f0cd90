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
use crate::signed::fields::{FieldsReader, FieldsWriter};
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
        // Default rules are left out, so that programs older than these fields can read the grant.
        let usual = Reopening::default();
        let again = Some(self.reopening.again).filter(|again| *again != usual.again);
        let rules = [(AGAIN, again), (DELIVERED, self.reopening.delivered)];
        let more = rules.iter().filter(|(_, rule)| rule.is_some()).count();
        let pass = usize::from(!self.labels.is_empty());
        let stations = usize::from(self.stations > 0);
        let fields = FIELDS + usize::from(self.issuer_key.is_some()) + more + pass + stations;
        let mut body = FieldsWriter::with_room(labels + ISSUER_KEY_MAX + 1024, fields);
        body.next().uint(self.role as u8);
        body.next().text(&self.to);
        body.next().text(&self.device);
        body.next().uint(self.serial);
        body.next().uint(self.generation);
        body.next().uint(self.issued);
        body.next().uint(self.from.number());
        body.next().uint(self.until.number());
        body.next().uints(self.tiers.iter().map(|tier| *tier as u8));
        body.next().uints(self.purposes.iter().map(|purpose| *purpose as u8));
        // Zero means no limit; `is_valid` excludes a budget of zero labels.
        body.next().uint(self.budget.unwrap_or(0));
        body.next().uint(self.revocations);
        body.next().bool(self.top_up);
        body.next().bytes(nodes);
        if let Some(key) = &self.issuer_key {
            body.at(SIGNING).bytes(&key.to_bytes()[..]);
        }
        for (field, rule) in rules {
            if let Some(rule) = rule {
                body.at(field).uint(rule as u8);
            }
        }
        if !self.labels.is_empty() {
            let body = body.at(LABELS);
            body.bytes_of(self.labels.iter().map(PassLabel::len).sum());
            self.labels.iter().for_each(|label| label.write(|bytes| body.raw(bytes)));
        }
        if self.stations > 0 {
            body.at(STATIONS).uint(self.stations);
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
        let mut body = FieldsReader::new(body).filter(|body| body.left() >= FIELDS)?;
        let role = body.next()?.number::<u8>()?.try_into().ok()?;
        let to = body.next()?.text()?.to_owned();
        let device = body.next()?.text()?.to_owned();
        let serial = body.next()?.uint()?;
        let generation = body.next()?.number()?;
        let issued = body.next()?.uint()?;
        let from = Day::new(body.next()?.number()?);
        let until = Day::new(body.next()?.number()?);
        let tiers = body.next()?.numbers(|number: u8| Tier::try_from(number).ok())?;
        let purposes = body.next()?.numbers(|number: u8| Purpose::try_from(number).ok())?;
        let budget = Some(body.next()?.number()?).filter(|budget| *budget > 0);
        let revocations = body.next()?.uint()?;
        let top_up = body.next()?.bool()?;
        if body.next()?.bytes()? != &Sha256::digest(nodes)[..] {
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
        while body.left() > 0 {
            match body.later()? {
                (SIGNING, key) => issuer_key = Some(IssuerKey::from_bytes(key.bytes()?)?),
                // A default that is written out would be a second encoding of the same grant.
                (AGAIN, again) => {
                    let usual = reopening.again;
                    reopening.again = rule(again).filter(|again| *again != usual)?;
                }
                (DELIVERED, delivered) => reopening.delivered = Some(rule(delivered)?),
                (LABELS, named) => {
                    labels = PassLabel::read_all(named.bytes()?).filter(|labels| !labels.is_empty())?;
                }
                (STATIONS, issued) => stations = issued.uint().filter(|stations| *stations > 0)?,
                _ => return None,
            }
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
