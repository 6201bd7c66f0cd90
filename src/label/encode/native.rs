//! Printer's jobs in which the printer draws the two codes itself: what else stands on a label goes as rules and as
//! small pictures, a line of text each, so that no page is ever drawn.
//!
//! In go labels laid out and not drawn ([`Sketch`](super::super::Sketch)); out come the bytes of a job in one
//! [`Language`]. A label that is [alone](Job::alone) holds all of itself. In a [stream](Job::stream) a ZPL printer is
//! given what labels have in common once, as a stored format, and each glyph once, as a stored graphic, in a round of
//! labels; a label is then where they go. Each round begins with nothing stored, so that it is printed alike whatever
//! was before it, and takes at most [`ROOM`] of the printer's memory: graphics that no longer fit are sent inline.

mod job;
mod language;
mod lines;
mod parts;
mod stored;

pub(super) use job::append;
pub use job::{PrintJob, ROOM};
pub use language::PrinterLanguage;

#[cfg(test)]
mod tests;
