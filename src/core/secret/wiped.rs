//! Byte arrays that wipe themselves.

use core::fmt;
use zeroize::Zeroize;

/// `N` secret bytes. Wiped on drop, never cloned, never printed.
///
/// Fill them in place: a move in Rust is a copy that leaves the old bytes in memory.
pub struct Secret<const N: usize>([u8; N]);

/// A key: 32 secret bytes.
pub type Key = Secret<32>;

impl<const N: usize> Secret<N> {
    /// Zero bytes, to be filled in place.
    #[must_use]
    pub const fn zero() -> Self {
        Self([0; N])
    }

    /// The bytes.
    #[must_use]
    pub const fn expose(&self) -> &[u8; N] {
        &self.0
    }

    /// Mutable access, to fill the bytes in place.
    #[must_use]
    pub const fn expose_mut(&mut self) -> &mut [u8; N] {
        &mut self.0
    }

    /// Overwrites every byte with zero immediately.
    pub fn wipe(&mut self) {
        wipe(&mut self.0);
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

/// Overwrites `bytes` with zeros: one fill and one barrier, where a wipe byte by byte would need a barrier each.
/// Not inlined on a device, to save flash.
#[cfg_attr(not(feature = "fast"), inline(never))]
fn wipe(bytes: &mut [u8]) {
    bytes.zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_byte() {
        let mut key = Key::zero();
        key.expose_mut().fill(0xa7);
        let shown = std::format!("{key:?}");
        assert_eq!(shown, "Secret<32>(..)");
    }

    #[test]
    fn wiped_means_zero() {
        let mut key = Key::zero();
        key.expose_mut().fill(1);
        key.wipe();
        assert_eq!(key.expose(), &[0; 32]);
    }
}
