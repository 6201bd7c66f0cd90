//! The labels of passes on a locked device: their keys, and the terms of each pass, in the file `passes`.
//!
//! What was in hand at the lock is written there, and what comes on the road is added. As of loaded parcels, the log's entry of the lock
//! names a digest of all but the keys, and a sign-off erases a label's key. A label is found by its header: a pass names no other.
//!
//! Sectors of 512 bytes, as in the file `loaded`; the first holds `"wayseal passes 1"`, each other:
//!
//! | offset | bytes | |
//! |---|---|---|
//! | 20 | 67 | label keys, or zeros once erased |
//! | 87 | 38 | the label's header: length u8, bytes |
//! | 125 | 8 | serial of the pass u64 |
//! | 133 | 2 | its last day u16 |
//! | 135 | 1, 1 | its purposes, a bit each; its rules for opening again |
//! | 137 | 4 | its budget u32, 0 for none |
//! | 141 | 8 | the lowest number of a revocation list with which it is of use u64 |
//! | 149 | 8 | who gave it, 0 for the authority: the first serial u64 |
//! | 157 | 65, 2 | the name: length u8, bytes; the last day of its certificate u16 |
//! | 224 | 65, 2 | the same of the issuer who certified that; a length of 0 for none |
//! | 480 | 32 | SHA-256 of the bytes before |

use super::error::SessionError;
use super::folder::Folder;
use super::load::LoadTerms;
use super::load::sectors::{
    CHECK, KEYS, LoadedDigests, SECTOR, Sector, WAYBILL, add_check, blank, is_intact,
};
use crate::device::log::LabelHeader;
use crate::device::state::{HeldSet, SetIssuer};
use crate::device::store::SharedStore;
use crate::keys::Day;
use crate::payload::Payload;
use crate::signed::grant::{NAME_MAX, PASS_LABELS, PassLabel, Purpose};
use crate::verifier::LabelKeys;
use zeroize::Zeroizing;

const MAGIC: &[u8; 16] = b"wayseal passes 1";
const SERIAL: usize = WAYBILL + LabelHeader::ROOM;
const UNTIL: usize = SERIAL + 8;
const PURPOSES: usize = UNTIL + 2;
const BUDGET: usize = PURPOSES + 2;
const REVOCATIONS: usize = BUDGET + 4;
const SIGNER: usize = REVOCATIONS + 8;
const GIVER: usize = SIGNER + 8;
const ISSUER: usize = GIVER + NAMED;
/// Bytes of a name and the last day of its certificate.
const NAMED: usize = 1 + NAME_MAX + 2;
const _: () = assert!(ISSUER + NAMED <= CHECK);
/// The most labels that are kept: of many passes, and fewer than a van holds.
const LABELS_MAX: usize = 4000;

/// The labels of passes of a locked device. Their keys stay in the file, and are read when a label is scanned.
pub(super) struct PassedLabels {
    store: SharedStore,
    items: Vec<PassedLabel>,
    as_locked: bool,
}

/// What is kept of a label beside its keys.
struct PassedLabel {
    header: LabelHeader,
    terms: LoadTerms,
    until: Day,
    revocations: u64,
    /// Who gave the pass; `None` for the authority.
    issuer: Option<SetIssuer>,
    has_keys: bool,
}

impl PassedLabels {
    /// Without any.
    pub const fn none(store: SharedStore) -> Self {
        Self { store, items: Vec::new(), as_locked: true }
    }

    /// Reads the file and compares it with the digests of the lock; what is there beyond them counts for nothing.
    pub fn open(store: SharedStore, locked: &LoadedDigests) -> Result<Self, SessionError> {
        let mut passed = Self::none(store);
        for index in 0..locked.count() {
            let Some(mut sector) = passed.read_sector(index)? else {
                passed.as_locked = false;
                break;
            };
            let is_same = locked.names(index, &sector);
            if !is_intact(&sector) && is_same && index > 0 {
                // Torn by an erasure: nothing but keys is ever written over.
                sector[KEYS..WAYBILL].fill(0);
                passed.write_sector(index, &mut sector)?;
            }
            passed.as_locked &= is_same && (index > 0 || sector[..16] == MAGIC[..]);
            if index > 0 {
                match PassedLabel::read(&sector) {
                    Some(item) => passed.items.push(item),
                    None => passed.as_locked = false,
                }
            }
        }
        Ok(passed)
    }

    /// Whether the file is what the device was locked with.
    pub const fn is_as_locked(&self) -> bool {
        self.as_locked
    }

    /// Adds the labels of passes, and returns the digests of the file with them. They are kept when this returns, and count when the
    /// log names the digests. No sector that counts is written over: of a label that is there already the newer pass applies.
    pub fn add(&mut self, sets: &[HeldSet], floor: u64) -> Result<LoadedDigests, SessionError> {
        let given: usize = sets.iter().map(|set| set.labels.len()).sum();
        if given > 0 && self.items.is_empty() {
            let mut sector = blank();
            sector[..16].copy_from_slice(MAGIC);
            self.write_sector(0, &mut sector)?;
        }
        for (set, label) in sets.iter().flat_map(|set| set.labels.iter().map(move |label| (set, label))) {
            let Some(item) = PassedLabel::of(set, label, floor) else { continue };
            if self.items.len() >= LABELS_MAX {
                return Err(SessionError::Full { most: LABELS_MAX });
            }
            let mut sector = item.write(label.keys());
            self.write_sector(self.items.len() + 1, &mut sector)?;
            self.items.push(item);
        }
        self.digests()
    }

