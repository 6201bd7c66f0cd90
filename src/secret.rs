//! Secrets: bytes that wipe themselves, and the wipe of the stack below.
//!
//! Imports nothing of this crate.

use core::fmt;
use zeroize::Zeroize;

/// `N` secret bytes. Wiped on drop, never cloned, never printed.
///
/// They are filled in place, because a move in Rust is a copy that leaves the old bytes behind.
pub struct Secret<const N: usize>([u8; N]);

/// A key: 32 secret bytes, a node of the key tree.
pub type Key = Secret<32>;

impl<const N: usize> Secret<N> {
    /// Zeros, to be filled in place.
    #[must_use]
    pub const fn zero() -> Self {
        Self([0; N])
    }

    /// The bytes.
    #[must_use]
    pub const fn expose(&self) -> &[u8; N] {
        &self.0
    }

    /// The bytes, to fill them.
    #[must_use]
    pub const fn expose_mut(&mut self) -> &mut [u8; N] {
        &mut self.0
    }

    /// Makes every byte zero, now.
    pub fn wipe(&mut self) {
        self.0.zeroize();
    }
}

impl<const N: usize> Default for Secret<N> {
    fn default() -> Self {
        Self::zero()
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>(..)")
    }
}
