//! The C interface of the core. `samples/c/include/wayseal.h` declares it.
//!
//! In: pointers to keys, orders and label texts. Out: a label text, a record or a handle, and a status code. There
//! is no heap, no state and no callback.
//!
//! Only this module reads through raw pointers, in `slice`, `string` and `out`. Every function checks for null. The
//! caller guarantees lengths and lifetimes, as the header states. Grant signatures are not checked here: the code
//! that installs the keys checks them.
#![allow(unsafe_code, reason = "C hands over pointers")]

use crate::bytes::decimal;
use crate::error::{Refusal, SealError};
use crate::keys::{Day, Generation, Node};
use crate::payload::{Payload, Waybill};
use crate::record::{Contact, Country, Delivery, Division, TEXT_MAX, division};
use crate::sealer::{DestinationKeys, LeftOut, Sealer};
use crate::verifier::{Buffer, Verifier, Want};
use core::ffi::{CStr, c_char, c_int, c_void};

/// Most nodes that one call accepts: fourteen days of two tiers for at least two stations.
pub const NODES_MAX: usize = 64;

/// Capacity in bytes of a record's text buffer, terminating zeros included.
pub const RECORD_TEXT: usize = TEXT_MAX + 256 + 512;

const OK: c_int = 0;
const ARGUMENT: c_int = -1;
const KEYS: c_int = -2;
const SPACE: c_int = -3;
const FIELD: c_int = -4;
const TOO_LONG: c_int = -5;

/// The texts of an order, each null-terminated. A null pointer counts as an empty text.
#[repr(C)]
pub struct COrder {
    waybill: *const c_char,
    name: *const c_char,
    /// ISO 3166-1 alpha-2; empty for China.
    country: *const c_char,
    postcode: *const c_char,
    province: *const c_char,
    city: *const c_char,
    district: *const c_char,
    street: *const c_char,
    detail: *const c_char,
    note: *const c_char,
    /// A label without this and without a sender has no contact section.
    phone: *const c_char,
    sender_phone: *const c_char,
    sender_name: *const c_char,
}

/// An opened label. Each field is the offset in `text` of a null-terminated string; offset 0 is the empty string.
#[repr(C)]
pub struct CRecord {
    /// The day of sealing, in days since 2020-01-01.
    day: u16,
    waybill: u16,
    name: u16,
    country: u16,
    postcode: u16,
    province: u16,
    city: u16,
    district: u16,
    street: u16,
    detail: u16,
    note: u16,
    phone: u16,
    sender_phone: u16,
    sender_name: u16,
    /// The six digits of GB/T 2260, also where this library has no names for them; empty if the label has names.
    division_code: u16,
    /// How many entries of a later version were skipped. Whoever seals the record again would lose them.
    skipped: u16,
    text: [u8; RECORD_TEXT],
}

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
    if count > NODES_MAX {
        return ARGUMENT;
    }
    // SAFETY: the caller guarantees each length. A record consists of integers, so any bytes are valid.
    let (bundles, text, record) = unsafe {
        let (Some(bundles), Some(text)) =
            (slice(nodes, count * Node::BUNDLED), slice(text.cast::<u8>(), len))
        else {
            return ARGUMENT;
        };
        let Some(record) = record.as_mut() else { return ARGUMENT };
        (bundles, text, record)
    };
    record.clear();
    let mut held = [const { Node::empty() }; NODES_MAX];
    let (bundles, _) = bundles.as_chunks::<{ Node::BUNDLED }>();
    for (node, bytes) in held.iter_mut().zip(bundles) {
        if node.read(Generation::from(generation), bytes).is_err() {
            return KEYS;
        }
    }
    let mut buffer = Buffer::new();
    let opened = Verifier::new(&held[..count], Day::new(today)).open(text, Want::Held, &mut buffer);
    match opened {
        Ok(opened) => {
            record.fill(&opened);
            OK
        }
        Err(refusal) => number(refusal),
    }
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

fn number(refusal: Refusal) -> c_int {
    let place = Refusal::ALL.iter().position(|known| *known == refusal);
    // There are nine refusals, so the index fits.
    place.map_or(c_int::MAX, |place| place as c_int + 1)
}

/// An order's fields as the core's types.
struct Fields<'o> {
    waybill: &'o str,
    delivery: Delivery<'o>,
    contact: Contact<'o>,
}

