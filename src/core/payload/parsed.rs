//! Parsing of a payload: text in, bytes with header and layout out. No key is used here.

use super::handle::Handle;
use super::header::Header;
use super::layout::{Layout, PAYLOAD_MAX, SIZES};
use super::{PREFIX, base45};
use crate::error::Refusal;
use core::fmt;

/// A payload with valid framing. Nothing in it is authenticated.
pub struct Payload {
    bytes: [u8; PAYLOAD_MAX],
    size: usize,
    header: Header,
    layout: Layout,
}

impl Payload {
    /// Parses the text of a QR code.
    ///
    /// # Errors
    /// [`Refusal::NotOurs`] if the prefix is missing; [`Refusal::Damaged`] if the framing is invalid: the alphabet,
    /// the length, a reserved shape, or a waybill number that is not in its canonical encoding.
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

    /// The header. Its claims are not authenticated.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The byte ranges of the sections.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The decoded bytes of the payload.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.size]
    }

    /// The handle, for logs and for people.
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

#[cfg(test)]
mod tests {
    use super::*;

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
