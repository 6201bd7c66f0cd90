//! The error of decoding a plaintext.

use crate::bytes::Full;
use core::fmt;

/// The plaintext is invalid: bad framing, an unknown codec or token, or padding that is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes are not the plaintext of a record")
    }
}

impl core::error::Error for Malformed {}

impl From<Full> for Malformed {
    fn from(_: Full) -> Self {
        Self
    }
}
