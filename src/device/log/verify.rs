//! With a device's first key: which entry of a log was deleted, inserted, moved, edited or sealed again.

use super::LogError;
use super::chain::{self, Mac};
use super::entry::Entry;
use super::file::{HEADER, RECORD, parse_header, parts};
use super::head::Head;
use crate::secret::{Key, scrubbed};
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// Keys tried beyond the end of a log, for entries that were deleted from it.
const BEYOND: usize = 4096;
/// Entries around the expected one that are tried first: most damage is a few entries.
const NEAR: usize = 512;
/// MACs computed in search of what is out of place, beside eight for each entry: seconds. A log that is
/// damaged all over is found out either way, and then not every entry of it can be named.
const SEARCHES: u64 = 2_000_000;

/// What was done to a log. Entries and positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// These entries are missing.
    Deleted {
        /// The first that is missing.
        first: u64,
        /// The last that is missing.
        last: u64,
    },
    /// The record at this position is none of the device's, or one that is there already.
    Inserted {
        /// Where it is.
        at: u64,
    },
    /// An entry stands in another place.
    Moved {
        /// The entry.
        entry: u64,
        /// Where it is.
        at: u64,
    },
    /// The entry's content or its MAC was changed, or another record was put in its place.
    Edited {
        /// The entry.
        entry: u64,
    },
    /// The entry's own MAC is genuine, but its content cannot be checked: what stood before it is gone.
    Unproven {
        /// The entry.
        entry: u64,
    },
    /// The entry was sealed again with the key of a later one.
    Resealed {
        /// The entry.
        entry: u64,
        /// Whose key it is.
        key: u64,
    },
    /// The file ends within a record.
    Torn {
        /// The entry.
        entry: u64,
    },
    /// The log is shorter than a head that was signed.
    Tail {
        /// Entries that are there.
        count: u64,
        /// Entries that were there.
        signed: u64,
    },
    /// At a count that was signed, the log has another head: a folder was put back and went on differently.
    Forked {
        /// The count.
        count: u64,
    },
    /// So much was damaged that the search for what belongs where was ended.
    TooMuch,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deleted { first, last } if first == last => write!(f, "entry {first} was deleted"),
            Self::Deleted { first, last } => write!(f, "entries {first} to {last} were deleted"),
            Self::Inserted { at } => write!(f, "position {at} holds a record that does not belong there"),
            Self::Moved { entry, at } => write!(f, "entry {entry} was moved to position {at}"),
            Self::Edited { entry } => write!(f, "entry {entry} was edited or replaced"),
            Self::Unproven { entry } => {
                write!(f, "entry {entry} cannot be checked, because what stood before it is gone")
            }
            Self::Resealed { entry, key } => {
                write!(f, "entry {entry} was sealed again with the key of entry {key}")
            }
            Self::Torn { entry } => write!(f, "the file ends within entry {entry}"),
            Self::Tail { count, signed } => {
                write!(f, "the log has {count} entries, but {signed} were signed for: its tail was cut")
            }
            Self::Forked { count } => {
                write!(f, "at {count} entries the log has another head than the one signed: it was put back")
            }
            Self::TooMuch => {
                f.write_str("too much was damaged to name every entry; more may be out of place")
            }
        }
    }
}

/// A log that was read with its device's first key.
#[derive(Debug)]
pub struct Verified {
    /// The device that the file names.
    pub device: String,
    /// The entries, as they stand in the file; those that are none are left out.
    pub entries: Vec<Entry>,
    /// Records.
    pub count: u64,
    /// The MAC of the last record.
    pub head: Mac,
    /// What was done to it, in the order of the file.
    pub damage: Vec<Damage>,
}

/// The first key of a log's device; the file's name for it is checked by the MACs.
///
/// # Errors
/// [`LogError::NoLog`].
pub fn device(bytes: &[u8]) -> Result<String, LogError> {
    parse_header(bytes).map(|(device, _)| device)
}

/// Reads a log and compares it with the chain of its device, and with the last head signed for it.
///
/// # Errors
/// [`LogError::NoLog`].
pub fn verify(bytes: &[u8], first: &Key, signed: Option<&Head>) -> Result<Verified, LogError> {
    scrubbed(|| verify_within(SEARCHES, bytes, first, signed))
}

