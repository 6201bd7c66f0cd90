//! A payload that was read: its bytes, header and layout.

use super::handle::Handle;
use super::header::Header;
use super::layout::{Layout, PAYLOAD_MAX, SIZES};
use super::{PREFIX, base45};
use crate::error::Refusal;
use core::fmt;

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
