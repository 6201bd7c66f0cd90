//! Base45: a text that decodes is the encoding of its bytes, and encoded bytes decode to themselves.

use wayseal_core::payload::base45::{decode, encode, encoded_len};

/// One input.
pub fn run(data: &[u8]) {
    let mut bytes = vec![0; data.len()];
    if let Some(len) = decode(data, &mut bytes) {
        let mut text = vec![0; encoded_len(len)];
        assert_eq!(encode(&bytes[..len], &mut text), data.len());
        assert_eq!(text, data);
    }
    let mut text = vec![0; encoded_len(data.len())];
    encode(data, &mut text);
    assert_eq!(decode(&text, &mut bytes), Some(data.len()));
    assert_eq!(bytes, data);
}
