//! Phone numbers in a packed form that decodes to exactly the same string.
//!
//! Two bits select the form: mobile, [number](super::packed_phone), dialled, or text. Every string has exactly one form,
//! the first that matches it.

use super::packed_phone::{self, MOBILES};
use super::sink::Sink;
use super::source::FieldSource;

const MOBILE: u32 = 0;
const NUMBER: u32 = 1;
const DIALLED: u32 = 2;
const TEXT: u32 = 3;

/// Bits of a mobile: 10^10 is below 2^34.
const MOBILE_BITS: u32 = 34;

/// The characters of a dialled number by nibble value; the value fifteen ends it.
const NIBBLES: &[u8; 15] = b"0123456789- ().";
const NIBBLE_END: u32 = 15;

/// Writes `phone`, which contains no NUL. An empty one is a text.
pub(super) fn encode(phone: &str, sink: &mut Sink<'_>) {
    let bytes = phone.as_bytes();
    if let Some(number) = packed_phone::pack(bytes) {
        let (form, bits) =
            if number < MOBILES { (MOBILE, MOBILE_BITS) } else { (NUMBER, packed_phone::BITS) };
        sink.put(form, 2);
        sink.put_wide(number, bits);
    } else if let Some((plus, rest)) = dialled(bytes) {
        sink.put(DIALLED, 2);
        sink.put(u32::from(plus), 1);
        for &byte in rest {
            sink.put(nibble(byte).unwrap_or(NIBBLE_END), 4);
        }
        sink.put(NIBBLE_END, 4);
    } else {
        sink.put(TEXT, 2);
        sink.terminated(bytes);
    }
}

/// Reads a phone, which may be empty only if it is `optional`. [`FieldSource::finish`] checks its characters.
pub(super) fn decode(source: &mut FieldSource<'_, '_>, optional: bool) {
    let start = source.len();
    let form = source.take(2);
    match form {
        MOBILE | NUMBER => {
            let number = source.take_wide(if form == MOBILE { MOBILE_BITS } else { packed_phone::BITS });
            source.require((number < MOBILES) == (form == MOBILE));
            return packed_phone::unpack(number, source);
        }
        DIALLED => {
            if source.flag() {
                source.push(b"+");
            }
            while source.is_sound()
                && let Some(&character) = NIBBLES.get(source.take(4) as usize)
            {
                source.push(&[character]);
            }
        }
        _ => source.push_terminated(),
    }
    let phone = source.since(start);
    let first = packed_phone::pack(phone).is_none() && dialled(phone).is_some() == (form == DIALLED);
    let sound = if phone.is_empty() { optional && form == TEXT } else { first };
    source.require(sound);
}

/// Whether the number begins with a plus sign, and the rest.
fn dialled(phone: &[u8]) -> Option<(bool, &[u8])> {
    let (plus, rest) = match phone.strip_prefix(b"+") {
        Some(rest) => (true, rest),
        None => (false, phone),
    };
    (!phone.is_empty() && rest.iter().all(|&byte| nibble(byte).is_some())).then_some((plus, rest))
}

#[cfg_attr(not(feature = "fast"), inline(never))]
fn nibble(byte: u8) -> Option<u32> {
    NIBBLES.iter().position(|&of| of == byte).map(|nibble| nibble as u32)
}
