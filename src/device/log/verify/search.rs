//! Assigns the records of a damaged log to entries, by trying keys against their MACs.
//!
//! A MAC covers the index, the MAC before and the entry, so that a record that verifies under the key of entry `i` after
//! a known MAC is entry `i`, wherever it is in the file.

use super::damage::LogDamage;
use crate::device::log::chain::{self, ChainMac};
use crate::device::log::entry::LogEntry;
use crate::secret::Key;
use std::cell::Cell;
use std::collections::HashSet;

/// Keys tried beyond the end of a log: as many deleted entries can be recognized.
const BEYOND: usize = 4096;
/// Entries around the expected one that are tried first, as most damage affects few entries.
const NEAR: usize = 512;

/// An entry's bytes and its MAC.
pub(super) type LogRecord = ([u8; LogEntry::LEN], ChainMac);

/// A device's keys, from the first to [`BEYOND`] after the end of the log.
pub(super) struct Chain {
    keys: Vec<Key>,
    origin: ChainMac,
    /// The MACs that the search may still compute.
    searches: Cell<u64>,
}

impl Chain {
    pub(super) fn new(searches: u64, first: &Key, len: usize, origin: ChainMac) -> Self {
        let mut keys: Vec<Key> = Vec::with_capacity(len + BEYOND + 1);
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        for _ in 0..=len + BEYOND {
            // Keys are not cloned: each copy is explicit and wipes itself.
            let mut copy = Key::zero();
            copy.expose_mut().copy_from_slice(key.expose());
            keys.push(copy);
            chain::advance(&mut key);
        }
        let searches = Cell::new(searches + 8 * len as u64);
        Self { keys, origin, searches }
    }

    /// The MAC before the first entry.
    pub(super) const fn origin(&self) -> &ChainMac {
        &self.origin
    }

    /// Whether the search ran out of MACs.
    pub(super) fn is_spent(&self) -> bool {
        self.searches.get() == 0
    }

    fn holds(&self, index: usize, before: &ChainMac, (entry, mac): &LogRecord) -> bool {
        self.keys
            .get(index)
            .is_some_and(|key| chain::equal(&chain::mac_unscrubbed(key, index as u64, before, entry), mac))
    }

