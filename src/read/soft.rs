//! A QR reader specialised in Wayseal's symbols, for those that general engines cannot read.
//!
//! In goes a picture, and optionally a memory of earlier frames; out come the texts that the caller accepts. It uses no
//! engine.
//!
//! A general engine must expect any code, and decides for each module between dark and light. This reader knows the versions
//! of Wayseal's labels, their usual mask pattern, the first characters and the padding. It finds a symbol by two of its
//! three finder patterns; fits the grid, bent paper included, to timing and alignment patterns and the contrast of all
//! modules; keeps a soft value for each module; and corrects errors with the least certain codewords erased. Codes of others,
//! up to version 10, are read in the same way but for what is known of ours: more of their codewords have to be right.
//!
//! ```text
//! pyramid → finder patterns → candidates → fitted warps → grey of each module → darkness → codewords → text
//! ```

mod blank;
mod contrast;
mod decode;
mod equalise;
mod finder;
mod fit;
mod grey;
mod locate;
mod memory;
mod others;
mod pattern;
mod plane;
mod reader;
mod reed_solomon;
mod sample;
mod shape;
mod sight;
mod warp;

pub(super) use contrast::local_contrast;
pub use memory::Memory;
pub(super) use reader::Glance;
pub use reader::read;
pub(super) use sight::Sighting;
