//! Text of a fixed capacity, for what may be printed. Nothing secret is kept in it: it does not wipe itself.

use super::bits::Full;
use core::{fmt, ops::Deref};
use zeroize::Zeroize as _;

/// At most `N` bytes of UTF-8, on the stack.
#[derive(Clone, Copy)]
pub struct Text<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Text<N> {
    /// No text.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; N], len: 0 }
    }

    /// Appends `text`, whole or not at all.
    ///
    /// # Errors
    /// [`Full`] if it does not fit.
    pub fn push_str(&mut self, text: &str) -> Result<(), Full> {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(Full)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }

    /// Appends one character.
    ///
    /// # Errors
    /// [`Full`] if it does not fit.
    pub fn push(&mut self, character: char) -> Result<(), Full> {
        self.push_str(character.encode_utf8(&mut [0; 4]))
    }

    /// Becomes empty, and every byte zero.
    pub fn wipe(&mut self) {
        self.bytes[..self.len].zeroize();
        self.len = 0;
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its last character, without a look through the rest.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        let text = &self.bytes[..self.len];
        let start = text.iter().rposition(|byte| byte & 0xc0 != 0x80)?;
        core::str::from_utf8(&text[start..]).ok()?.chars().next()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only whole strings are ever appended.
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl<const N: usize> Default for Text<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Deref for Text<N> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl<const N: usize> AsRef<str> for Text<N> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<const N: usize> fmt::Write for Text<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text).map_err(|Full| fmt::Error)
    }
}

impl<const N: usize> fmt::Display for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<const N: usize> fmt::Debug for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const N: usize> PartialEq for Text<N> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<const N: usize> Eq for Text<N> {}
