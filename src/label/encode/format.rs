//! The back-ends by name: one function from a label to the bytes of a file or of a printer's job.

use super::native::{self, PrinterLanguage};
use super::{pdf, png, svg, tspl, zpl};
use crate::label::compose::Composed;
use std::{fmt, io, str::FromStr};

/// A back-end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG (ISO/IEC 15948), one bit a dot, dpi set.
    Png,
    /// SVG 1.1.
    Svg,
    /// PDF 1.7 (ISO 32000-1), a page of the label's own size. [`pdf::Book`] holds many.
    Pdf,
    /// ZPL II, a job of one label; jobs may follow one another in a file.
    Zpl,
    /// TSPL, a job of one label; jobs may follow one another in a file.
    Tspl,
}

/// Who draws the two codes where a printer can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Codes {
    /// Wayseal, dot for dot.
    #[default]
    Dots,
    /// The printer, by its own commands; rules too, and text is small pictures. Formats that are no printer's ignore
    /// it, and so does a label whose waybill number has characters that are commands.
    Native,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Png, Self::Svg, Self::Pdf, Self::Zpl, Self::Tspl];

    /// Its name, and the ending of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Zpl => "zpl",
            Self::Tspl => "tspl",
        }
    }

    /// Whether a file may hold several labels, one after another, byte for byte.
    #[must_use]
    pub const fn concatenates(self) -> bool {
        matches!(self, Self::Zpl | Self::Tspl)
    }

    /// The printer's language, if it is one.
    #[must_use]
    pub const fn language(self) -> Option<PrinterLanguage> {
        match self {
            Self::Zpl => Some(PrinterLanguage::Zpl),
            Self::Tspl => Some(PrinterLanguage::Tspl),
            Self::Png | Self::Svg | Self::Pdf => None,
        }
    }

    /// The label in this format.
    ///
    /// # Errors
    /// None on a page that a composer accepts; a page too large for the format.
    pub fn encode(self, label: &Composed<'_>, codes: Codes) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(32 * 1024);
        self.append(label, codes, &mut out)?;
        Ok(out)
    }

    /// Appends the label in this format.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn append(self, label: &Composed<'_>, codes: Codes, out: &mut Vec<u8>) -> io::Result<()> {
        if let (Some(language), Codes::Native) = (self.language(), codes)
            && native::append(label, language, out)
        {
            return Ok(());
        }
        match self {
            Self::Png => png::append(label.canvas, &label.page, out)?,
            Self::Svg => out.extend_from_slice(svg::encode(label).as_bytes()),
            Self::Pdf => {
                let mut book = pdf::Book::new(out, pdf::Paper::Label)?;
                book.add(&pdf::Leaf::new(label))?;
                book.finish()?;
            }
            Self::Zpl => zpl::append(label, out),
            Self::Tspl => tspl::append(label, out),
        }
        Ok(())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the formats are png, svg, pdf, zpl and tspl")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or(UnknownFormat)
    }
}
