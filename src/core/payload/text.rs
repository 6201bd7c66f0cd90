//! The text of a payload, for a QR code in alphanumeric mode.

use super::base45;
use super::handle::Handle;
use super::layout::PAYLOAD_MAX;
use core::fmt;

/// The prefix of every payload text.
pub const PREFIX: &str = "WS1:";

/// The longest payload text in characters.
pub const TEXT_MAX: usize = PREFIX.len() + base45::encoded_len(PAYLOAD_MAX);

/// A payload as QR text: the prefix and Base45.
#[derive(Clone, Copy)]
pub struct PayloadText {
    bytes: [u8; TEXT_MAX],
    len: usize,
}

impl PayloadText {
    /// Encodes a payload of at most [`PAYLOAD_MAX`] bytes.
    pub(crate) fn new(payload: &[u8]) -> Self {
        let mut bytes = [0; TEXT_MAX];
        bytes[..PREFIX.len()].copy_from_slice(PREFIX.as_bytes());
        let len = PREFIX.len() + base45::encode(payload, &mut bytes[PREFIX.len()..]);
        Self { bytes, len }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The alphabet is ASCII, so this cannot fail.
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The text as ASCII bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The label's handle.
    #[must_use]
    pub fn handle(&self) -> Handle {
        let mut payload = [0; PAYLOAD_MAX];
        // Cannot fail: the text was encoded here.
        let len = base45::decode(&self.as_bytes()[PREFIX.len()..], &mut payload).unwrap_or_default();
        Handle::of(&payload[..len])
    }
}

impl fmt::Debug for PayloadText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::SIZES;

    #[test]
    fn sizes_fill_the_symbols() {
        let characters = SIZES.map(|size| PREFIX.len() + base45::encoded_len(size));
        assert_eq!(characters, [121, 154, 220, 310]);
    }
}
