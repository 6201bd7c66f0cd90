//! The modules of a finished symbol.

use super::{EcLevel, MaskPattern, SIZE_MAX, SymbolError, Version, codewords, pattern};
use core::fmt;

/// A finished symbol: its modules, without the quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    pub(super) rows: [u64; SIZE_MAX],
    pub(super) version: Version,
    pub(super) level: EcLevel,
}

impl Symbol {
    /// Encodes one text. [`SymbolTemplate`](super::SymbolTemplate) is faster for many symbols of one version and level.
    ///
    /// # Errors
    /// [`SymbolError`] if the text is too long or has a character outside the alphanumeric alphabet.
    pub fn encode(
        text: &[u8],
        version: Version,
        level: EcLevel,
        mask: MaskPattern,
    ) -> Result<Self, SymbolError> {
        // Codewords first, so that the correction tables are off the stack before the pattern is built.
        let stream = codewords::once(text, version, level);
        // By reference: a move would put a second copy on the stack.
        let stream = stream.as_ref().map_err(|error| *error)?;
        let mut symbol = Self { rows: [0; SIZE_MAX], version, level };
        pattern::draw(version, level, mask, stream, &mut symbol.rows);
        Ok(symbol)
    }

    /// A symbol from another encoder. `dark(column, row)` gives each module, counted from the top left.
    #[must_use]
    pub fn from_modules(version: Version, level: EcLevel, dark: impl Fn(usize, usize) -> bool) -> Self {
        let mut rows = [0; SIZE_MAX];
        for (y, row) in rows.iter_mut().enumerate().take(version.size()) {
            *row = (0..version.size()).filter(|x| dark(*x, y)).fold(0, |row, x| row | 1 << (63 - x));
        }
        Self { rows, version, level }
    }

    /// Modules per side.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.version.size()
    }

    /// Whether the module at column `x` and row `y`, counted from the top left, is dark. False outside.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size() && self.rows().get(y).is_some_and(|row| row >> (63 - x) & 1 == 1)
    }

    /// The rows from the top, [`size`](Self::size) of them. The highest bit is the leftmost module, a set bit is
    /// dark, and the bits beyond the size are zero.
    #[must_use]
    pub fn rows(&self) -> &[u64] {
        &self.rows[..self.version.size()]
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The error correction level.
    #[must_use]
    pub const fn level(&self) -> EcLevel {
        self.level
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Symbol({}-{})", self.version, self.level)
    }
}
