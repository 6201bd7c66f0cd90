//! What is held for one role: sets of keys with the terms of the grant that brought them, and how a new grant changes them.

use super::key_set::{Held, KeySet};
use super::refused::Refused;
use crate::keys::Day;
use crate::signed::cbor::{CborReader, CborWriter};
use crate::signed::certificate::OWN_SERIALS;
use crate::signed::grant::{Grant, Role};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};

/// The holding of one role.
pub(super) struct Holding {
    pub role: Role,
    /// The newest serial of each signer: an issuer's says nothing about the authority's.
    marks: Vec<SerialMark>,
    /// Sets of keys, the authority's first, the newest first of each signer. No set is empty.
    pub sets: Vec<KeySet>,
}

/// The newest serial that was taken from a signer.
struct SerialMark {
    /// The first serial of the signer's block, which names it.
    signer: u64,
    /// The last day on which a grant of that signer is taken; of no meaning for the authority.
    over: Day,
    serial: u64,
    digest: [u8; 32],
}

/// What the serial of a grant says.
#[derive(PartialEq, Eq)]
pub(super) enum SerialCheck {
    Newer,
    Same,
}

impl Holding {
    pub const fn empty(role: Role) -> Self {
        Self { role, marks: Vec::new(), sets: Vec::new() }
    }

    /// Compares a grant's serial with the newest of the same signer. The digest distinguishes the same grant, received
    /// again, from another one with the same serial.
    pub fn check_serial(&self, grant: &Grant, digest: &[u8; 32]) -> Result<SerialCheck, Refused> {
        let signer = signer(grant);
        let Some(mark) = self.marks.iter().find(|mark| mark.signer == signer) else {
            return Ok(SerialCheck::Newer);
        };
        if grant.serial < mark.serial {
            return Err(Refused::Older { serial: grant.serial, held: mark.serial });
        }
        if grant.serial > mark.serial {
            return Ok(SerialCheck::Newer);
        }
        if digest == &mark.digest {
            return Ok(SerialCheck::Same);
        }
        if forgotten(digest) == mark.digest {
            return Ok(SerialCheck::Newer);
        }
        Err(Refused::Replay { serial: grant.serial })
    }

    /// Takes a grant's keys; returns how many are new, and how many that were held are not held any more. `today` is
    /// signed time: marks of certificates that are over by it are forgotten, since their grants are refused anyway.
    pub fn take(&mut self, grant: Grant, digest: [u8; 32], span: u16, today: Day) -> (usize, usize) {
        let signer = signer(&grant);
        let own = grant.issued_by.is_none();
        let over = grant.issued_by.as_ref().map_or(Day::new(u16::MAX), |by| by.terms().over());
        self.marks.retain(|mark| mark.signer != signer && (mark.over >= today || is_own(mark.signer)));
        self.marks.push(SerialMark { signer, over, serial: grant.serial, digest });

        let places = |sets: &[KeySet]| -> HashSet<_> {
            sets.iter().flat_map(|set| &set.keys).map(Held::place).collect()
        };
        let before = places(&self.sets);
        let added =
            grant.nodes.iter().filter(|node| !before.contains(&(grant.generation, node.path()))).count();
        let added = added + grant.labels.len();
        // An issuer changes its own sets alone: a stolen one takes no key away, and widens no other key's terms.
        let touched = |set: &KeySet| own || set.signer() == signer;
        if !grant.top_up {
            self.sets.retain(|set| !touched(set));
        }
        // A top-up shortens the window of no key that is held.
        let staying: HashMap<_, _> = self
            .sets
            .iter()
            .filter(|set| touched(set))
            .flat_map(|set| &set.keys)
            .map(|held| (held.place(), held.last))
            .collect();
        let mut set = KeySet::of(grant, span, |place| staying.get(&place).copied());
        let new: HashSet<_> = set.keys.iter().map(Held::place).collect();
        for other in self.sets.iter_mut().filter(|set| touched(set)) {
            other.keep(|held| !new.contains(&held.place()));
        }
        // Under the same terms by the same signer, one set.
        if let Some(at) = self.sets.iter().position(|other| other.has_terms_of(&set)) {
            let other = self.sets.remove(at);
            set.append(&other);
        }
        let at = if own { 0 } else { self.sets.iter().filter(|set| set.issuer.is_none()).count() };
        self.sets.insert(at, set);
        self.sets.retain(|set| !set.is_empty());
        let now = places(&self.sets);
        (added, before.difference(&now).count())
    }

