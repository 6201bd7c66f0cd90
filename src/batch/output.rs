//! Labels to what holds them: a folder, a ZIP, a TAR, a PDF, lines, or a stream to a printer.
//!
//! In go labels as bytes, in order; out come files that are complete, synced and renamed, or nothing under their names.
//! Nothing here knows an order or a key.
//!
//! - `target`: where labels go, by its name.
//! - `frame`: the bytes around one label.
//! - `part`: one part of a batch while it is written.
//! - `folder`, `zip`: what is particular to each.

mod folder;
mod frame;
mod part;
mod target;
mod zip;

pub use super::product::ContainerKind;
pub use frame::{Begun, FrameEntry, Framing};
pub(super) use part::hex;
pub use part::{OutputPart, Sealed};
pub use target::{FOLDER, OutputTarget, PART, TargetError};
