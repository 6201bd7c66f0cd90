//! Runs a batch from its first row, or resumes one that was interrupted.
//!
//! In go a plan, the paths to write to, and a [manifest](super::manifest); out come the finished parts, the files of
//! rejected rows, and the manifest as it stands at the end. Nothing here knows keys or draws labels.
//!
//! Labels are deterministic: the same row gives the same label. An interrupted batch therefore resumes by skipping the
//! rows of the parts that its manifest lists, and by making all other labels again.
//!
//! A part is finished in this order, so that a crash at any point loses no row: its rejected rows are synced; the part is
//! synced and renamed; the manifest that lists it replaces the one before. What the manifest does not list is made again.

mod error;
mod event;
mod kept;
mod paths;
mod writer;

pub use error::RunError;
pub use event::Event;
pub use paths::{Paths, RejectsStream};
pub use writer::run;
