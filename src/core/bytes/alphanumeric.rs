//! The characters of a QR code's alphanumeric mode (ISO/IEC 18004, table 5), which are the digits of Base45 too
//! (RFC 9285, section 4.2).

/// The 45 characters, in the order of their values.
pub const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Returned by [`value`] for a byte outside the alphabet. Larger than every value.
pub const NONE: u8 = 0xff;

/// The value of each byte.
static VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The value of a character, or [`NONE`].
#[inline]
#[must_use]
pub fn value(character: u8) -> u8 {
    VALUES[usize::from(character)]
}
