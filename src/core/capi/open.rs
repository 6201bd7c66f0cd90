//! Opening.

use super::pointer::{items, sized, slice};
use super::reading::CReading;
use super::record::CRecord;
use super::status::{ARGUMENT, KEYS, OK, number};
use crate::keys::{Day, Generation, Node, SealerId};
use crate::verifier::{Buffer, Revoked, Verifier, Want};
use core::ffi::{c_char, c_int};

/// Most nodes that one call accepts: fourteen days of two tiers for at least two stations.
pub const NODES_MAX: usize = 64;

/// Most revoked sealers that one call accepts: those of the label's station and day, as the caller chooses them.
pub const REVOKED_MAX: usize = 256;

/// Opens the text of a QR code.
///
/// # Safety
/// `nodes` points to `count` × 44 bytes, `text` to `len` bytes, `record` to a writable record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_open(
    generation: u32,
    nodes: *const u8,
    count: usize,
    today: u16,
    text: *const c_char,
    len: usize,
    record: *mut CRecord,
) -> c_int {
    let reading = CReading {
        size: 0,
        generation,
        nodes,
        count,
        revoked: core::ptr::null(),
        revoked_count: 0,
        today,
        want: 0,
    };
    // SAFETY: the caller guarantees each length.
    unsafe { open(&reading, text, len, record) }
}

/// Opens the text of a QR code, with what is wanted of it and the sealers that a revocation list names.
///
/// # Safety
/// `reading` points to a struct that begins with its size, its pointers to as much as it says; `text` to `len` bytes, `record` to a writable
/// record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_open2(
    reading: *const CReading,
    text: *const c_char,
    len: usize,
    record: *mut CRecord,
) -> c_int {
    // SAFETY: the caller guarantees the size that the first field says.
    match unsafe { sized(reading) } {
        Some(reading) => {
            // SAFETY: the caller guarantees each length.
            unsafe { open(&reading, text, len, record) }
        }
        None => ARGUMENT,
    }
}

/// # Safety
/// As the two calls.
unsafe fn open(reading: &CReading, text: *const c_char, len: usize, record: *mut CRecord) -> c_int {
    let CReading { generation, nodes, count, revoked, revoked_count, today, want, .. } = *reading;
    let want = match want {
        0 => Want::Held,
        1 => Want::Delivery,
        2 => Want::Contact,
        3 => Want::Both,
        _ => return ARGUMENT,
    };
    if count > NODES_MAX || revoked_count > REVOKED_MAX {
        return ARGUMENT;
    }
    // SAFETY: the caller guarantees each length. A record and an entry consist of integers, so any bytes are valid.
    let (bundles, text, entries, record) = unsafe {
        let (Some(bundles), Some(text)) =
            (slice(nodes, count * Node::BUNDLED), slice(text.cast::<u8>(), len))
        else {
            return ARGUMENT;
        };
        let entries = if revoked_count == 0 { Some(&[][..]) } else { items(revoked, revoked_count) };
        let (Some(entries), Some(record)) = (entries, record.as_mut()) else { return ARGUMENT };
        (bundles, text, entries, record)
    };
    record.clear();
    let Some(nobody) = SealerId::new(0) else { return ARGUMENT };
    let mut revoked = [Revoked { sealer: nobody, from: Day::new(0) }; REVOKED_MAX];
    for (place, entry) in revoked.iter_mut().zip(entries) {
        let Some(sealer) = SealerId::new(entry.sealer) else { return ARGUMENT };
        *place = Revoked { sealer, from: Day::new(entry.from) };
    }
    let revoked = &revoked[..revoked_count];
    // The search in it is by halves.
    if revoked.windows(2).any(|pair| pair[0].sealer >= pair[1].sealer) {
        return ARGUMENT;
    }
    let mut held = [const { Node::empty() }; NODES_MAX];
    let (bundles, _) = bundles.as_chunks::<{ Node::BUNDLED }>();
    for (node, bytes) in held.iter_mut().zip(bundles) {
        if node.read(Generation::from(generation), bytes).is_err() {
            return KEYS;
        }
    }
    let mut buffer = Buffer::new();
    let verifier = Verifier::new(&held[..count], Day::new(today)).with_revoked(revoked);
    let opened = verifier.open(text, want, &mut buffer);
    match opened {
        Ok(opened) => {
            record.fill(&opened);
            OK
        }
        Err(refusal) => number(refusal),
    }
}
