//! The error of decoding a plaintext.

use crate::bytes::Full;
use core::fmt;

/// Why a plaintext was not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The plaintext is invalid: bad framing, or padding that is not zero.
    Malformed,
    /// The plaintext needs a later reader: a codec that this one lacks, or an unknown entry that must be understood.
    Unsupported,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the bytes are not the plaintext of a record",
            Self::Unsupported => "the record needs a later reader",
        })
    }
}

impl core::error::Error for DecodeError {}

impl From<Full> for DecodeError {
    fn from(_: Full) -> Self {
        Self::Malformed
    }
}
