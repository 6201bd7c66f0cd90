//! Keys under the terms of the grant that brought them: a later grant of another signer changes neither.

use super::session::HeldSet;
use super::set_issuer::SetIssuer;
use super::window::later;
use crate::keys::{Day, Generation, KeyLevel, KeyPath, Node, Tier};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::grant::{Grant, NAME_MAX, PassLabel, Purpose, Reopening};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes of a key in the file.
const KEY: usize = 4 + 2 + Node::BUNDLED;
/// Bytes of the place of a key that a key store holds: those of a key before the key itself.
const PLACE: usize = KEY - 32;

/// Parts of a set in the file; a demand for signed stations is one more, so that a program that does not know it refuses the
/// file, and the issuer of a device that gave a pass is two more. Keys that a key store holds are one more after these, and what is
/// not there of them is an empty text or zero then.
const PARTS: usize = 11;
const WITH_STATIONS: usize = PARTS + 1;
const WITH_ISSUER: usize = PARTS + 3;
const WITH_HELD: usize = PARTS + 4;

/// Keys, and the terms under which they open labels.
pub(super) struct KeySet {
    /// Who signed; `None` for the authority.
    pub issuer: Option<SetIssuer>,
    pub serial: u64,
    pub purposes: Vec<Purpose>,
    pub budget: Option<u32>,
    pub reopening: Reopening,
    pub revocations: u64,
    /// The earliest time at which a file of stations was signed that a sealer may seal by; 0 if none is demanded.
    pub stations: u64,
    pub keys: Vec<Held>,
    /// The keys of single labels, of a pass.
    pub labels: Vec<PassLabel>,
    /// The last day of a pass.
    pub until: Day,
}

/// A key, and the last day on which it is of use.
pub(super) struct Held {
    /// Its key is zero if a key store holds it.
    pub node: Node,
    pub generation: u32,
    pub last: Day,
    /// Whether a key store holds it.
    pub is_out: bool,
}

impl KeySet {
    /// The set of a grant; `held` gives the last day of a key that is held already.
    pub fn of(grant: Grant, span: u16, held: impl Fn((u32, KeyPath)) -> Option<Day>) -> Self {
        let mut keys = Vec::with_capacity(grant.nodes.len());
        for node in &grant.nodes {
            let own = later(node.path().day_of(), span);
            let last = held((grant.generation, node.path())).map_or(own, |held| own.max(held));
            push(&mut keys, node, grant.generation, last, false);
        }
        Self {
            issuer: grant.issued_by.as_ref().map(SetIssuer::of),
            serial: grant.serial,
            purposes: grant.purposes,
            budget: grant.budget,
            reopening: grant.reopening,
            revocations: grant.revocations,
            stations: grant.stations,
            keys,
            labels: grant.labels,
            until: grant.until,
        }
    }

    /// The set of a pass that came by another way than in a grant. It is copied: the labels wipe themselves.
    pub fn from_pass(set: &HeldSet) -> Self {
        let mut labels = Vec::with_capacity(set.labels.len());
        set.labels.iter().for_each(|label| label.copy_to(&mut labels));
        Self {
            issuer: set.issuer.as_deref().cloned(),
            serial: set.serial,
            purposes: set.purposes.clone(),
            budget: set.budget,
            reopening: set.reopening,
            revocations: set.revocations,
            stations: 0,
            keys: Vec::new(),
            labels,
            until: set.until,
        }
    }

