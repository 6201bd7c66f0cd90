//! Base45 (RFC 9285): two bytes become three characters of the QR alphanumeric mode, the least significant first.

use crate::bytes::alphanumeric::{NONE, value as digit_of};

pub use crate::bytes::alphanumeric::ALPHABET;

/// Length in characters of `len` encoded bytes.
#[must_use]
pub const fn encoded_len(len: usize) -> usize {
    len / 2 * 3 + len % 2 * 2
}

/// Writes `bytes` in Base45 and returns the number of characters.
///
/// # Panics
/// If `out` is shorter than [`encoded_len`].
pub fn encode(bytes: &[u8], out: &mut [u8]) -> usize {
    let len = encoded_len(bytes.len());
    let (pairs, last) = bytes.as_chunks::<2>();
    let (groups, rest) = out[..len].as_chunks_mut::<3>();
    for (pair, digits) in pairs.iter().zip(groups) {
        put(pair, digits);
    }
    put(last, rest);
    len
}

/// Decodes Base45 into `out` and returns the number of bytes. `None` for a character outside the alphabet, a value
/// above two bytes, an impossible length, or more bytes than `out` holds.
#[must_use]
pub fn decode(text: &[u8], out: &mut [u8]) -> Option<usize> {
    let len = text.len() / 3 * 2 + usize::from(text.len() % 3 == 2);
    if text.len() % 3 == 1 || len > out.len() {
        return None;
    }
    let (groups, last) = text.as_chunks::<3>();
    let (pairs, rest) = out[..len].as_chunks_mut::<2>();
    for (digits, pair) in groups.iter().zip(pairs) {
        take(digits, pair)?;
    }
    take(last, rest)?;
    Some(len)
}

/// Encodes one group. A host instantiates it for each group size, so that the loops unroll; a device shares one
/// copy.
#[cfg_attr(feature = "fast", inline(always))]
#[cfg_attr(not(feature = "fast"), inline(never))]
fn put(bytes: &[u8], digits: &mut [u8]) {
    let mut value = bytes.iter().fold(0, |value, &byte| value << 8 | u32::from(byte));
    for digit in digits {
        *digit = ALPHABET[(value % 45) as usize];
        value /= 45;
    }
}

/// Decodes one group.
#[cfg_attr(feature = "fast", inline(always))]
#[cfg_attr(not(feature = "fast"), inline(never))]
fn take(digits: &[u8], bytes: &mut [u8]) -> Option<()> {
    let mut value = 0;
    for &character in digits.iter().rev() {
        value = 45 * value + digit(character)?;
    }
    for byte in bytes.iter_mut().rev() {
        *byte = value as u8;
        value >>= 8;
    }
    (value == 0).then_some(())
}

fn digit(character: u8) -> Option<u32> {
    match digit_of(character) {
        NONE => None,
        value => Some(u32::from(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9285 sections 4.3 and 4.4.
    const RFC: [(&[u8], &str); 4] =
        [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")];

    #[test]
    fn the_examples_of_the_standard() {
        for (bytes, text) in RFC {
            let mut out = [0; 16];
            let len = encode(bytes, &mut out);
            assert_eq!(&out[..len], text.as_bytes());
            let mut back = [0; 16];
            assert_eq!(decode(text.as_bytes(), &mut back), Some(bytes.len()));
            assert_eq!(&back[..bytes.len()], bytes);
        }
    }

    #[test]
    fn what_no_encoder_makes_is_refused() {
        // A lone character, one outside the alphabet, values of 65,536 and of 256.
        for text in ["A", "AAAA", "ab0", "::=", "GGW", ":::", "U5A"] {
            let refused = decode(text.as_bytes(), &mut [0; 16]).is_none();
            assert_eq!(refused, text != "U5A", "{text}");
        }
        assert_eq!(decode(b"V5", &mut [0; 4]), None);
        assert_eq!(decode(b"U5", &mut [0; 4]), Some(1));
        assert_eq!(decode(b"BB8BB8", &mut [0; 3]), None);
    }
}