    /// Like [`Chain::holds`], charged to the search; `false` when it has run out.
    fn search(&self, index: usize, before: &ChainMac, record: &LogRecord) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        left > 0 && self.holds(index, before, record)
    }

    /// The entry that a record after the MAC `before` is: first near the expected one, then anywhere.
    fn find(&self, expected: usize, before: &ChainMac, record: &LogRecord) -> Option<usize> {
        let (low, high) = (expected.saturating_sub(NEAR), expected.saturating_add(NEAR).min(self.keys.len()));
        let near = (expected..high).chain(low..expected.min(high));
        let all = near.chain(high..self.keys.len()).chain(0..low);
        // Not a look more once the search is spent: a log of garbage has as many keys as records.
        all.take_while(|_| !self.is_spent()).find(|entry| self.search(*entry, before, record))
    }

    /// Assigns each record to an entry.
    pub(super) fn place(&self, records: &[LogRecord]) -> Vec<EntryPlace> {
        let before = |at: usize| at.checked_sub(1).map_or(self.origin, |last| records[last].1);
        let mut places = vec![EntryPlace::Unknown; records.len()];
        let mut expected = 0;
        for at in 0..records.len() {
            if self.holds(expected, &before(at), &records[at]) {
                places[at] = EntryPlace::Proven(expected);
                expected += 1;
            } else if let Some(next) = records.get(at + 1)
                && let Some(after) = self.find(expected + 1, &records[at].1, next)
                && let Some(entry) = after.checked_sub(1)
            {
                // The successor verifies after this record's MAC, so the MAC is genuine even if the content is not.
                places[at] = EntryPlace::Confirmed(entry);
                expected = after;
            }
        }
        self.follow(records, &mut places);
        places
    }

    /// Proves moved records: a record that verifies as the successor of another, already assigned one.
    fn follow(&self, records: &[LogRecord], places: &mut [EntryPlace]) {
        // MACs whose successor may be elsewhere: the origin, and those that the next record does not follow.
        let mut ends = vec![(self.origin, 0)];
        for (at, place) in places.iter().enumerate() {
            let Some(entry) = place.entry() else { continue };
            let followed = matches!(places.get(at + 1), Some(EntryPlace::Proven(next)) if *next == entry + 1);
            if !followed {
                ends.push((records[at].1, entry + 1));
            }
        }
        while let Some((mac, entry)) = ends.pop() {
            let unproven = |at: &usize| !matches!(places[*at], EntryPlace::Proven(_));
            let left = (0..records.len()).filter(unproven).take_while(|_| !self.is_spent());
            let found = { left }.find(|at| self.search(entry, &mac, &records[*at]));
            if let Some(at) = found {
                places[at] = EntryPlace::Proven(entry);
                ends.push((records[at].1, entry + 1));
            }
        }
    }

    /// The damage that the assignment shows, with the fewest moved entries that explain it.
    pub(super) fn judge(&self, records: &[LogRecord], places: &[EntryPlace]) -> Vec<LogDamage> {
        let mut damage = Vec::new();
        let stands: HashSet<usize> = places.iter().filter_map(|place| place.entry()).collect();
        let in_order = in_order(places);
        // The next entry in its order, from each position on.
        let mut next = vec![None; places.len() + 1];
        for at in (0..places.len()).rev() {
            next[at] = if in_order.contains(&at) { places[at].entry() } else { next[at + 1] };
        }
        let mut seen = HashSet::new();
        let mut expected = 0;
        for (at, place) in places.iter().enumerate() {
            let Some(entry) = place.entry() else {
                while stands.contains(&expected) {
                    expected += 1;
                }
                if let Some(key) = self.resealed(records, at) {
                    damage.push(LogDamage::Resealed { entry: at as u64, key: key as u64 });
                    expected += 1;
                } else if next[at].is_none_or(|next| expected < next) {
                    damage.push(LogDamage::Edited { entry: expected as u64 });
                    expected += 1;
                } else {
                    damage.push(LogDamage::Inserted { at: at as u64 });
                }
                continue;
            };
            // A second record of one entry is a copy of it.
            if !seen.insert(entry) {
                damage.push(LogDamage::Inserted { at: at as u64 });
                continue;
            }
            if in_order.contains(&at) {
                let missing: Vec<usize> = (expected..entry).filter(|one| !stands.contains(one)).collect();
                for run in missing.chunk_by(|one, next| one + 1 == *next) {
                    damage.push(LogDamage::Deleted { first: run[0] as u64, last: run[run.len() - 1] as u64 });
                }
                expected = entry + 1;
            } else {
                damage.push(LogDamage::Moved { entry: entry as u64, at: at as u64 });
            }
            if let EntryPlace::Confirmed(entry) = *place {
                let follows = match at.checked_sub(1) {
                    Some(last) => places[last].entry().map(|last| last + 1) == Some(entry),
                    None => entry == 0,
                };
                let entry = entry as u64;
                damage.push(if follows {
                    LogDamage::Edited { entry }
                } else {
                    LogDamage::Unproven { entry }
                });
            }
        }
        damage
    }

    /// The entry whose key authenticates the record at its position.
    fn resealed(&self, records: &[LogRecord], at: usize) -> Option<usize> {
        let before = at.checked_sub(1).map_or(self.origin, |last| records[last].1);
        let (content, mac) = &records[at];
        // A thief has the key that was current at the theft, so the last keys are the likeliest.
        (0..self.keys.len()).rev().take_while(|_| !self.is_spent()).find(|key| {
            let left = self.searches.get();
            self.searches.set(left.saturating_sub(1));
            left > 0
                && chain::equal(&chain::mac_unscrubbed(&self.keys[*key], at as u64, &before, content), mac)
        })
    }
}

/// The positions of the longest increasing subsequence of entries, by patience sorting.
fn in_order(places: &[EntryPlace]) -> HashSet<usize> {
    // For each length of a subsequence, its smallest last entry with its position; and each position's predecessor.
    let mut tails: Vec<(usize, usize)> = Vec::new();
    let mut follows = vec![None; places.len()];
    for (at, place) in places.iter().enumerate() {
        let Some(entry) = place.entry() else { continue };
        let pile = tails.partition_point(|(last, _)| *last < entry);
        follows[at] = pile.checked_sub(1).map(|pile| tails[pile].1);
        match tails.get_mut(pile) {
            Some(tail) => *tail = (entry, at),
            None => tails.push((entry, at)),
        }
    }
    std::iter::successors(tails.last().map(|(_, at)| *at), |at| follows[*at]).collect()
}

/// The entry to which a record is assigned.
#[derive(Clone, Copy, Debug)]
pub(super) enum EntryPlace {
    /// Content and position verify.
    Proven(usize),
    /// The MAC is that entry's, as its successor proves; the content does not verify at this position.
    Confirmed(usize),
    Unknown,
}

impl EntryPlace {
    const fn entry(self) -> Option<usize> {
        match self {
            Self::Proven(entry) | Self::Confirmed(entry) => Some(entry),
            Self::Unknown => None,
        }
    }
}