fn verify_within(
    searches: u64,
    bytes: &[u8],
    first: &Key,
    signed: Option<&Head>,
) -> Result<Verified, LogError> {
    let (device, records) = parse_header(bytes)?;
    let (whole, rest) = records.as_chunks::<RECORD>();
    let records: Vec<Record> = whole.iter().map(parts).collect();
    let chain = Chain::new(searches, first, records.len(), chain::origin(&bytes[..HEADER]));
    let indices = chain.place(&records);
    let mut damage = chain.judge(&records, &indices);
    let count = records.len() as u64;
    if chain.searches.get() == 0 {
        damage.push(Damage::TooMuch);
    }
    if !rest.is_empty() {
        damage.push(Damage::Torn { entry: count });
    }
    if let Some(signed) = signed {
        let head_at = |count: u64| match count.checked_sub(1) {
            Some(last) => records.get(last as usize).map(|(_, mac)| *mac),
            None => Some(chain.origin),
        };
        match head_at(signed.count) {
            None => damage.push(Damage::Tail { count, signed: signed.count }),
            Some(head) if head != signed.head => damage.push(Damage::Forked { count: signed.count }),
            Some(_) => {}
        }
    }
    let head = records.last().map_or(chain.origin, |(_, mac)| *mac);
    let entries = records.iter().filter_map(|(entry, _)| Entry::read(entry)).collect();
    Ok(Verified { device, entries, count, head, damage })
}

/// An entry's bytes and its MAC.
type Record = ([u8; Entry::LEN], Mac);

/// The keys of a device from its first to some beyond the end.
struct Chain {
    keys: Vec<Key>,
    origin: Mac,
    /// MACs that may still be computed in search of something.
    searches: Cell<u64>,
}

impl Chain {
    fn new(searches: u64, first: &Key, len: usize, origin: Mac) -> Self {
        let mut keys: Vec<Key> = Vec::with_capacity(len + BEYOND + 1);
        let mut key = Key::zero();
        key.expose_mut().copy_from_slice(first.expose());
        for _ in 0..=len + BEYOND {
            let mut copy = Key::zero();
            copy.expose_mut().copy_from_slice(key.expose());
            keys.push(copy);
            chain::advance(&mut key);
        }
        let searches = Cell::new(searches + 8 * len as u64);
        Self { keys, origin, searches }
    }

    fn holds(&self, index: usize, before: &Mac, (entry, mac): &Record) -> bool {
        self.keys
            .get(index)
            .is_some_and(|key| chain::equal(&chain::mac_unscrubbed(key, index as u64, before, entry), mac))
    }

