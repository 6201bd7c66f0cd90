//! Sealing, handles, and what belongs to neither.

use super::order::{COrder, Fields};
use super::pointer::{out, slice};
use super::status::{ARGUMENT, FIELD, KEYS, OK, SPACE, TOO_LONG, number};
use crate::error::SealError;
use crate::keys::{Generation, Node};
use crate::payload::{Payload, Waybill, scanned};
use crate::sealer::{DestinationKeys, LeftOut, Sealer};
use core::ffi::{c_char, c_int, c_void};

/// Seals an order into the text of its QR code. What of the sender is not in the label is written to `left_out`, unless that
/// is null: 1 for the name, 2 for the phone, 3 for both.
///
/// # Safety
/// `origin` and `delivery` point to 44 bytes each. `contact` points to 44 bytes or is null. `order` points to an
/// order whose texts are null-terminated. `text` points to `size` writable bytes. `left_out` points to an integer or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_seal(
    generation: u32,
    origin: *const u8,
    delivery: *const u8,
    contact: *const u8,
    order: *const COrder,
    text: *mut c_char,
    size: usize,
    left_out: *mut u32,
) -> c_int {
    // SAFETY: the caller guarantees an integer or null.
    let left_out = unsafe { left_out.as_mut() };
    // SAFETY: the caller guarantees the length of each buffer.
    let (origin, delivery, contact, order, text) = unsafe {
        let (Some(origin), Some(delivery)) = (slice(origin, Node::BUNDLED), slice(delivery, Node::BUNDLED))
        else {
            return ARGUMENT;
        };
        let (Some(order), Some(text)) = (order.as_ref(), out(text.cast::<u8>(), size)) else {
            return ARGUMENT;
        };
        (origin, delivery, slice(contact, Node::BUNDLED), order, text)
    };
    // SAFETY: the caller guarantees a valid order.
    let order = match unsafe { Fields::of(order) } {
        Some(order) => order,
        None => return FIELD,
    };
    let sealed = (|| {
        let mut nodes = [const { Node::empty() }; 3];
        let bundles = [Some(origin), Some(delivery), contact];
        for (node, bytes) in nodes.iter_mut().zip(bundles) {
            let Some(bytes) = bytes else { continue };
            if !bytes.try_into().is_ok_and(|bytes| node.read(Generation::from(generation), bytes).is_ok()) {
                return Err(SealError::Keys);
            }
        }
        let [origin, delivery, with] = &nodes;
        let lane = DestinationKeys::new(delivery, contact.map(|_| with))?;
        let waybill = Waybill::parse(order.waybill)?;
        let contact = (!order.contact.is_empty()).then_some(&order.contact);
        Sealer::new(origin)?.seal(&lane, &waybill, &order.delivery, contact)
    })();
    let sealed = match sealed {
        Ok(sealed) => sealed,
        Err(SealError::Keys) => return KEYS,
        Err(SealError::TooLong(_)) => return TOO_LONG,
        Err(_) => return FIELD,
    };
    let bytes = sealed.text.as_bytes();
    let Some(place) = text.get_mut(..=bytes.len()) else { return SPACE };
    place[..bytes.len()].copy_from_slice(bytes);
    place[bytes.len()] = 0;
    if let Some(left_out) = left_out {
        let LeftOut { sender_name, sender_phone } = sealed.left_out;
        *left_out = u32::from(sender_name) | u32::from(sender_phone) << 1;
    }
    OK
}

/// Writes the label's handle, 16 bytes, to `handle`. Logs store it.
///
/// # Safety
/// `text` points to `len` bytes, `handle` to 16.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_handle(text: *const c_char, len: usize, handle: *mut u8) -> c_int {
    // SAFETY: the caller guarantees both lengths.
    let (Some(text), Some(handle)) = (unsafe { slice(text.cast::<u8>(), len) }, unsafe { out(handle, 16) })
    else {
        return ARGUMENT;
    };
    match Payload::parse(text) {
        Ok(payload) => {
            handle.copy_from_slice(payload.handle().bytes());
            OK
        }
        Err(refusal) => number(refusal),
    }
}

/// The meaning of a status code, in English: a pointer to a static string.
#[unsafe(no_mangle)]
pub extern "C" fn wayseal_error(code: c_int) -> *const c_char {
    let text = match code {
        OK => c"opened or sealed",
        ARGUMENT => c"a pointer is null or there are too many nodes",
        KEYS => c"the bytes are not keys, or the keys do not belong to one sealer, day and destination",
        SPACE => c"the buffer is too small",
        FIELD => c"a field of the order is empty, not UTF-8, or malformed",
        TOO_LONG => c"the record exceeds the largest label",
        1 => c"not_ours: not a Wayseal label",
        2 => c"damaged: the label's code is damaged",
        3 => c"other_generation: the label claims another generation of keys",
        4 => c"other_station: the label claims another station",
        5 => c"day_not_in_hand: the label claims a day for which no keys are held",
        6 => c"tier_not_granted: the keys held do not open this part of the label",
        7 => c"tampered: the label was tampered with",
        8 => c"sealer_revoked: the label's sealer is revoked",
        9 => c"unsupported: the label needs a later reader",
        _ => c"unknown",
    };
    text.as_ptr()
}

/// Overwrites `size` bytes with zeros. The compiler cannot remove the writes.
///
/// # Safety
/// `memory` points to `size` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_wipe(memory: *mut c_void, size: usize) {
    // SAFETY: the caller guarantees the size.
    if let Some(memory) = unsafe { out(memory.cast::<u8>(), size) } {
        zeroize::Zeroize::zeroize(memory);
    }
}

/// Finds the text of a code in what a scanner sent: where it begins and ends, without AIM prefix, line ends and frames. Gives the letter of the
/// AIM prefix, 0 without one, and `ARGUMENT` for null or what is not UTF-8.
///
/// # Safety
/// `line` points to `len` bytes, `start` and `end` to an integer each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wayseal_scanned(
    line: *const c_char,
    len: usize,
    start: *mut usize,
    end: *mut usize,
) -> c_int {
    // SAFETY: the caller guarantees the length and the integers.
    let (line, start, end) = unsafe { (slice(line.cast::<u8>(), len), start.as_mut(), end.as_mut()) };
    let (Some(line), Some(start), Some(end)) = (line, start, end) else { return ARGUMENT };
    let Ok(line) = core::str::from_utf8(line) else { return ARGUMENT };
    let (text, symbol) = scanned(line);
    // The text lies within the line, from where its address says.
    *start = text.as_ptr().addr() - line.as_ptr().addr();
    *end = *start + text.len();
    symbol.map_or(0, |letter| letter as c_int)
}
