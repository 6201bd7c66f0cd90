//! Payload text to QR modules.

/// A symbol.
pub struct Symbol {
    #[doc(hidden)]
    pub size: usize,
    #[doc(hidden)]
    pub rows: [u64; 57],
}

impl Symbol {
    /// Modules a side.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Rows, bit 63 leftmost.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.rows[..self.size]
    }
}