    /// As [`Chain::holds`], for as long as searching goes on.
    fn search(&self, index: usize, before: &Mac, record: &Record) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        left > 0 && self.holds(index, before, record)
    }

    /// Which entry a record is that follows `before`: near the expected one, else anywhere.
    fn find(&self, expected: usize, before: &Mac, record: &Record) -> Option<usize> {
        let (low, high) = (expected.saturating_sub(NEAR), expected.saturating_add(NEAR).min(self.keys.len()));
        let near = (expected..high).chain(low..expected.min(high));
        near.chain(high..self.keys.len()).chain(0..low).find(|entry| self.search(*entry, before, record))
    }

    /// Which entry each record is, by the MACs.
    fn place(&self, records: &[Record]) -> Vec<Place> {
        let before = |at: usize| at.checked_sub(1).map_or(self.origin, |last| records[last].1);
        let mut places = vec![Place::Unknown; records.len()];
        let mut expected = 0;
        for at in 0..records.len() {
            if self.holds(expected, &before(at), &records[at]) {
                places[at] = Place::Proven(expected);
                expected += 1;
            } else if let Some(next) = records.get(at + 1)
                && let Some(after) = self.find(expected + 1, &records[at].1, next)
                && let Some(entry) = after.checked_sub(1)
            {
                // The successor shows whose MAC it is, whatever was done to its content or before it.
                places[at] = Place::Confirmed(entry);
                expected = after;
            }
        }
        self.follow(records, &mut places);
        places
    }

    /// Proves what stands elsewhere: a record that holds as the successor of another whose place is known.
    fn follow(&self, records: &[Record], places: &mut [Place]) {
        // What may have a successor in another place: the origin, and what the next record does not follow.
        let mut ends = vec![(self.origin, 0)];
        for (at, place) in places.iter().enumerate() {
            let Some(entry) = place.entry() else { continue };
            let followed = matches!(places.get(at + 1), Some(Place::Proven(next)) if *next == entry + 1);
            if !followed {
                ends.push((records[at].1, entry + 1));
            }
        }
        while let Some((mac, entry)) = ends.pop() {
            let unproven = |at: &usize| !matches!(places[*at], Place::Proven(_));
            let found =
                (0..records.len()).filter(unproven).find(|at| self.search(entry, &mac, &records[*at]));
            if let Some(at) = found {
                places[at] = Place::Proven(entry);
                ends.push((records[at].1, entry + 1));
            }
        }
    }

    /// What the places say, with as few entries called moved as explain them.
    fn judge(&self, records: &[Record], places: &[Place]) -> Vec<Damage> {
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
                    damage.push(Damage::Resealed { entry: at as u64, key: key as u64 });
                    expected += 1;
                } else if next[at].is_none_or(|next| expected < next) {
                    damage.push(Damage::Edited { entry: expected as u64 });
                    expected += 1;
                } else {
                    damage.push(Damage::Inserted { at: at as u64 });
                }
                continue;
            };
            if !seen.insert(entry) {
                damage.push(Damage::Inserted { at: at as u64 });
                continue;
            }
            if in_order.contains(&at) {
                let missing: Vec<usize> = (expected..entry).filter(|one| !stands.contains(one)).collect();
                for run in missing.chunk_by(|one, next| one + 1 == *next) {
                    damage.push(Damage::Deleted { first: run[0] as u64, last: run[run.len() - 1] as u64 });
                }
                expected = entry + 1;
            } else {
                damage.push(Damage::Moved { entry: entry as u64, at: at as u64 });
            }
            if let Place::Confirmed(entry) = *place {
                let follows = match at.checked_sub(1) {
                    Some(last) => places[last].entry().map(|last| last + 1) == Some(entry),
                    None => entry == 0,
                };
                let entry = entry as u64;
                damage.push(if follows { Damage::Edited { entry } } else { Damage::Unproven { entry } });
            }
        }
        damage
    }

    /// The other key that seals the record where it stands.
    fn resealed(&self, records: &[Record], at: usize) -> Option<usize> {
        let before = at.checked_sub(1).map_or(self.origin, |last| records[last].1);
        let (content, mac) = &records[at];
        // A thief has the key that was current when he came, so the last are the likeliest.
        (0..self.keys.len()).rev().find(|key| {
            let left = self.searches.get();
            self.searches.set(left.saturating_sub(1));
            left > 0
                && chain::equal(&chain::mac_unscrubbed(&self.keys[*key], at as u64, &before, content), mac)
        })
    }
}

/// The positions of the longest run of entries that stand in their order, by patience sorting.
fn in_order(places: &[Place]) -> HashSet<usize> {
    // Of each length of a run, the position of its smallest last entry; and what each position follows.
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

/// Which entry a record is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Its content and place hold.
    Proven(usize),
    /// Its MAC is that entry's, as its successor shows; its content does not hold where it stands.
    Confirmed(usize),
    Unknown,
}

