//! The loaded parcels, and their file.

use super::digests::LoadedDigests;
use super::item::{KEYS, LabelFacts, LoadedParcel, WAYBILL};
use super::sector::{SECTOR, Sector, add_check, blank, is_intact};
use super::terms::LoadTerms;
use crate::device::session::error::SessionError;
use crate::device::session::folder::Folder;
use crate::device::session::parcel::Parcel;
use crate::device::store::SharedStore;
use crate::keys::{Day, Region, Site};
use crate::payload::Handle;
use crate::verifier::LabelKeys;
use zeroize::Zeroizing;

/// The most parcels that can be loaded: more than a van holds.
const PARCELS_MAX: usize = 10_000;

/// The keys of a loaded label.
pub(crate) enum LoadedKeys {
    Usable(Box<LabelKeys>),
    /// They are past their window.
    Over,
}

/// The loaded parcels. Their keys stay in the file, and are read when a label is scanned.
pub(crate) struct Loaded {
    store: SharedStore,
    terms: Option<LoadTerms>,
    items: Vec<LoadedParcel>,
    as_locked: bool,
}

impl Loaded {
    /// Reads the file; empty if nothing was loaded. Of a locked device it is compared with the digests that were taken at the
    /// lock. Erases the keys of torn sectors; of a device that is not locked everything, if the terms are torn.
    pub fn open(store: SharedStore, locked: Option<&LoadedDigests>) -> Result<Self, SessionError> {
        let mut loaded = Self { store, terms: None, items: Vec::new(), as_locked: locked.is_none() };
        let mut as_locked = true;
        let mut sectors = 0;
        while let Some(mut sector) = loaded.read_sector(sectors)? {
            let index = sectors;
            sectors += 1;
            if sectors > PARCELS_MAX + 1 {
                return Err(SessionError::Damaged);
            }
            let is_intact = is_intact(&sector);
            let is_same = locked.is_none_or(|locked| locked.names(index, &sector));
            if index == 0 {
                loaded.terms = is_intact.then(|| LoadTerms::read(&sector)).flatten();
                as_locked &= is_intact && is_same;
                continue;
            }
            if is_intact {
                as_locked &= is_same;
            } else {
                // Torn. On the road nothing but keys is ever written over, so that the rest is as it was if the power failed.
                if locked.is_some() && is_same {
                    sector[KEYS..WAYBILL].fill(0);
                    add_check(&mut sector);
                } else {
                    sector = blank();
                }
                loaded.store.write_at(Folder::LOADED, at(index), &sector)?;
            }
            loaded.items.push(LoadedParcel::read(&sector).unwrap_or_else(LoadedParcel::none));
        }
        loaded.as_locked = as_locked && locked.is_none_or(|locked| locked.count() == sectors);
        if loaded.terms.is_none() && locked.is_none() {
            // A power loss tore the terms. The next parcel's must not widen those of what was loaded before.
            loaded.clear()?;
        }
        Ok(loaded)
    }

    /// Whether what was loaded is what the device was locked with, but for torn sectors.
    pub const fn is_as_locked(&self) -> bool {
        self.as_locked
    }

    /// The digests of what is loaded now.
    pub fn digests(&self) -> Result<LoadedDigests, SessionError> {
        let mut digests = LoadedDigests::default();
        while let Some(sector) = self.read_sector(digests.count())? {
            digests.add(&sector);
        }
        Ok(digests)
    }

    pub const fn terms(&self) -> Option<&LoadTerms> {
        self.terms.as_ref()
    }

    /// The number of parcels whose keys are in the file.
    pub fn count(&self) -> usize {
        self.items.iter().filter(|item| item.has_keys).count()
    }

    pub fn parcels(&self) -> impl Iterator<Item = Parcel> {
        self.items.iter().map(|item| item.parcel.clone()).filter(|parcel| !parcel.waybill.is_empty())
    }

    pub fn station(&self, handle: &Handle) -> Option<(Region, Site)> {
        self.items.iter().find(|item| item.parcel.handle == *handle)?.station
    }

