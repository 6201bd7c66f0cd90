//! Which label replaced which.

use crate::keys::SealerId;
use crate::payload::{Handle, Header};
use std::collections::{BTreeMap, BTreeSet};

/// The labels that replaced others.
#[derive(Clone, Debug, Default)]
pub struct Relabellings {
    /// By the new handle the old label; `None` where two entries name different ones.
    old: BTreeMap<Handle, Option<(Handle, Header)>>,
    /// Sealers that only replace labels: a label of theirs is never a parcel's first.
    desks: BTreeSet<SealerId>,
}

impl Relabellings {
    /// No relabelling yet, with the sealers that only replace labels.
    #[must_use]
    pub const fn new(desks: BTreeSet<SealerId>) -> Self {
        Self { old: BTreeMap::new(), desks }
    }

    /// Adds an entry: the old label with its header, and the label that replaced it.
    pub fn add(&mut self, old: Handle, header: Header, new: Handle) {
        let known = self.old.entry(new).or_insert_with(|| Some((old, header)));
        // The same entry may be in two logs.
        if known.as_ref().is_some_and(|(handle, _)| *handle != old) {
            *known = None;
        }
    }

    /// Adds an entry whose old label cannot be read: nothing is known of the parcel's first label from there on.
    pub(super) fn add_unreadable(&mut self, new: Handle) {
        self.old.insert(new, None);
    }

    /// The labels that were replaced, with their headers.
    pub(super) fn replaced(&self) -> impl Iterator<Item = (Handle, &Header)> {
        self.old.values().flatten().map(|(handle, header)| (*handle, header))
    }

    /// Whether a sealer only replaces labels.
    pub(super) fn is_desk(&self, sealer: SealerId) -> bool {
        self.desks.contains(&sealer)
    }

    /// The header of the label that a parcel had first; `None` if entries contradict each other.
    pub(super) fn first<'a>(&'a self, handle: Handle, header: &'a Header) -> Option<&'a Header> {
        let (mut handle, mut header) = (handle, header);
        // A chain as long as there are entries has come back to itself.
        for _ in 0..=self.old.len() {
            match self.old.get(&handle) {
                None => return Some(header),
                Some(old) => (handle, header) = old.as_ref().map(|(handle, header)| (*handle, header))?,
            }
        }
        None
    }
}
