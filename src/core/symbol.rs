//! Payload text to QR modules, without a heap.
//!
//! A symbol is made of a text alone: nothing here sees a record or a key.
//!
//! QR Code model 2 of ISO/IEC 18004, versions 1 to 10, alphanumeric mode, one mask that the caller fixes.
//! A payload is ciphertext and looks random under every mask, so the search for the best of eight, most of
//! the usual time, buys nothing.
//!
//! ```text
//! text → data codewords → + Reed–Solomon → interleaved → zig-zag onto the template → modules
//! ```
//!
//! ```
//! use wayseal_core::symbol::{Level, Mask, Template, Version, choose};
//!
//! let choice = choose(154, 26_000, 203).unwrap();
//! let template = Template::new(choice.version, choice.level, Mask::DEFAULT);
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
