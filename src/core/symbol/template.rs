//! A precomputed template for all symbols of one version, level and mask pattern.

use super::blocks::Blocks;
use super::correction::Generator;
use super::pattern::Pattern;
use super::{EcLevel, MaskPattern, SIZE_MAX, Symbol, SymbolError, Version, codewords};
use core::fmt;

/// The parts that do not change from symbol to symbol, computed once: two kilobytes, owned by the caller.
pub struct SymbolTemplate {
    pattern: Pattern,
    generator: Generator,
    version: Version,
    level: EcLevel,
}

impl SymbolTemplate {
    /// Computes the template of a version, level and mask pattern.
    #[must_use]
    pub fn new(version: Version, level: EcLevel, mask: MaskPattern) -> Self {
        Self {
            pattern: Pattern::new(version, level, mask),
            generator: Generator::new(Blocks::of(version, level).correction),
            version,
            level,
        }
    }

    /// Encodes `text` as a symbol.
    ///
    /// # Errors
    /// [`SymbolError`] if the text is too long or has a character outside the alphanumeric alphabet.
    pub fn encode(&self, text: &[u8]) -> Result<Symbol, SymbolError> {
        let stream = codewords::stream(text, self.version, self.level, &self.generator)?;
        let mut symbol = Symbol { rows: [0; SIZE_MAX], version: self.version, level: self.level };
        self.pattern.place(&stream, &mut symbol.rows);
        Ok(symbol)
    }

    /// The version of the symbols.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The error correction level of the symbols.
    #[must_use]
    pub const fn level(&self) -> EcLevel {
        self.level
    }
}

impl fmt::Debug for SymbolTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({}-{})", self.version, self.level)
    }
}
