//! Printer jobs in which the printer draws the bar code and the QR code. Rules are sent as commands and each line
//! of text as a small bitmap, so no page is rasterised.
//!
//! In: labels as vectors ([`Sketch`](super::super::Sketch)). Out: the bytes of a job in one [`PrinterLanguage`]. In
//! a [self-contained](PrintJob::alone) job each label holds everything. In a [stream](PrintJob::stream), a ZPL printer
//! receives the labels' shared parts once as a stored format and each glyph once as a stored graphic; labels then
//! refer to these. A round of labels starts with nothing stored, so its output does not depend on earlier jobs, and
//! stores at most [`ROOM`] bytes in the printer. Graphics that no longer fit are sent inline.

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
