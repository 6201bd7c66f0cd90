//! The keys that a device may use now.

use super::set_issuer::SetIssuer;
use crate::error::Refusal;
use crate::keys::{Day, KeyPath, Node};
use crate::payload::Payload;
use crate::signed::grant::{PassLabel, Purpose, Reopening, Role};
use crate::verifier::{Verifier, Want};

/// The keys that a device may use now, in sets by the terms under which they open labels.
#[derive(Debug)]
#[non_exhaustive]
pub struct HeldKeys {
    /// The role.
    pub role: Role,
    /// Today, by the device's clock or signed time, whichever is later.
    pub today: Day,
    /// The sets, none of them empty: the authority's first, the newest first of each signer. The first that reaches a
    /// label decides by which terms it opens.
    pub sets: Vec<HeldSet>,
}

/// Keys, and the terms of their grant.
#[derive(Debug)]
#[non_exhaustive]
pub struct HeldSet {
    /// Who signed that grant; `None` for the authority.
    pub(crate) issuer: Option<Box<SetIssuer>>,
    /// The serial of the grant whose terms these are.
    pub serial: u64,
    /// The keys within their windows, but those that a key store holds.
    pub nodes: Vec<Node>,
    /// For each of them the last day on which it may be used.
    pub last: Vec<Day>,
    /// The places of keys that a key store holds.
    pub(crate) held: Vec<HeldNode>,
    /// The keys of single labels, of a pass.
    pub labels: Vec<PassLabel>,
    /// The last day of a pass.
    pub until: Day,
    /// The purposes for which labels may be opened.
    pub purposes: Vec<Purpose>,
    /// Labels that may be opened in a shift; `None` for no limit.
    pub budget: Option<u32>,
    /// Which labels may be opened again.
    pub reopening: Reopening,
    /// The lowest number of a revocation list that must be held.
    pub revocations: u64,
    /// Of a sealer's keys the earliest time at which a file of stations was signed that it may seal by, in seconds since
    /// 1970-01-01 UTC; 0 if none is demanded.
    pub stations: u64,
}

/// The place of a key that a key store holds, within its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldNode {
    pub path: KeyPath,
    /// Its name there.
    pub name: String,
    /// The last day on which it may be used.
    pub last: Day,
}

impl HeldSet {
    /// How many keys there are, those that a key store holds included.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.nodes.len() + self.held.len() + self.labels.len()
    }

    /// The place of each key, whoever holds it, and the last day on which it may be used: in the order in which keys are chosen.
    pub(crate) fn places(&self) -> impl Iterator<Item = (KeyPath, Day)> {
        let here = self.nodes.iter().zip(&self.last).map(|(node, last)| (node.path(), *last));
        here.chain(self.held.iter().map(|held| (held.path, held.last)))
    }

    /// Whether the keys match what is wanted of a label, by their places alone: no key store is asked.
    ///
    /// # Errors
    /// As [`Verifier::reaches`].
    pub(crate) fn reaches(&self, payload: &Payload, want: Want, today: Day) -> Result<(), Refusal> {
        if self.held.is_empty() {
            return Verifier::new(&self.nodes, today).reaches(payload, want);
        }
        // Keys of zeros: a plan derives nothing.
        let places: Vec<Node> = self.places().map(|(path, _)| Node::new(path, &[0; 32])).collect();
        Verifier::new(&places, today).reaches(payload, want)
    }
}

impl HeldKeys {
    /// The keys of all sets.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.sets.iter().flat_map(|set| &set.nodes)
    }
}
