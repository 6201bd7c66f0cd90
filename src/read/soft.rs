//! Our own reader of our own symbols, for those that every engine gives up on.
//!
//! An engine asks whether a picture holds any code at all, and takes each module for dark or light. This
//! knows more: versions of our labels, the mask, the first characters, the pads. So it finds a symbol by two
//! finders of three, lays the grid where timing, alignment and every module's contrast fit best, bent
//! paper included, keeps each module's value soft, and corrects with the doubtful codewords erased.
//!
//! ```text
//! pyramid → finders → places → fitted warps → grey of each module → darkness → codewords → text
//! ```
//!
//! In goes a picture, and the memory of the frames before it; out come the texts that the caller accepts. It calls no
//! engine.

mod blank;
mod contrast;
mod decode;
mod equalise;
mod finder;
mod locate;
mod memory;
mod plane;
mod reader;
mod reed_solomon;
mod sample;
mod shape;
mod warp;

pub(super) use contrast::local_contrast;
pub use memory::Memory;
pub use reader::read;
