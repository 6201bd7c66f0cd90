//! The stations that have one key, such as a code or a postcode: mostly one, and others on other days.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Stations by their index in the file; never none.
#[derive(Clone, Debug)]
pub(super) enum Holders {
    One(usize),
    Several(Box<[usize]>),
}

impl Holders {
    fn add(&mut self, station: usize) {
        if !self.all().contains(&station) {
            *self = Self::Several(self.all().iter().copied().chain([station]).collect());
        }
    }

    /// All of them, in the order of the file.
    pub(super) fn all(&self) -> &[usize] {
        match self {
            Self::One(station) => std::slice::from_ref(station),
            Self::Several(stations) => stations,
        }
    }
}

/// Adds a station to those of a key, and the others that have it to `others`.
pub(super) fn hold<K: Hash + Eq>(
    map: &mut HashMap<K, Holders>,
    key: K,
    station: usize,
    others: &mut Vec<usize>,
) {
    match map.entry(key) {
        Entry::Vacant(entry) => {
            entry.insert(Holders::One(station));
        }
        Entry::Occupied(mut entry) => {
            others.extend(entry.get().all().iter().filter(|other| **other != station));
            entry.get_mut().add(station);
        }
    }
}
