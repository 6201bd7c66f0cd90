//! The payload: what the QR code of a label carries.
//!
//! Imports [`keys`](crate::keys) (numbers only), [`record`](crate::record) and
//! [`secret`](crate::secret) (sizes only), [`error`](crate::error) and [`bytes`](crate::bytes).
//!
//! ```text
//! text     "WS1:" ‖ Base45(payload)                                121, 154, 220 or 310 characters
//! payload  header ‖ delivery ciphertext ‖ tag ‖ contact ciphertext ‖ tag      78, 100, 144, 204 bytes
//!                                                 └── absent in contact class 0 ──┘
//! header   generation 1 ‖ contact class 2 ‖ day mod 512 9 ‖ region 12 ‖ site 12 ‖ alias 24 bits
//!          ‖ shape of the waybill 4 ‖ its number 48 or more bits ‖ salt 48 bits
//! ```
//!
//! There are no length fields: the waybill's shape gives the header's length, the contact class that of
//! the contact section, and the delivery section is the rest. The version is in the prefix.

pub mod base45;
mod header;
mod waybill;

pub use header::{ContactClass, HEADER_MAX, Header};
pub use waybill::Waybill;

use crate::bytes::Text;
use crate::error::Refusal;
use crate::secret::aead;
use core::{fmt, ops::Range};
use sha2::{Digest, Sha256};

/// What every payload text begins with.
pub const PREFIX: &str = "WS1:";

/// The sizes of a payload in bytes: each fills the Base45 capacity of a QR version at a level.
pub const SIZES: [usize; 4] = [78, 100, 144, 204];

/// The largest payload in bytes.
pub const PAYLOAD_MAX: usize = SIZES[3];

/// The longest payload text in characters.
pub const TEXT_MAX: usize = PREFIX.len() + base45::encoded_len(PAYLOAD_MAX);

/// Bytes of a tag: AES-GCM's, cut to twelve.
pub const TAG_LEN: usize = aead::TAG_LEN;

/// Where the sections of a payload are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The header, which is the associated data of the delivery section.
    pub header: Range<usize>,
    /// The delivery ciphertext.
    pub delivery: Range<usize>,
    /// Its tag.
    pub delivery_tag: Range<usize>,
    /// The contact ciphertext; empty in class 0. Everything before it is its associated data.
    pub contact: Range<usize>,
    /// Its tag; empty in class 0.
    pub contact_tag: Range<usize>,
}

impl Layout {
    /// The layout of a payload of `size` bytes, if its sections fit.
    #[must_use]
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub const fn new(header: usize, class: ContactClass, size: usize) -> Option<Self> {
        let contact = class.len();
        let contact_tag = if contact == 0 { 0 } else { TAG_LEN };
        let fixed = header + TAG_LEN + contact + contact_tag;
        if size <= fixed {
            return None;
        }
        let delivery_end = size - contact_tag - contact - TAG_LEN;
        Some(Self {
            header: 0..header,
            delivery: header..delivery_end,
            delivery_tag: delivery_end..delivery_end + TAG_LEN,
            contact: delivery_end + TAG_LEN..size - contact_tag,
            contact_tag: size - contact_tag..size,
        })
    }
}

/// A payload whose framing holds. Nothing of it is authenticated.
pub struct Payload {
    bytes: [u8; PAYLOAD_MAX],
    size: usize,
    header: Header,
    layout: Layout,
}

impl Payload {
    /// Reads the text of a QR code.
    ///
    /// # Errors
    /// [`Refusal::NotOurs`] without the prefix; [`Refusal::Damaged`] if the framing does not hold:
    /// alphabet, length, reserved shapes, forms of a waybill that another encoding has.
    #[cfg_attr(not(feature = "fast"), inline(never))]
    pub fn parse(text: &[u8]) -> Result<Self, Refusal> {
        let body = text.strip_prefix(PREFIX.as_bytes()).ok_or(Refusal::NotOurs)?;
        let mut bytes = [0; PAYLOAD_MAX];
        let size = base45::decode(body, &mut bytes).ok_or(Refusal::Damaged)?;
        if !SIZES.contains(&size) {
            return Err(Refusal::Damaged);
        }
        let (header, len) = Header::read(&bytes[..size]).ok_or(Refusal::Damaged)?;
        let layout = Layout::new(len, header.contact, size).ok_or(Refusal::Damaged)?;
        Ok(Self { bytes, size, header, layout })
    }

