//! QR symbols: payload text to modules, without a heap.
//!
//! In: an alphanumeric text, and a version and level or a box to fit. Out: the modules of the symbol. A symbol is
//! made from a text alone: nothing here has access to a record or a key.
//!
//! Implements QR Code model 2 of ISO/IEC 18004, versions 1 to 10, alphanumeric mode, with one mask pattern that the
//! caller fixes. A payload is ciphertext and looks random under every mask, so the usual search for the best of
//! eight, which takes most of an encoder's time, would gain nothing.
//!
//! ```text
//! text → data codewords → + Reed–Solomon → interleaved → zig-zag onto the template → modules
//! ```
//!
//! ```
//! use wayseal_core::symbol::{EcLevel, MaskPattern, SymbolTemplate, Version, choose};
//!
//! let choice = choose(154, 26_000, 203).unwrap();
//! let template = SymbolTemplate::new(choice.version, choice.level, MaskPattern::DEFAULT);
//! let symbol = template.encode(b"WS1:ABC").unwrap();
//! assert_eq!(symbol.size(), choice.version.size());
//! assert!(symbol.is_dark(0, 0));
//! ```

mod blocks;
mod choose;
mod codewords;
mod correction;
mod error;
pub mod gf256;
pub mod grid;
mod level;
mod mask;
mod modules;
mod pattern;
mod template;
mod version;

pub use choose::{
    Choice, Considered, MODULE_MIN_UM, NoFit, QUIET_ZONE, Unfit, candidates, choose, considered, least_dots,
};
pub use codewords::capacity;

pub use error::SymbolError;
pub use level::EcLevel;
pub use mask::MaskPattern;
pub use modules::Symbol;
pub use template::SymbolTemplate;
pub use version::{SIZE_MAX, Version};