impl<'o> Fields<'o> {
    /// `None` if a text is not UTF-8 or the country is not two upper-case letters.
    unsafe fn of(order: &'o COrder) -> Option<Self> {
        // SAFETY: the caller guarantees null termination.
        let text = |pointer| unsafe { string(pointer) };
        let country = match text(order.country)?.as_bytes() {
            [] => Country::CN,
            [a, b] => Country::new([*a, *b])?,
            _ => return None,
        };
        let [province, city, district] = [text(order.province)?, text(order.city)?, text(order.district)?];
        let division = match division::find(province, city, district).filter(|_| country == Country::CN) {
            Some(code) => Division::Code(code),
            None => Division::Names { province, city, district },
        };
        Some(Self {
            waybill: text(order.waybill)?,
            delivery: Delivery {
                name: text(order.name)?,
                country,
                postcode: text(order.postcode)?,
                division,
                street: text(order.street)?,
                detail: text(order.detail)?,
                note: text(order.note)?,
            },
            contact: Contact {
                phone: text(order.phone)?,
                sender_phone: text(order.sender_phone)?,
                sender_name: text(order.sender_name)?,
            },
        })
    }
}

impl CRecord {
    fn clear(&mut self) {
        let numbers = [
            &mut self.day,
            &mut self.waybill,
            &mut self.name,
            &mut self.country,
            &mut self.postcode,
            &mut self.province,
            &mut self.city,
            &mut self.district,
            &mut self.street,
            &mut self.detail,
            &mut self.note,
            &mut self.phone,
            &mut self.sender_phone,
            &mut self.sender_name,
            &mut self.division_code,
            &mut self.skipped,
        ];
        numbers.into_iter().for_each(|number| *number = 0);
        zeroize::Zeroize::zeroize(&mut self.text);
    }

    fn fill(&mut self, opened: &crate::verifier::Opened<'_>) {
        self.day = opened.day.number();
        self.skipped = (opened.skipped.delivery.len() + opened.skipped.contact.len()) as u16;
        // Offset 0 holds the empty string.
        let mut end = 1;
        let text = &mut self.text;
        let mut put = |field: &mut u16, content: &str| {
            let Some(place) = text.get_mut(end..end + content.len()) else { return };
            if !content.is_empty() {
                place.copy_from_slice(content.as_bytes());
                // Below 2^16, since `text` is shorter.
                *field = end as u16;
                end += content.len() + 1;
            }
        };
        put(&mut self.waybill, &opened.header.waybill.text());
        if let Some(delivery) = &opened.delivery {
            let mut digits = [0; 6];
            let (code, [province, city, district]) = match delivery.division {
                Division::Code(code) => {
                    // Six digits by construction.
                    let _fits = decimal(code.number().into(), &mut digits);
                    (
                        core::str::from_utf8(&digits).unwrap_or_default(),
                        division::names(code).unwrap_or_default(),
                    )
                }
                Division::Names { province, city, district } => ("", [province, city, district]),
            };
            put(&mut self.division_code, code);
            for (field, content) in [
                (&mut self.name, delivery.name),
                (&mut self.country, delivery.country.as_str()),
                (&mut self.postcode, delivery.postcode),
                (&mut self.province, province),
                (&mut self.city, city),
                (&mut self.district, district),
                (&mut self.street, delivery.street),
                (&mut self.detail, delivery.detail),
                (&mut self.note, delivery.note),
            ] {
                put(field, content);
            }
        }
        if let Some(contact) = &opened.contact {
            put(&mut self.phone, contact.phone);
            put(&mut self.sender_phone, contact.sender_phone);
            put(&mut self.sender_name, contact.sender_name);
        }
    }
}

/// The bytes at `pointer`; `None` for null.
unsafe fn slice<'a>(pointer: *const u8, len: usize) -> Option<&'a [u8]> {
    if pointer.is_null() || len > isize::MAX as usize {
        return None;
    }
    // SAFETY: not null. The caller guarantees `len` bytes that nobody writes during the call.
    Some(unsafe { core::slice::from_raw_parts(pointer, len) })
}

/// The writable bytes at `pointer`; `None` for null.
unsafe fn out<'a>(pointer: *mut u8, len: usize) -> Option<&'a mut [u8]> {
    if pointer.is_null() || len > isize::MAX as usize {
        return None;
    }
    // SAFETY: not null. The caller guarantees `len` bytes that nobody else uses during the call.
    Some(unsafe { core::slice::from_raw_parts_mut(pointer, len) })
}

/// The string at `pointer`; empty for null, `None` if it is not UTF-8.
unsafe fn string<'a>(pointer: *const c_char) -> Option<&'a str> {
    if pointer.is_null() {
        return Some("");
    }
    // SAFETY: not null. The caller guarantees a terminating zero.
    unsafe { CStr::from_ptr(pointer) }.to_str().ok()
}

// The header declares 1536 bytes, which holds the largest record.
const _: () = assert!(RECORD_TEXT == 1536);
