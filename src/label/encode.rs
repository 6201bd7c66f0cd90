//! The back-ends: encode a finished label as a file (PNG, SVG, PDF) or a printer job (ZPL, TSPL, CPCL).
//!
//! Output is built in memory, except a PDF of many labels ([`pdf::PdfWriter`]), which is streamed. The same label
//! always gives the same bytes. Nothing here opens a file or a connection.

mod cpcl;
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
pub(in crate::label) use zpl::picture as zpl_graphic;
