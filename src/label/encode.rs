//! The back-ends: a finished label to the bytes of a file or of a printer's job.
//!
//! Files and jobs are made in memory, but for a PDF of many labels ([`pdf::Book`]), which is written as it comes. One
//! label gives the same bytes each time. Nothing here opens a file or a connection.

mod decimal;
mod deflate;
mod format;
pub mod native;
pub mod pdf;
pub mod png;
pub mod svg;
mod tspl;
mod zpl;

pub use format::{Codes, Format, UnknownFormat};