    /// The first serial of the signer's block: 0 for the authority.
    pub fn signer(&self) -> u64 {
        self.issuer.as_ref().map_or(0, |issuer| issuer.signer)
    }

    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.labels.is_empty()
    }

    /// Whether both have the same signer and terms, but for serial and the least list, and neither is a pass.
    pub fn has_terms_of(&self, other: &Self) -> bool {
        self.labels.is_empty()
            && other.labels.is_empty()
            && self.issuer == other.issuer
            && self.purposes == other.purposes
            && self.budget == other.budget
            && self.reopening == other.reopening
            && self.stations == other.stations
    }

    /// Adds the keys of a set of the same terms; the higher least list applies.
    pub fn append(&mut self, other: &Self) {
        self.revocations = self.revocations.max(other.revocations);
        let mut keys = Vec::with_capacity(self.keys.len() + other.keys.len());
        self.keys.iter().chain(&other.keys).for_each(|held| held.copy_to(&mut keys));
        // Copied, not moved: the old keys wipe themselves when dropped, and a vector that grows would leave copies.
        self.keys = keys;
    }

    /// Erases the keys that do not stay.
    pub fn keep(&mut self, mut stays: impl FnMut(&Held) -> bool) {
        let staying: Vec<bool> = self.keys.iter().map(&mut stays).collect();
        let count = staying.iter().filter(|stays| **stays).count();
        if count < self.keys.len() {
            let mut keys = Vec::with_capacity(count);
            self.keys
                .iter()
                .zip(&staying)
                .filter(|(_, stays)| **stays)
                .for_each(|(held, _)| held.copy_to(&mut keys));
            self.keys = keys;
        }
    }

    /// The most bytes that [`Self::write`] writes.
    pub fn room(&self) -> usize {
        self.keys.len() * KEY + self.labels.iter().map(PassLabel::len).sum::<usize>() + 2 * NAME_MAX + 136
    }

    pub fn write(&self, out: &mut CborWriter) {
        let by = self.issuer.as_ref().and_then(|issuer| issuer.by.as_ref());
        let held_out = self.keys.iter().filter(|held| held.is_out).count();
        let parts = match by {
            _ if held_out > 0 => WITH_HELD,
            Some(_) => WITH_ISSUER,
            None if self.stations > 0 => WITH_STATIONS,
            None => PARTS,
        };
        out.array(parts);
        let none = SetIssuer { signer: 0, name: String::new(), until: Day::new(0), by: None };
        let issuer = self.issuer.as_ref().unwrap_or(&none);
        out.uint(issuer.signer);
        out.text(&issuer.name);
        out.uint(issuer.until.number());
        out.uint(self.serial);
        out.array(self.purposes.len());
        self.purposes.iter().for_each(|purpose| out.uint(*purpose as u8));
        out.uint(self.budget.unwrap_or(0));
        out.uint(self.reopening.byte());
        out.uint(self.revocations);
        out.bytes_of((self.keys.len() - held_out) * KEY);
        self.keys.iter().filter(|held| !held.is_out).for_each(|held| out.raw(&held.bytes()[..]));
        out.uint(self.until.number());
        out.bytes_of(self.labels.iter().map(PassLabel::len).sum());
        self.labels.iter().for_each(|label| label.write(|bytes| out.raw(bytes)));
        if parts >= WITH_STATIONS {
            out.uint(self.stations);
        }
        if parts >= WITH_ISSUER {
            let (name, until) = by.map_or(("", Day::new(0)), |(name, until)| (name, *until));
            out.text(name);
            out.uint(until.number());
        }
        if parts == WITH_HELD {
            out.bytes_of(held_out * PLACE);
            self.keys.iter().filter(|held| held.is_out).for_each(|held| out.raw(&held.bytes()[..PLACE]));
        }
    }

    pub fn read(file: &mut CborReader<'_>) -> Option<Self> {
        let known = [PARTS, WITH_STATIONS, WITH_ISSUER, WITH_HELD];
        let parts = file.array().filter(|parts| known.contains(parts))?;
        let mut issuer = SetIssuer {
            signer: file.uint()?,
            name: file.text()?.to_owned(),
            until: Day::new(file.number()?),
            by: None,
        };
        let serial = file.uint()?;
        let purposes = (0..file.array()?)
            .map(|_| Purpose::try_from(file.number::<u8>()?).ok())
            .collect::<Option<_>>()?;
        let budget = Some(file.number()?).filter(|budget| *budget > 0);
        let reopening = file.number::<u8>()?.try_into().ok()?;
        let revocations = file.uint()?;
        let (chunks, []) = file.bytes()?.as_chunks::<KEY>() else { return None };
        let mut keys = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            Held::read(chunk, false, &mut keys)?;
        }
        let until = Day::new(file.number()?);
        let labels = PassLabel::read_all(file.bytes()?)?;
        let stations = match parts {
            PARTS => 0,
            WITH_STATIONS => file.uint().filter(|time| *time > 0)?,
            _ => file.uint()?,
        };
        if parts >= WITH_ISSUER {
            let by = (file.text()?.to_owned(), Day::new(file.number()?));
            issuer.by = Some(by).filter(|(name, _)| parts == WITH_ISSUER || !name.is_empty());
        }
        if parts == WITH_HELD {
            let (places, []) = file.bytes()?.as_chunks::<PLACE>() else { return None };
            // Allocated once: a vector that grows leaves an unwiped copy of the keys.
            let mut all = Vec::with_capacity(keys.len() + places.len());
            keys.iter().for_each(|held: &Held| held.copy_to(&mut all));
            for place in places {
                let mut bytes = [0; KEY];
                bytes[..PLACE].copy_from_slice(place);
                Held::read(&bytes, true, &mut all)?;
            }
            keys = all;
        }
        let issuer = Some(issuer).filter(|issuer| issuer.signer > 0);
        Some(Self { issuer, serial, purposes, budget, reopening, revocations, stations, keys, labels, until })
    }
}

