//! The file of an authority's public key.

use base16ct::lower::encode_string;
use ed25519_dalek::VerifyingKey;

/// A public key's file: `wayseal-authority ` and 64 hexadecimal digits.
pub fn public_key_text(key: &VerifyingKey) -> String {
    format!("wayseal-authority {}\n", encode_string(key.as_bytes()))
}

/// The first digits of a key, as people compare them: 80 bits.
pub fn digits(key: &VerifyingKey) -> String {
    key.as_bytes().chunks(2).take(5).map(encode_string).collect::<Vec<_>>().join(" ")
}

pub fn public_key(bytes: &[u8]) -> Option<VerifyingKey> {
    let digits = std::str::from_utf8(bytes).ok()?.trim().strip_prefix("wayseal-authority ")?;
    let mut key = [0; 32];
    let whole = base16ct::mixed::decode(digits, &mut key).is_ok_and(|bytes| bytes.len() == 32);
    whole.then(|| VerifyingKey::from_bytes(&key).ok())?
}
