//! The handle of a label: a hash that names it in logs and under its QR code.

use crate::bytes::Text;
use core::fmt;
use sha2::{Digest, Sha256};

/// A label's name in logs and on paper: `SHA-256("WS1 handle" ‖ payload)[..16]`. It reveals nothing about the
/// recipient.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle([u8; 16]);

impl Handle {
    /// Computes the handle of a payload's bytes.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        let digest = Sha256::new().chain_update(b"WS1 handle").chain_update(payload).finalize();
        let mut handle = [0; 16];
        handle.copy_from_slice(&digest[..16]);
        Self(handle)
    }

    /// The sixteen bytes, as logs store them.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The printed form under the QR code: the first 50 bits as ten characters of Crockford's Base32.
    #[must_use]
    pub fn printed(&self) -> Text<10> {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        let bits = u64::from_be_bytes(first);
        let mut text = Text::new();
        for place in 0..10 {
            let digit = ALPHABET[(bits >> (59 - 5 * place) & 31) as usize];
            // Ten characters of one byte each.
            let _fits = text.push(char::from(digit));
        }
        text
    }
}

/// From the sixteen bytes in a log.
impl From<[u8; 16]> for Handle {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed())
    }
}
