//! Composes the printed label and encodes it for files and printers.
//!
//! In: a [`Template`], a [`Page`], and one [`Content`] per label. Personal data enters only as a checked
//! [`Summary`](crate::summary::Summary). Out: [`Composer`] lays the label out in printer dots, with the QR symbol that
//! has the best expected read rate in the template's box. [`Format::encode`] writes it as PNG, SVG, PDF, ZPL or TSPL;
//! [`PrintJob`] writes labels for a printer that draws the codes itself.
//!
//! This module has access to no key and no record. Text is never cut: if it does not fit, composing fails.
//!
//! No foreign type appears in the interface; [`Template`] implements `serde::Deserialize`.
//!
//! ```
//! use wayseal::label::{Codes, Dpi, Format, Page, selftest::TestLabel};
//!
//! let label = TestLabel::new(Page::new(Page::MEDIUM, Dpi::D203))?;
//! let file = Format::Png.encode(&label.composed(), Codes::Dots)?;
//! assert!(file.starts_with(b"\x89PNG"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod area;
pub mod canvas;
pub mod code128;
mod codes;
mod compose;
mod content;
pub mod drawing;
pub mod encode;
mod error;
pub mod font;
mod layout;
pub mod logo;
mod page;
mod payment;
mod pen;
mod piece;
pub mod reference;
pub mod selftest;
pub mod settings;
pub mod symbol_alone;
pub mod template;
pub mod text;

pub use canvas::Canvas;
pub use codes::{Bars, PlacedSymbol};
pub use compose::{Composed, Composer, Sketch};
pub use content::Content;
pub use drawing::Drawing;
pub use encode::native::{self, PrintJob};
pub use encode::{Codes, Format, UnknownFormat, pdf, png, svg};
pub use error::{ComposeError, Zone};
pub use page::{Dpi, Page, UnknownDpi};
pub use payment::{Amount, FreightTerms, Payment};
pub use piece::Piece;
pub use settings::{Media, PrinterSettings};
pub use template::{Template, TemplateError};
