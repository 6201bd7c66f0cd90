//! Damage of every kind, and the entry that is named for it.

use super::*;
use crate::device::log::{EntryOutcome, Log};
use crate::files::in_memory;

const ENTRIES: u64 = 12;

fn key(byte: u8) -> Key {
    let mut key = Key::zero();
    key.expose_mut().fill(byte);
    key
}

/// The file of a log of twelve entries.
fn log(byte: u8, device: &str) -> Vec<u8> {
    let folder = in_memory();
    let mut log = Log::create(folder.path(), device, &key(byte)).unwrap();
    for time in 0..ENTRIES {
        let entry = LogEntry::of_device(1000 + time, EntryOutcome::Opened, 3);
        log.append(&LogEntry { handle: [time as u8; 16], ..entry }).unwrap();
    }
    std::fs::read(folder.path().join(Log::FILE)).unwrap()
}

fn at(entry: u64) -> usize {
    HEADER + RECORD * entry as usize
}

fn damage(bytes: &[u8]) -> Vec<LogDamage> {
    verify(bytes, &key(5), None).unwrap().damage
}

/// Computes the MAC of entry `entry` again with the key of entry `with`.
fn reseal(bytes: &mut [u8], entry: u64, with: u64) {
    let mut k = key(5);
    for _ in 0..with {
        chain::advance(&mut k);
    }
    let before: ChainMac = match entry {
        0 => chain::origin(&bytes[..HEADER]),
        _ => bytes[at(entry) - 32..at(entry)].try_into().unwrap(),
    };
    let content = bytes[at(entry)..][..LogEntry::LEN].try_into().unwrap();
    let mac = chain::mac(&k, entry, &before, &content);
    bytes[at(entry) + LogEntry::LEN..at(entry + 1)].copy_from_slice(&mac);
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
    let put =
        |place: u64, what: &[u8]| changed(&|bytes| drop(bytes.splice(at(place)..at(place), what.to_vec())));
    let first = |damage: Vec<LogDamage>| damage.first().copied();

    // 1–5: one deleted at the start, within, several, two apart, the last but two.
    assert_eq!(first(cut(0, 0)), Some(LogDamage::Deleted { first: 0, last: 0 }));
    assert_eq!(cut(4, 4), [LogDamage::Deleted { first: 4, last: 4 }, LogDamage::Unproven { entry: 5 }]);
    assert_eq!(first(cut(3, 7)), Some(LogDamage::Deleted { first: 3, last: 7 }));
    let apart = changed(&|bytes| {
        bytes.drain(at(8)..at(9));
        bytes.drain(at(2)..at(3));
    });
    assert!(apart.contains(&LogDamage::Deleted { first: 2, last: 2 }), "{apart:?}");
    assert!(apart.contains(&LogDamage::Deleted { first: 8, last: 8 }), "{apart:?}");
    assert_eq!(first(cut(9, 9)), Some(LogDamage::Deleted { first: 9, last: 9 }));

    // 6–11: edited in its form, purpose, outcome, time, handle, MAC.
    for offset in [0, 1, 2, 11, 30] {
        assert_eq!(edit(offset), [LogDamage::Edited { entry: 5 }], "{offset}");
    }
    assert_eq!(edit(LogEntry::LEN), [LogDamage::Edited { entry: 5 }, LogDamage::Unproven { entry: 6 }]);

    // 12: the last entry edited. 13: all zeros.
    assert_eq!(changed(&|bytes| bytes[at(11) + 4] ^= 1), [LogDamage::Edited { entry: 11 }]);
    let zeroed = changed(&|bytes| bytes[at(7)..at(8)].fill(0));
    assert_eq!(first(zeroed), Some(LogDamage::Edited { entry: 7 }));

    // 14–16: neighbours swapped, one moved to the end, the file reversed.
    let swapped = changed(&|bytes| {
        bytes.splice(at(4)..at(6), [record(5), record(4)].concat());
    });
    assert_eq!(swapped, [LogDamage::Moved { entry: 5, at: 4 }]);
    let moved = changed(&|bytes| {
        bytes.drain(at(3)..at(4));
        bytes.extend(record(3));
    });
    assert!(moved.contains(&LogDamage::Moved { entry: 3, at: 11 }), "{moved:?}");
    let reversed = changed(&|bytes| {
        bytes.truncate(HEADER);
        (0..ENTRIES).rev().for_each(|entry| bytes.extend(record(entry)));
    });
    assert_eq!(first(reversed), Some(LogDamage::Moved { entry: 11, at: 0 }));

    // 17–18: a record inserted: a copy, another device's.
    assert_eq!(put(6, &record(2)), [LogDamage::Inserted { at: 6 }]);
    assert_eq!(put(6, &other[at(6)..at(7)]), [LogDamage::Inserted { at: 6 }]);

    // 19–20: edited and sealed again with the current key: one entry, and all from it on.
    let one = changed(&|bytes| {
        bytes[at(5) + 30] ^= 1;
        reseal(bytes, 5, ENTRIES);
    });
    assert_eq!(one[0], LogDamage::Resealed { entry: 5, key: ENTRIES });
    let rest = changed(&|bytes| {
        bytes[at(5) + 30] ^= 1;
        (5..ENTRIES).for_each(|entry| reseal(bytes, entry, ENTRIES));
    });
    let expected: Vec<_> = (5..ENTRIES).map(|entry| LogDamage::Resealed { entry, key: ENTRIES }).collect();
    assert_eq!(rest, expected);

    // 21–23: the device's name, another device's file, a file cut within a record.
    assert_eq!(first(changed(&|bytes| bytes[16] ^= 1)), Some(LogDamage::Edited { entry: 0 }));
    assert_eq!(first(damage(&other)), Some(LogDamage::Edited { entry: 0 }));
    assert_eq!(changed(&|bytes| bytes.truncate(bytes.len() - 1)), [LogDamage::Torn { entry: 11 }]);
}