impl Held {
    pub const fn place(&self) -> (u32, KeyPath) {
        (self.generation, self.node.path())
    }

    /// Whether a key store may hold it: the node of a region or a site, of a tier that opens labels.
    pub fn may_be_out(&self) -> bool {
        let path = self.node.path();
        !self.is_out
            && path.tier() != Tier::Origin
            && matches!(path.level(), KeyLevel::Region | KeyLevel::Site)
    }

    /// Forgets the key, which a key store holds now.
    pub fn put_out(&mut self) {
        self.node.set(self.node.path(), &[0; 32]);
        self.is_out = true;
    }

    /// The name under which a key store holds it, for its signer: one that brings another key for the same place puts it beside.
    pub fn name(&self, signer: u64) -> String {
        let bytes = self.bytes();
        let digest = Sha256::new()
            .chain_update(b"WS1 held")
            .chain_update(signer.to_be_bytes())
            .chain_update(&bytes[..4])
            .chain_update(&bytes[6..PLACE])
            .finalize();
        base16ct::lower::encode_string(&digest[..16])
    }

    /// As in the file: `generation u32 ‖ last day u16 ‖ node 44`.
    fn bytes(&self) -> Zeroizing<[u8; KEY]> {
        let mut bytes = Zeroizing::new([0; KEY]);
        bytes[..4].copy_from_slice(&self.generation.to_be_bytes());
        bytes[4..6].copy_from_slice(&self.last.number().to_be_bytes());
        if let Some(node) = bytes[6..].first_chunk_mut() {
            self.node.write(node);
        }
        bytes
    }

    fn read(bytes: &[u8; KEY], is_out: bool, keys: &mut Vec<Self>) -> Option<()> {
        let (generation, rest) = bytes.split_first_chunk()?;
        let (last, node) = rest.split_first_chunk()?;
        let generation = u32::from_be_bytes(*generation);
        // Read in place: moving a node leaves a copy of its key on the stack.
        keys.push(Self {
            node: Node::empty(),
            generation,
            last: Day::new(u16::from_be_bytes(*last)),
            is_out,
        });
        let held = &mut keys.last_mut()?.node;
        held.read(Generation::from(generation), node.try_into().ok()?).ok()
    }

    fn copy_to(&self, keys: &mut Vec<Self>) {
        push(keys, &self.node, self.generation, self.last, self.is_out);
    }
}

fn push(keys: &mut Vec<Held>, node: &Node, generation: u32, last: Day, is_out: bool) {
    keys.push(Held { node: Node::empty(), generation, last, is_out });
    if let Some(held) = keys.last_mut() {
        held.node.set(node.path(), node.key().expose());
    }
}

pub(super) fn copy(node: &Node, nodes: &mut Vec<Node>) {
    nodes.push(Node::empty());
    if let Some(last) = nodes.last_mut() {
        last.set(node.path(), node.key().expose());
    }
}