    /// What the header claims.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Where the sections are.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The payload's bytes, before Base45.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.size]
    }

    /// The handle people quote and logs hold.
    #[must_use]
    pub fn handle(&self) -> Handle {
        Handle::of(self.bytes())
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("size", &self.size).field("header", &self.header).finish()
    }
}

/// A label's name among people and in logs: `SHA-256("WS1 handle" ‖ payload)[..16]`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle([u8; 16]);

impl Handle {
    /// The handle of a payload's bytes.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        let digest = Sha256::new().chain_update(b"WS1 handle").chain_update(payload).finalize();
        let mut handle = [0; 16];
        handle.copy_from_slice(&digest[..16]);
        Self(handle)
    }

    /// The handle of the sixteen bytes that a log holds.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The sixteen bytes that logs hold.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// What is printed under the QR code: the first 50 bits, ten characters of Crockford's base 32.
    #[must_use]
    pub fn printed(&self) -> Text<10> {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        let bits = u64::from_be_bytes(first);
        let mut text = Text::new();
        for place in 0..10 {
            let digit = ALPHABET[(bits >> (59 - 5 * place) & 31) as usize];
            // Ten characters into ten bytes.
            let _fits = text.push(char::from(digit));
        }
        text
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed())
    }
}

/// A payload as text, ready for a QR code's alphanumeric mode.
#[derive(Clone, Copy)]
pub struct PayloadText {
    bytes: [u8; TEXT_MAX],
    len: usize,
}

impl PayloadText {
    /// The text of a payload's bytes; none is longer than [`PAYLOAD_MAX`].
    pub(crate) fn new(payload: &[u8]) -> Self {
        let mut bytes = [0; TEXT_MAX];
        bytes[..PREFIX.len()].copy_from_slice(PREFIX.as_bytes());
        let len = PREFIX.len() + base45::encode(payload, &mut bytes[PREFIX.len()..]);
        Self { bytes, len }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The alphabet is ASCII.
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The text, as bytes of ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The label's handle.
    #[must_use]
    pub fn handle(&self) -> Handle {
        let mut payload = [0; PAYLOAD_MAX];
        // What was encoded is decoded.
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

    #[test]
    fn sizes_fill_the_symbols() {
        let characters = SIZES.map(|size| PREFIX.len() + base45::encoded_len(size));
        assert_eq!(characters, [121, 154, 220, 310]);
    }

    #[test]
    fn sections_follow_each_other_without_a_gap() {
        for size in SIZES {
            for class in ContactClass::ALL {
                for header in 20..=HEADER_MAX {
                    let Some(layout) = Layout::new(header, class, size) else { continue };
                    assert_eq!(layout.header.end, layout.delivery.start);
                    assert_eq!(layout.delivery.end, layout.delivery_tag.start);
                    assert_eq!(layout.delivery_tag.end, layout.contact.start);
                    assert_eq!(layout.contact.end, layout.contact_tag.start);
                    assert_eq!(layout.contact_tag.end, size);
                    assert!(!layout.delivery.is_empty());
                }
            }
        }
    }

    #[test]
    fn other_texts_are_not_ours_and_cut_ones_damaged() {
        for text in ["", "WS1", "ws1:AB", "https://example.com", "HC1:6BF"] {
            assert_eq!(Payload::parse(text.as_bytes()).unwrap_err(), Refusal::NotOurs, "{text}");
        }
        for text in ["WS1:", "WS1:AB", "WS1:abc", "WS1::::"] {
            assert_eq!(Payload::parse(text.as_bytes()).unwrap_err(), Refusal::Damaged, "{text}");
        }
    }
}
