//! The label as a picture.
//!
//! In go a [`Template`], a [`Page`] and one [`Content`] a label, in which people are only a checked
//! [`Summary`](crate::summary::Summary). [`Composer`] lays it out on a page of printer dots and draws the symbol that
//! reads best in the template's box; [`Format::encode`] writes the page as PNG, SVG, PDF, ZPL or TSPL, and [`Job`]
//! labels for a printer that draws the codes itself. No key and no record is known here, and nothing that does not
//! fit is cut: it is an error.
//!
//! Of other crates the interface has no types; [`Template`] is read by `serde`.
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
mod pen;
pub mod printer;
pub mod reference;
pub mod selftest;
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
pub use template::{Template, TemplateError};
