//! Recovery after kills between any two bytes, and tampering, which is refused.

use super::*;
use crate::files::in_memory;
use std::fs;

fn key() -> Key {
    let mut key = Key::zero();
    key.expose_mut().fill(5);
    key
}

fn entry(time: u64) -> LogEntry {
    LogEntry { handle: [time as u8; 16], ..LogEntry::of_device(time, EntryOutcome::Opened, 3) }
}

fn with(entries: u64) -> tempfile::TempDir {
    let folder = in_memory();
    let mut log = Log::create(folder.path(), "pda-17", &key()).unwrap();
    for time in 0..entries {
        log.append(&entry(time)).unwrap();
    }
    folder
}

fn files(folder: &Path) -> (Vec<u8>, Vec<u8>) {
    (fs::read(folder.join(Log::FILE)).unwrap(), fs::read(folder.join(Log::KEY_FILE)).unwrap())
}

fn put(folder: &Path, log: &[u8], keys: &[u8]) {
    fs::write(folder.join(Log::FILE), log).unwrap();
    fs::write(folder.join(Log::KEY_FILE), keys).unwrap();
}

#[test]
fn entries_come_back_and_old_keys_do_not() {
    let folder = with(3);
    let (mut log, recovery) = Log::open(folder.path(), 9).unwrap();
    assert_eq!((log.device(), log.count(), recovery), ("pda-17", 3, Recovery::Whole));
    let entries = |log: &mut Log, first| log.entries(first).unwrap().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(entries(&mut log, 0), [entry(0), entry(1), entry(2)]);
    assert_eq!(entries(&mut log, 2), [entry(2)]);
    assert_eq!(entries(&mut log, 3), []);
    assert_eq!(log.head_at(3).unwrap(), *log.head());
    assert!(matches!(log.head_at(4), Err(LogError::Cut)));
    drop(log);
    let (_, keys) = files(folder.path());
    let mut old = key();
    for _ in 0..3 {
        assert!(!keys.windows(32).any(|window| window == old.expose()), "an old key is still there");
        chain::advance(&mut old);
    }
    assert!(keys.windows(32).any(|window| window == old.expose()), "the current key is there");
}

#[test]
fn a_kill_between_any_two_bytes_loses_nothing_shown() {
    for before in [0, 1, 2] {
        let folder = with(before);
        let (log_before, keys_before) = files(folder.path());
        Log::open(folder.path(), 9).unwrap().0.append(&entry(50)).unwrap();
        let (log_after, keys_after) = files(folder.path());
        // Step 1 cut at every byte.
        for cut in 0..=RECORD {
            let len = log_before.len() + cut;
            put(folder.path(), &log_after[..len], &keys_before);
            let (mut log, recovery) = Log::open(folder.path(), 60).unwrap();
            let (expected, marked) = match cut {
                0 => (Recovery::Whole, None),
                RECORD => (Recovery::Finished, Some(EntryOutcome::Opened)),
                _ => (Recovery::Torn, Some(EntryOutcome::Recovered)),
            };
            assert_eq!(recovery, expected, "{cut}");
            assert_eq!(log.entries(before).unwrap().next().map(|entry| entry.unwrap().mark), marked);
        }
        // Step 2 cut at every byte: the new slot half written, the old one still there.
        let new = SLOT_AT[usize::from((before + 1) % 2 == 1)] as usize;
        for cut in 0..=SLOT {
            let mut keys = keys_before.clone();
            keys[new..new + cut].copy_from_slice(&keys_after[new..new + cut]);
            put(folder.path(), &log_after, &keys);
            let (mut log, _) = Log::open(folder.path(), 60).unwrap();
            assert_eq!(log.count(), before + 1, "{cut}");
            log.append(&entry(51)).unwrap();
            drop(log);
            assert_eq!(Log::open(folder.path(), 60).unwrap().0.count(), before + 2);
        }
        // Step 3 cut at every byte: zeros over part of the old slot.
        let old = SLOT_AT[usize::from(before % 2 == 1)] as usize;
        for cut in 0..=SLOT {
            let mut keys = keys_after.clone();
            keys[old + cut..old + SLOT].copy_from_slice(&keys_before[old + cut..old + SLOT]);
            put(folder.path(), &log_after, &keys);
            let (log, recovery) = Log::open(folder.path(), 60).unwrap();
            assert_eq!((log.count(), recovery), (before + 1, Recovery::Whole));
            drop(log);
            assert!(files(folder.path()).1[old..old + SLOT].iter().all(|byte| *byte == 0));
        }
    }
}

#[test]
fn tampering_is_not_taken_for_a_torn_entry() {
    let folder = with(4);
    let (whole, keys) = files(folder.path());
    let open = |log: &[u8]| {
        put(folder.path(), log, &keys);
        Log::open(folder.path(), 9).map(|(_, recovery)| recovery)
    };
    assert!(matches!(open(&whole[..whole.len() - RECORD]), Err(LogError::Cut)));
    assert!(matches!(open(&whole[..whole.len() - 1]), Err(LogError::Cut)));
    let mut altered = whole.clone();
    altered[HEADER + RECORD * 3 + LogEntry::LEN] ^= 1;
    assert!(matches!(open(&altered), Err(LogError::Altered)));
    let longer = [&whole[..], &whole[HEADER..HEADER + 2 * RECORD]].concat();
    assert!(matches!(open(&longer), Err(LogError::Altered)));
    assert!(matches!(open(b"something else"), Err(LogError::NoLog)));
    put(folder.path(), &whole, &[0; 1024]);
    assert!(matches!(Log::open(folder.path(), 9), Err(LogError::KeyLost)));
}

#[test]
fn a_log_has_one_process_at_a_time_and_is_not_created_twice() {
    let folder = with(1);
    let held = Log::open(folder.path(), 9).unwrap();
    assert!(matches!(Log::open(folder.path(), 9), Err(LogError::Busy)));
    drop(held);
    assert!(matches!(Log::create(folder.path(), "pda-17", &key()), Err(LogError::Exists(_))));
    assert!(matches!(Log::create(&folder.path().join("new"), "", &key()), Err(LogError::Name)));
}
