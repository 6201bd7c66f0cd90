//! The file of an authority's public key.

use ed25519_dalek::VerifyingKey;

/// A public key's file: `wayseal-authority ` and 64 hexadecimal digits.
pub fn public_key_text(key: &VerifyingKey) -> String {
    let digits: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("wayseal-authority {digits}\n")
}

/// The first digits of a key, as people compare them: 80 bits.
pub fn digits(key: &VerifyingKey) -> String {
    let pairs: Vec<String> =
        key.as_bytes().chunks(2).take(5).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1])).collect();
    pairs.join(" ")
}

pub fn public_key(bytes: &[u8]) -> Option<VerifyingKey> {
    let digits = std::str::from_utf8(bytes).ok()?.trim().strip_prefix("wayseal-authority ")?;
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    VerifyingKey::from_bytes(&key).ok()
}
