//! The keys and terms held for one role, and how a new grant changes them.

use super::window::later;
use crate::keys::{Day, Generation, KeyPath, Node};
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::grant::{Grant, Purpose, Reopening, Role};
use std::collections::{HashMap, HashSet};
use zeroize::Zeroizing;

/// Bytes of a key in the file.
pub(super) const KEY: usize = 4 + 2 + Node::BUNDLED;

/// The holding of one role: the terms of the newest grant, and the keys of it and of those that it topped up.
pub(super) struct Holding {
    pub role: Role,
    pub serial: u64,
    pub digest: [u8; 32],
    pub purposes: Vec<Purpose>,
    pub budget: Option<u32>,
    pub reopening: Reopening,
    pub revocations: u64,
    pub keys: Vec<Held>,
}

/// A key, and the last day on which it is of use.
pub(super) struct Held {
    pub node: Node,
    pub generation: u32,
    pub last: Day,
}

impl Holding {
    /// Writes the holding's part of the state file.
    pub fn write(&self, out: &mut CborWriter) {
        let usual = self.reopening == Reopening::default();
        out.array(7 + usize::from(!usual));
        out.uint(self.role as u8);
        out.uint(self.serial);
        out.bytes(&self.digest);
        out.array(self.purposes.len());
        self.purposes.iter().for_each(|purpose| out.uint(*purpose as u8));
        out.uint(self.budget.unwrap_or(0));
        out.uint(self.revocations);
        out.bytes_of(self.keys.len() * KEY);
        let mut bundled = Zeroizing::new([0; Node::BUNDLED]);
        for held in &self.keys {
            out.raw(&held.generation.to_be_bytes());
            out.raw(&held.last.number().to_be_bytes());
            held.node.write(&mut bundled);
            out.raw(&bundled[..]);
        }
        if !usual {
            out.uint(self.reopening.byte());
        }
    }

    pub fn read(file: &mut CborReader<'_>) -> Option<Self> {
        let parts = file.array().filter(|parts| matches!(parts, 7 | 8))?;
        let role = file.number::<u8>()?.try_into().ok()?;
        let serial = file.uint()?;
        let digest = *file.fixed()?;
        let purposes = (0..file.array()?)
            .map(|_| Purpose::try_from(file.number::<u8>()?).ok())
            .collect::<Option<_>>()?;
        let budget = Some(file.number()?).filter(|budget| *budget > 0);
        let revocations = file.uint()?;
        let (chunks, []) = file.bytes()?.as_chunks::<KEY>() else { return None };
        let mut keys = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            let (generation, rest) = chunk.split_first_chunk()?;
            let (last, node) = rest.split_first_chunk()?;
            let generation = u32::from_be_bytes(*generation);
            // Read in place: moving a node leaves a copy of its key on the stack.
            keys.push(Held { node: Node::empty(), generation, last: Day::new(u16::from_be_bytes(*last)) });
            let held = &mut keys.last_mut()?.node;
            held.read(Generation::from(generation), node.try_into().ok()?).ok()?;
        }
        let reopening = match parts {
            7 => Reopening::default(),
            _ => file.number::<u8>()?.try_into().ok()?,
        };
        Some(Self { role, serial, digest, purposes, budget, reopening, revocations, keys })
    }
}

impl Held {
    const fn place(&self) -> (u32, KeyPath) {
        (self.generation, self.node.path())
    }

    pub fn copy_to(&self, keys: &mut Vec<Self>) {
        push(keys, &self.node, self.generation, self.last);
    }
}

fn push(keys: &mut Vec<Held>, node: &Node, generation: u32, last: Day) {
    keys.push(Held { node: Node::empty(), generation, last });
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

/// The keys held after a grant was accepted, the grant's own first, and how many of these are new.
pub(super) fn join(old: &[Held], grant: &Grant, span: u16) -> (Vec<Held>, usize) {
    let before: HashMap<_, _> = old.iter().map(|held| (held.place(), held.last)).collect();
    let mut keys = Vec::with_capacity(old.len() + grant.nodes.len());
    let mut added = 0;
    for node in &grant.nodes {
        let own = later(node.path().day_of(), span);
        let held = before.get(&(grant.generation, node.path()));
        added += usize::from(held.is_none());
        // A top-up shortens the window of no key that is held.
        let last = held.filter(|_| grant.top_up).map_or(own, |held| own.max(*held));
        push(&mut keys, node, grant.generation, last);
    }
    if grant.top_up {
        let own: HashSet<_> = keys.iter().map(Held::place).collect();
        old.iter().filter(|held| !own.contains(&held.place())).for_each(|held| held.copy_to(&mut keys));
    }
    (keys, added)
}
