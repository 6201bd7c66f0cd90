//! The kinds of products and containers, and their names on the command line.
//!
//! Basic types without logic: the code that makes labels and the code that writes files both use them, and neither
//! depends on the other.

use super::notice::Notices;
use crate::keys::DeliveryCode;
use crate::label::pdf::PdfLabel;
use crate::label::{Codes, Format};
use crate::payload::Handle;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The kind of product made from an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductKind {
    /// A label.
    Label(Format, Codes),
    /// A line of JSON: waybill number, handle, text of the QR code.
    Payload,
    /// The QR code without a label, and a line of JSON with its modules and the label's masked fields.
    Symbol(SymbolForm),
}

/// The picture of a QR code without a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolForm {
    /// None: the line of JSON has the modules.
    Modules,
    /// PNG.
    Png,
    /// SVG.
    Svg,
    /// A ZPL graphic.
    Zpl,
}

impl SymbolForm {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Modules, Self::Png, Self::Svg, Self::Zpl];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Modules => "symbol",
            Self::Png => "symbol-png",
            Self::Svg => "symbol-svg",
            Self::Zpl => "symbol-zpl",
        }
    }
}

/// The file name extension of the line of JSON beside the picture of a QR code.
pub const BESIDE: &str = "json";

impl ProductKind {
    /// A label with its codes drawn as dots, not by the printer.
    #[must_use]
    pub const fn label(format: Format) -> Self {
        Self::Label(format, Codes::Dots)
    }

    /// Orders per chunk of work: so many that their products take at most about a megabyte, which fits into the cache.
    /// Labels for a printer that stores shared graphics share them within a chunk.
    #[must_use]
    pub const fn chunk(self) -> usize {
        match self {
            Self::Label(_, Codes::Dots) => 16,
            Self::Label(Format::Tspl, Codes::Native) => 48,
            Self::Symbol(_) => 64,
            Self::Label(_, Codes::Native) | Self::Payload => 256,
        }
    }

    /// The file name extension, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Label(format, _) => format.name(),
            Self::Symbol(SymbolForm::Png) => "png",
            Self::Symbol(SymbolForm::Svg) => "svg",
            Self::Symbol(SymbolForm::Zpl) => "zpl",
            Self::Payload | Self::Symbol(SymbolForm::Modules) => "jsonl",
        }
    }
}

impl fmt::Display for ProductKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(format, Codes::Dots) => format.fmt(f),
            Self::Label(format, Codes::Native) => write!(f, "{format}-native"),
            Self::Payload => f.write_str("payload"),
            Self::Symbol(form) => f.write_str(form.name()),
        }
    }
}

impl FromStr for ProductKind {
    type Err = UnknownMake;

    fn from_str(name: &str) -> Result<Self, UnknownMake> {
        if name == "payload" {
            return Ok(Self::Payload);
        }
        if let Some(form) = SymbolForm::ALL.into_iter().find(|form| form.name() == name) {
            return Ok(Self::Symbol(form));
        }
        let (format, codes) = match name.strip_suffix("-native") {
            Some(format) => (format, Codes::Native),
            None => (name, Codes::Dots),
        };
        let format: Format = format.parse().map_err(|_| UnknownMake)?;
        if codes == Codes::Native && format.language().is_none() {
            return Err(UnknownMake);
        }
        Ok(Self::Label(format, codes))
    }
}

/// An unknown name of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "one of png, svg, pdf, zpl, tspl, cpcl, zpl-native, tspl-native, payload, symbol, symbol-png, symbol-svg, symbol-zpl"
)]
pub struct UnknownMake;

/// The kind of container for labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// One file per label, at most [`FOLDER`](super::output::FOLDER) per folder. Does not keep the order of rows.
    Folder,
    /// ZIP archives of at most [`PART`](super::output::PART) labels.
    Zip,
    /// TAR archives of at most [`PART`](super::output::PART) labels.
    Tar,
    /// PDF files of at most [`PART`](super::output::PART) pages.
    Pdf,
    /// One file of payloads in JSON Lines.
    Lines,
    /// Print commands, label after label.
    Stream,
}

/// The form in which a label is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductForm {
    /// The bytes of a file.
    File(Format, Codes),
    /// A page to be added to a PDF.
    Leaf,
    /// A QR code by itself: the picture and then the line of JSON, or the line with the picture in it.
    Symbol(SymbolForm, SymbolPlace),
}

/// Where the picture of a QR code goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolPlace {
    /// Into a file of its own, beside the line of JSON.
    File,
    /// Into the line of JSON.
    Line,
}

/// A finished product and its properties; its bytes are in the caller's buffer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Product {
    /// The page, for a PDF; `None` if the label is bytes.
    pub leaf: Option<Box<PdfLabel>>,
    /// The label's handle.
    pub handle: Handle,
    /// The label's delivery code, if it was asked for.
    pub code: Option<DeliveryCode>,
    /// Characters in the QR code's text.
    pub chars: usize,
    /// Characters without a glyph in any font.
    pub missing: usize,
    /// Texts printed as `***`, since they might reveal what the masks hide.
    pub withheld: usize,
    /// What people should know of it.
    pub notices: Notices,
    /// Bytes at its end that go into a file beside it, with the ending [`BESIDE`].
    pub beside: usize,
}
