//! What all symbols of one version, level and mask share.

use super::blocks::Blocks;
use super::correction::Generator;
use super::pattern::Pattern;
use super::{EcLevel, MaskPattern, SIZE_MAX, Symbol, SymbolError, Version, codewords};
use core::fmt;

/// The parts that do not change from symbol to symbol, made once: two kilobytes that the caller keeps.
pub struct SymbolTemplate {
    pattern: Pattern,
    generator: Generator,
    version: Version,
    level: EcLevel,
}

impl SymbolTemplate {
    /// The template of a version, level and mask.
    #[must_use]
    pub fn new(version: Version, level: EcLevel, mask: MaskPattern) -> Self {
        Self {
            pattern: Pattern::new(version, level, mask),
            generator: Generator::new(Blocks::of(version, level).correction),
            version,
            level,
        }
    }

    /// The symbol of `text`.
    ///
    /// # Errors
    /// [`SymbolError`] for a text that is too long or that alphanumeric mode cannot say.
    pub fn encode(&self, text: &[u8]) -> Result<Symbol, SymbolError> {
        let stream = codewords::stream(text, self.version, self.level, &self.generator)?;
        let mut symbol = Symbol { rows: [0; SIZE_MAX], version: self.version, level: self.level };
        self.pattern.place(&stream, &mut symbol.rows);
        Ok(symbol)
    }

    /// The version of its symbols.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The level of its symbols.
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