    fn digests(&self) -> Result<LoadedDigests, SessionError> {
        let mut digests = LoadedDigests::default();
        let count = if self.items.is_empty() { 0 } else { self.items.len() + 1 };
        for index in 0..count {
            let sector = self.read_sector(index)?.ok_or(SessionError::Damaged)?;
            digests.add(&sector);
        }
        Ok(digests)
    }

    /// The keys of a label by a pass that is not over, with its terms and last day; `None` if no pass names it, or its key is erased.
    pub fn keys(
        &self,
        payload: &Payload,
        today: Day,
    ) -> Result<Option<(Box<LabelKeys>, LoadTerms, Day)>, SessionError> {
        let header = LabelHeader::from(payload.header());
        let usable = |item: &PassedLabel| item.has_keys && item.until >= today && item.header == header;
        let Some(at) = self.items.iter().rposition(usable) else { return Ok(None) };
        let Some(sector) = self.read_sector(at + 1)?.filter(|sector| is_intact(sector)) else {
            return Ok(None);
        };
        // Read in place: moving keys leaves copies on the stack.
        let mut keys = Box::new(LabelKeys::empty());
        let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
        bytes.copy_from_slice(&sector[KEYS..WAYBILL]);
        let item = &self.items[at];
        Ok(keys.read(&bytes).then(|| (keys, item.terms.clone(), item.until)))
    }

    /// Whether a pass names a label, and its key is there.
    pub fn has(&self, payload: &Payload) -> bool {
        let header = LabelHeader::from(payload.header());
        self.items.iter().any(|item| item.has_keys && item.header == header)
    }

    /// The headers of the labels whose keys are there.
    pub fn headers(&self) -> impl Iterator<Item = &LabelHeader> {
        self.items.iter().filter(|item| item.has_keys).map(|item| &item.header)
    }

    /// Erases the keys of the labels for which `gone` holds.
    pub fn erase_where(&mut self, gone: impl Fn(&LabelHeader) -> bool) -> Result<(), SessionError> {
        for at in 0..self.items.len() {
            if self.items[at].has_keys && gone(&self.items[at].header) {
                let mut sector = self.items[at].write(&LabelKeys::empty());
                self.write_sector(at + 1, &mut sector)?;
                self.items[at].has_keys = false;
            }
        }
        Ok(())
    }

    /// Erases the keys of the labels whose pass is of somebody who is not trusted any more.
    pub fn erase_untrusted(&mut self, trusts: impl Fn(&SetIssuer) -> bool) -> Result<(), SessionError> {
        let doubted: Vec<LabelHeader> = self
            .items
            .iter()
            .filter(|item| item.has_keys && item.issuer.as_ref().is_some_and(|by| !trusts(by)))
            .map(|item| item.header)
            .collect();
        if doubted.is_empty() { Ok(()) } else { self.erase_where(|header| doubted.contains(header)) }
    }

    /// The passes as they were taken, without the labels whose keys are erased.
    pub fn sets(&self) -> Result<Vec<HeldSet>, SessionError> {
        let mut sets: Vec<HeldSet> = Vec::new();
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.has_keys) {
            let Some(sector) = self.read_sector(at + 1)?.filter(|sector| is_intact(sector)) else { continue };
            let is_it = |set: &HeldSet| {
                set.serial == item.terms.serial && set.issuer.as_deref() == item.issuer.as_ref()
            };
            let place = sets.iter().position(is_it).unwrap_or_else(|| {
                sets.push(item.set());
                sets.len() - 1
            });
            let mut label = PassLabel::of_header(item.header.bytes());
            let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
            bytes.copy_from_slice(&sector[KEYS..WAYBILL]);
            let labels = &mut sets[place].labels;
            // The same label twice is of a pass that was taken twice.
            let is_new = labels.len() < PASS_LABELS && labels.iter().all(|it| it.header() != label.header());
            if is_new && label.keys_mut().read(&bytes) {
                label.copy_to(labels);
            }
        }
        Ok(sets)
    }

    /// Erases all of them and the file.
    pub fn clear(&mut self) -> Result<(), SessionError> {
        self.items.clear();
        Ok(self.store.erase(Folder::PASSED)?)
    }

    fn read_sector(&self, index: usize) -> Result<Option<Sector>, SessionError> {
        let sector = self.store.read_at(Folder::PASSED, (index * SECTOR) as u64, SECTOR)?;
        Ok(Some(sector).filter(|sector| sector.len() == SECTOR))
    }

    fn write_sector(&mut self, index: usize, sector: &mut Sector) -> Result<(), SessionError> {
        add_check(sector);
        Ok(self.store.write_at(Folder::PASSED, (index * SECTOR) as u64, sector)?)
    }
}