impl Place {
    const fn entry(self) -> Option<usize> {
        match self {
            Self::Proven(entry) | Self::Confirmed(entry) => Some(entry),
            Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::log::{Log, Mark};

    const ENTRIES: u64 = 12;

    fn key(byte: u8) -> Key {
        let mut key = Key::zero();
        key.expose_mut().fill(byte);
        key
    }

    /// The file of a log of twelve entries.
    fn log(byte: u8, device: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::create(folder.path(), device, &key(byte)).unwrap();
        for time in 0..ENTRIES {
            let entry = Entry::of_device(1000 + time, Mark::Opened, 3);
            log.append(&Entry { handle: [time as u8; 16], ..entry }).unwrap();
        }
        std::fs::read(folder.path().join(Log::FILE)).unwrap()
    }

    fn at(entry: u64) -> usize {
        HEADER + RECORD * entry as usize
    }

    fn damage(bytes: &[u8]) -> Vec<Damage> {
        verify(bytes, &key(5), None).unwrap().damage
    }

    /// Seals entry `entry` of a file again, as it stands, with the key of entry `with`.
    fn reseal(bytes: &mut [u8], entry: u64, with: u64) {
        let mut k = key(5);
        for _ in 0..with {
            chain::advance(&mut k);
        }
        let before: Mac = match entry {
            0 => chain::origin(&bytes[..HEADER]),
            _ => bytes[at(entry) - 32..at(entry)].try_into().unwrap(),
        };
        let content = bytes[at(entry)..][..Entry::LEN].try_into().unwrap();
        let mac = chain::mac(&k, entry, &before, &content);
        bytes[at(entry) + Entry::LEN..at(entry + 1)].copy_from_slice(&mac);
    }

    #[test]
    fn a_log_as_it_was_written_has_no_damage() {
        let bytes = log(5, "pda-17");
        let verified = verify(&bytes, &key(5), None).unwrap();
        assert_eq!((verified.damage, verified.count), (Vec::new(), ENTRIES));
        assert_eq!((verified.device.as_str(), verified.entries.len()), ("pda-17", 12));
    }

    #[test]
    fn twenty_kinds_of_damage_are_found_with_their_entry() {
        let whole = log(5, "pda-17");
        let other = log(6, "pda-18");
        let record = |entry: u64| whole[at(entry)..at(entry + 1)].to_vec();
        let changed = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = whole.clone();
            change(&mut bytes);
            damage(&bytes)
        };
        let cut = |first: u64, last: u64| changed(&|bytes| drop(bytes.drain(at(first)..at(last + 1))));
        let edit = |offset: usize| changed(&|bytes| bytes[at(5) + offset] ^= 1);
        let put = |place: u64, what: &[u8]| {
            changed(&|bytes| drop(bytes.splice(at(place)..at(place), what.to_vec())))
        };
        let first = |damage: Vec<Damage>| damage.first().copied();

        // 1–5: one deleted at the start, within, several, two apart, the last but two.
        assert_eq!(first(cut(0, 0)), Some(Damage::Deleted { first: 0, last: 0 }));
        assert_eq!(cut(4, 4), [Damage::Deleted { first: 4, last: 4 }, Damage::Unproven { entry: 5 }]);
        assert_eq!(first(cut(3, 7)), Some(Damage::Deleted { first: 3, last: 7 }));
        let apart = changed(&|bytes| {
            bytes.drain(at(8)..at(9));
            bytes.drain(at(2)..at(3));
        });
        assert!(apart.contains(&Damage::Deleted { first: 2, last: 2 }), "{apart:?}");
        assert!(apart.contains(&Damage::Deleted { first: 8, last: 8 }), "{apart:?}");
        assert_eq!(first(cut(9, 9)), Some(Damage::Deleted { first: 9, last: 9 }));

        // 6–11: edited in its form, purpose, outcome, time, handle, MAC.
        for offset in [0, 1, 2, 11, 30] {
            assert_eq!(edit(offset), [Damage::Edited { entry: 5 }], "{offset}");
        }
        assert_eq!(edit(Entry::LEN), [Damage::Edited { entry: 5 }, Damage::Unproven { entry: 6 }]);

        // 12: the last entry edited. 13: all zeros.
        assert_eq!(changed(&|bytes| bytes[at(11) + 4] ^= 1), [Damage::Edited { entry: 11 }]);
        let zeroed = changed(&|bytes| bytes[at(7)..at(8)].fill(0));
        assert_eq!(first(zeroed), Some(Damage::Edited { entry: 7 }));

        // 14–16: neighbours swapped, one moved to the end, the file reversed.
        let swapped = changed(&|bytes| {
            bytes.splice(at(4)..at(6), [record(5), record(4)].concat());
        });
        assert_eq!(swapped, [Damage::Moved { entry: 5, at: 4 }]);
        let moved = changed(&|bytes| {
            bytes.drain(at(3)..at(4));
            bytes.extend(record(3));
        });
        assert!(moved.contains(&Damage::Moved { entry: 3, at: 11 }), "{moved:?}");
        let reversed = changed(&|bytes| {
            bytes.truncate(HEADER);
            (0..ENTRIES).rev().for_each(|entry| bytes.extend(record(entry)));
        });
        assert_eq!(first(reversed), Some(Damage::Moved { entry: 11, at: 0 }));

        // 17–18: a record inserted: a copy, another device's.
        assert_eq!(put(6, &record(2)), [Damage::Inserted { at: 6 }]);
        assert_eq!(put(6, &other[at(6)..at(7)]), [Damage::Inserted { at: 6 }]);

        // 19–20: edited and sealed again with the current key: one entry, and all from it on.
        let one = changed(&|bytes| {
            bytes[at(5) + 30] ^= 1;
            reseal(bytes, 5, ENTRIES);
        });
        assert_eq!(one[0], Damage::Resealed { entry: 5, key: ENTRIES });
        let rest = changed(&|bytes| {
            bytes[at(5) + 30] ^= 1;
            (5..ENTRIES).for_each(|entry| reseal(bytes, entry, ENTRIES));
        });
        let expected: Vec<_> = (5..ENTRIES).map(|entry| Damage::Resealed { entry, key: ENTRIES }).collect();
        assert_eq!(rest, expected);

        // 21–23: the device's name, another device's file, a file cut within a record.
        assert_eq!(first(changed(&|bytes| bytes[16] ^= 1)), Some(Damage::Edited { entry: 0 }));
        assert_eq!(first(damage(&other)), Some(Damage::Edited { entry: 0 }));
        assert_eq!(changed(&|bytes| bytes.truncate(bytes.len() - 1)), [Damage::Torn { entry: 11 }]);
    }

    #[test]
    fn damage_all_over_a_long_log_ends_the_search() {
        // Records of another device, in number enough that trying each with each would take hours.
        let mut bytes = log(5, "pda-17");
        let foreign: Vec<u8> = (0..4_000u32 * RECORD as u32).map(|place| ((place * 31) >> 3) as u8).collect();
        bytes.extend(foreign);
        let damage = verify_within(1000, &bytes, &key(5), None).unwrap().damage;
        assert_eq!(damage.last(), Some(&Damage::TooMuch));
        assert_eq!(damage.len(), 4_001);
        assert_eq!(damage[0], Damage::Edited { entry: ENTRIES });
    }

    #[test]
    fn one_entry_out_of_a_long_log_is_named() {
        let folder = tempfile::tempdir().unwrap();
        drop(Log::create(folder.path(), "pda-17", &key(5)).unwrap());
        let mut bytes = std::fs::read(folder.path().join(Log::FILE)).unwrap();
        let (mut k, mut before) = (key(5), chain::origin(&bytes));
        for entry in 0..20_000 {
            let content = Entry::of_device(entry, Mark::Opened, 1).write();
            before = chain::mac(&k, entry, &before, &content);
            bytes.extend(content);
            bytes.extend(before);
            chain::advance(&mut k);
        }
        assert_eq!(damage(&bytes), []);
        bytes.drain(at(9_000)..at(9_001));
        assert_eq!(
            damage(&bytes),
            [Damage::Deleted { first: 9_000, last: 9_000 }, Damage::Unproven { entry: 9_001 }]
        );
    }

    #[test]
    fn a_cut_tail_and_a_folder_put_back_show_against_a_signed_head() {
        let whole = log(5, "pda-17");
        let verified = verify(&whole, &key(5), None).unwrap();
        let signed = Head { device: "pda-17".into(), count: ENTRIES, head: verified.head, time: 5 };
        let against = |bytes: &[u8]| verify(bytes, &key(5), Some(&signed)).unwrap().damage;
        assert_eq!(against(&whole), []);
        assert_eq!(against(&whole[..at(9)]), [Damage::Tail { count: 9, signed: 12 }]);
        // Put back to nine entries, and gone on otherwise.
        let mut forked = whole.clone();
        for entry in 9..ENTRIES {
            forked[at(entry) + 30] ^= 1;
            reseal(&mut forked, entry, entry);
        }
        assert_eq!(against(&forked), [Damage::Forked { count: 12 }]);
    }
}