#[test]
fn damage_all_over_a_long_log_stops_the_search() {
    // Records of another device, in number enough that trying each with each would take hours.
    let mut bytes = log(5, "pda-17");
    let foreign: Vec<u8> = (0..4_000u32 * RECORD as u32).map(|place| ((place * 31) >> 3) as u8).collect();
    bytes.extend(foreign);
    let damage = verify_within(1000, &bytes, &key(5), None).unwrap().damage;
    assert_eq!(damage.last(), Some(&LogDamage::TooMuch));
    assert_eq!(damage.len(), 4_001);
    assert_eq!(damage[0], LogDamage::Edited { entry: ENTRIES });
}

#[test]
fn one_entry_out_of_a_long_log_is_named() {
    let folder = in_memory();
    drop(Log::create(folder.path(), "pda-17", &key(5)).unwrap());
    let mut bytes = std::fs::read(folder.path().join(Log::FILE)).unwrap();
    let (mut k, mut before) = (key(5), chain::origin(&bytes));
    for entry in 0..20_000 {
        let content = LogEntry::of_device(entry, EntryOutcome::Opened, 1).write();
        before = chain::mac(&k, entry, &before, &content);
        bytes.extend(content);
        bytes.extend(before);
        chain::advance(&mut k);
    }
    assert_eq!(damage(&bytes), []);
    bytes.drain(at(9_000)..at(9_001));
    assert_eq!(
        damage(&bytes),
        [LogDamage::Deleted { first: 9_000, last: 9_000 }, LogDamage::Unproven { entry: 9_001 }]
    );
}

#[test]
fn a_signed_head_shows_a_cut_tail_and_a_restored_folder() {
    let whole = log(5, "pda-17");
    let verified = verify(&whole, &key(5), None).unwrap();
    let signed = SignedHead { device: "pda-17".into(), count: ENTRIES, head: verified.head, time: 5 };
    let against = |bytes: &[u8]| verify(bytes, &key(5), Some(&signed)).unwrap().damage;
    assert_eq!(against(&whole), []);
    assert_eq!(against(&whole[..at(9)]), [LogDamage::Tail { count: 9, signed: 12 }]);
    // Restored to nine entries, and then used further.
    let mut forked = whole.clone();
    for entry in 9..ENTRIES {
        forked[at(entry) + 30] ^= 1;
        reseal(&mut forked, entry, entry);
    }
    assert_eq!(against(&forked), [LogDamage::Forked { count: 12 }]);
}