    /// Puts back a pass, unless it is there.
    pub fn put_back(&mut self, pass: KeySet) {
        let is_it = |set: &KeySet| (set.signer(), set.serial) == (pass.signer(), pass.serial);
        if !self.sets.iter().any(is_it) {
            let own = self.sets.iter().filter(|set| set.issuer.is_none()).count();
            self.sets.insert(if pass.issuer.is_none() { 0 } else { own }, pass);
        }
    }

    /// Erases the keys and the sets that do not stay; returns how many keys are erased.
    pub fn keep(&mut self, sets: impl Fn(&KeySet) -> bool, keys: impl Fn(&Held) -> bool) -> usize {
        let count = |sets: &[KeySet]| sets.iter().map(|set| set.keys.len() + set.labels.len()).sum::<usize>();
        let before = count(&self.sets);
        self.sets.iter_mut().for_each(|set| set.keep(&keys));
        self.sets.retain(|set| !set.is_empty() && sets(set));
        before - count(&self.sets)
    }

    /// The keys that a key store holds, each with its signer.
    pub fn out(&self) -> impl Iterator<Item = (u64, &Held)> {
        let all = self.sets.iter().flat_map(|set| set.keys.iter().map(|held| (set.signer(), held)));
        all.filter(|(_, held)| held.is_out)
    }

    /// Forgets the keys that a key store holds no more. The grants that brought them are taken again.
    pub fn forget_out(&mut self) {
        let signers: HashSet<u64> = self.out().map(|(signer, _)| signer).collect();
        for mark in self.marks.iter_mut().filter(|mark| signers.contains(&mark.signer)) {
            mark.digest = forgotten(&mark.digest);
        }
        self.keep(|_| true, |held| !held.is_out);
    }

    /// Writes the holding's part of the state file.
    pub fn write(&self, out: &mut CborWriter) {
        out.array(3);
        out.uint(self.role as u8);
        out.array(self.marks.len());
        for mark in &self.marks {
            out.array(4);
            out.uint(mark.signer);
            out.uint(mark.over.number());
            out.uint(mark.serial);
            out.bytes(&mark.digest);
        }
        out.array(self.sets.len());
        self.sets.iter().for_each(|set| set.write(out));
    }

    /// The most bytes that [`Self::write`] writes.
    pub fn room(&self) -> usize {
        self.marks.len() * 64 + self.sets.iter().map(KeySet::room).sum::<usize>() + 64
    }

    pub fn read(file: &mut CborReader<'_>) -> Option<Self> {
        file.array().filter(|parts| *parts == 3)?;
        let role = file.number::<u8>()?.try_into().ok()?;
        let marks = (0..file.array()?)
            .map(|_| {
                file.array().filter(|parts| *parts == 4)?;
                let (signer, over) = (file.uint()?, Day::new(file.number()?));
                Some(SerialMark { signer, over, serial: file.uint()?, digest: *file.fixed()? })
            })
            .collect::<Option<_>>()?;
        let sets = (0..file.array()?).map(|_| KeySet::read(file)).collect::<Option<_>>()?;
        Some(Self { role, marks, sets })
    }
}

/// The first serial of the signer's block: 0 for the authority.
fn signer(grant: &Grant) -> u64 {
    grant.issued_by.as_ref().map_or(0, |by| *by.terms().serials.start())
}

/// What stands for the digest of a grant whose keys were forgotten: no grant has it.
fn forgotten(digest: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(b"WS1 forgotten").chain_update(digest).finalize().into()
}

fn is_own(signer: u64) -> bool {
    OWN_SERIALS.contains(&signer)
}