impl PassedLabel {
    fn of(set: &HeldSet, label: &PassLabel, floor: u64) -> Option<Self> {
        let mut header = [0; LabelHeader::ROOM];
        let bytes = label.header();
        header[0] = bytes.len() as u8;
        header.get_mut(1..=bytes.len())?.copy_from_slice(bytes);
        let header = LabelHeader::read(&header)?;
        Some(Self {
            header,
            terms: LoadTerms::of(set, floor),
            until: set.until,
            revocations: set.revocations,
            issuer: set.issuer.as_deref().cloned(),
            has_keys: true,
        })
    }

    /// The pass, without labels.
    fn set(&self) -> HeldSet {
        HeldSet {
            issuer: self.issuer.clone().map(Box::new),
            serial: self.terms.serial,
            nodes: Vec::new(),
            last: Vec::new(),
            held: Vec::new(),
            // Allocated once: a vector that grows leaves an unwiped copy of the keys.
            labels: Vec::with_capacity(PASS_LABELS),
            until: self.until,
            purposes: self.terms.purposes.clone(),
            budget: self.terms.budget,
            reopening: self.terms.reopening,
            revocations: self.revocations,
            stations: 0,
        }
    }

    fn write(&self, keys: &LabelKeys) -> Sector {
        let mut sector = blank();
        let mut bytes = Zeroizing::new([0; LabelKeys::LEN]);
        keys.write(&mut bytes);
        sector[KEYS..WAYBILL].copy_from_slice(&bytes[..]);
        sector[WAYBILL..SERIAL].copy_from_slice(&self.header.write());
        sector[SERIAL..UNTIL].copy_from_slice(&self.terms.serial.to_be_bytes());
        sector[UNTIL..PURPOSES].copy_from_slice(&self.until.number().to_be_bytes());
        sector[PURPOSES] = self.terms.purposes.iter().fold(0, |bits, purpose| bits | 1 << *purpose as u8);
        sector[PURPOSES + 1] = self.terms.reopening.byte();
        sector[BUDGET..REVOCATIONS].copy_from_slice(&self.terms.budget.unwrap_or(0).to_be_bytes());
        sector[REVOCATIONS..SIGNER].copy_from_slice(&self.revocations.to_be_bytes());
        if let Some(by) = &self.issuer {
            sector[SIGNER..GIVER].copy_from_slice(&by.signer.to_be_bytes());
            write_named(&mut sector[GIVER..ISSUER], &by.name, by.until);
            if let Some((name, until)) = &by.by {
                write_named(&mut sector[ISSUER..ISSUER + NAMED], name, *until);
            }
        }
        sector
    }

    fn read(sector: &[u8]) -> Option<Self> {
        let header = LabelHeader::read(sector.get(WAYBILL..)?.first_chunk()?)?;
        let until = Day::new(u16::from_be_bytes(*sector[UNTIL..].first_chunk()?));
        let bits = sector[PURPOSES];
        let purposes = Purpose::ALL.iter().copied().filter(|purpose| bits >> *purpose as u8 & 1 == 1);
        let budget = u32::from_be_bytes(*sector[BUDGET..].first_chunk()?);
        let terms = LoadTerms {
            serial: u64::from_be_bytes(*sector[SERIAL..].first_chunk()?),
            purposes: purposes.collect(),
            budget: Some(budget).filter(|budget| *budget > 0),
            reopening: sector[PURPOSES + 1].try_into().ok()?,
            floor: 0,
            is_pass: true,
        };
        // This byte has a bit for each key that is there.
        let has_keys = sector[KEYS + 2] != 0;
        let revocations = u64::from_be_bytes(*sector[REVOCATIONS..].first_chunk()?);
        let signer = u64::from_be_bytes(*sector[SIGNER..].first_chunk()?);
        let issuer = match read_named(&sector[GIVER..ISSUER])? {
            Some((name, until)) if signer > 0 => {
                Some(SetIssuer { signer, name, until, by: read_named(&sector[ISSUER..ISSUER + NAMED])? })
            }
            _ => None,
        };
        Some(Self { header, terms, until, revocations, issuer, has_keys })
    }
}

fn write_named(out: &mut [u8], name: &str, until: Day) {
    // A name is no longer than a certificate's.
    let len = name.len().min(NAME_MAX);
    out[0] = len as u8;
    out[1..=len].copy_from_slice(&name.as_bytes()[..len]);
    out[NAMED - 2..].copy_from_slice(&until.number().to_be_bytes());
}

/// A name with its last day, `None` within for none; `None` for what is not written so.
fn read_named(bytes: &[u8]) -> Option<Option<(String, Day)>> {
    let name = bytes.get(1..=usize::from(*bytes.first()?)).filter(|name| name.len() <= NAME_MAX)?;
    let until = Day::new(u16::from_be_bytes(*bytes.get(NAMED - 2..)?.first_chunk()?));
    let name = std::str::from_utf8(name).ok()?;
    Some((!name.is_empty()).then(|| (name.to_owned(), until)))
}
