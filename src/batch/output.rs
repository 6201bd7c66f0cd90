//! Writes labels to a container: a folder, a ZIP, a TAR, a PDF, JSON Lines, or a stream to a printer.
//!
//! In go labels as bytes, in order; out come files that appear under their names only when complete and synced. Nothing
//! here knows an order or a key.
//!
//! - `target`: parses the name of a target.
//! - `frame`: header and padding around one label.
//! - `part`: one part of a batch, being written.
//! - `folder`, `zip`: these two containers.

mod folder;
mod frame;
mod part;
mod target;
mod zip;

pub use super::product::ContainerKind;
pub use folder::SUMS;
pub use frame::{Begun, FrameBeside, FrameEntry, Framing};
pub use part::{OutputPart, Sealed};
pub use target::{FOLDER, OutputTarget, PART, TargetError};