    /// Adds a parcel, or replaces its keys; on disk when this returns.
    pub fn add(
        &mut self,
        parcel: &Parcel,
        station: (Region, Site),
        keys: &LabelKeys,
        facts: LabelFacts,
        terms: &LoadTerms,
    ) -> Result<(), SessionError> {
        let known = self.items.iter().position(|item| item.parcel.handle == parcel.handle);
        if known.is_none() && self.items.len() >= PARCELS_MAX {
            return Err(SessionError::Full { most: PARCELS_MAX });
        }
        // One sector holds the terms of all: those of another grant only narrow them, while a parcel has keys.
        let terms = match &self.terms {
            Some(held) if held != terms && self.count() > 0 => held.narrowed(terms),
            _ => terms.clone(),
        };
        if self.terms.as_ref() != Some(&terms) {
            let mut sector = blank();
            terms.write(&mut sector);
            self.write_sector(0, &mut sector)?;
            self.terms = Some(terms);
        }
        let item = LoadedParcel { parcel: parcel.clone(), station: Some(station), has_keys: true, facts };
        let mut sector = item.write(keys);
        let at = known.unwrap_or(self.items.len());
        self.write_sector(at + 1, &mut sector)?;
        match self.items.get_mut(at) {
            Some(known) => *known = item,
            None => self.items.push(item),
        }
        Ok(())
    }

    /// The last day on which any of the keys in the file may be used.
    pub fn last_day(&self) -> Option<Day> {
        self.items.iter().filter(|item| item.has_keys).flat_map(|item| item.facts.last).flatten().max()
    }

    /// The keys of a label that may be used today, read from the file, with what is known of the label; `None` if it was not
    /// loaded, or its keys are erased.
    pub fn keys(
        &self,
        handle: &Handle,
        today: Day,
    ) -> Result<Option<(LoadedKeys, LabelFacts)>, SessionError> {
        let held = |item: &LoadedParcel| item.has_keys && item.parcel.handle == *handle;
        let Some(at) = self.items.iter().position(held) else { return Ok(None) };
        let facts = self.items[at].facts;
        let Some(sector) = self.read_sector(at + 1)? else { return Ok(None) };
        // Boxed before it is filled: moving keys would leave copies on the stack.
        let mut keys = Box::new(LabelKeys::empty());
        let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
        bytes.copy_from_slice(&sector[KEYS..WAYBILL]);
        // Each key has its own window, as the station's keys from which it was derived.
        for (bit, last) in (0..).zip(facts.last) {
            if last.is_none_or(|last| last < today) {
                bytes[2] &= !(1 << bit);
            }
        }
        if !is_intact(&sector) {
            return Ok(None);
        }
        let keys = if keys.read(&bytes) { LoadedKeys::Usable(keys) } else { LoadedKeys::Over };
        Ok(Some((keys, facts)))
    }

    /// Erases the keys of the parcels for which `gone` holds; their masked lines stay.
    pub fn erase_where(&mut self, gone: impl Fn(&Handle) -> bool) -> Result<(), SessionError> {
        for at in 0..self.items.len() {
            let item = &self.items[at];
            if item.has_keys && gone(&item.parcel.handle) {
                let mut sector = item.write(&LabelKeys::empty());
                self.write_sector(at + 1, &mut sector)?;
                self.items[at].has_keys = false;
            }
        }
        Ok(())
    }

    /// Erases all parcels and the file.
    pub fn clear(&mut self) -> Result<(), SessionError> {
        self.terms = None;
        self.items.clear();
        Ok(self.store.erase(Folder::LOADED)?)
    }

    /// A sector; `None` after the last whole one.
    fn read_sector(&self, index: usize) -> Result<Option<Sector>, SessionError> {
        let sector = self.store.read_at(Folder::LOADED, at(index), SECTOR)?;
        Ok(Some(sector).filter(|sector| sector.len() == SECTOR))
    }

    fn write_sector(&mut self, index: usize, sector: &mut Sector) -> Result<(), SessionError> {
        add_check(sector);
        Ok(self.store.write_at(Folder::LOADED, at(index), sector)?)
    }
}

/// The offset of a sector.
const fn at(index: usize) -> u64 {
    (index * SECTOR) as u64
}
