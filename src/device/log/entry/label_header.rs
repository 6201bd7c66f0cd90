//! The bytes of a label's header, as entries hold them.

use crate::payload::{HEADER_MAX, Header};
use std::fmt;

/// The bytes of a label's header. They are kept as they stood on the label, and are judged where they are used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LabelHeader {
    len: u8,
    bytes: [u8; HEADER_MAX],
}

impl LabelHeader {
    /// Bytes in a file: the length, the header, zeros.
    pub const ROOM: usize = 1 + HEADER_MAX;

    /// The bytes of the header.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The header; `None` if the bytes are none.
    #[must_use]
    pub fn parse(&self) -> Option<Header> {
        Header::read(self.bytes()).filter(|(_, len)| *len == usize::from(self.len)).map(|(header, _)| header)
    }

    /// Length u8 ‖ the header, filled up with zeros.
    #[must_use]
    pub fn write(&self) -> [u8; Self::ROOM] {
        let mut out = [0; Self::ROOM];
        out[0] = self.len;
        out[1..].copy_from_slice(&self.bytes);
        out
    }

    /// Decodes what [`Self::write`] wrote; `None` for a length that no header has, or bytes after it that are not zero.
    #[must_use]
    pub fn read(bytes: &[u8; Self::ROOM]) -> Option<Self> {
        let (len, bytes) = bytes.split_first()?;
        let rest = bytes.get(usize::from(*len)..)?;
        let sound = *len > 0 && rest.iter().all(|byte| *byte == 0);
        sound.then_some(Self { len: *len, bytes: bytes.try_into().ok()? })
    }
}

impl From<&Header> for LabelHeader {
    fn from(header: &Header) -> Self {
        let mut bytes = [0; HEADER_MAX];
        // At most `HEADER_MAX`, which fits a byte.
        let len = header.write(&mut bytes) as u8;
        Self { len, bytes }
    }
}

/// The handle names a label in messages, so that no waybill number is in them by accident.
impl fmt::Debug for LabelHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LabelHeader({} bytes)", self.len)
    }
}
