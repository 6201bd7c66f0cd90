//! UTF-8 text of a fixed capacity, for text that may be printed. It does not wipe itself: keep no secret in it.
//!
//! Storage is the `arrayvec` crate's. A byte array would have to validate UTF-8 again at each access, since
//! `unsafe` is forbidden here. The crate adds no code to a device: `samples/firmware/check.sh` measures 24,500
//! bytes with and without it.

use super::bits::Full;
use arrayvec::ArrayString;
use core::{fmt, ops::Deref};
use zeroize::Zeroize as _;

/// At most `N` bytes of UTF-8, on the stack.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Text<const N: usize>(ArrayString<N>);

impl<const N: usize> Text<N> {
    /// An empty text.
    #[must_use]
    pub const fn new() -> Self {
        Self(ArrayString::new_const())
    }

    /// Appends all of `text`, or nothing if it does not fit.
    ///
    /// # Errors
    /// [`Full`] if it does not fit.
    pub fn push_str(&mut self, text: &str) -> Result<(), Full> {
        self.0.try_push_str(text).map_err(|_| Full)
    }

    /// Appends one character.
    ///
    /// # Errors
    /// [`Full`] if it does not fit.
    pub fn push(&mut self, character: char) -> Result<(), Full> {
        self.0.try_push(character).map_err(|_| Full)
    }

    /// Clears the text and overwrites every byte with zero.
    pub fn wipe(&mut self) {
        self.0.zeroize();
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the text is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last character, if any.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        self.0.chars().next_back()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out_whole() {
        let mut text = Text::<7>::new();
        assert_eq!(text.push_str("你好"), Ok(()));
        assert_eq!((text.push('吗'), text.push_str("ab"), text.push('!')), (Err(Full), Err(Full), Ok(())));
        assert_eq!((&*text, text.last(), text.len()), ("你好!", Some('!'), 7));
        text.wipe();
        assert_eq!((text.is_empty(), text.last()), (true, None));
    }
}
