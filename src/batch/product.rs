//! What is made of an order, in which form, and what holds it.
//!
//! Ground types of the batch: the makers of labels and the writers of files both build on them.

use crate::label::pdf::PdfLabel;
use crate::label::{Codes, Format};
use crate::payload::Handle;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What is made of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductKind {
    /// A label.
    Label(Format, Codes),
    /// A line of JSON: waybill number, handle, text of the QR code.
    Payload,
}

impl ProductKind {
    /// A label whose codes are dots.
    #[must_use]
    pub const fn label(format: Format) -> Self {
        Self::Label(format, Codes::Dots)
    }

    /// Orders that are made one after the other: as many as make about a megabyte at most, which stays near the
    /// processor. Labels of a printer that stores what they have in common share it for so many.
    #[must_use]
    pub const fn chunk(self) -> usize {
        match self {
            Self::Label(_, Codes::Dots) => 16,
            Self::Label(Format::Tspl, Codes::Native) => 48,
            Self::Label(_, Codes::Native) | Self::Payload => 256,
        }
    }

    /// What the names of files end in.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Label(format, _) => format.name(),
            Self::Payload => "jsonl",
        }
    }
}

impl fmt::Display for ProductKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(format, Codes::Dots) => format.fmt(f),
            Self::Label(format, Codes::Native) => write!(f, "{format}-native"),
            Self::Payload => f.write_str("payload"),
        }
    }
}

impl FromStr for ProductKind {
    type Err = UnknownMake;

    fn from_str(name: &str) -> Result<Self, UnknownMake> {
        if name == "payload" {
            return Ok(Self::Payload);
        }
        let (format, codes) = match name.strip_suffix("-native") {
            Some(format) => (format, Codes::Native),
            None => (name, Codes::Dots),
        };
        let format: Format = format.parse().map_err(|_| UnknownMake)?;
        if codes == Codes::Native && !format.concatenates() {
            return Err(UnknownMake);
        }
        Ok(Self::Label(format, codes))
    }
}

/// A name of nothing that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("one of png, svg, pdf, zpl, tspl, zpl-native, tspl-native, payload")]
pub struct UnknownMake;

/// What holds labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// A file a label; in folders of [`FOLDER`](super::output::FOLDER) if there are more. Keeps no order.
    Folder,
    /// Files of [`PART`](super::output::PART) labels.
    Zip,
    /// Files of [`PART`](super::output::PART) labels.
    Tar,
    /// Files of [`PART`](super::output::PART) pages.
    Pdf,
    /// One file of payloads, JSON Lines.
    Lines,
    /// One after the other, as a printer takes them.
    Stream,
}

/// In which form a label is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductForm {
    /// The bytes of a file.
    File(Format, Codes),
    /// What a page of a PDF needs.
    Leaf,
}

/// What was made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Product {
    /// What a page needs; else the label is bytes.
    pub leaf: Option<Box<PdfLabel>>,
    /// The label's handle.
    pub handle: Handle,
    /// Characters of its QR code.
    pub chars: usize,
    /// Characters that no font had.
    pub missing: usize,
    /// Texts that are printed as `***`, since they may reveal what the masks hide.
    pub withheld: usize,
}
